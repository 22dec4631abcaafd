// What a route says, kept fresh while the page is looked at.
import { useCallback, useEffect, useRef, useState } from '@wordpress/element';

/**
 * @param {() => Promise<any>} ask    Asks the route; made anew when `depends` change.
 * @param {unknown[]} depends
 * @param {{every?: number | ((data: any) => number)}} options `every`: milliseconds between two questions; 0 for once
 * @returns {{data: any, error: any, loading: boolean, reload: () => Promise<void>, set: (data: any) => void}}
 */
export function useResource(ask, depends, { every = 0 } = {}) {
  const [state, setState] = useState({ data: undefined, error: undefined, loading: true });
  // The answer to an earlier question must not take the place of a later one's.
  const turn = useRef(0);
  const reload = useCallback(async () => {
    turn.current += 1;
    const mine = turn.current;
    setState((now) => ({ ...now, loading: true }));
    try {
      const data = await ask();
      if (mine === turn.current) setState({ data, error: undefined, loading: false });
    } catch (error) {
      if (mine === turn.current) setState((now) => ({ data: now.data, error, loading: false }));
    }
  }, depends); // eslint-disable-line -- the caller says what the question depends on
  useEffect(() => { reload(); return () => { turn.current += 1; }; }, [reload]);

  const wait = typeof every === 'function' ? every(state.data) : every;
  useEffect(() => {
    if (wait <= 0) return undefined;
    const look = () => { if (!document.hidden) reload(); };
    const timer = setInterval(look, wait);
    // Whoever comes back to this tab sees what is so now, not when they left.
    document.addEventListener('visibilitychange', look);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }, [wait, reload]);
  return { ...state, reload, set: (data) => setState({ data, error: undefined, loading: false }) };
}

// Compares both sides chunk by chunk, until the end or until stopped.
import { useEffect, useRef, useState } from '@wordpress/element';
import { get } from '../rest.mjs';

const CHUNK = 200;
const SHOWN = 50;
const fresh = { items: [], looked: 0, total: 0, running: true, error: undefined, shown: SHOWN };

export function useDrift() {
  const [state, setState] = useState(fresh);
  const turn = useRef(0);
  const start = async () => {
    turn.current += 1;
    const mine = turn.current;
    // What was found stays in sight until it is known anew.
    setState((now) => ({ ...fresh, items: now.items, shown: now.shown }));
    let items = [];
    let cursor;
    try {
      do {
        const page = await get('/drift', { cursor, limit: CHUNK });
        if (mine !== turn.current) return;
        cursor = page.cursor;
        items = [...items, ...page.items];
        setState((now) => ({ ...now, items, looked: now.looked + page.looked, total: page.total, running: cursor !== null }));
      } while (cursor !== null);
    } catch (error) {
      if (mine === turn.current) setState((now) => ({ ...now, running: false, error }));
    }
  };
  const stop = () => {
    turn.current += 1;
    setState((now) => ({ ...now, running: false }));
  };
  useEffect(() => { start(); return () => { turn.current += 1; }; }, []); // eslint-disable-line -- once, when the screen is opened
  return { ...state, start, stop, more: () => setState((now) => ({ ...now, shown: now.shown + SHOWN })) };
}

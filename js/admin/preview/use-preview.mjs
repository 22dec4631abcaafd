// Loads inputs chunk by chunk, plans them in the Worker, and applies what was accepted.
import { useCallback, useEffect, useRef, useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import { boot } from '../boot.mjs';
import { get, post } from '../rest.mjs';
import { categoryRows, placing } from './categories.mjs';
import { batches, entry, settle } from './plan.mjs';
import { outdated, startPlanner } from './planner.mjs';

/** The most `/preview/chunk` gives at once. */
const CHUNK = 200;
const fresh = { phase: 'planning', entries: [], categories: [], goods: 0, total: 0, made: 0, error: undefined, applied: 0, applying: { done: 0, total: 0 } };

export function usePreview() {
  const [state, setState] = useState(fresh);
  const turn = useRef(0);

  const start = useCallback(async () => {
    turn.current += 1;
    const mine = turn.current;
    const current = () => mine === turn.current;
    setState(fresh);
    let planner;
    try {
      planner = await startPlanner();
      const tree = await get('/preview/categories');
      if (!current()) return;
      if (tree.rules_version !== boot.engine.version) throw outdated();
      const categories = categoryRows(await planner.categories(tree.input));
      if (!current()) return;
      const placed = new Set(placing(categories).map(({ id }) => id));
      setState((now) => ({ ...now, categories }));
      let next = get('/preview/chunk', { limit: CHUNK });
      let made = 0;
      for (;;) {
        const chunk = await next;
        if (!current()) return;
        if (chunk.rules_version !== boot.engine.version) throw outdated();
        made ||= chunk.made;
        // The next chunk is on its way while this one is planned.
        if (chunk.cursor !== null) next = get('/preview/chunk', { limit: CHUNK, cursor: chunk.cursor });
        const from = performance.now();
        const { families, ms } = await planner.goods(chunk.input);
        // For who measures: planning alone, and with the way to the Worker and back.
        performance.measure('dongbo-plan', { start: from, duration: ms });
        performance.measure('dongbo-answer', { start: from });
        if (!current()) return;
        const found = families.map((plan) => entry(plan, placed)).filter(Boolean);
        setState((now) => ({
          ...now,
          entries: now.entries.concat(found),
          goods: now.goods + chunk.goods,
          total: chunk.total,
          made,
          phase: chunk.cursor === null ? 'ready' : 'planning',
        }));
        if (chunk.cursor === null) return;
      }
    } catch (error) {
      if (current()) setState((now) => ({ ...now, phase: 'failed', error }));
    } finally {
      planner?.stop();
    }
  }, []);

  const cancel = () => {
    turn.current += 1;
    setState((now) => ({ ...now, phase: now.phase === 'planning' ? 'cancelled' : 'ready' }));
  };

  /** Sends rows part by part; stops between two parts when cancelled. */
  const apply = async (rows) => {
    turn.current += 1;
    const mine = turn.current;
    const parts = batches(rows);
    const total = parts.reduce((sum, part) => sum + part.length, 0);
    setState((now) => ({ ...now, phase: 'applying', error: undefined, applying: { done: 0, total } }));
    try {
      for (const families of parts) {
        if (mine !== turn.current) return;
        const answer = await post('/preview/apply', { rules_version: boot.engine.version, made: state.made, families });
        setState((now) => ({
          ...now,
          entries: settle(now.entries, answer),
          applied: now.applied + answer.applied.length,
          applying: { done: now.applying.done + families.length, total },
        }));
      }
      setState((now) => ({ ...now, phase: 'ready' }));
    } catch (error) {
      setState((now) => ({ ...now, phase: 'ready', error }));
    }
  };

  useEffect(() => { start(); return () => { turn.current += 1; }; }, [start]);
  const words = { planning: __('Computing the preview', 'dongbo'), applying: __('Applying', 'dongbo') };
  return { ...state, words: words[state.phase] ?? '', start, cancel, apply };
}

// The page's side of the Worker: one question, one answer.
import { __ } from '@wordpress/i18n';
import { boot } from '../boot.mjs';

/** Starts a Worker with the rules; refuses rules that are not the server's. */
export async function startPlanner() {
  const answer = await fetch(boot.engine.rules, { credentials: 'same-origin' });
  if (!answer.ok) throw refusal(__('The rules could not be loaded into the browser.', 'dongbo'), __('Ask the host to allow files that end in .wasm.', 'dongbo'));
  const bytes = await answer.arrayBuffer();
  const worker = new Worker(boot.engine.worker);
  const waiting = new Map();
  let last = 0;
  const fail = (message) => {
    waiting.forEach(({ reject }) => reject(refusal(__('The browser could not compute the preview.', 'dongbo'), message)));
    waiting.clear();
  };
  worker.onmessage = ({ data: { id, done, failed } }) => {
    const asked = waiting.get(id);
    waiting.delete(id);
    if (failed === undefined) asked?.resolve(done);
    else asked?.reject(refusal(__('The browser could not compute the preview.', 'dongbo'), failed));
  };
  worker.onerror = (event) => fail(event.message ?? '');
  const ask = (task, given, moved = []) => new Promise((resolve, reject) => {
    last += 1;
    waiting.set(last, { resolve, reject });
    worker.postMessage({ id: last, task, ...given }, moved);
  });
  const { rules } = await ask('start', { bytes }, [bytes]);
  if (rules !== boot.engine.version) {
    worker.terminate();
    throw outdated();
  }
  return {
    goods: (input) => ask('goods', { input }),
    categories: (input) => ask('categories', { input }),
    stop: () => worker.terminate(),
  };
}

/** The page was loaded before an update, or a cache holds an old file. */
export const outdated = () => refusal(
  __('The browser and the server have different rules, so the preview would not be what is written.', 'dongbo'),
  __('Reload this page. If this stays, empty the cache of the browser and of the website.', 'dongbo'),
);

/** An error in the form {@link troubleOf} reads. */
const refusal = (message, remedy) => Object.assign(new Error(message), { data: { remedy } });

// Plans in the background of the page: the same rules as the server, over wasm-bindgen (product.md H3).
import { initSync, plan_categories as planCategories, plan_goods as planGoods, version } from '../../pkg/web/dongbo.js';

const tasks = {
  /** The bytes, not an address: many hosts serve `.wasm` with a type the browser will not compile. */
  start({ bytes }) {
    initSync({ module: new WebAssembly.Module(bytes) });
    return { rules: version({}).ok.rules };
  },
  goods({ input }) {
    const from = performance.now();
    const { families } = planned(planGoods(input));
    return { families, ms: performance.now() - from };
  },
  categories: ({ input }) => planned(planCategories(input)),
};

function planned({ ok, error }) {
  if (error) throw new Error(`${error.code} ${error.where}`);
  return ok;
}

self.onmessage = ({ data: { id, task, ...given } }) => {
  try {
    self.postMessage({ id, done: tasks[task](given) });
  } catch (error) {
    self.postMessage({ id, failed: String(error?.message ?? error) });
  }
};

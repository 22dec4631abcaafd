// bench.mjs FOLDER RUNS: the same work in Node's own WebAssembly; prints one JSON object.
import fs from 'node:fs';

const [, , folder, runsText] = process.argv;
const runs = Number(runsText);
const load = (name) => new WebAssembly.Instance(new WebAssembly.Module(fs.readFileSync(`${folder}/${name}.wasm`))).exports;
const kernels = load('Kernels');
const planner = load('Planner');
const page = fs.readFileSync(`${folder}/page.json`);
const at = kernels.reserve(page.length) >>> 0;
new Uint8Array(kernels.memory.buffer).set(page, at);
const input = fs.readFileSync(`${folder}/planner.in`);
const work = {
  'fib(20)': () => kernels.fib(20) >>> 0,
  'sha-256 of 16 KiB': () => kernels.sha256(at, 16384) >>> 0,
  'heap sort of 2000': () => kernels.sort(2000) >>> 0,
  'walk of a JSON page': () => kernels.walk(at, page.length) >>> 0,
  'planner, 100 goods': () => {
    planner.reset();
    const start = planner.alloc(input.length) >>> 0;
    new Uint8Array(planner.memory.buffer).set(input, start);
    const out = planner.plan(start, input.length) >>> 0;
    const size = new DataView(planner.memory.buffer).getUint32(out, true);
    return new Uint8Array(planner.memory.buffer.slice(out + 4, out + 4 + size)).length;
  },
};
const result = {};
for (const [name, run] of Object.entries(work)) {
  const value = run();
  const times = [];
  for (let i = 0; i < runs * 4; ++i) {
    const start = process.hrtime.bigint();
    run();
    times.push(Number(process.hrtime.bigint() - start) / 1e6);
  }
  result[name] = { ms: Math.min(...times), value: String(value) };
}
console.log(JSON.stringify(result));

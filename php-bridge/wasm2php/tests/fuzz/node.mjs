// node.mjs CASES: what Node's own WebAssembly answers, one line a call.
import fs from 'node:fs';
import crypto from 'node:crypto';

const bits = new DataView(new ArrayBuffer(8));
const value = ([type, text]) => {
  switch (type) {
    case 'i': return Number(text) | 0;
    case 'l': return BigInt(text);
    case 'f': bits.setUint32(0, Number(text)); return bits.getFloat32(0);
    case 'd': bits.setBigInt64(0, BigInt(text)); return bits.getFloat64(0);
    default: return null;
  }
};
const show = (type, v) => {
  switch (type) {
    case 'i': return String(v >>> 0);
    case 'l': return String(BigInt.asIntN(64, v));
    case 'f': if (Number.isNaN(v)) return 'nan'; bits.setFloat32(0, v); return String(bits.getUint32(0));
    case 'd': if (Number.isNaN(v)) return 'nan'; bits.setFloat64(0, v); return String(bits.getBigInt64(0));
    default: return v === null ? 'null' : 'ref';
  }
};
const lines = [];
for (const { module: index, wasm, calls, globals } of JSON.parse(fs.readFileSync(process.argv[2]))) {
  const module = new WebAssembly.Module(fs.readFileSync(wasm));
  calls.forEach(({ name, args, results }, call) => {
    let told;
    let instance;
    try {
      instance = new WebAssembly.Instance(module);
    } catch (error) {
      lines.push(`${index}.${call} start ${error instanceof RangeError ? 'stack' : 'trap'}`);
      return;
    }
    try {
      const got = instance.exports[name](...args.map(value));
      const list = results.length === 1 ? [got] : (got ?? []);
      told = list.map((v, i) => show(results[i], v)).join(',');
    } catch (error) {
      if (!(error instanceof WebAssembly.RuntimeError || error instanceof RangeError)) throw error;
      told = error instanceof RangeError ? 'stack' : 'trap';
    }
    const kept = globals.map(([global, type]) => show(type, instance.exports[global].value)).join(',');
    const memory = Object.values(instance.exports).find((e) => e instanceof WebAssembly.Memory);
    const sum = memory ? crypto.createHash('md5').update(new Uint8Array(memory.buffer)).digest('hex') : '';
    lines.push(told === 'stack' ? `${index}.${call} stack` : `${index}.${call} ${told} [${kept}] ${sum}`);
  });
}
lines.push('END');
fs.writeSync(1, lines.join('\n') + '\n');

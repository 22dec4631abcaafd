// The sentences the bundle carries: of the codes the browser's rules can give, which is a quarter of
// all; whatever else is said comes from the server as a sentence.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { js } from '../build/places.mjs';

/** The module with every sentence, as the build of the rules writes it. */
export const wordsFile = path.join(js, 'pkg/words.mjs');
const rulesFile = path.join(js, 'pkg/web/dongbo_bg.wasm');

/** The module with the sentences of the codes that stand in the browser's rules. */
export function browserWords() {
  const rules = readFileSync(rulesFile).toString('latin1');
  // The compiler writes some short texts as numbers into its code: eight letters at a time.
  const holds = (code) => rules.includes(code) || code.length < WORD || rules.includes(leb128(code.slice(0, WORD)));
  return readFileSync(wordsFile, 'utf8').split('\n')
    .filter((line) => {
      const code = /^ {4}'([a-z0-9-]+)': \{/.exec(line)?.[1];
      return code === undefined || holds(code);
    })
    .join('\n');
}

const WORD = 8;

/** Eight ASCII letters as WebAssembly writes a constant: signed LEB128 of the little-endian number. */
function leb128(text) {
  let left = Buffer.from(text, 'latin1').readBigInt64LE();
  let bytes = '';
  for (;;) {
    const low = Number(left & 0x7fn);
    left >>= 7n;
    const last = (left === 0n && (low & 0x40) === 0) || (left === -1n && (low & 0x40) !== 0);
    bytes += String.fromCharCode(last ? low : low | 0x80);
    if (last) return bytes;
  }
}

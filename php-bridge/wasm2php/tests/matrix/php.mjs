// The loader of PHP 7.4 to 8.5 inside Node: for versions.mjs, and for the corpus of the rules (tests/corpus/matrix.mjs).
import fs from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const VERSIONS = ['7.4', '8.0', '8.1', '8.2', '8.3', '8.4', '8.5'];

// The packages are looked for beside this file, or where WASM2PHP_NODE_MODULES says.
const base = process.env.WASM2PHP_NODE_MODULES ?? path.join(path.dirname(fileURLToPath(import.meta.url)), 'node_modules');
const load = (name) => import(pathToFileURL(createRequire(path.join(base, 'x.js')).resolve(name)));

/** Why no PHP can be loaded; an empty text when it can. */
export const missing = () =>
  fs.existsSync(path.join(base, '@php-wasm/node')) ? '' : `no @php-wasm/node in ${base}; run npm ci in php-bridge/wasm2php/tests/matrix`;

/** One PHP of this version that sees these folders at their own places. */
export async function open(version, folders) {
  const { loadNodeRuntime, createNodeFsMountHandler } = await load('@php-wasm/node');
  const { PHP } = await load('@php-wasm/universal');
  const php = new PHP(await loadNodeRuntime(version, { emscriptenOptions: { processId: process.pid } }));
  for (const place of folders) {
    php.mkdir(place);
    await php.mount(place, createNodeFsMountHandler(place));
  }
  return php;
}

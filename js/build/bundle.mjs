// The admin pages' bundle and the Worker that plans, with their sizes and a stamp for the cache.
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { browserWords, wordsFile } from '../words/browser.mjs';
import { assets, js } from './places.mjs';
import { handles, wordpress } from './wordpress.mjs';

/** product.md says what the zip may hold: no script over 300 KB. */
const LARGEST = 300 * 1024;

const common = {
  bundle: true,
  minify: true,
  format: 'iife',
  // What every browser WordPress 6.5 supports can run.
  target: 'es2019',
  charset: 'utf8',
  legalComments: 'none',
  logLevel: 'warning',
};

/** An esbuild plugin: of the sentences, those the browser's rules can give. */
const words = {
  name: 'words',
  setup(build) {
    build.onLoad({ filter: /words\.mjs$/ }, ({ path: file }) => (file === wordsFile ? { contents: browserWords(), loader: 'js' } : undefined));
  },
};

/** Builds everything the browser loads into the plugin's `assets`. */
export async function bundle() {
  mkdirSync(assets, { recursive: true });
  await build({
    ...common,
    entryPoints: { admin: path.join(js, 'admin/index.jsx') },
    outdir: assets,
    plugins: [wordpress, words],
    // react/jsx-runtime is missing in WordPress 6.5.
    jsx: 'transform',
    jsxFactory: 'createElement',
    jsxFragment: 'Fragment',
    inject: [path.join(js, 'build/jsx.mjs')],
    loader: { '.css': 'css' },
  });
  await build({
    ...common,
    entryPoints: { worker: path.join(js, 'admin/preview/worker.js') },
    outdir: assets,
    // wasm-bindgen's own way of finding its file; the Worker is given the bytes.
    define: { 'import.meta.url': '""' },
  });
  // What stands on WooCommerce's own pages.
  const boxes = Object.fromEntries(['order-box', 'product-box'].map((name) => [name, path.join(js, `admin/${name}.mjs`)]));
  await build({ ...common, entryPoints: boxes, outdir: assets, plugins: [wordpress] });
  copyFileSync(path.join(js, 'pkg/web/dongbo_bg.wasm'), path.join(assets, 'rules.wasm'));
  const files = ['admin.js', 'admin.css', 'worker.js', 'order-box.js', 'product-box.js', 'rules.wasm'];
  const hash = createHash('sha256');
  for (const name of files) {
    const bytes = readFileSync(path.join(assets, name));
    hash.update(bytes);
    const { size } = statSync(path.join(assets, name));
    console.log(`${name}: ${kilobytes(size)} KB (${kilobytes(gzipSync(bytes).length)} KB compressed)`);
    if (name.endsWith('.js') && size > LARGEST) throw new Error(`${name} is over ${kilobytes(LARGEST)} KB`);
  }
  writeFileSync(path.join(assets, 'stamp.php'), `<?php
// Generated: what the page loads before the bundle, and the version its addresses carry.

return ['version' => '${hash.digest('hex').slice(0, 12)}', 'handles' => ['${handles.join("', '")}']];
`);
}

const kilobytes = (bytes) => (bytes / 1024).toFixed(1);

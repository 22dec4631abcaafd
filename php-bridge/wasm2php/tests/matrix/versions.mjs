// versions.mjs FOLDER RUNNER WORDS VERSION: runs the corpus in FOLDER on one PHP version; every notice is fatal.
// Prints what the scripts print, each after a line "## name".
import fs from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const [, , folder, runner, words, version] = process.argv;
// The packages are looked for beside this file, or where WASM2PHP_NODE_MODULES says.
const base = process.env.WASM2PHP_NODE_MODULES ?? path.join(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), 'node_modules');
const load = (name) => import(pathToFileURL(createRequire(path.join(base, 'x.js')).resolve(name)));
const { loadNodeRuntime, createNodeFsMountHandler } = await load('@php-wasm/node');
const { PHP } = await load('@php-wasm/universal');

const php = new PHP(await loadNodeRuntime(version, { emscriptenOptions: { processId: process.pid } }));
for (const place of [folder, path.dirname(runner), path.dirname(words)]) {
  php.mkdir(place);
  await php.mount(place, createNodeFsMountHandler(place));
}
const run = async (name, script, argument) => {
  const code = `<?php ini_set('memory_limit','1G'); error_reporting(-1); $argv=['', ${JSON.stringify(argument)}]; require ${JSON.stringify(script)};`;
  const { text, errors, exitCode } = await php.run({ code });
  fs.writeSync(1, `## ${name}\n${text}`);
  if (exitCode !== 0) fs.writeSync(1, `0 PHP died: ${errors.split('\n')[0]}\n`);
};
for (const file of fs.readdirSync(folder).sort()) {
  if (fs.existsSync(`${folder}/${file}/commands.json`)) {
    await run(file, runner, `${folder}/${file}/commands.json`);
  }
}
await run('words', words, folder);
process.exit(0);

// versions.mjs FOLDER RUNNER WORDS VERSION: runs the corpus in FOLDER on one PHP version; every notice is fatal.
// Prints what the scripts print, each after a line "## name".
import fs from 'node:fs';
import path from 'node:path';
import { open } from './php.mjs';

const [, , folder, runner, words, version] = process.argv;
const php = await open(version, [folder, path.dirname(runner), path.dirname(words)]);
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

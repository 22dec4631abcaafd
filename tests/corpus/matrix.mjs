// The corpus, and the plugin's files, on every PHP from 7.4 to 8.5; every notice is fatal.
// matrix.mjs [VERSION …]; needs the built engine and `npm ci` in php-bridge/wasm2php/tests/matrix.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { VERSIONS, missing, open } from '../../php-bridge/wasm2php/tests/matrix/php.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const plugin = join(here, '../../php-bridge/plugin');
const text = (value) => `'${String(value).replace(/['\\]/g, '\\$&')}'`;
const START = `<?php error_reporting(-1); ini_set('display_errors', '1'); ini_set('html_errors', '0'); ini_set('memory_limit', '1G');
  set_error_handler(function ($level, $message, $file, $line) { throw new ErrorException($message, 0, $level, $file, $line); });`;

/** php.run() throws where PHP ends with another code than 0; here that is an answer like any other. */
async function run(php, code) {
    try {
        const { text: told, errors, exitCode } = await php.run({ code: START + code });
        return { told, errors, died: exitCode !== 0 };
    } catch (error) {
        if (!error.response) {
            throw error;
        }
        return { told: error.response.text, errors: error.response.errors, died: true };
    }
}

/** Whether the corpus passes on this PHP. The line is this file's, the counts are the runner's. */
async function corpus(php, version) {
    const { told, errors, died } = await run(php, `require ${text(join(here, 'corpus.php'))};`);
    const end = told.match(/^corpus PHP (\S+): (\d+) passed, (\d+) failed\n$/m);
    if (!end || !end[1].startsWith(`${version}.`)) {
        console.log(`${told}${errors}\ncorpus PHP ${version}: 0 passed, 1 failed (it stopped before its end)`);
        return false;
    }
    console.log(`${told.slice(0, end.index)}corpus PHP ${version}: ${end[2]} passed, ${end[3]} failed`);
    return !died && end[3] === '0' && end[2] !== '0';
}

/** Whether every file of the plugin compiles on this PHP. PHP dies of some errors: the next run begins behind the file. */
async function files(php, version) {
    const wrong = [];
    let seen = 0;
    for (let died = true; died; ) {
        const before = seen;
        const answer = await run(php, `$folder = ${text(plugin)}; $from = ${seen}; require ${text(join(here, 'compile.php'))};`);
        const blocks = answer.told.split(/^# /m).slice(1);
        seen += blocks.length;
        died = answer.died;
        for (const [i, block] of blocks.entries()) {
            const [file, ...lines] = block.trim().split('\n');
            if (lines.length > 0 || (died && i === blocks.length - 1)) {
                wrong.push(`failed: ${file} on PHP ${version}: ${lines.join(' ') || answer.errors || 'PHP died'}`);
            }
        }
        if (seen === before) {
            wrong.push(`failed: no file was compiled on PHP ${version}: ${answer.told}${answer.errors}`);
            break;
        }
    }
    wrong.forEach((line) => console.log(line));
    console.log(`files PHP ${version}: ${Math.max(0, seen - wrong.length)} passed, ${wrong.length} failed`);
    return wrong.length === 0;
}

const versions = process.argv.length > 2 ? process.argv.slice(2) : VERSIONS;
const reason = missing();
if (reason) {
    console.log(`skipped: the corpus on PHP ${versions.join(', ')}: ${reason}`);
    process.exit(0);
}
if (!existsSync(join(plugin, 'engine/stamp.php'))) {
    console.log('failed: php-bridge/plugin/engine/stamp.php is not built: cargo run -p dongbo-build -- php');
    process.exit(1);
}
let good = true;
for (const version of versions) {
    const php = await open(version, [here, plugin]);
    good = (await corpus(php, version)) && good;
    good = (await files(php, version)) && good;
    php.exit();
}
process.exit(good ? 0 : 1);

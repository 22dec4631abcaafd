// The corpus with random changes through the rules in Node and in PHP: the answers must be the same bytes.
// FUZZ_RUNS (500) runs from FUZZ_SEED (1) on; each has its own seed, so that FUZZ_SEED=<seed> FUZZ_RUNS=1 is that run alone.
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import * as rules from '../../js/pkg/node/dongbo.js';
import { mutate, random } from './mutate.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const runs = Number(process.env.FUZZ_RUNS ?? 500);
const first = Number(process.env.FUZZ_SEED ?? 1);
if (!Number.isSafeInteger(runs) || !Number.isSafeInteger(first) || runs < 1) {
    console.log(`failed: FUZZ_RUNS=${process.env.FUZZ_RUNS} FUZZ_SEED=${process.env.FUZZ_SEED} are no numbers`);
    process.exit(1);
}
const SHOWN = 20;

/** One PHP process; it is begun anew where it died. */
class Php {
    begin() {
        this.told = '';
        this.child = spawn('php', ['-d', 'memory_limit=512M', '-d', 'display_errors=stderr', join(here, 'answer.php')]);
        this.child.on('error', (error) => (this.told += error.message));
        this.child.stdin.on('error', () => {});
        this.child.stderr.on('data', (text) => (this.told += text));
        this.lines = createInterface({ input: this.child.stdout, crlfDelay: Infinity })[Symbol.asyncIterator]();
    }

    async ask(line) {
        if (!this.child) {
            this.begin();
        }
        this.child.stdin.write(`${line}\n`);
        const { value, done } = await this.lines.next();
        if (!done) {
            return value;
        }
        const told = this.told.trim().split('\n')[0];
        this.child = undefined;
        return `PHP died: ${told}`;
    }

    end() {
        this.child?.stdin.end();
    }
}

/** PHP has one word for an empty list and an empty record. */
const plain = (key, value) => (value && typeof value === 'object' && Object.keys(value).length === 0 ? [] : value);

/** Faults of the caller, which both sides may answer with. Any other error is one of the rules. */
const REFUSALS = ['input-unreadable', 'no-such-call'];

function node({ call, input }) {
    try {
        const answer = rules[call]?.(input) ?? { error: { code: 'no-such-call' } };
        // Why an input cannot be read is said in each door's own words.
        return JSON.stringify(REFUSALS.includes(answer.error?.code) ? { error: { code: answer.error.code } } : answer, plain);
    } catch (error) {
        return `Node threw: ${error.message}`;
    }
}

/** At most so many empty arrays of an input are read both ways: 2^10 readings. */
const EMPTIES = 10;

/** Every reading of a text in which PHP's one empty array may be a list or a record, the given one left out. */
function* readings(line) {
    const all = [...line.matchAll(/"(?:[^"\\]|\\.)*"|\[\]|\{\}/g)].filter(([text]) => text === '[]' || text === '{}');
    const found = all.slice(0, EMPTIES);
    for (let flips = 1; flips < 2 ** found.length; ++flips) {
        let text = line;
        found.forEach(({ 0: empty, index }, i) => {
            if ((flips >> i) & 1) {
                text = text.slice(0, index) + (empty === '[]' ? '{}' : '[]') + text.slice(index + 2);
            }
        });
        yield text;
    }
}

function either(line, there) {
    for (const reading of readings(line)) {
        if (node(JSON.parse(reading)) === there) {
            return true;
        }
    }
    return false;
}

/** Whether Node refused to round an integer that PHP's answer holds whole: said so in src/bind/js.rs. */
function large(own, there) {
    const numbers = there.replace(/"(?:[^"\\]|\\.)*"/g, '').match(/-?\d+/g) ?? [];
    return own.startsWith('{"error":{"code":"output-unwritable"') && there.startsWith('{"ok"') && numbers.some((n) => !Number.isSafeInteger(Number(n)));
}

const cases = readdirSync(here, { recursive: true })
    .map(String)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => ({ file, ...JSON.parse(readFileSync(join(here, file), 'utf8')) }));
const pool = cases.flatMap(({ input }) => Object.values(input).flatMap((value) => (Array.isArray(value) ? [value, ...value] : [value])));
const calls = [...new Set(cases.map(({ call }) => call))];

const php = new Php();
const count = { passed: 0, failed: 0, ok: 0, empty: 0, large: 0 };
/** Compares one input; true when both sides gave the same answer. */
async function compare(line, title) {
    const [there, own] = [await php.ask(line), node(JSON.parse(line))];
    // The same failure on both sides is a failure too.
    const sound = own.startsWith('{"ok"') || REFUSALS.some((code) => own === `{"error":{"code":"${code}"}}`);
    const empty = sound && there !== own && either(line, there);
    const beyond = large(own, there);
    const same = beyond || (sound && (there === own || empty));
    count.large += beyond ? 1 : 0;
    count.empty += empty ? 1 : 0;
    if (!same && count.failed < SHOWN) {
        console.log(`failed: ${title}\n  input ${line.slice(0, 4000)}\n  Node  ${own.slice(0, 2000)}\n  PHP   ${there.slice(0, 2000)}`);
    }
    ++count[same ? 'passed' : 'failed'];
    count.ok += own.startsWith('{"ok"') ? 1 : 0;
    return same;
}

let stale = 0;
for (const { file, call, input } of cases) {
    stale += (await compare(JSON.stringify({ call, input }), `tests/corpus/${file}, unchanged`)) ? 0 : 1;
}
if (stale > 0) {
    console.log('The corpus itself differs: build both sides from one source with cargo run -p dongbo-build -- all');
}
const whole = count.ok;
for (let seed = first; seed < first + runs; ++seed) {
    const rng = random(seed);
    const { file, call, input } = rng.pick(cases);
    const line = JSON.stringify({ call: rng.below(20) === 0 ? rng.pick(calls) : call, input: mutate(input, rng, pool) });
    await compare(line, `seed ${seed}, from tests/corpus/${file}`);
}
php.end();
if (cases.length === 0) {
    ++count.failed;
    console.log('failed: tests/corpus holds no case');
}
console.log(`${count.ok - whole} of ${runs} changed inputs were readable; ${count.empty} passed because an empty array of PHP is a list or a record, ${count.large} because an answer is beyond JavaScript's integers`);
console.log(`corpus fuzz, seeds ${first} to ${first + runs - 1}: ${count.passed} passed, ${count.failed} failed`);
process.exit(count.failed === 0 ? 0 : 1);

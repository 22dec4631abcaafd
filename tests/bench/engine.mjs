// Measures the same rules in Node: `node engine.mjs <folder>`. Prints one JSON object.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { plan_goods } from '../../js/pkg/node/dongbo.js';

const ROUNDS = 5;
const [folder] = process.argv.slice(2);
// Milliseconds of processor time this process has used: others on the machine do not count.
const used = () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
};

const told = { node: process.version };
for (const state of ['first', 'unchanged', 'prices']) {
    const pages = JSON.parse(readFileSync(join(folder, `${state}.json`), 'utf8'));
    const rows = pages[0].families.reduce((sum, { goods }) => sum + goods.length, 0);
    const digest = createHash('md5');
    for (const page of pages) {
        digest.update(JSON.stringify(plan_goods(page).ok));
    }
    const from = used();
    for (let round = 0; round < ROUNDS; round++) {
        for (const page of pages) {
            plan_goods(page);
        }
    }
    const page = (used() - from) / (ROUNDS * pages.length);
    told[state] = { page_ms: page, rows_s: (rows / page) * 1000, digest: digest.digest('hex') };
}
console.log(JSON.stringify(told));

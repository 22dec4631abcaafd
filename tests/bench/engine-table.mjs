// Runs the engine in PHP (opcache off and on) and in Node, and prints the figures beside each other.
//
//   node tests/bench/engine-table.mjs <folder of pages>
import { execFileSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const plugin = join(here, '../../php-bridge/plugin');
const [folder] = process.argv.slice(2);
const LIMITS = { kb: 400, load: 25, rows: 4000 };

const run = (program, args) => JSON.parse(execFileSync(program, args, { encoding: 'utf8', maxBuffer: 1 << 24 }));
const php = (...options) => run('php', ['-d', 'memory_limit=256M', ...options, join(here, 'engine.php'), folder, plugin]);

const off = php('-d', 'opcache.enable_cli=0');
const on = php('-d', 'opcache.enable_cli=1', '-d', 'opcache.file_update_protection=0', '-d', 'opcache.jit_buffer_size=0');
const node = run('node', [join(here, 'engine.mjs'), folder]);

const states = { first: 'first sync', unchanged: 'nothing changed', prices: 'price and stock changed' };
const cell = (text, width) => String(text).padStart(width);
console.log(`\nGoods planned, pages of 100 rows (PHP ${off.php}, Node ${node.node}; processor time)\n`);
console.log(`${'state'.padEnd(26)}${cell('PHP ms', 9)}${cell('rows/s', 9)}${cell('opcache', 9)}${cell('rows/s', 9)}${cell('Node ms', 9)}${cell('PHP/Node', 10)}`);
for (const [state, name] of Object.entries(states)) {
    const [a, b, c] = [off[state], on[state], node[state]];
    console.log(
        name.padEnd(26) + cell(a.page_ms.toFixed(1), 9) + cell(Math.round(a.rows_s), 9) + cell(b.page_ms.toFixed(1), 9) +
        cell(Math.round(b.rows_s), 9) + cell(c.page_ms.toFixed(2), 9) + cell(`${(b.page_ms / c.page_ms).toFixed(1)}x`, 10)
    );
}
const worst = Math.min(...Object.keys(states).map((state) => on[state].rows_s));
console.log(`\n${'group (what it adds)'.padEnd(26)}${cell('KB', 9)}${cell('load ms', 9)}${cell('MB code', 9)}   (opcache off; limits ${LIMITS.kb} KB, ${LIMITS.load} ms)`);
for (const [group, { kb, load_ms, load_mb }] of Object.entries(off.parts)) {
    console.log(group.padEnd(26) + cell(Math.round(kb), 9) + cell(load_ms.toFixed(1), 9) + cell(load_mb.toFixed(1), 9));
}
console.log(`
first call ${off.first_call_ms.toFixed(1)} ms; peak memory of the measurement, pages included, ${off.peak_mb.toFixed(1)} MB
slowest state with opcache: ${Math.round(worst)} rows/s (limit ${LIMITS.rows})`);

const same = Object.keys(states).every((state) => off[state].digest === node[state].digest && on[state].digest === node[state].digest);
console.log(same ? 'PHP and Node planned the same bytes' : 'PHP and Node planned DIFFERENT bytes');
process.exit(same ? 0 : 1);

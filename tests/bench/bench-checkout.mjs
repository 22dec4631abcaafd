// What a checkout pays for Dongbo (E1: at most 3 SQL, less than 5 ms), on a real WooCommerce: the same checkout with Dongbo
// and without it, in turn, in one shop and one run, so that what drifts hits both.
//
//   BENCH_CHECKOUTS=60 BENCH_WOOCOMMERCE=11.0.1 BENCH_WORDPRESS=7.0.4 node tests/bench/bench-checkout.mjs
import { copyFileSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { root, run } from '../harness/run.mjs';
import { buyClassic, buyWithBlocks, person } from '../harness/shopper.mjs';

process.env.E2E_WOOCOMMERCE = process.env.BENCH_WOOCOMMERCE ?? 'real';
if (process.env.BENCH_WORDPRESS) process.env.E2E_WORDPRESS = process.env.BENCH_WORDPRESS;
const { shopOfOrders } = await import('../e2e/order-tools.mjs');

const pairs = Number(process.env.BENCH_CHECKOUTS ?? 60);
const LIMITS = { sql: 3, ms: 5 };
const ends = [];
// With the code cache of a live host: without it a request compiles WooCommerce anew, and that alone differs by more than is looked for.
const { shop } = await shopOfOrders({ after: (end) => ends.push(end) }, { shop: { ini: ['opcache.enable=1'] } });
copyFileSync(path.join(root, 'tests/e2e/checkout-meter.php'), path.join(shop.wordpress, 'wp-content/mu-plugins/checkout-meter.php'));
const { out } = await run(path.join(root, 'tests/lab/lab'), ['exec', shop.dir, path.join(root, 'tests/e2e/checkout-shop.php'), 'BEER', 'TEA']);
const { classic, rate, products } = JSON.parse(out.trim().split('\n').pop());
const lines = { [products.BEER]: 2, [products.TEA]: 1 };

let buyer = 0;
const ways = {
  blocks: (headers) => buyWithBlocks(shop.url, person(buyer++), lines, headers),
  classic: (headers) => buyClassic(shop.url, classic, rate, person(buyer++), lines, headers),
};
const meter = path.join(shop.dir, 'meter.jsonl');
const middle = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
let failed = false;
try {
  for (const [way, buy] of Object.entries(ways)) {
    for (const warm of ['on', 'off']) await buy({ 'x-dongbo-meter': warm });
    rmSync(meter, { force: true });
    // Who goes first changes from pair to pair.
    for (let at = 0; at < pairs; at += 1) for (const on of at % 2 ? ['on', 'off'] : ['off', 'on']) await buy({ 'x-dongbo-meter': on });
    const rows = readFileSync(meter, 'utf8').trim().split('\n').map((line) => JSON.parse(line));
    const [on, off] = ['on', 'off'].map((name) => rows.filter((row) => row.meter === name));
    if (on.length !== pairs || off.length !== pairs || off.some(({ loaded }) => loaded)) throw new Error('the meter missed a checkout');
    const own = { sql: Math.max(...on.map((row) => row.own.sql.length)), ms: middle(on.map((row) => row.own.ms)) };
    // The clock also counts what else the machine does, the sending of the order before among it; the processor's time does not.
    const gained = { cpu: middle(on.map((row, at) => row.cpu - off[at].cpu)), sql: middle(on.map((row, at) => row.sql - off[at].sql)), ms: middle(on.map((row, at) => row.ms - off[at].ms)) };
    process.stdout.write(`${way.padEnd(8)} without Dongbo ${middle(off.map(({ ms }) => ms)).toFixed(0)} ms, ${middle(off.map(({ sql }) => sql))} SQL;  `
      + `with it ${gained.cpu >= 0 ? '+' : ''}${gained.cpu.toFixed(1)} ms of processor, ${gained.ms >= 0 ? '+' : ''}${gained.ms.toFixed(1)} ms by the clock, ${gained.sql >= 0 ? '+' : ''}${gained.sql} SQL (medians of ${pairs} pairs);  `
      + `in the recorder ${own.ms.toFixed(2)} ms median, ${own.sql} SQL at most\n`);
    if (own.sql > LIMITS.sql || own.ms >= LIMITS.ms) failed = true;
  }
} finally {
  for (const end of ends.reverse()) await end();
}
process.stdout.write(failed ? 'failed: over 3 SQL or 5 ms\n' : 'passed\n');
process.exit(failed ? 1 : 0);

// First sync and "nothing changed" against plain ->save(), in one run on one shop (issue 3, Speed).
//
//   BENCH_GOODS=5000 BENCH_MIX=plain=1|mixed BENCH_WOOCOMMERCE=11.0.1 BENCH_WORDPRESS=7.0.4 node tests/bench/bench-first-sync.mjs
//
// Machines drift, so everything is told as a ratio to the plain saves of the same run, which make a part of the same
// products again; a row is a product or a variation. What a shop owner has today was measured the same way: where plain saves
// made 33 rows a second, KiotViet's own plugin created 20.7 (0.63 x) and went through unchanged ones at 68 (2.06 x).
import path from 'node:path';
import { audit } from '../harness/audit.mjs';
import { startPos } from '../harness/pos.mjs';
import { root, run } from '../harness/run.mjs';
import { startShop } from '../harness/shop.mjs';
import { forbidden, writesDuring } from '../harness/writes.mjs';

const goods = Number(process.env.BENCH_GOODS ?? 5000);
const plainRows = Math.min(goods, 300);
const mix = process.env.BENCH_MIX ?? 'plain=1';
const UNCHANGED_TODAY = 68 / 33;
const LIMITS = { first: 3, sql: 50, faster: 100, unchangedSql: 0.1, megabytes: 24, slice: 25 };

const pos = await startPos('--goods', goods, '--seed', 2, ...(mix === 'mixed' ? [] : ['--mix', mix]), '--rate-limit', 0);
const shop = await startShop({ pos, woocommerce: process.env.BENCH_WOOCOMMERCE ?? 'auto', wordpress: process.env.BENCH_WORDPRESS, args: ['--durable'] });
const branches = [String((await pos.catalogue()).branches[0].id)];

await shop.connect(pos, { branches });
const sync = async () => {
  await shop.wp(['sync', '--wait'], { allow: [0, 1], timeout: 7_200_000 });
  return JSON.parse((await shop.wp(['status', '--format=json'])).out).last;
};
const first = await sync();
const audited = await audit(pos, shop, { branches });
await shop.settle();
const again = await sync();
const written = forbidden(await writesDuring(shop, sync));
const rows = Number((await shop.sql("SELECT COUNT(*) FROM wp_posts WHERE post_type IN ('product', 'product_variation')")).trim().split('\n').pop());
/** The same kinds of products, of the same values, by plain CRUD. */
const { out } = await run(path.join(root, 'tests/lab/lab'), ['exec', shop.dir, path.join(root, 'tests/bench/plain-saves.php'), String(plainRows)]);
const plain = JSON.parse(out.trim().split('\n').pop());

// Dongbo's time holds what WooCommerce leaves to the end of the request and to its jobs, so the plain one does too.
const whole = { seconds: plain.seconds + plain.owed.seconds, sql: plain.sql + plain.owed.sql };
const plainRate = plain.rows / whole.seconds;
const told = (name, seconds, sql, rows, more = '') => {
  const ratio = rows / seconds / plainRate;
  process.stdout.write(`${name.padEnd(20)}${(rows / seconds).toFixed(1).padStart(9)} rows/s${ratio.toFixed(2).padStart(9)} x plain${(sql / rows).toFixed(3).padStart(9)} SQL/row${more}\n`);
  return ratio;
};
const cost = ({ counters }) => `${(counters.memory / 1048576).toFixed(1).padStart(7)} MB   ${counters.calls} calls   ${counters.slices} slices, the longest ${counters.longest.toFixed(1)} s`;
process.stdout.write(`${goods} goods (${mix}), ${rows} products and variations, WordPress ${shop.info.LAB_WORDPRESS_VERSION}, ${shop.info.LAB_WOOCOMMERCE_NAME}, MariaDB syncing every commit\n`);
told('plain ->save()', whole.seconds, whole.sql, plain.rows);
told('… the saves alone', plain.seconds, plain.sql, plain.rows);
const ratio = told('first sync', first.counters.seconds, first.counters.sql, rows, cost(first));
const unchanged = told('nothing changed', again.counters.seconds, again.counters.sql, rows, cost(again));
const faster = unchanged / UNCHANGED_TODAY;
process.stdout.write(`nothing changed: ${faster.toFixed(0)} x as fast as KiotViet's own plugin; written: ${JSON.stringify(written)}\n${audited.text.trim()}\n`);

const wants = [
  [`first sync at least ${LIMITS.first} x plain`, ratio >= LIMITS.first],
  [`at most ${LIMITS.sql} SQL a new row`, first.counters.sql / rows <= LIMITS.sql],
  [`nothing changed at least ${LIMITS.faster} x faster than KiotViet's own plugin`, faster >= LIMITS.faster],
  [`at most ${LIMITS.unchangedSql} SQL a row when nothing changed`, again.counters.sql / rows <= LIMITS.unchangedSql],
  ['nothing written when nothing changed', Object.keys(written).length === 0],
  [`at most ${LIMITS.megabytes} MB above the request`, Math.max(first.counters.memory, again.counters.memory) <= LIMITS.megabytes * 1048576],
  [`every slice inside the ${LIMITS.slice} s of a request`, Math.max(first.counters.longest, again.counters.longest) <= LIMITS.slice],
  ['the audit finds no difference', audited.same],
];
for (const [want, met] of wants) process.stdout.write(`${met ? 'met    ' : 'NOT MET'} ${want}\n`);
await shop.stop();
pos.stop();
process.exit(first.outcome === 'done' && again.outcome === 'done' && wants.every(([, met]) => met) ? 0 : 1);

// Orders go first: while a whole shop is being synced for the first time, an order is in the POS within 30 s.
//
//   E2E_CATALOGUE=20000 E2E_WOOCOMMERCE=11.0.1 E2E_WORDPRESS=7.0.4 node tests/bench/bench-order-first.mjs
//
// 10 s of it are rest, in which an order may still change; then the catalogue's slice gives way.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import path from 'node:path';
import test from 'node:test';
import { root, sleep } from '../harness/run.mjs';
import { skip } from '../e2e/order-tools.mjs';
import { number, pair } from '../e2e/shops.mjs';

/** Goods of the shop; the 20,000 are E2E_CATALOGUE=20000. */
const GOODS = Number(process.env.E2E_CATALOGUE ?? 1500);
const ORDERS = Number(process.env.E2E_ORDERS_MEANWHILE ?? 4);
const WITHIN = 30_000;

const BUY = `
  $links = $GLOBALS['wpdb']->get_col("SELECT shop_id FROM {$GLOBALS['wpdb']->prefix}dongbo_link WHERE kind = 'good' ORDER BY id LIMIT 1");
  $order = wc_create_order(); $order->set_currency('VND'); $order->add_product(wc_get_product((int) $links[0]), 1);
  $order->set_address(['first_name' => 'Vội', 'phone' => '0977 000 ' . $argv[1]], 'billing');
  $order->calculate_totals(); $order->update_status('processing'); echo $order->get_id();`;

test(`an order placed while ${GOODS} goods are synced for the first time is in the POS within 30 s`, { skip }, async (t) => {
  const both = await pair(t, ['--goods', GOODS, '--seed', 3, '--mix', 'plain=1']);
  const { shop, pos } = both;
  await shop.wp(['sync']);
  let working = true;
  // WP-Cron as a host runs it: two processes at once, one after another for as long as there is work.
  const cron = async () => {
    while (working) {
      const child = spawn(path.join(root, 'tests/lab/lab'), ['cron', shop.dir], { stdio: 'ignore' });
      await new Promise((resolve) => child.on('exit', resolve));
      await sleep(500);
    }
  };
  const workers = [cron(), cron()];
  const took = [];
  let linked = 0;
  try {
    const until = Date.now() + 600_000;
    while (await number(shop, "SELECT COUNT(*) FROM wp_dongbo_link WHERE kind = 'good'") < 20) {
      assert.ok(Date.now() < until, 'no good was linked within ten minutes');
      await sleep(2000);
    }
    for (let at = 0; at < ORDERS; at += 1) {
      const id = Number((await shop.php(BUY, String(100 + at))).trim());
      const placed = Date.now();
      while (!(await pos.truth()).orders.some((sale) => sale.description.includes(`:${id}]`))) {
        assert.ok(Date.now() - placed < 2 * WITHIN, `order ${id} is not in the POS after ${2 * WITHIN / 1000} s`);
        await sleep(250);
      }
      took.push(Date.now() - placed);
      linked = await number(shop, "SELECT COUNT(*) FROM wp_dongbo_link WHERE kind = 'good'");
      if (at + 1 < ORDERS && linked >= GOODS) break;
    }
  } finally {
    working = false;
    await Promise.all(workers);
  }
  t.diagnostic(`in the POS after ${took.map((ms) => (ms / 1000).toFixed(1)).join(', ')} s; ${linked} of ${GOODS} goods were linked by then`);
  assert.ok(took.length > 0 && Math.max(...took) < WITHIN, `${took} ms`);
});

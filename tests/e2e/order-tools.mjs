// What the tests of orders share: a shop with goods in both, clocks, wake-ups, and the audit of what arrived.
import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { root, run } from '../harness/run.mjs';
import { ahead, number, pair, passTime, woocommerce } from './shops.mjs';

/** Why orders are not tested here; false where they are. */
export const skip = woocommerce === 'stand-in' ? 'the stand-in has no checkout' : false;

const branch = 200001;
const stock = [{ branchId: branch, onHand: 100000 }];
const catalogue = path.join(mkdtempSync(path.join(tmpdir(), 'dongbo-orders-')), 'catalogue.json');
writeFileSync(catalogue, JSON.stringify({
  branches: [{ id: branch, branchName: 'Kho chính' }],
  products: [
    { id: 10, code: 'BEER', name: 'Bia', basePrice: 15000, inventories: stock },
    { id: 11, code: 'TEA', name: 'Trà', basePrice: 33000, inventories: stock },
    { id: 12, code: 'CAKE', name: 'Bánh', basePrice: 99999, inventories: stock },
  ],
}));

/** A shop with three goods, beer, tea and cake, whose wake-ups are the test's own. */
export async function shopOfOrders(t, options = {}) {
  const both = await pair(t, ['--catalogue', catalogue], options);
  writeFileSync(path.join(both.shop.wordpress, 'wp-content/mu-plugins/no-loopback.php'),
    "<?php add_filter('cron_request', static function ($request) { return array('url' => 'http://127.0.0.1:9/') + $request; });");
  await both.shop.wp(['sync', '--wait']);
  await both.pos.resetCounters();
  return both;
}

/** Places orders as a shop's own code would (orders.php); what each is. */
export async function place(shop, count, first = 0) {
  const { out } = await run(path.join(root, 'tests/lab/lab'), ['exec', shop.dir, path.join(root, 'tests/e2e/orders.php'), String(count), String(first)]);
  return JSON.parse(out.trim().split('\n').pop());
}

/** Both clocks go on. */
export async function later({ pos, shop }, minutes) {
  await passTime(shop, minutes);
  await pos.clock({ shiftSeconds: ahead(shop) / 1000 });
}

/** One wake-up in a process of its own. */
export const ring = (shop) => shop.php("Dongbo\\Lanes\\Wake::ring('test');");

const open = (shop) => number(shop, `SELECT COUNT(*) FROM wp_dongbo_outbox
  WHERE state = 'sending' OR (state IN ('waiting', 'failed') AND next_try < 9000000000000000)`);

/** Where a 401 after a renewal has stopped everything (A3), the owner connects again; whether that was so. */
export async function reconnect({ pos, shop, branches }) {
  if (await number(shop, "SELECT COUNT(*) FROM wp_dongbo_connection WHERE state = 'active'") > 0) return false;
  await shop.connect(pos, { branches });
  return true;
}

/** Wake-ups until nothing is under way any more; how many it took. `before` runs before each. */
export async function drain(both, { rounds = 80, before = async () => {} } = {}) {
  for (let round = 1; round <= rounds; round += 1) {
    await later(both, 8);
    await before();
    await ring(both.shop);
    if (await open(both.shop) === 0) return round;
  }
  throw new Error(`still under way after ${rounds} wake-ups:\n${await both.shop.sql("SELECT * FROM wp_dongbo_outbox WHERE state NOT IN ('sent', 'dropped')")}`);
}

/** Orders that failed or need review: order id → code. */
export const listed = async (shop) => new Map((await shop.sql("SELECT order_id, code FROM wp_dongbo_outbox WHERE state IN ('failed', 'review')")).split('\n')
  .filter(Boolean).map((line) => line.split('\t')));

/** Every order is in the POS once and is to the đồng what it is on the site, or is listed with a reason. How many were sent. */
export async function audit({ pos, shop }, placed) {
  const truth = await pos.truth();
  const reasons = await listed(shop);
  let sent = 0;
  for (const order of placed) {
    const found = truth.orders.filter((sale) => new RegExp(`\\[DB:[a-z0-9]+:${order.id}\\]`).test(sale.description) && sale.status !== 4);
    assert.ok(found.length <= 1, `order ${order.id} is in the POS ${found.length} times`);
    if (found.length === 0) {
      assert.ok(reasons.get(String(order.id)), `order ${order.id} is neither in the POS nor listed`);
      continue;
    }
    sent += 1;
    const [sale] = found;
    assert.equal(sale.total, order.total, `total of order ${order.id}`);
    assert.equal(sale.totalPayment, order.paid, `paid of order ${order.id}`);
    const goods = sale.lines.reduce((sum, line) => sum + line.price * line.quantity, 0);
    const charge = (code) => sale.surcharges.filter((row) => row.code === code).reduce((sum, row) => sum + row.price, 0);
    const charges = sale.surcharges.reduce((sum, row) => sum + row.price, 0);
    assert.equal(goods - sale.discount + charges, order.total, `lines, discount and surcharges of order ${order.id}`);
    assert.equal(charge('DONGBOSHIP'), order.shipping, `shipping of order ${order.id}`);
    assert.equal(charges - charge('DONGBOSHIP'), order.fees, `fees of order ${order.id}`);
    // A price per piece is rounded up to the đồng, so up to a đồng a piece more goes into the discount (E2).
    const pieces = sale.lines.reduce((sum, line) => sum + line.quantity, 0);
    assert.ok(sale.discount >= order.off && sale.discount < order.off + pieces, `discount ${sale.discount} of order ${order.id}, off ${order.off}`);
    const lines = {};
    for (const line of sale.lines) lines[line.productCode] = (lines[line.productCode] ?? 0) + line.quantity;
    assert.deepEqual(Object.fromEntries(Object.entries(lines).sort()), order.lines, `lines of order ${order.id}`);
    assert.equal(sale.customer.contactNumber, order.phone, `phone of order ${order.id}`);
  }
  assert.equal(truth.orders.filter((sale) => sale.status !== 4).length, sent, 'orders in the POS that nobody placed');
  const phones = truth.customers.map((customer) => customer.contactNumber);
  assert.equal(new Set(phones).size, phones.length, 'a customer was made twice');
  return sent;
}

/** What orders are on the site, in the form the audit compares by. */
export async function asPlaced(shop, ids) {
  const { out } = await run(path.join(root, 'tests/lab/lab'), ['exec', shop.dir, path.join(root, 'tests/e2e/orders.php'), 'of', ...ids.map(String)]);
  return JSON.parse(out.trim().split('\n').pop());
}

/** Keeps one setting, with the POS's lists read so that it may be chosen from. */
export async function setting(shop, name, value) {
  const told = await shop.php(`
    $store = new Dongbo\\Control\\SettingsStore(Dongbo\\Tables\\Connections::current());
    echo json_encode($store->save(json_decode($argv[1], true)));`, JSON.stringify({ [name]: value }));
  assert.equal(told.trim(), '[]', `setting ${name}`);
}

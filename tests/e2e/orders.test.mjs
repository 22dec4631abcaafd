// Orders of the site in the POS: exactly once, to the đồng, whatever is lost, late or killed (E1, E2, E4, E5, E7).
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import test from 'node:test';
import { root, run, sleep } from '../harness/run.mjs';
import { number, pair, passTime, woocommerce } from './shops.mjs';

const COUNT = Number(process.env.E2E_ORDERS ?? 60);
const skip = woocommerce === 'stand-in' ? 'the stand-in has no orders' : false;

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

/** A shop with three goods whose wake-ups are the test's own. */
async function shopOfOrders(t) {
  const both = await pair(t, ['--catalogue', catalogue]);
  writeFileSync(path.join(both.shop.wordpress, 'wp-content/mu-plugins/no-loopback.php'),
    "<?php add_filter('cron_request', static function ($request) { return array('url' => 'http://127.0.0.1:9/') + $request; });");
  await both.shop.wp(['sync', '--wait']);
  await both.pos.resetCounters();
  return both;
}

/** Places orders; what each is. */
async function place(shop, count, first = 0) {
  const { out } = await run(path.join(root, 'tests/lab/lab'), ['exec', shop.dir, path.join(root, 'tests/e2e/orders.php'), String(count), String(first)]);
  return JSON.parse(out.trim().split('\n').pop());
}

/** Both clocks go on. */
async function later({ pos, shop }, minutes) {
  await passTime(shop, minutes);
  await pos.clock({ shiftSeconds: Number((await shop.php("echo (int) @file_get_contents(LAB_DIR . '/clock-offset');")).trim()) / 1000 });
}

/** One wake-up in a process of its own. */
const ring = (shop) => shop.php("Dongbo\\Lanes\\Wake::ring('test');");

const open = (shop) => number(shop, `SELECT COUNT(*) FROM wp_dongbo_outbox WHERE state IN ('waiting', 'sending')
  OR (state = 'failed' AND next_try < 9000000000000000)`);

/** Wake-ups until nothing is under way any more. */
async function drain(both, rounds = 60) {
  for (let round = 0; round < rounds; round += 1) {
    await later(both, 8);
    await ring(both.shop);
    if (await open(both.shop) === 0) return;
  }
  throw new Error(`still under way after ${rounds} wake-ups:\n${await both.shop.sql("SELECT * FROM wp_dongbo_outbox WHERE state NOT IN ('sent', 'dropped')")}`);
}

/** Every order is in the POS once and is what it is on the site, or is listed with a reason. */
async function audit({ pos, shop }, placed) {
  const truth = await pos.truth();
  const listed = new Map((await shop.sql("SELECT order_id, code FROM wp_dongbo_outbox WHERE state IN ('failed', 'review')")).split('\n')
    .filter(Boolean).map((line) => line.split('\t')));
  let sent = 0;
  for (const order of placed) {
    const found = truth.orders.filter((sale) => new RegExp(`\\[DB:[a-z0-9]+:${order.id}\\]`).test(sale.description) && sale.status !== 4);
    assert.ok(found.length <= 1, `order ${order.id} is in the POS ${found.length} times`);
    if (found.length === 0) {
      assert.ok(listed.get(String(order.id)), `order ${order.id} is neither in the POS nor listed`);
      continue;
    }
    sent += 1;
    const [sale] = found;
    assert.equal(sale.total, order.total, `total of order ${order.id}`);
    const goods = sale.lines.reduce((sum, line) => sum + line.price * line.quantity, 0);
    const charges = sale.surcharges.reduce((sum, charge) => sum + charge.price, 0);
    assert.equal(goods - sale.discount + charges, order.total, `lines, discount and surcharges of order ${order.id}`);
    const lines = {};
    for (const line of sale.lines) lines[line.productCode] = (lines[line.productCode] ?? 0) + line.quantity;
    assert.deepEqual(Object.fromEntries(Object.entries(lines).sort()), order.lines, `lines of order ${order.id}`);
    assert.equal(sale.customer.contactNumber, order.phone);
    assert.equal(sale.surcharges.find((charge) => charge.code === 'DONGBOSHIP')?.price ?? 0, order.shipping);
  }
  assert.equal(truth.orders.filter((sale) => sale.status !== 4).length, sent, 'orders in the POS that nobody placed');
  const phones = truth.customers.map((customer) => customer.contactNumber);
  assert.equal(new Set(phones).size, phones.length, 'a customer was made twice');
  return sent;
}

const faults = [
  { do: 'cutBefore' }, { do: 'cutAfter', perMille: 0 }, { do: 'cutAfter', perMille: 700 }, { do: 'hang', ms: 1500 },
  { do: 'lateProcess', ms: 600, holdMs: 0 }, { do: 'processAfter', path: '/orders', method: 'GET', nth: 1, holdMs: 0 },
  { do: 'unauthorized' }, { do: 'expireTokens' }, { do: 'rateLimited', retryAfter: 1 },
  { do: 'refuse', errorCode: 'KvException', message: 'Hệ thống đang bận, vui lòng thử lại sau' },
  { do: 'status', status: 500, body: 'oops' }, { do: 'status', status: 502, body: '<html>', processed: true },
  { do: 'html' }, { do: 'badJson' }, { do: 'slowBody', ms: 300, pieces: 3 },
];

test('every fault at every step of sending: each order once, to the đồng', { skip }, async (t) => {
  const both = await shopOfOrders(t);
  const placed = await place(both.shop, COUNT);
  const steps = [
    (order) => ({ path: '/customers', method: 'GET', query: { contactNumber: order.phone } }),
    (order) => ({ path: '/customers', method: 'POST', body: order.phone }),
    (order) => ({ path: '/orders', method: 'POST', body: `#${order.id} [DB` }),
  ];
  const rules = placed.map((order, at) => {
    const action = faults[at % faults.length];
    const step = steps[2 - (Math.floor(at / faults.length) % steps.length)](order);
    // A request that reads is not carried out late: then it is a plain cut.
    const fits = step.method === 'GET' && ['lateProcess', 'processAfter'].includes(action.do) ? { do: 'cutBefore' } : action;
    return { ...step, times: 1, action: fits.do === 'processAfter' ? { ...fits, path: step.path } : fits };
  });
  // The looking itself fails too, and surcharges are found and made under faults.
  rules.push({ path: '/orders', method: 'GET', nth: [2, 5, 9], action: { do: 'cutAfter', perMille: 300 } });
  rules.push({ path: '/surchages', method: 'GET', nth: [1], action: { do: 'status', status: 500, body: '' } });
  rules.push({ path: '/surchages', method: 'POST', nth: [1], action: { do: 'cutAfter', perMille: 0 } });
  await both.pos.faults({ rules });
  await drain(both);
  const refused = rules.filter((rule) => rule.action.do === 'refuse').length;
  assert.equal(await audit(both, placed), COUNT - refused, 'all but what the POS refused');
  // The button for all that failed, twice, and a wake-up beside it.
  await Promise.all([both.shop.wp(['retry', '--all']), both.shop.wp(['retry', '--all']), ring(both.shop)]);
  await drain(both);
  assert.equal(await audit(both, placed), COUNT);
});

test('killed again and again while orders are sent: each order once', { skip }, async (t) => {
  const both = await shopOfOrders(t);
  const placed = await place(both.shop, COUNT);
  await both.pos.faults({ rules: [{ path: '/*', probability: 1, seed: 1, action: { do: 'latency', ms: 15 } }] });
  let struck = 0;
  for (let kill = 0; kill < 15; kill += 1) {
    await later(both, 8);
    const child = spawn(path.join(root, 'tests/lab/lab'), ['exec', both.shop.dir, '-'], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
    child.stdin.end("<?php Dongbo\\Lanes\\Wake::ring('test');");
    const ended = new Promise((resolve) => child.on('exit', resolve));
    const alive = await Promise.race([ended.then(() => false), sleep(900 + ((kill * 337) % 1100)).then(() => true)]);
    if (alive) {
      struck += 1;
      process.kill(-child.pid, 'SIGKILL');
    }
    await ended;
  }
  assert.ok(struck >= 5, `${struck} of 15 kills met a process at work`);
  await both.pos.faults({ rules: [] });
  await drain(both);
  assert.equal(await audit(both, placed), COUNT);
});

test('two workers on one lane at once: each order once', { skip }, async (t) => {
  const both = await shopOfOrders(t);
  const placed = await place(both.shop, COUNT);
  await both.pos.faults({ rules: [{ path: '/*', probability: 1, seed: 1, action: { do: 'latency', ms: 20 } }] });
  await later(both, 1);
  let working = true;
  // Nobody may rely on the lease alone: it is taken away all the time.
  const thief = (async () => { while (working) { await both.shop.sql('UPDATE wp_dongbo_lease SET lease_until = 0'); await sleep(50); } })();
  for (let round = 0; round < 3; round += 1) await Promise.all([ring(both.shop), ring(both.shop), ring(both.shop)]);
  working = false;
  await thief;
  await drain(both);
  assert.equal(await audit(both, placed), COUNT);
});

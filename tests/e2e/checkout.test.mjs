// A shopper never waits for the POS: both checkouts while it hangs, then every order in it once (E1, E5, I6).
import assert from 'node:assert/strict';
import { copyFileSync, existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { root, run, sleep } from '../harness/run.mjs';
import { buyClassic, buyWithBlocks, orderByHand, orderByRest, person, signIn } from '../harness/shopper.mjs';
import { asPlaced, audit, drain, later, shopOfOrders, skip } from './order-tools.mjs';
import { number, woocommerce } from './shops.mjs';

/** Orders through each checkout; the issue asks for 20. */
const COUNT = Number(process.env.E2E_CHECKOUTS ?? 20);

/** A shop to buy in, whose page views start WP-Cron, with the meter in it. */
async function shopToBuyIn(t) {
  const both = await shopOfOrders(t, { shop: { args: ['--cron'] } });
  // Here the wake-ups are WP-Cron's own.
  rmSync(path.join(both.shop.wordpress, 'wp-content/mu-plugins/no-loopback.php'));
  copyFileSync(path.join(root, 'tests/e2e/checkout-meter.php'), path.join(both.shop.wordpress, 'wp-content/mu-plugins/checkout-meter.php'));
  const { out } = await run(path.join(root, 'tests/lab/lab'), ['exec', both.shop.dir, path.join(root, 'tests/e2e/checkout-shop.php'), 'BEER', 'TEA', 'CAKE']);
  const prepared = JSON.parse(out.trim().split('\n').pop());
  return { ...both, prepared, lines: (at) => ({ [prepared.products[['BEER', 'TEA', 'CAKE'][at % 3]]]: 1 + (at % 3), [prepared.products.CAKE]: 1 + (at % 2) }) };
}

const meterFile = (shop) => path.join(shop.dir, 'meter.jsonl');

/** What the meter wrote; then it starts anew. */
function metered(shop) {
  const rows = existsSync(meterFile(shop)) ? readFileSync(meterFile(shop), 'utf8').trim().split('\n').map((line) => JSON.parse(line)) : [];
  rmSync(meterFile(shop), { force: true });
  return rows;
}

const middle = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

/** One order through each checkout, two shoppers at once; their ids. The checkout's own request goes past the meter under the names `blocks` and `classic`. */
async function buyBoth({ shop, prepared, lines }, at) {
  const headers = (of) => ({ 'x-dongbo-meter': 'on', 'x-dongbo-of': of });
  const [blocks, classic] = await Promise.all([
    buyWithBlocks(shop.url, person(2 * at), lines(at), headers('blocks')),
    buyClassic(shop.url, prepared.classic, prepared.rate, person(2 * at + 1), lines(at), headers('classic')),
  ]);
  return { ids: [blocks.id, classic.id], took: [blocks.took, classic.took] };
}

test(`${COUNT} orders through each checkout while the POS hangs: nobody notices, and all arrive once (E1, E5, I6)`, { skip }, async (t) => {
  const both = await shopToBuyIn(t);
  const { shop, pos } = both;
  const { ids } = await buyBoth(both, 1000);
  const healthy = [];
  for (let at = 0; at < 3; at += 1) {
    const bought = await buyBoth(both, at);
    ids.push(...bought.ids);
    healthy.push(...bought.took);
  }
  metered(shop);
  await pos.faults({ rules: [{ path: '/*', action: { do: 'hang', ms: 60_000 } }] });
  await pos.resetCounters();
  const hanging = [];
  for (let at = 3; at < 3 + COUNT; at += 1) {
    const bought = await buyBoth(both, at);
    ids.push(...bought.ids);
    hanging.push(...bought.took);
    // Somebody looks at the shop meanwhile, and WP-Cron works: the lane runs into the hanging POS.
    await fetch(shop.url);
  }
  // The first wake-ups come 11 s after their order; until they hang, nothing is proved.
  for (let second = 0; second < 30 && Number((await pos.counters()).total ?? 0) === 0; second += 1) {
    await fetch(shop.url);
    await sleep(1000);
  }
  const asked = await pos.counters();
  assert.ok(asked.total > 0, `no worker met the hanging POS: ${JSON.stringify(asked)}`);
  for (let at = 3 + COUNT; at < 6 + COUNT; at += 1) {
    const bought = await buyBoth(both, at);
    ids.push(...bought.ids);
    hanging.push(...bought.took);
  }
  const rows = metered(shop);
  assert.equal(rows.length, 2 * (COUNT + 3), 'every checkout was metered');
  for (const row of rows) {
    assert.ok(row.loaded && row.own.sql.length >= 1 && row.own.sql.length <= 3, `SQL of Dongbo in a ${row.of} checkout:\n${row.own.sql.join('\n')}`);
    assert.deepEqual(row.called.filter((url) => !url.startsWith(shop.url)), [], 'calls out of the request');
  }
  t.diagnostic(`WooCommerce ${woocommerce}: median of a checkout with a healthy POS ${middle(healthy).toFixed(0)} ms, while it hangs ${middle(hanging).toFixed(0)} ms, slowest ${Math.max(...hanging).toFixed(0)} ms`);
  t.diagnostic(`Dongbo in the request: ${Math.max(...rows.map((row) => row.own.sql.length))} SQL at most, ${middle(rows.map((row) => row.own.ms)).toFixed(2)} ms median, ${Math.max(...rows.map((row) => row.own.ms)).toFixed(2)} ms at most`);
  assert.ok(Math.max(...hanging) < 30_000, 'a shopper waited as long as the POS hung');

  await pos.faults({ rules: [] });
  await drain(both);
  const placed = await asPlaced(shop, ids);
  assert.equal(await audit(both, placed), ids.length);
});

test('orders made in wp-admin and by WooCommerce\'s REST arrive like those of shoppers; drafts never (E1)', { skip }, async (t) => {
  const both = await shopToBuyIn(t);
  const { shop, lines } = both;
  const admin = await signIn(shop.url);
  const ids = [
    (await orderByRest(admin, person(1), lines(1))).id,
    (await orderByHand(admin, person(2), lines(2))).id,
    ...(await buyBoth(both, 2)).ids,
  ];
  const pending = (await orderByRest(admin, person(9), lines(1), { status: 'pending' })).id;
  // Carts whose shoppers went away: drafts, recorded perhaps, sent never.
  await admin.ask('GET', '/wp-admin/admin.php?page=wc-orders&action=new');
  await later(both, 1);
  await shop.cron();
  await drain(both);
  assert.equal(await audit(both, await asPlaced(shop, ids)), 4);
  // Paid later, it goes.
  await admin.json('PUT', `/?rest_route=/wc/v3/orders/${pending}`, { headers: { 'x-wp-nonce': admin.nonce }, json: { status: 'processing' } });
  await drain(both);
  assert.equal(await audit(both, await asPlaced(shop, [...ids, pending])), 5);
});

test('an order is in the POS seconds after its 10 s are over, by WP-Cron alone (E1)', { skip }, async (t) => {
  const both = await shopToBuyIn(t);
  const began = Date.now();
  const { ids } = await buyBoth(both, 1);
  let sent = 0;
  while (sent < 2 && Date.now() - began < 60_000) {
    await sleep(1000);
    await fetch(both.shop.url);
    sent = await number(both.shop, "SELECT COUNT(*) FROM wp_dongbo_outbox WHERE state = 'sent'");
  }
  const took = (Date.now() - began) / 1000;
  t.diagnostic(`both orders were in the POS ${took.toFixed(0)} s after the first was placed`);
  assert.equal(sent, 2);
  assert.equal(await audit(both, await asPlaced(both.shop, ids)), 2);
});

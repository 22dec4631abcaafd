// Products of the site in the POS: exactly once, whatever is lost, late, refused or killed (G1, Q2, Q3).
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import test from 'node:test';
import { root, run, sleep } from '../harness/run.mjs';
import { changesOfPos, drain, ownWakeUps } from './push-tools.mjs';
import { number, pair, passTime } from './shops.mjs';

/** 300 is the whole. */
const COUNT = Number(process.env.E2E_PUSH ?? 60);
const KILLS = Math.max(12, Math.round(COUNT / 8));

const branch = 200001;
const catalogue = path.join(mkdtempSync(path.join(tmpdir(), 'dongbo-push-')), 'catalogue.json');
writeFileSync(catalogue, JSON.stringify({
  branches: [{ id: branch, branchName: 'Kho chính' }],
  products: [{ id: 10, code: 'CHEN-0', name: 'Chén cũ', basePrice: 9000, inventories: [{ branchId: branch, onHand: 3 }] }],
}));

/** A shop whose wake-ups are the test's own, and whose POS knows one of its goods. */
async function shopOfProducts(t, settings = {}) {
  const both = await pair(t, ['--catalogue', catalogue]);
  // What the POS has already stays there: the site's product of that code is made by hand.
  for (const [name, value] of Object.entries({ 'selection.new_goods': false, ...settings })) await both.shop.wp(['settings', name, String(value)]);
  ownWakeUps(both.shop);
  await both.shop.wp(['sync', '--wait']);
  await both.pos.resetCounters();
  return both;
}

/** Makes products on the site; what each is. */
async function make(shop, simple, variable, first = 0) {
  const { out } = await run(path.join(root, 'tests/lab/lab'), ['exec', shop.dir, path.join(root, 'tests/e2e/push.php'), String(simple), String(variable), String(first)]);
  return JSON.parse(out.trim().split('\n').pop());
}

const rowsOf = (made) => made.reduce((sum, product) => sum + product.rows, 0);

/** Every row is in the POS once and linked to it. */
async function audit({ pos, shop }, made) {
  const truth = await pos.catalogue();
  const codes = truth.products.map((good) => good.code);
  assert.equal(new Set(codes).size, codes.length, 'a code is in the POS twice');
  const wanted = rowsOf(made);
  const linked = (await shop.sql("SELECT l.remote_id, m.meta_value FROM wp_dongbo_link l JOIN wp_postmeta m ON m.post_id = l.shop_id AND m.meta_key = '_sku' WHERE l.kind = 'good'"))
    .split('\n').filter(Boolean).map((line) => line.split('\t'));
  assert.equal(linked.length, wanted, 'rows that are linked');
  assert.equal(truth.products.length, wanted, 'goods in the POS');
  for (const [remote, sku] of linked) {
    assert.equal(truth.products.find((good) => String(good.id) === remote)?.code, sku, `code of good ${remote}`);
  }
  return truth;
}

test('products are in the POS once, with what the site says of them; a second push sends nothing (G1, Q2)', async (t) => {
  const both = await shopOfProducts(t);
  const made = await make(both.shop, 10, 2);
  const preview = JSON.parse((await both.shop.wp(['push', '--all', '--dry-run', '--format=json'])).out.trim().split('\n').pop());
  assert.deepEqual([preview.filter((row) => row.turn === 'create').length, preview.filter((row) => row.turn === 'link').length], [21, 1]);
  assert.equal((await both.pos.catalogue()).products.length, 1, 'a preview makes nothing');
  await both.shop.wp(['push', '--all']);
  await drain(both);
  const truth = await audit(both, made);
  const cup = truth.products.find((good) => good.code === 'CHEN-1');
  assert.deepEqual([cup.name, cup.basePrice, cup.weight, cup.description], ['Chén "sứ" số 1', 11000, 250, '<p>Chén số <b>1</b></p>']);
  const below = truth.categories.find((category) => category.id === cup.categoryId);
  assert.deepEqual([below.name, truth.categories.find((category) => category.id === below.parentId)?.name], ['Gốm', 'Quà tặng 0']);
  assert.equal(truth.categories.filter((category) => category.name !== 'Khác').length, 2, 'each category once');
  const shirts = truth.products.filter((good) => good.code.startsWith('AO-0-'));
  const master = shirts.find((good) => !good.masterProductId);
  assert.ok(shirts.every((good) => good === master || good.masterProductId === master.id), 'variations of one product are one family');
  assert.deepEqual(master.attributes.map(({ attributeName, attributeValue }) => [attributeName, attributeValue]), [['Màu', 'Đỏ'], ['Cỡ', 'S']]);
  assert.equal(truth.products.find((good) => good.code === 'CHEN-0').basePrice, 9000, 'a good that was linked is left as it was');
  await both.pos.resetCounters();
  await both.shop.wp(['push', '--all']);
  await drain(both);
  await both.shop.wp(['sync', '--wait']);
  assert.deepEqual(await changesOfPos(both.pos), [], 'a second push writes nothing');
  const stock = await number(both.shop, "SELECT m.meta_value FROM wp_postmeta m JOIN wp_postmeta s ON s.post_id = m.post_id AND s.meta_key = '_sku' WHERE m.meta_key = '_stock' AND s.meta_value = 'CHEN-5'");
  assert.equal(stock, 6, 'a good that starts with no stock in the POS does not empty the shelf of the site');
  assert.equal(await number(both.shop, "SELECT COUNT(*) FROM wp_posts WHERE post_type IN ('product', 'product_variation') AND post_status = 'publish'"), 10 + 2 * 7, 'products of the site');
});

const busy = { do: 'refuse', errorCode: 'KvValidateProductException', message: 'Danh sách sản phẩm cập nhật rỗng' };
const faults = [
  { do: 'cutBefore' }, { do: 'cutAfter', perMille: 0 }, { do: 'cutAfter', perMille: 700 }, { do: 'hang', ms: 1500 },
  { do: 'lateProcess', ms: 600, holdMs: 0 }, { do: 'unauthorized' }, { do: 'expireTokens' }, { do: 'rateLimited', retryAfter: 1 },
  busy, { do: 'status', status: 500, body: 'oops' }, { do: 'status', status: 502, body: '<html>', processed: true },
  { do: 'html' }, { do: 'badJson' }, { do: 'slowBody', ms: 300, pieces: 3 },
];

test('every fault at every step of pushing: each good once (G1, Q3)', async (t) => {
  const both = await shopOfProducts(t);
  const made = await make(both.shop, COUNT, 2);
  const steps = [(at) => ({ path: '/products', method: 'POST', body: `"CHEN-${at}"` }), (at) => ({ path: `/products/code/CHEN-${at}`, method: 'GET' })];
  const rules = [];
  for (let at = 1; at < COUNT; at += 1) {
    const action = faults[at % faults.length];
    const step = steps[Math.floor(at / faults.length) % steps.length](at);
    rules.push({ ...step, times: 1, action: step.method === 'GET' && action.do === 'lateProcess' ? { do: 'cutBefore' } : action });
  }
  // Variations too: the first of a family, which the others hang on, and one in the middle.
  rules.push({ path: '/products', method: 'POST', body: '"AO-0-D-S"', times: 1, action: { do: 'cutAfter', perMille: 0 } });
  rules.push({ path: '/products', method: 'POST', body: '"AO-0-X-S"', times: 1, action: { do: 'lateProcess', ms: 600, holdMs: 0 } });
  rules.push({ path: '/categories', method: 'POST', nth: [1], action: { do: 'cutAfter', perMille: 0 } });
  await both.pos.faults({ rules });
  await both.shop.wp(['push', '--all']);
  await drain(both);
  const truth = await audit(both, made);
  assert.equal(truth.categories.filter((category) => category.name.startsWith('Quà')).length, 1, 'the category is made once');
});

test('refused at random and killed again and again while goods are pushed: each good once (G1, Q3)', async (t) => {
  const both = await shopOfProducts(t);
  const made = await make(both.shop, COUNT, 4);
  await both.pos.faults({ rules: [
    { path: '/products', method: 'POST', probability: 0.3, seed: 7, action: busy },
    { path: '/products', method: 'POST', probability: 0.1, seed: 8, action: { do: 'cutAfter', perMille: 0 } },
    { path: '/products', method: 'POST', probability: 0.05, seed: 9, action: { do: 'lateProcess', ms: 900, holdMs: 0 } },
    { path: '/*', probability: 1, seed: 1, action: { do: 'latency', ms: 15 } },
  ] });
  await both.pos.faults({ preset: 'bulk', probability: 0.3, seed: 10, add: true });
  await both.shop.php('Dongbo\\Control\\PushGoods::sendAll(Dongbo\\Tables\\Connections::current()["id"]);');
  let struck = 0;
  for (let kill = 0; kill < KILLS; kill += 1) {
    await passTime(both.shop, 8, both.pos);
    const child = spawn(path.join(root, 'tests/lab/lab'), ['exec', both.shop.dir, '-'], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
    child.stdin.end("<?php Dongbo\\Lanes\\Wake::ring('test');");
    const ended = new Promise((resolve) => child.on('exit', resolve));
    const alive = await Promise.race([ended.then(() => false), sleep(700 + ((kill * 337) % 900)).then(() => true)]);
    if (alive) {
      struck += 1;
      process.kill(-child.pid, 'SIGKILL');
    }
    await ended;
  }
  assert.ok(struck >= 5, `${struck} of ${KILLS} kills met a process at work`);
  await drain(both);
  await audit(both, made);
  const { byEndpoint } = await both.pos.counters();
  const { calls } = byEndpoint['POST /products'];
  t.diagnostic(`${rowsOf(made)} goods by ${calls} calls, ${struck} of ${KILLS} kills at work`);
  assert.ok(calls > rowsOf(made) * 1.2, `${calls} calls: they were refused and lost on the way`);
  assert.deepEqual(Object.keys(byEndpoint).filter((call) => /listaddproducts|listupdatedproducts/i.test(call)), [], 'bulk calls, which fail at random, are avoided');
});

test('an edit of what the site owns goes to the POS, once, and nothing answers it; stock never goes (B5, D6, A5, H6)', async (t) => {
  const both = await shopOfProducts(t, { 'policies.price': 'site-owns', 'policies.name': 'site-owns' });
  await make(both.shop, 2, 0);
  await both.shop.wp(['push', '--all']);
  await drain(both);
  // What was linked by its code differs, and the site owns it: that goes to the POS first.
  await both.shop.wp(['sync', '--wait']);
  await drain(both);
  assert.equal((await both.pos.catalogue()).products.find(({ code }) => code === 'CHEN-0').basePrice, 10000);
  await both.pos.resetCounters();
  await both.shop.php(`wp_set_current_user(1); $product = wc_get_product(wc_get_product_id_by_sku('CHEN-1'));
    $product->set_regular_price('45000'); $product->set_name('Chén mới'); $product->set_stock_quantity(99); $product->save();`);
  await drain(both);
  const good = (await both.pos.catalogue()).products.find(({ code }) => code === 'CHEN-1');
  assert.deepEqual([good.basePrice, good.name, good.inventories[0].onHand], [45000, 'Chén mới', 0]);
  for (let round = 0; round < 2; round += 1) {
    await both.shop.wp(['sync', '--wait']);
    await drain(both);
  }
  const counters = await both.pos.counters();
  assert.equal(counters.byEndpoint['PUT /products/{id}']?.calls, 1, 'one change of the POS');
  assert.equal(await number(both.shop, "SELECT m.meta_value FROM wp_postmeta m JOIN wp_postmeta s ON s.post_id = m.post_id AND s.meta_key = '_sku' WHERE m.meta_key = '_regular_price' AND s.meta_value = 'CHEN-1'"), 45000);
  const told = (await both.shop.sql("SELECT field, before_value, after_value FROM wp_dongbo_history WHERE reason = 'sent-to-pos' AND label LIKE 'CHEN-1 %' ORDER BY id")).split('\n').filter(Boolean).map((line) => line.split('\t'));
  assert.deepEqual(told.map(([field]) => field).sort(), ['pos_created', 'pos_name', 'pos_regular_price'], 'what was sent is in the history (H6)');
  assert.deepEqual(told.find(([field]) => field === 'pos_regular_price').slice(1), ['11000', '45000']);
});

test('new products go by themselves once they are published, and only while the switch is on (G1, A5)', async (t) => {
  const both = await shopOfProducts(t, { 'push.new_goods': true });
  const save = (sku, status) => both.shop.php(`wp_set_current_user(1); $product = new WC_Product_Simple(); $product->set_name('Bát ${sku}'); $product->set_sku('${sku}');
    $product->set_regular_price('20000'); $product->set_status('${status}'); $product->set_category_ids(array((int) get_option('default_product_cat'))); $product->save();`);
  const codes = async () => (await both.pos.catalogue()).products.map(({ code }) => code).filter((code) => code.startsWith('BAT')).sort();
  await save('BAT-1', 'publish');
  await save('BAT-2', 'draft');
  await drain(both);
  assert.deepEqual(await codes(), ['BAT-1'], 'a draft is not for sale yet');
  await both.shop.php("wp_set_current_user(1); $product = wc_get_product(wc_get_product_id_by_sku('BAT-2')); $product->set_status('publish'); $product->save();");
  await drain(both);
  assert.deepEqual(await codes(), ['BAT-1', 'BAT-2']);
  await both.shop.wp(['settings', 'push.new_goods', 'false']);
  await save('BAT-3', 'publish');
  await drain(both);
  assert.deepEqual(await codes(), ['BAT-1', 'BAT-2'], 'switched off, nothing goes unasked');
});

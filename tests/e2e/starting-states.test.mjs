// A shop's three starting states, led through as the wizard leads: read, pre-flight, preview, apply, start, and the
// site's own products to the POS. Afterwards no duplicate exists on either side, every row is linked or listed with a
// reason, and a second run writes nothing (A1, B4, G1, G3, H3, Q1-Q4). STATES_PRODUCTS is the size of the site: 800
// is the whole.
import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import test from 'node:test';
import { batches, entry, settle, summary } from '../../js/admin/preview/plan.mjs';
import { plan_goods as planGoods } from '../../js/pkg/node/dongbo.js';
import { STARTS } from '../../js/admin/wizard/steps.mjs';
import { root, run } from '../harness/run.mjs';
import { forbidden, writesDuring } from '../harness/writes.mjs';
import { changesOfPos, drain, ownWakeUps } from './push-tools.mjs';
import { cronUntilDone, number, pair } from './shops.mjs';

const SIZE = Number(process.env.STATES_PRODUCTS ?? 100);
const TWICE = 10;
const BLANK = 5;
const FOR_VARIATIONS = 20;

const branch = 200001;
const folder = mkdtempSync(path.join(tmpdir(), 'dongbo-states-'));
const file = (name, value) => {
  const where = path.join(folder, name);
  writeFileSync(where, JSON.stringify(value));
  return where;
};

/** A hand-made product, and the goods a POS has of it. */
const plain = (sku, at) => ({ name: `Chén ${sku || `không mã ${at}`}`, sku, price: 10000 + at * 100, stock: (at % 7) + 1, category: `Nhóm ${at % 5}` });
const shirt = (code, at) => ({
  name: `Áo ${code}`, category: `Nhóm ${at % 5}`,
  variations: ['Đỏ', 'Xanh', 'Tím'].flatMap((color, c) => ['S', 'M'].map((size, s) => ({ sku: `${code}-${c}${s}`, price: 150000, values: { Màu: color, Cỡ: size } }))),
});
const good = (id, code, name, more = {}) => ({ id, code, name, basePrice: 12000, inventories: [{ branchId: branch, onHand: 5 }], ...more });
/** The same product in the POS: one good, or a family whose first row is its master. */
const goodsOf = (product, id) => (product.variations
  ? product.variations.map(({ sku, values }, at) => good(id + at, sku, product.name, {
    attributes: Object.entries(values).map(([attributeName, attributeValue]) => ({ attributeName, attributeValue })),
    ...(at === 0 ? {} : { masterProductId: id }),
  }))
  : [good(id, product.sku, product.name)]);
const numbered = (products, from) => products.flatMap((product, at) => goodsOf(product, from + at * 10));

/** So many products; every tenth one is a variable one with six variations. */
const products = (prefix, count) => Array.from({ length: count }, (_, at) => (at % 10 === 9 ? shirt(`${prefix}A${at}`, at) : plain(`${prefix}${at}`, at)));

/** Products that the POS does not know, and what it has of the others. */
function bothSides() {
  const same = products('TRUNG', Math.round(SIZE * 0.6));
  // Spelled as people spell: matching is blind to case and to blanks around a code (B4).
  const spelled = numbered(same, 100_000).map((row, at) => (at % 4 === 1 ? { ...row, code: ` ${row.code.toLowerCase()}` } : row));
  // Found twice: six products share three SKUs, four products meet two goods each.
  const twiceHere = Array.from({ length: 6 }, (_, at) => ({ ...plain(`DOI${Math.floor(at / 2)}`, at), twice: true }));
  const twiceThere = Array.from({ length: TWICE - 6 }, (_, at) => plain(`KEP${at}`, at));
  const ambiguous = [...[0, 1, 2].map((at) => good(300_000 + at, `DOI${at}`, `Đôi ${at}`)),
    ...twiceThere.flatMap(({ sku }, at) => [good(310_000 + at * 10, sku, `Kép ${at}`), good(310_001 + at * 10, ` ${sku.toLowerCase()} `, `Kép khác ${at}`)])];
  const families = Array.from({ length: FOR_VARIATIONS / 4 }, (_, at) => shirt(`LE${at}`, at));
  const loose = families.flatMap((family, at) => family.variations.slice(0, 4).map(({ sku }) => plain(sku, at)));
  const blank = Array.from({ length: BLANK }, (_, at) => plain('', at));
  const made = [...same, ...twiceHere, ...twiceThere, ...loose, ...blank];
  const own = products('RIENG', Math.max(5, SIZE - made.length));
  return {
    site: [...made, ...own],
    pos: [...spelled, ...ambiguous, ...numbered(families, 400_000), ...numbered(products('MOI', Math.round(SIZE / 10)), 500_000)],
  };
}

/** A route of the plugin, as a screen asks it. */
async function rest(shop, method, route, given = {}) {
  const where = file('given.json', given);
  return JSON.parse(await shop.php(`wp_set_current_user(1); $given = json_decode(file_get_contents('${where}'), true);
    $request = new WP_REST_Request('${method}', '/dongbo/v1${route}');
    '${method}' === 'GET' ? $request->set_query_params($given) : $request->set_body_params($given);
    $answer = rest_do_request($request); echo json_encode(array('status' => $answer->get_status(), 'body' => $answer->get_data(), 'headers' => $answer->get_headers()));`));
}

async function asked(shop, method, route, given) {
  const { status, body } = await rest(shop, method, route, given);
  assert.ok(status < 300, `${method} ${route}: ${status} ${JSON.stringify(body)}`);
  return body;
}

/** Every row of a list. */
async function listed(shop, route, given = {}) {
  const rows = [];
  for (let page = 1; ; page += 1) {
    const { body, headers } = await rest(shop, 'GET', route, { ...given, page, per_page: 100 });
    rows.push(...body);
    if (page >= Number(headers['X-WP-TotalPages'] ?? 1)) return rows;
  }
}

/** The preview as the browser makes it: inputs in chunks, the rules in this process. */
async function preview(shop) {
  const entries = [];
  let made = Infinity;
  let rules;
  for (let cursor = ''; cursor !== null;) {
    const chunk = await asked(shop, 'GET', '/preview/chunk', { cursor, limit: 100 });
    ({ cursor } = chunk);
    made = Math.min(made, chunk.made);
    rules = chunk.rules_version;
    const { ok, error } = planGoods(chunk.input);
    assert.equal(error, undefined, JSON.stringify(error));
    entries.push(...ok.families.map((family) => entry(family)).filter(Boolean));
  }
  return { entries, made, rules };
}

/** From a connected shop to the end of the first sync, as the wizard goes. What the preview promised comes back. */
async function guided({ shop }, start) {
  for (const [name, value] of Object.entries(STARTS[start])) await shop.wp(['settings', name, value]);
  const before = await number(shop, "SELECT COUNT(*) FROM wp_posts WHERE post_type IN ('product', 'product_variation')");
  await asked(shop, 'POST', '/runs', { kind: 'read' });
  await cronUntilDone(shop);
  const findings = JSON.parse((await shop.wp(['preflight', '--format=json'])).out);
  let { entries, made, rules } = await preview(shop);
  const promised = summary(entries).counts;
  assert.equal(await number(shop, "SELECT COUNT(*) FROM wp_posts WHERE post_type IN ('product', 'product_variation')"), before, 'looking has made no product');
  assert.equal(await number(shop, 'SELECT COUNT(*) FROM wp_dongbo_link'), 0, 'looking has linked nothing');
  for (const families of batches(entries)) {
    const answer = await asked(shop, 'POST', '/preview/apply', { rules_version: rules, made, families });
    assert.deepEqual(answer.failed, []);
    entries = settle(entries, answer);
  }
  assert.deepEqual(batches(entries), [], 'all that was shown is applied');
  const { out } = await shop.wp(['sync', '--wait']);
  return { findings, promised, out };
}

/** The site's own products go to the POS: seen first, then sent. */
async function sendAll(both) {
  const seen = JSON.parse((await both.shop.wp(['push', '--all', '--dry-run', '--format=json'])).out.trim().split('\n').pop());
  await both.shop.wp(['push', '--all']);
  await drain(both);
  await both.shop.wp(['sync', '--wait']);
  return { create: seen.filter(({ turn }) => turn === 'create') };
}

/** SKUs as they are compared. */
const key = (code) => code.trim().normalize('NFC').toLowerCase();
const twice = (codes) => [...new Set(codes.filter((code, at) => code !== '' && codes.indexOf(code) !== at))].sort();
const skus = async (shop) => (await shop.sql(`SELECT m.meta_value FROM wp_postmeta m JOIN wp_posts p ON p.ID = m.post_id AND p.post_type IN ('product', 'product_variation')
  AND p.post_status <> 'trash' WHERE m.meta_key = '_sku'`)).split('\n').filter(Boolean).map(key);

/** No duplicate that was not there at the start; every row on either side linked, or listed with a reason. */
async function everyRow({ pos, shop }, atStart = { here: [], there: [] }) {
  const { products: goods } = await pos.catalogue();
  assert.deepEqual(twice(await skus(shop)), atStart.here, 'SKUs twice on the site');
  assert.deepEqual(twice(goods.map(({ code }) => key(code))), atStart.there, 'codes twice in the POS');
  const rows = await listed(shop, '/goods');
  assert.deepEqual(rows.map(({ id }) => id).sort(), goods.map(({ id }) => String(id)).sort(), 'every good is on the screen');
  const silent = rows.filter(({ state, causes }) => state !== 'linked' && !causes.some(({ sentence }) => sentence));
  assert.deepEqual(silent.map(({ id, state, label }) => [id, state, label]), [], 'goods neither linked nor listed');
  const refused = new Map((await listed(shop, '/push')).flatMap((product) => product.rows).map((row) => [row.id, row]));
  const alone = await listed(shop, '/goods', { state: 'site-only' });
  const unsaid = alone.filter(({ shop: { id } }) => !refused.get(id)?.cause?.sentence);
  assert.deepEqual(unsaid.map(({ label }) => label), [], 'products neither linked nor refused with a reason');
  return { goods, rows, alone };
}

/**
 * A second run has nothing to write. It may note once that what the first one met as strange products is known by now
 * (one row of `print`, which only spares looks); the third run does not even that.
 */
async function secondRunWritesNothing(both) {
  await both.shop.settle();
  await both.pos.resetCounters();
  const { wp_dongbo_print: looks = 0, ...second } = forbidden(await writesDuring(both.shop, () => both.shop.wp(['sync', '--wait'])));
  assert.deepEqual(second, {}, 'a second run wrote');
  assert.ok(looks <= 1, `${looks} prints`);
  assert.deepEqual(forbidden(await writesDuring(both.shop, () => both.shop.wp(['sync', '--wait']))), {}, 'a third run wrote');
  await drain(both);
  assert.deepEqual(await changesOfPos(both.pos), [], 'nothing was changed in the POS');
}

async function shopOf(t, site, pos) {
  const both = await pair(t, ['--catalogue', file('catalogue.json', { branches: [{ id: branch, branchName: 'Kho chính' }], products: pos })]);
  ownWakeUps(both.shop);
  if (site.length > 0) await run(path.join(root, 'tests/lab/lab'), ['exec', both.shop.dir, path.join(root, 'tests/e2e/products.php'), file('site.json', site)]);
  return both;
}

/** How many rows are in which state. */
const tally = (rows) => rows.reduce((counts, { state }) => ({ ...counts, [state]: (counts[state] ?? 0) + 1 }), {});

const rowsOf = (site) => site.reduce((sum, { variations }) => sum + (variations?.length ?? 1), 0);

test('goods only in the POS: each becomes one product', async (t) => {
  const pos = numbered(products('HANG', SIZE), 100_000);
  const both = await shopOf(t, [], pos);
  const { promised } = await guided(both, 'pos-only');
  const { rows } = await everyRow(both);
  assert.deepEqual(rows.filter(({ state }) => state !== 'linked'), []);
  assert.equal(promised.create, await number(both.shop, 'SELECT SUM(created_here) FROM wp_dongbo_link'), 'as many as the preview said');
  await secondRunWritesNothing(both);
});

test('“only in the POS” chosen by mistake, on a site that has the goods: none is doubled, each is listed', async (t) => {
  const site = products('HANG', Math.round(SIZE / 5));
  const both = await shopOf(t, site, numbered(site, 100_000));
  await guided(both, 'pos-only');
  const { rows } = await everyRowButPush(both);
  assert.ok(rows.every(({ state }) => state === 'ambiguous'), 'all of them wait for a person');
  assert.equal(await number(both.shop, "SELECT COUNT(*) FROM wp_posts WHERE post_type = 'product'"), site.length);
  await secondRunWritesNothing(both);
});

/** As {@link everyRow}, where nothing was sent to the POS: what stands on the site only is on the screen as such. */
async function everyRowButPush({ pos, shop }) {
  const { products: goods } = await pos.catalogue();
  assert.deepEqual(twice(await skus(shop)), []);
  const rows = await listed(shop, '/goods');
  assert.equal(rows.length, goods.length);
  assert.deepEqual(rows.filter(({ state, causes }) => state !== 'linked' && !causes.some(({ sentence }) => sentence)), []);
  return { rows };
}

test('goods only on the site: each becomes one good', async (t) => {
  const site = [...products('CHI', SIZE - BLANK), ...Array.from({ length: BLANK }, (_, at) => plain('', at))];
  const both = await shopOf(t, site, []);
  const { promised } = await guided(both, 'site-only');
  assert.deepEqual([promised.create, promised.update], [0, 0]);
  const seen = await sendAll(both);
  assert.equal(seen.create.length, rowsOf(site));
  const { goods, alone } = await everyRow(both);
  assert.deepEqual([goods.length, alone.length], [rowsOf(site), 0]);
  await secondRunWritesNothing(both);
});

test('goods on both sides, with what is found twice, blank, and simple here but a variation there', async (t) => {
  const { site, pos } = bothSides();
  const both = await shopOf(t, site, pos);
  const { findings, promised } = await guided(both, 'both-same');
  assert.ok(findings.length >= TWICE, `${findings.length} findings of the pre-flight`);
  const same = rowsOf(site.filter(({ sku, variations }) => (sku ?? variations[0].sku).startsWith('TRUNG')));
  assert.ok(promised.link >= same, `${promised.link} links were promised, ${same} rows match`);
  const seen = await sendAll(both);
  assert.equal(seen.create.length, BLANK + rowsOf(site.filter(({ sku, variations }) => (sku ?? variations[0].sku).startsWith('RIENG'))), 'what the POS does not know is made');
  const atStart = { here: ['doi0', 'doi1', 'doi2'], there: ['kep0', 'kep1', 'kep2', 'kep3'] };
  const { rows, alone, goods } = await everyRow(both, atStart);
  t.diagnostic(JSON.stringify({ promised, findings: findings.length, goods: goods.length, states: tally(rows), alone: alone.length }));
  assert.equal(goods.length, pos.length + seen.create.length, 'the POS has what it had and what was made');
  await secondRunWritesNothing(both);
});

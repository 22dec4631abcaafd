// Edits on alternating sides of fields that the site owns and fields that the POS owns, notifications included: each
// edit is carried over once, whatever the other side says in return answers nothing, and in the end all is still
// (B5, D3, I3, Q3). ECHO_ROUNDS makes it longer.
import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import test from 'node:test';
import { forbidden, writesDuring } from '../harness/writes.mjs';
import { drain, ownWakeUps } from './push-tools.mjs';
import { issues, number, pair } from './shops.mjs';

const ROUNDS = Number(process.env.ECHO_ROUNDS ?? 20);

const branch = 200001;
const stock = [{ branchId: branch, onHand: 5 }];
const shirt = (id, code, size, more = {}) => ({
  id, code, name: 'Áo lụa', basePrice: 200000, weight: 300, inventories: stock, attributes: [{ attributeName: 'Cỡ', attributeValue: size }], ...more,
});
const catalogue = path.join(mkdtempSync(path.join(tmpdir(), 'dongbo-echo-')), 'catalogue.json');
writeFileSync(catalogue, JSON.stringify({
  branches: [{ id: branch, branchName: 'Kho chính' }],
  products: [
    { id: 10, code: 'CHEN', name: 'Chén', basePrice: 9000, weight: 250, description: 'Cũ', inventories: stock },
    shirt(20, 'AO-S', 'S'), shirt(21, 'AO-M', 'M', { masterProductId: 20 }),
  ],
}));

/** The site owns name, description and weight; the POS owns price, stock and all else. */
const owned = { 'policies.name': 'site-owns', 'policies.description': 'site-owns', 'policies.weight': 'site-owns' };

async function shopThatListens(t) {
  const both = await pair(t, ['--catalogue', catalogue]);
  for (const [name, value] of Object.entries(owned)) await both.shop.wp(['settings', name, value]);
  ownWakeUps(both.shop);
  await both.shop.wp(['sync', '--wait']);
  await drain(both);
  await both.pos.webhooks({ hold: true });
  assert.ok((await both.pos.webhooks()).webhooks.some(({ type }) => type === 'product.update'), 'the site listens');
  return both;
}

/** A person's edit on the site of the product or variation with a SKU; `family` edits the variable product above it. */
const onSite = ({ shop }, sku, change, family = false) => shop.php(`wp_set_current_user(1); $id = wc_get_product_id_by_sku('${sku}');
  $product = wc_get_product(${family ? 'wp_get_post_parent_id($id)' : '$id'}); $product->${change}; $product->save();`);
const inPos = ({ pos }, code, fields) => pos.change([{ op: 'product.set', code, fields }]);

/**
 * What people do, one after the other: who edits, whose field it is, and how many goods of the POS and values of the
 * site are to be written for it. What the rows of a variant family share stands in each of them.
 */
const edits = [
  { what: 'the site edits a name of its own', edit: (both, n) => onSite(both, 'CHEN', `set_name('Chén số ${n}')`), toPos: 1, here: 0 },
  { what: 'the POS edits a price of its own', edit: (both, n) => inPos(both, 'CHEN', { basePrice: 10000 + n * 1000 }), toPos: 0, here: 1 },
  { what: 'the site edits a weight of a variation', edit: (both, n) => onSite(both, 'AO-M', `set_weight('0.${100 + n}')`), toPos: 1, here: 0 },
  { what: 'the POS edits a name that is the site’s', edit: (both, n) => inPos(both, 'CHEN', { name: `Bát ${n}` }), toPos: 1, here: 0 },
  { what: 'the site edits a description of its own', edit: (both, n) => onSite(both, 'CHEN', `set_description('<p>Lần <b>${n}</b> &amp; nữa</p>')`), toPos: 1, here: 0 },
  { what: 'the POS edits a price of a variation', edit: (both, n) => inPos(both, 'AO-S', { basePrice: 200000 + n * 1000 }), toPos: 0, here: 1 },
  { what: 'the site edits the name of a family', edit: (both, n) => onSite(both, 'AO-S', `set_name('Áo lụa ${n}')`, true), toPos: 2, here: 0 },
  { what: 'the POS edits a weight that is the site’s', edit: (both, n) => inPos(both, 'AO-M', { weight: 400 + n }), toPos: 1, here: 0 },
  { what: 'the site edits a price that is the POS’s', edit: (both, n) => onSite(both, 'CHEN', `set_regular_price('${77000 + n}')`), toPos: 0, here: 1 },
  { what: 'the POS counts its stock', edit: ({ pos }, n) => pos.change([{ op: 'stock.set', code: 'CHEN', branchId: branch, onHand: 20 + n }]), toPos: 0, here: 1 },
];

/** Changes of goods that the POS was asked for, and values that were written on the site. */
async function written({ pos, shop }) {
  const { byEndpoint } = await pos.counters();
  const calls = Object.entries(byEndpoint).filter(([call]) => /^(POST|PUT|DELETE) /.test(call) && !/token|webhooks|pricebooks\/detail/.test(call));
  return {
    toPos: calls.reduce((sum, [, { calls: count }]) => sum + count, 0),
    here: await number(shop, "SELECT COUNT(*) FROM wp_dongbo_history WHERE reason <> 'sent-to-pos'"),
  };
}

/** All that is told arrives, and what it asks for is done. */
async function settle(both) {
  await both.pos.deliver();
  await drain(both);
  await both.shop.wp(['sync', '--wait']);
  await drain(both);
}

/** What the POS says of our own writes comes back to us. */
async function echo(both) {
  await both.pos.deliver();
  await drain(both);
}

/** Notifications that were delivered so far. */
const heard = async (pos) => (await pos.deliveries()).counters.delivered ?? 0;

/** Writes to the shop itself, whatever Dongbo noted in its own tables. */
const ofTheShop = (writes) => Object.fromEntries(Object.entries(forbidden(writes)).filter(([table]) => !/_dongbo_/.test(table)));

test(`${ROUNDS} rounds of edits on alternating sides: each is carried over once, and no write answers its echo (B5, D3, I3, Q3)`, async (t) => {
  const both = await shopThatListens(t);
  const { pos, shop } = both;
  await settle(both);
  let echoes = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const { what, edit, toPos, here } = edits[round % edits.length];
    const name = `round ${round}, ${what}`;
    const before = await written(both);
    await edit(both, round);
    await settle(both);
    const after = await written(both);
    assert.deepEqual({ toPos: after.toPos - before.toPos, here: after.here - before.here }, { toPos, here }, name);
    const told = await heard(pos);
    const writes = await writesDuring(shop, () => echo(both));
    echoes += await heard(pos) - told;
    assert.deepEqual(await written(both), after, `${name}: its echo was answered`);
    assert.deepEqual(ofTheShop(writes), {}, `${name}: its echo wrote to the shop`);
  }
  assert.ok(echoes >= ROUNDS / 2, `${echoes} echoes were heard`);
  const goods = (await pos.catalogue()).products;
  const held = (await shop.sql(`SELECT s.meta_value, p.post_title, r.meta_value, k.meta_value FROM wp_posts p JOIN wp_postmeta s ON s.post_id = p.ID AND s.meta_key = '_sku' AND s.meta_value <> ''
    JOIN wp_postmeta r ON r.post_id = p.ID AND r.meta_key = '_regular_price' JOIN wp_postmeta k ON k.post_id = p.ID AND k.meta_key = '_stock' ORDER BY s.meta_value`)).split('\n').filter(Boolean).map((line) => line.split('\t'));
  assert.deepEqual(held.map(([sku, , price, left]) => [sku, Number(price), Number(left)]),
    goods.map(({ code, basePrice, inventories }) => [code, basePrice, inventories[0].onHand]).sort(([a], [b]) => (a < b ? -1 : 1)), 'what the POS owns is on the site');
  assert.equal(goods.find(({ code }) => code === 'CHEN').name, held.find(([sku]) => sku === 'CHEN')[1], 'what the site owns is in the POS');
  // Tokens are dated by the machine's clock, which the test's hours have left behind: each new one says so.
  assert.deepEqual((await issues(shop)).filter((issue) => !issue.startsWith('clock-wrong')), []);
  t.diagnostic(`${ROUNDS} rounds, ${echoes} echoes heard, ${JSON.stringify(await written(both))} written`);

  await shop.settle();
  await pos.resetCounters();
  const { wp_dongbo_issue: said = 0, ...writes } = forbidden(await writesDuring(shop, () => shop.wp(['sync', '--wait'])));
  assert.deepEqual(writes, {}, 'at rest a run writes nothing');
  assert.ok(said <= 1, `${said} issues were written, one may be of a token's date`);
  await settle(both);
  assert.equal((await written(both)).toPos, 0, 'at rest nothing is sent');
});

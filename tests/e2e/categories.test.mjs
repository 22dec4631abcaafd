// Categories both ways: what is made, renamed, moved or deleted on one side is on the other, three levels there
// against any depth here; nothing is doubled, nothing answers its own echo (G2, A5, B12, Q1, Q3).
import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import test from 'node:test';
import { forbidden, writesDuring } from '../harness/writes.mjs';
import { changesOfPos, drain, ownWakeUps } from './push-tools.mjs';
import { number, pair } from './shops.mjs';

const branch = 200001;
const catalogue = path.join(mkdtempSync(path.join(tmpdir(), 'dongbo-categories-')), 'catalogue.json');
writeFileSync(catalogue, JSON.stringify({
  branches: [{ id: branch, branchName: 'Kho chính' }],
  categories: [
    { categoryId: 1, categoryName: 'Đồ uống' }, { categoryId: 2, parentId: 1, categoryName: 'Bia' }, { categoryId: 3, parentId: 2, categoryName: 'Bia lon' },
    { categoryId: 4, categoryName: 'Trà' },
  ],
  products: [{ id: 10, code: 'BIA-1', name: 'Bia 333', categoryId: 3, basePrice: 9000, inventories: [{ branchId: branch, onHand: 3 }] }],
}));

async function shopWithCategories(t, settings = {}) {
  const both = await pair(t, ['--catalogue', catalogue]);
  const all = { 'policies.categories': 'always', 'push.categories': 'automatic', ...settings };
  for (const [name, value] of Object.entries(all)) await both.shop.wp(['settings', name, value]);
  ownWakeUps(both.shop);
  await both.shop.wp(['sync', '--wait']);
  return both;
}

/** What a person does on the site. `id('Trà')` is a category's id. */
const onSite = (shop, code) => shop.php(`wp_set_current_user(1);
  function id($name) { global $wpdb; return (int) $wpdb->get_var($wpdb->prepare("SELECT t.term_id FROM {$wpdb->terms} t JOIN {$wpdb->term_taxonomy} x ON x.term_id = t.term_id AND x.taxonomy = 'product_cat' WHERE t.name = %s", $name)); }
  function make($name, $parent = 0) { $made = wp_insert_term($name, 'product_cat', array('parent' => $parent)); return $made['term_id']; }
  ${code} Dongbo\\Push\\Recorder::rest();`);

/** Whether an issue of a category is open. */
const names = async (shop, code, id) => await number(shop, `SELECT COUNT(*) FROM wp_dongbo_issue WHERE code = '${code}' AND item_kind = 'category' AND item_id = '${id}'`) === 1;

/** Both trees as `name < parent < …`, sorted. */
const paths = (rows, idOf, parentOf, nameOf) => {
  const byId = new Map(rows.map((row) => [idOf(row), row]));
  const up = (row) => (row ? [nameOf(row), ...up(byId.get(parentOf(row)))] : []);
  return rows.map((row) => up(row).join(' < ')).sort();
};
const inPos = async (pos) => paths((await pos.catalogue()).categories, (row) => row.id, (row) => row.parentId, (row) => row.name);
const here = async (shop) => paths((await shop.sql("SELECT t.term_id, x.parent, t.name FROM wp_terms t JOIN wp_term_taxonomy x ON x.term_id = t.term_id WHERE x.taxonomy = 'product_cat' AND t.slug <> 'uncategorized'"))
  .split('\n').filter(Boolean).map((line) => line.split('\t')), ([id]) => id, ([, parent]) => parent, ([, , name]) => name);

async function settle(both) {
  await drain(both);
  await both.shop.wp(['sync', '--wait']);
  await drain(both);
}

test('made, renamed and moved on either side: on the other too, once (G2, A5, B12)', async (t) => {
  const both = await shopWithCategories(t);
  const { pos, shop } = both;
  assert.deepEqual(await here(shop), await inPos(pos));

  await onSite(shop, "$a = make('Quà tặng'); $b = make('Gốm', $a); $c = make('Chén', $b); make('Chén nhỏ', $c); make('Trà xanh', id('Trà'));");
  await settle(both);
  assert.deepEqual(await inPos(pos), ['Bia < Đồ uống', 'Bia lon < Bia < Đồ uống', 'Chén < Gốm < Quà tặng', 'Gốm < Quà tặng', 'Quà tặng', 'Trà', 'Trà xanh < Trà', 'Đồ uống'].sort(),
    'the fourth level stays on the site');

  await onSite(shop, "wp_update_term(id('Gốm'), 'product_cat', array('name' => 'Gốm sứ', 'parent' => 0)); wp_update_term(id('Quà tặng'), 'product_cat', array('parent' => id('Gốm sứ')));");
  await pos.change([{ op: 'category.rename', categoryId: 4, name: 'Chè' }, { op: 'category.add', category: { categoryId: 50, categoryName: 'Kem' } }]);
  await settle(both);
  const wanted = ['Bia < Đồ uống', 'Bia lon < Bia < Đồ uống', 'Chè', 'Chén < Gốm sứ', 'Gốm sứ', 'Kem', 'Quà tặng < Gốm sứ', 'Trà xanh < Chè', 'Đồ uống'];
  assert.deepEqual(await inPos(pos), [...wanted, 'Chén nhỏ < Chén < Gốm sứ'].sort(), 'what was on the fourth level is on the third now');
  assert.deepEqual(await here(shop), await inPos(pos));

  // Both sides rename one: nobody wins, a person is asked.
  await onSite(shop, "wp_update_term(id('Kem'), 'product_cat', array('name' => 'Kem que'));");
  await pos.change([{ op: 'category.rename', categoryId: 50, name: 'Kem ly' }]);
  await shop.wp(['sync', '--wait']);
  await settle(both);
  assert.ok((await inPos(pos)).includes('Kem ly') && (await here(shop)).includes('Kem que'));
  assert.ok(await names(shop, 'both-changed', 50), 'it is listed');
  // The site gives in.
  await onSite(shop, "wp_update_term(id('Kem que'), 'product_cat', array('name' => 'Kem ly'));");
  await settle(both);
  assert.ok(!await names(shop, 'both-changed', 50), 'settled');

  await shop.settle();
  await pos.resetCounters();
  await shop.wp(['sync', '--wait']);
  assert.deepEqual(forbidden(await writesDuring(shop, () => shop.wp(['sync', '--wait']))), {}, 'a further run wrote');
  await drain(both);
  assert.deepEqual(await changesOfPos(pos), [], 'nothing answers what was written');
});

test('deleted on either side: nothing is lost unasked, and what is gone stays gone (G2, B12, Q1)', async (t) => {
  const both = await shopWithCategories(t);
  const { pos, shop } = both;
  await onSite(shop, "make('Tạm'); make('Tạm hai');");
  await settle(both);
  await onSite(shop, "wp_delete_term(id('Tạm'), 'product_cat');");
  await settle(both);
  assert.ok((await inPos(pos)).includes('Tạm'), 'without the setting nothing is deleted in the POS');

  await shop.wp(['settings', 'push.delete_categories', 'true']);
  await onSite(shop, "wp_delete_term(id('Bia lon'), 'product_cat');");
  await settle(both);
  assert.ok(!(await inPos(pos)).includes('Tạm'), 'an empty one goes');
  assert.ok((await inPos(pos)).includes('Bia lon < Bia < Đồ uống'), 'one with goods stays');
  assert.ok(await names(shop, 'category-in-use', 3), 'and is listed');

  // The POS deletes one: it stays here, is not made there again, and is named.
  const second = (await pos.catalogue()).categories.find((row) => row.name === 'Tạm hai').id;
  await pos.change([{ op: 'category.remove', categoryId: second }]);
  await settle(both);
  assert.ok((await here(shop)).includes('Tạm hai') && !(await inPos(pos)).includes('Tạm hai'));
  assert.ok(await names(shop, 'category-deleted-in-pos', second));
});

test('answers that are lost or come late, and refusals: each category is there once (G2, Q3)', async (t) => {
  const both = await shopWithCategories(t);
  const { pos, shop } = both;
  await pos.faults({ rules: [
    { path: '/categories', method: 'POST', nth: [1, 4], action: { do: 'cutAfter', perMille: 0 } },
    { path: '/categories', method: 'POST', nth: [2], action: { do: 'lateProcess', ms: 600, holdMs: 0 } },
    { path: '/categories', method: 'POST', nth: [3], action: { do: 'status', status: 500, body: 'oops' } },
    { path: '/categories', method: 'GET', nth: [4, 6], action: { do: 'rateLimited', retryAfter: 1 } },
    { path: '/categories/*', method: 'PUT', nth: [1], action: { do: 'cutAfter', perMille: 0 } },
  ] });
  await onSite(shop, "for ($i = 0; $i < 6; $i++) { $a = make(\"Nhóm $i\"); make(\"Con $i\", $a); }");
  await drain(both);
  await onSite(shop, "wp_update_term(id('Nhóm 3'), 'product_cat', array('name' => 'Nhóm ba'));");
  await settle(both);
  await settle(both);
  assert.deepEqual(await here(shop), await inPos(pos));
  const names = (await inPos(pos));
  assert.equal(new Set(names).size, names.length);
  assert.ok(names.includes('Con 3 < Nhóm ba'));
});

// The main job: every row kind of the POS into the shop, and then nothing (Q1-Q3, B1-B4, B12, C1-C3, D1-D2).
import assert from 'node:assert/strict';
import test from 'node:test';
import { audit } from '../harness/audit.mjs';
import { forbidden, writesDuring } from '../harness/writes.mjs';
import { issues, number, pair } from './shops.mjs';

test('every good arrives, and a second sync writes nothing', async (t) => {
  const { pos, shop, branches } = await pair(t, ['--goods', 150, '--seed', 7]);
  await shop.wp(['sync', '--wait']);
  let result = await audit(pos, shop, { branches });
  assert.ok(result.same, result.text);

  await shop.settle();
  const written = await writesDuring(shop, () => shop.wp(['sync', '--wait']));
  assert.deepEqual(forbidden(written), {}, 'a second sync wrote');
  result = await audit(pos, shop, { branches });
  assert.ok(result.same, result.text);
});

test('prices come from the chosen books, stock from the chosen branches (C1, C3, D1)', async (t) => {
  const pos = ['--goods', 120, '--seed', 11];
  const { pos: kiotviet, shop } = await pair(t, pos);
  const catalogue = await kiotviet.catalogue();
  const books = catalogue.pricebooks.map((book) => String(book.id));
  const branches = catalogue.branches.map((branch) => String(branch.id));
  assert.ok(books.length > 1 && branches.length > 1, 'the generator gives several books and branches');
  await shop.connect(kiotviet, { branches, 'regular-book': books[0], 'sale-book': books[1] });
  await shop.wp(['sync', '--wait']);
  const choices = { branches, orderBranch: branches[0], regularBook: books[0], saleBook: books[1] };
  const result = await audit(kiotviet, shop, choices);
  assert.ok(result.same, result.text);
});

test('what changes in the POS arrives with the next sync; only that is written, and it is on record (Q1, Q2)', async (t) => {
  const { pos, shop, branches } = await pair(t, ['--goods', 60, '--seed', 3]);
  await shop.wp(['sync', '--wait']);
  const plain = (await pos.catalogue()).products.filter((row) => row.type === 2 && !row.attributes?.length && !row.unit);
  await pos.change({ changes: [
    { op: 'product.set', id: plain[0].id, fields: { basePrice: 123000 } },
    { op: 'stock.set', id: plain[1].id, branchId: Number(branches[0]), onHand: 77 },
  ] });
  const before = await number(shop, 'SELECT COUNT(*) FROM wp_dongbo_history');
  await shop.wp(['sync', '--wait']);
  const result = await audit(pos, shop, { branches });
  assert.ok(result.same, result.text);
  const added = await number(shop, 'SELECT COUNT(*) FROM wp_dongbo_history') - before;
  assert.ok(added >= 2 && added <= 6, `${added} history rows for two changes`);
});

test('a good deleted in the POS ends its link and sells no more; its product stays (B8, Q1)', async (t) => {
  const { pos, shop, branches } = await pair(t, ['--goods', 60, '--seed', 3]);
  await shop.wp(['sync', '--wait']);
  const gone = (await pos.catalogue()).products.find((row) => row.type === 2 && !row.attributes?.length && !row.unit);
  await pos.change([{ op: 'product.remove', id: gone.id }]);
  await shop.wp(['sync', '--wait']);
  const links = await number(shop, `SELECT COUNT(*) FROM wp_dongbo_link WHERE remote_id = '${gone.id}'`);
  assert.equal(links, 0, 'the link has ended');
  assert.match(await shop.sql(`SELECT s.meta_value FROM wp_postmeta m JOIN wp_postmeta s ON s.post_id = m.post_id
    AND s.meta_key = '_stock_status' JOIN wp_posts p ON p.ID = m.post_id AND p.post_status = 'publish'
    WHERE m.meta_key = '_sku' AND m.meta_value = '${gone.code}'`), /outofstock/);
  assert.ok((await issues(shop)).some((line) => line.startsWith('deleted-in-pos') && line.includes(String(gone.id))), 'it is listed');
  await shop.settle();
  const written = await writesDuring(shop, () => shop.wp(['sync', '--wait']));
  assert.deepEqual(forbidden(written), {}, 'a further sync wrote');
  assert.ok(branches.length);
});

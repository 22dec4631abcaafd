// Bad goods among good ones: each named, the rest in step, nothing lost (Q4, B4, B13, D2, C2).
import assert from 'node:assert/strict';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import test from 'node:test';
import { audit } from '../harness/audit.mjs';
import { forbidden, writesDuring } from '../harness/writes.mjs';
import { issues, number, pair } from './shops.mjs';

// BAD_AMONG=2970 is the whole: 30 wrong in every way among 3,000.
const among = Number(process.env.BAD_AMONG ?? 300);
const branch = 200001;
const SALE_BOOK = 700001;
let next = 60000001;
const good = (code, more = {}) => ({
  id: more.id ?? next++, code, name: more.name ?? `Hàng ${code}`, categoryId: 1600001, type: 2, basePrice: 100000,
  inventories: [{ branchId: branch, onHand: 5, reserved: 1 }], ...more,
});

/** Code of the row → a word that the plugin's list must say of it. */
const named = {};
const bad = (code, expectation, more) => { named[code] = expectation; return good(code, more); };

const products = [
  ...Array.from({ length: among }, (_, index) => good(`TOT${index}`)),
  bad('TRUNG1', /ambiguous|twice/), good('trung1'),
  { ...good(''), name: 'Không mã' },
  bad('D'.repeat(101), /sku/),
  good('VACH1', { barCode: '8930000000017' }), bad('VACH2', /barcode/, { barCode: '8930000000017' }),
  bad('VACH3', /barcode/, { barCode: 'ABC-XYZ' }),
  good('AM1', { inventories: [{ branchId: branch, onHand: -7, reserved: 0 }] }),
  good('LE1', { inventories: [{ branchId: branch, onHand: 2.75, reserved: 0.5 }] }),
  bad('KHO1', /stock/, { inventories: [] }),
  good('DAI1', { name: 'Á'.repeat(300) }),
  good('HTML1', { description: '<p>Bàn &quot;đẹp&quot;</p><table><tr><td>1</td></tr></table><script>alert(1)</script>' }),
  good('EMOJI1', { name: 'Gấu bông 🧸 "lớn" & nhỏ', description: '😀 tốt' }),
  good('DOI1', { raw: { $text: { description: '"x \\ud83d y"' } } }),
  good('LON31', { id: 3000000001 }), good('LON53', { id: 9007199254740993 }),
  bad('LEGIA', /price/, { raw: { basePrice: 'không biết' } }),
  good('CHU1', { raw: { basePrice: '100000.0' } }),
  good('NULL1', { raw: { description: null, weight: null, images: null, attributes: null, unit: null, masterProductId: null, barCode: null, tradeMarkId: null } }),
  bad('GIA0', /price/, { basePrice: 0 }),
  good('LANH1'),
  bad('TRUNG3', /sku-twice-pos/), bad(' Trung3 ', /sku-twice-pos/),
  bad('BAN1', /sale-above/), bad('BAN2', /sale-above/),
  bad('KHOLA1', /stock/, { inventories: [], raw: { inventories: [{ branchId: 299999, branchName: 'Kho lạ', onHand: 9, reserved: 0 }] } }),
  bad('GIAAM1', /price/, { basePrice: -5000 }),
  bad('GIARONG', /price/, { raw: { basePrice: null } }),
  bad('VACH4', /barcode/, { barCode: '8930000000017' }),
  // Two rows of one family with the same values, and a family with a value WordPress cannot hold.
  bad('HO1', /attribut|variant|combination/, { id: 61000001, attributes: [{ attributeName: 'Màu', attributeValue: 'Đỏ' }] }),
  bad('HO1B', /attribut|variant|combination/, { masterProductId: 61000001, attributes: [{ attributeName: 'Màu', attributeValue: 'Đỏ' }] }),
  bad('HO2', /name-cleaned/, { id: 61000010, attributes: [{ attributeName: 'Cỡ', attributeValue: 'X'.repeat(260) }] }),
  bad('HO3', /attribut/, { id: 61000020, attributes: [{ attributeName: 'Cỡ', attributeValue: 'M' }, { attributeName: 'Cỡ', attributeValue: 'L' }] }),
  // A value that is absent means any: these two take the same places.
  bad('HO4', /variant-twice/, { id: 61000030, attributes: [{ attributeName: 'Cỡ', attributeValue: 'S' }] }),
  bad('HO4B', /variant-twice/, { masterProductId: 61000030, attributes: [{ attributeName: 'Màu', attributeValue: 'Xanh' }] }),
];
const saleAbove = products.filter((product) => /^BAN/.test(product.code)).map((product) => ({ productId: product.id, price: 120000 }));

test('bad rows are named with cause and remedy, the rest is in step', async (t) => {
  const file = path.join(await mkdtemp(path.join(tmpdir(), 'dongbo-bad-')), 'catalogue.json');
  await writeFile(file, JSON.stringify({
    branches: [{ id: branch, branchName: 'Kho chính' }],
    categories: [{ categoryId: 1600001, categoryName: 'Khác' }],
    products,
    pricebooks: [{ id: SALE_BOOK, name: 'Khuyến mãi', prices: saleAbove }],
  }));
  const { pos, shop } = await pair(t, ['--catalogue', file], { branches: [String(branch)], connect: { 'sale-book': SALE_BOOK } });
  await shop.php(`$p = new WC_Product_Simple(); $p->set_name('Có sẵn'); $p->set_sku('LANH1'); $p->set_regular_price('1'); $p->save();`);
  await shop.wp(['sync', '--wait'], { allow: 'any' });
  const listed = await issues(shop);
  await shop.settle();
  const written = await writesDuring(shop, () => shop.wp(['sync', '--wait'], { allow: 'any' }));
  // What was read one by one and what nobody owned before is noted anew, once; nothing of the shop.
  const { wp_dongbo_print: owners, wp_dongbo_known_page: pages, ...rest } = forbidden(written);
  assert.deepEqual(rest, {}, 'a second sync wrote');
  const third = await writesDuring(shop, () => shop.wp(['sync', '--wait'], { allow: 'any' }));
  assert.deepEqual(forbidden(third), {}, 'a third sync wrote');
  const result = await audit(pos, shop, { branches: [String(branch)], saleBook: SALE_BOOK, most: 99 });
  const differences = result.text.split('\n').filter((line) => line.includes('different:'));
  for (const line of differences) {
    // Taken over by SKU: name and categories are written when a product is created only (B5).
    if (/ LANH1 .*: (name|categories) must be/.test(line)) continue;
    const code = /different: (\S+) /.exec(line)?.[1];
    assert.ok(code in named, `not named in the list, and differs: ${line}`);
  }
  const silent = [];
  for (const [code, word] of Object.entries(named)) {
    const row = products.find((product) => product.code === code);
    const about = listed.filter((line) => line.includes(String(row.id)) || line.includes(code.slice(0, 20)));
    if (!about.some((line) => word.test(line))) silent.push(`${code.slice(0, 20)}: ${about.join('; ') || 'nothing'}`);
  }
  assert.deepEqual(silent, [], 'not named with their cause');
  assert.ok(listed.some((line) => line.includes('Không mã')) || await number(shop,
    "SELECT COUNT(*) FROM wp_posts WHERE post_title = 'Không mã'") === 1, 'a good without SKU is created or named');
  assert.equal(await number(shop, "SELECT COUNT(*) FROM wp_postmeta WHERE meta_key = '_sku' AND meta_value = 'LANH1'"), 1, 'taken over, not doubled (B4)');
  assert.match(await shop.sql("SELECT post_content FROM wp_posts p JOIN wp_postmeta m ON m.post_id = p.ID WHERE meta_key = '_sku' AND meta_value = 'HTML1'"), /<table>.*<td>1<\/td>/s);
  assert.match(await shop.sql("SELECT post_title FROM wp_posts p JOIN wp_postmeta m ON m.post_id = p.ID WHERE meta_key = '_sku' AND meta_value = 'EMOJI1'"), /🧸/);
});

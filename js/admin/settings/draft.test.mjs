import assert from 'node:assert/strict';
import test from 'node:test';
import { at, found, nested, quantityOf, quantityText, reduce, same } from './draft.mjs';

const change = (draft, name, value, stored) => reduce(draft, { type: 'change', name, value, stored });

test('a setting that is back where it was is no change (H7)', () => {
  const once = change({}, 'units', 'base-only', 'each');
  assert.deepEqual(once, { units: 'base-only' });
  assert.deepEqual(change(once, 'units', 'each', 'each'), {});
  assert.deepEqual(reduce(once, { type: 'reset' }), {});
});

test('lists of choices compare without order; none and absent are the same', () => {
  assert.ok(same(['7', '8'], ['8', '7']));
  assert.ok(!same(['7'], ['8']));
  assert.ok(same([{ rate: '1', tax: '2' }], [{ rate: '1', tax: '2' }]));
  assert.ok(!same([{ rate: '1', tax: '2' }], [{ rate: '1', tax: '3' }]));
  assert.ok(same(null, undefined));
  assert.ok(!same(false, undefined));
});

test('paths become the record the route takes, and read the one it gives', () => {
  const record = nested({ 'policies.stock': 'never', 'policies.name': 'always', units: 'each', sale_book: null });
  assert.deepEqual(record, { policies: { stock: 'never', name: 'always' }, units: 'each', sale_book: null });
  assert.equal(at(record, 'policies.stock'), 'never');
  assert.equal(at(record, 'selection.mode'), undefined);
});

test('a search needs no accents and any order of words (H7)', () => {
  const fields = [{ name: 'Bảng giá khuyến mãi' }, { name: 'Đặt hàng' }];
  const search = (text) => found(fields, text, ({ name }) => name).map(({ name }) => name);
  assert.deepEqual(search('gia bang'), ['Bảng giá khuyến mãi']);
  assert.deepEqual(search('dat hang'), ['Đặt hàng']);
  assert.deepEqual(search('đặt'), ['Đặt hàng']);
  assert.deepEqual(search('kho'), []);
  assert.equal(search('').length, 2);
});

test('quantities cross in thousandths', () => {
  assert.equal(quantityText(2500), '2.5');
  assert.equal(quantityOf('2,5'), 2500);
  assert.equal(quantityOf(''), 0);
});

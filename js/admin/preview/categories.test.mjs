import assert from 'node:assert/strict';
import test from 'node:test';
import { plan_categories as planCategories } from '../../pkg/node/dongbo.js';
import { categoryCounts, categoryRows } from './categories.mjs';

const category = (id, name, parent) => ({ id, name, ...(parent ? { parent_id: parent } : {}) });
const settings = { branches: ['1'] };

test('a tree is shown with its paths; what is in step is not (B12, H3)', () => {
  const input = {
    settings,
    categories: [category('1', 'Thời trang'), category('2', 'Áo', '1'), category('3', 'Áo thun', '2'), category('4', 'Sách')],
    links: [{ remote_id: '4', term_id: 14, term_gone: false, name: 'Sách', parent: 0 }],
    terms: [{ id: 14, name: 'Sách', parent: 0 }, { id: 11, name: 'thời trang', parent: 0 }],
  };
  const rows = categoryRows(planCategories(input).ok);
  assert.deepEqual(rows.filter(({ kind }) => kind === 'create').map(({ path }) => path), ['Thời trang › Áo', 'Thời trang › Áo › Áo thun']);
  assert.deepEqual(rows.filter(({ kind }) => kind === 'link').map(({ path }) => path), ['Thời trang']);
  assert.ok(!rows.some(({ id }) => id === '4'));
  assert.deepEqual(new Map(categoryCounts(rows)).get('create'), 2);
});

test('a name that cannot stand there twice is shown with its remedy, not left out (B12, Q4)', () => {
  const rows = categoryRows(planCategories({ settings, categories: [category('1', 'Áo'), category('2', 'áo ')] }).ok);
  assert.deepEqual(rows.map(({ kind }) => kind), ['create', 'review']);
  assert.equal(rows[1].issue.code, 'category-twice');
});

test('a direction that is switched off plans no categories (A5)', () => {
  assert.deepEqual(categoryRows(planCategories({ settings: { ...settings, directions: { categories: 'off' } }, categories: [category('1', 'Áo')] }).ok), []);
});

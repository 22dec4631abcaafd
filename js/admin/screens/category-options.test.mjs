import assert from 'node:assert/strict';
import test from 'node:test';
import { categoryOptions } from './category-options.mjs';

test('the tree is drawn parents first; a lost parent and a circle lose no category (B6)', () => {
  const options = categoryOptions([{ id: '3', name: 'Áo', parent: '1' }, { id: '1', name: 'Thời trang' }, { id: '9', name: 'Mồ côi', parent: '404' }]);
  assert.deepEqual(options.map(({ value }) => value), ['1', '3', '9']);
  assert.equal(options[1].label, '\u2003Áo');
});

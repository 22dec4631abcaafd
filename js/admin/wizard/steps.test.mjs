import assert from 'node:assert/strict';
import test from 'node:test';
import { STARTS, STEPS, after, before, preset, reachable, resume } from './steps.mjs';

test('the wizard goes on where it was left, but never past a missing connection (A1)', () => {
  assert.equal(resume('', false), 'pos');
  assert.equal(resume('prices', true), 'prices');
  assert.equal(resume('prices', false), 'connect');
  assert.equal(resume('', true), 'branches');
  assert.equal(resume('a step of another version', true), 'branches');
});

test('every step leads to the next and back', () => {
  STEPS.slice(0, -1).forEach((step) => assert.equal(before(after(step)), step));
  assert.equal(after('go'), 'go');
  assert.equal(before('pos'), 'pos');
});

test('only steps reached before can be jumped to', () => {
  assert.ok(reachable('branches', 'prices', true));
  assert.ok(!reachable('orders', 'prices', true));
  assert.ok(!reachable('branches', 'prices', false));
});

test('goods only in the POS never match a product by themselves; the other states match by SKU (B4)', () => {
  assert.equal(STARTS['pos-only'].match_key, 'pos-id');
  assert.equal(STARTS['both-same'].match_key, 'sku');
});

test('a preset sets only what there is', () => {
  assert.deepEqual(preset({ a: 1, b: 2 }, [{ name: 'b' }]), { b: 2 });
});

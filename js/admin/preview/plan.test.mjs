import assert from 'node:assert/strict';
import test from 'node:test';
import { FRESH_MS, batches, entry, filtered, settle, stale, summary } from './plan.mjs';

const operation = (kind, id, reason = 'changed') => ({ kind, reason: { code: reason }, remote_kind: 'good', remote_id: id, label: `SP${id} Áo`, product: 'simple' });
const plan = (key, operations, issues = []) => ({ key, hash: `hash-${key}`, operations, issues });
const issue = (id) => ({ code: 'sku-twice-pos', item: { kind: 'good', id, label: `SP${id}` }, severity: 'review' });
const entries = [
  plan('1', [operation('create', '1'), operation('create', '2')]),
  plan('2', [operation('update', '3'), operation('skip', '4', 'excluded')]),
  plan('3', [operation('skip', '5', 'excluded')]),
  plan('4', [], [issue('6')]),
  plan('5', []),
  plan('6', [operation('skip', '7', 'in-step')]),
].map(entry).filter(Boolean);

test('a family nothing is to be said about is no row', () => {
  assert.deepEqual(entries.map(({ key }) => key), ['1', '2', '3', '4']);
});

test('a category that comes before the goods is none that is missing (B12)', () => {
  const unplaced = { ...issue('8'), code: 'category-unplaced', params: [{ name: 'category', value: '3' }], severity: 'notice' };
  const one = plan('8', [operation('create', '8', 'new')], [unplaced]);
  assert.deepEqual(entry(one, new Set(['3'])).issues, []);
  assert.deepEqual(entry(one, new Set(['4'])).issues, [unplaced]);
  assert.deepEqual(entry(one).kinds, ['create'], 'a note asks for no decision');
});

test('N create, M update, K link, S skip with reasons (H3)', () => {
  const { counts, skipped } = summary(entries);
  assert.deepEqual(counts, { create: 2, update: 1, link: 0, convert: 0, release: 0, unlink: 0, review: 1, skip: 2 });
  assert.deepEqual(skipped, [['excluded', 2]]);
});

test('rows are found by kind, text and reason', () => {
  const keys = (filter) => filtered(entries, filter).map(({ key }) => key);
  assert.deepEqual(keys({ kind: 'skip' }), ['2', '3']);
  assert.deepEqual(keys({ kind: 'review' }), ['4']);
  assert.deepEqual(keys({ search: 'sp3' }), ['2']);
  assert.deepEqual(keys({ reason: 'excluded', search: 'sp5' }), ['3']);
});

test('only what writes and has a hash is sent, in parts', () => {
  const many = Array.from({ length: 45 }, (_, index) => entry(plan(String(index), [operation('update', String(index))])));
  const parts = batches([...many, entries[2], entries[3]]);
  assert.deepEqual(parts.map(({ length }) => length), [20, 20, 5]);
  assert.deepEqual(parts[0][0], { family: '0', hash: 'hash-0' });
  assert.deepEqual(batches([{ ...many[0], hash: undefined }]), []);
});

test('a family that changed meanwhile is shown again, never lost (H3)', () => {
  const left = settle(entries, {
    applied: [{ family: '1', hash: 'hash-1' }],
    changed: [{ family: '2', hash: 'new', plan: plan('2', [operation('update', '3')]) }, { family: '4', hash: 'new', plan: plan('4', []) }],
    failed: [{ family: '3', cause: { code: 'write-failed', sentence: 'No' } }],
  });
  assert.deepEqual(left.map(({ key }) => key), ['2', '3']);
  assert.equal(left[0].hash, 'new');
  assert.ok(left[0].changed);
  assert.equal(left[1].failed.code, 'write-failed');
});

test('a preview older than half an hour is made anew (H3)', () => {
  assert.ok(!stale(0, FRESH_MS));
  assert.ok(stale(0, FRESH_MS + 1));
});

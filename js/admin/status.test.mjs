import assert from 'node:assert/strict';
import test from 'node:test';
import { budgetTone, countsOf, runActions, setUp } from './status.mjs';

test('the wizard is shown until the shop is connected and it was gone through (A1)', () => {
  assert.ok(!setUp({ connection: null }, ''));
  assert.ok(!setUp({ connection: { state: 'new' } }, 'done'));
  assert.ok(!setUp({ connection: { state: 'active' } }, 'prices'));
  assert.ok(setUp({ connection: { state: 'active' } }, ''), 'connected with WP-CLI');
  assert.ok(setUp({ connection: { state: 'reconnect' } }, 'done'));
});

test('a run offers what its state allows (H2)', () => {
  assert.deepEqual(runActions('running'), ['pause', 'cancel']);
  assert.deepEqual(runActions('paused'), ['resume', 'cancel']);
  assert.deepEqual(runActions('asked'), ['accept', 'cancel']);
  assert.deepEqual(runActions('done'), []);
});

test('the budget warns before it is used up', () => {
  assert.equal(budgetTone({ used: 3999, limit: 5000 }), 'good');
  assert.equal(budgetTone({ used: 4000, limit: 5000 }), 'warn');
  assert.equal(budgetTone({ used: 5000, limit: 5000 }), 'bad');
});

test('a summary leaves out what did not happen', () => {
  assert.deepEqual(countsOf({ created: 2, updated: 0, failed: 1 }), [['created', 2], ['failed', 1]]);
});

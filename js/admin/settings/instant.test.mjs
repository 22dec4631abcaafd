import assert from 'node:assert/strict';
import test from 'node:test';
import { dayOf, isInstant, startOf } from './instant.mjs';

test('an instant is chosen as a day of the site’s zone (E1)', () => {
  const start = Date.UTC(2026, 10, 21, 17);
  for (const zone of ['Asia/Ho_Chi_Minh', '+07:00']) {
    assert.equal(startOf('2026-11-22', zone), start);
    assert.equal(dayOf(start, zone), '2026-11-22');
    assert.equal(dayOf(start - 1, zone), '2026-11-21');
  }
  assert.equal(startOf('', 'UTC'), null);
  assert.equal(dayOf(null, 'UTC'), '');
});

test('counts are no instants', () => {
  assert.ok(isInstant({ kind: 'number', max: 4_102_444_800_000 }));
  assert.ok(!isInstant({ kind: 'number', max: 5_000_000 }));
  assert.ok(!isInstant({ kind: 'number', max: null }));
});

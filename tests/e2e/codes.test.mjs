// Codes that wander from good to good in the POS: links stay, every SKU follows (B4).
import assert from 'node:assert/strict';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import test from 'node:test';
import { audit } from '../harness/audit.mjs';
import { forbidden, writesDuring } from '../harness/writes.mjs';
import { issues, pair } from './shops.mjs';

test('a chain of goods that each take the next one\'s code is in step after as many syncs, not stuck', async (t) => {
  const file = path.join(await mkdtemp(path.join(tmpdir(), 'dongbo-codes-')), 'catalogue.json');
  const products = ['A', 'B', 'C'].map((code, place) => ({
    id: 60000001 + place, code, name: 'Hàng', basePrice: 1000 * (place + 1), inventories: [{ branchId: 200001, onHand: 5, reserved: 0 }],
  }));
  await writeFile(file, JSON.stringify({ branches: [{ id: 200001, branchName: 'Kho' }], products }));
  const { pos, shop, branches } = await pair(t, ['--catalogue', file], { branches: ['200001'] });
  await shop.wp(['sync', '--wait']);
  const links = await shop.sql('SELECT remote_id, shop_id FROM wp_dongbo_link ORDER BY id');

  const rename = (id, code) => ({ op: 'product.set', id, fields: { code } });
  await pos.change({ changes: [rename(60000003, 'D'), rename(60000002, 'C'), rename(60000001, 'B')] });
  await shop.wp(['sync', '--wait'], { allow: 'any' });
  assert.ok((await issues(shop)).some((line) => line.startsWith('sku-held')), 'what has to wait is named');
  await shop.wp(['sync', '--wait'], { allow: 'any' });
  await shop.wp(['sync', '--wait'], { allow: 'any' });

  const result = await audit(pos, shop, { branches });
  assert.ok(result.same, result.text);
  assert.deepEqual(await issues(shop), []);
  assert.equal(await shop.sql('SELECT remote_id, shop_id FROM wp_dongbo_link ORDER BY id'), links);
  assert.deepEqual(forbidden(await writesDuring(shop, () => shop.wp(['sync', '--wait']))), {});
});

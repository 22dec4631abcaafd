// The API failing in every way the simulator knows: the run ends in step, or says why not (I2, A3, Q4).
import assert from 'node:assert/strict';
import test from 'node:test';
import { audit } from '../harness/audit.mjs';
import { cronUntilDone, issues, number, pair } from './shops.mjs';

const passing = {
  '401 in mid-run': { path: '/products*', nth: [2], action: { do: 'unauthorized' } },
  'tokens expired in mid-run': { path: '/products*', nth: [2], action: { do: 'expireTokens' } },
  '429 with Retry-After': { path: '/products*', nth: [1, 2], action: { do: 'rateLimited', retryAfter: 1 } },
  '429 without Retry-After': { path: '/products*', nth: [1], action: { do: 'rateLimited' } },
  '500': { path: '/categories*', nth: [1], action: { do: 'status', status: 500 } },
  '503 with HTML': { path: '/products*', nth: [1], action: { do: 'html', status: 503 } },
  'HTML with 200': { path: '/products*', nth: [2], action: { do: 'html' } },
  'cut before': { path: '/branches*', nth: [1], action: { do: 'cutBefore' } },
  'cut body': { path: '/products*', nth: [1], action: { do: 'cutAfter' } },
  'broken JSON': { path: '/products*', nth: [2], action: { do: 'badJson' } },
  'missing data': { path: '/products*', nth: [1], action: { do: 'missingData' } },
  'a page repeated': { path: '/products*', nth: [2], action: { do: 'repeatPage' } },
  'a page short': { path: '/products*', nth: [1], action: { do: 'shortPage', drop: 7 } },
  'a total that disagrees': { path: '/products*', nth: [1, 2], action: { do: 'wrongTotal', by: 5 } },
};

test('passing faults delay a run and change nothing of its end', async (t) => {
  const { pos, shop, branches } = await pair(t, ['--goods', 230, '--seed', 9]);
  let first = true;
  for (const [name, rule] of Object.entries(passing)) {
    await t.test(name, async () => {
      await pos.faults({ rules: [rule] });
      await shop.wp(['sync']);
      await cronUntilDone(shop);
      await pos.faults({ rules: [] });
      const result = await audit(pos, shop, { branches });
      assert.ok(result.same, `${name}: ${result.text}`);
      assert.equal(await number(shop, "SELECT COUNT(*) FROM wp_dongbo_run WHERE outcome = 'done' AND id = (SELECT MAX(id) FROM wp_dongbo_run)"), 1,
        `${name}: the run did not end well`);
      first = false;
    });
  }
  assert.ok(!first);
});

test('faults that stay end the run with their cause, and hide or delete nothing', async (t) => {
  const { pos, shop, branches } = await pair(t, ['--goods', 60, '--seed', 9]);
  await shop.wp(['sync', '--wait']);
  const lasting = {
    'an empty list of goods': { path: '/products*', action: { do: 'emptyList' } },
    'a list of goods that is always short': { path: '/products*', action: { do: 'shortPage', drop: 30 } },
    '420 for good': { path: '/products*', action: { do: 'refuse' } },
    '500 for good': { path: '/products*', action: { do: 'status', status: 500 } },
    'credentials revoked': { path: '*', action: { do: 'unauthorized' } },
  };
  const products = "SELECT COUNT(*) FROM wp_posts WHERE post_type IN ('product','product_variation') AND post_status = 'publish'";
  const before = await number(shop, products);
  for (const [name, rule] of Object.entries(lasting)) {
    await t.test(name, async () => {
      await pos.faults({ rules: [rule] });
      await shop.wp(['sync'], { allow: 'any' });
      await cronUntilDone(shop);
      await pos.faults({ rules: [] });
      assert.equal(await number(shop, products), before, `${name}: products vanished`);
      const told = (await issues(shop)).some((line) => /^(list-|page-)/.test(line));
      const failed = await number(shop, "SELECT COUNT(*) FROM wp_dongbo_run WHERE outcome = 'failed' AND id = (SELECT MAX(id) FROM wp_dongbo_run)");
      assert.ok(told || failed === 1, `${name}: nobody was told`);
    });
  }
  await shop.connect(pos, { branches });
  await shop.wp(['sync', '--wait']);
  const result = await audit(pos, shop, { branches });
  assert.ok(result.same, result.text);
});

test('wrong credentials and a wrong shop name are told apart', async (t) => {
  const { shop } = await pair(t, ['--goods', 5]);
  const wrong = async (...args) => {
    const { code, out, err } = await shop.wp(['connect', ...args], { allow: 'any' });
    assert.notEqual(code, 0);
    return out + err;
  };
  const secret = await wrong('--shop=dongbotest', '--client-id=dongbo-test-client', '--client-secret=wrong');
  const name = await wrong('--shop=anothershop', '--client-id=dongbo-test-client', '--client-secret=dongbo-test-secret');
  assert.match(secret, /Client ID|secret/i);
  assert.match(name, /shop/i);
  assert.notEqual(secret, name);
});

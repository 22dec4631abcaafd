// Killed at any moment and continued by cron alone: the same shop, nothing doubled (Q3, I1).
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { audit } from '../harness/audit.mjs';
import { root, sleep } from '../harness/run.mjs';
import { cronUntilDone, number, pair, passTime } from './shops.mjs';

/** Starts slices in a process of their own, kills it after so many milliseconds; whether it was at work still. */
async function killAfter(shop, milliseconds) {
  const child = spawn(path.join(root, 'tests/lab/lab'), ['cron', shop.dir], { detached: true, stdio: 'ignore' });
  const ended = new Promise((resolve) => child.on('exit', resolve));
  const alive = await Promise.race([ended.then(() => false), sleep(milliseconds).then(() => true)]);
  if (alive) process.kill(-child.pid, 'SIGKILL');
  await ended;
  return alive;
}

for (const engine of ['InnoDB', 'MyISAM']) {
  test(`ten kills of a first sync, posts on ${engine}`, async (t) => {
    const { pos, shop, branches } = await pair(t, ['--goods', 1000, '--seed', 5]);
    if (engine === 'MyISAM') {
      await shop.sql('ALTER TABLE wp_posts ENGINE=MyISAM; ALTER TABLE wp_postmeta ENGINE=MyISAM');
    }
    // Only the processes that are killed may go on with the run: no loopback to the web server.
    writeFileSync(path.join(shop.wordpress, 'wp-content/mu-plugins/no-loopback.php'),
      "<?php add_filter('cron_request', static function ($request) { return array('url' => 'http://127.0.0.1:9/') + $request; });");
    await shop.wp(['sync']);
    let struck = 0;
    for (let kill = 0; kill < 10; kill += 1) {
      await passTime(shop);
      if (await killAfter(shop, 500 + ((kill * 733) % 1700))) struck += 1;
    }
    assert.ok(struck >= 8, `${struck} of 10 kills met a process at work`);
    await cronUntilDone(shop);
    const result = await audit(pos, shop, { branches });
    assert.ok(result.same, result.text);
    assert.equal(await number(shop, `SELECT COUNT(*) - COUNT(DISTINCT meta_value) FROM wp_postmeta
      WHERE meta_key = '_sku' AND meta_value <> ''`), 0, 'two products share a SKU');
  });
}

// What other plugins of the site do: named, never called in step, and tried again as the remedy promises (Q4).
import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { audit } from '../harness/audit.mjs';
import { issues, number, pair, passTime } from './shops.mjs';

test('a plugin that throws while a product is created is named; without it the very next sync mends all', async (t) => {
  const { pos, shop, branches } = await pair(t, ['--goods', 12, '--seed', 5, '--mix', 'plain=1']);
  const plugin = path.join(shop.wordpress, 'wp-content/mu-plugins/somebody-else.php');
  writeFileSync(plugin, "<?php add_action('woocommerce_new_product', static function ($id) { throw new Exception('no products today'); });");
  const first = await shop.wp(['sync', '--wait'], { allow: 'any' });
  assert.match(first.out, /0 created.* 12 failed/);
  assert.equal(await number(shop, "SELECT COUNT(*) FROM wp_posts WHERE post_type = 'product'"), 0, 'nothing is left half made');
  assert.equal((await issues(shop)).filter((line) => /write-failed.*no products today/.test(line)).length, 12);

  const second = await shop.wp(['sync', '--wait'], { allow: 'any' });
  assert.match(second.out, /12 failed/, 'tried again at once, not after an hour');
  assert.doesNotMatch(second.out, /In step/);

  rmSync(plugin);
  await shop.wp(['sync', '--wait']);
  const result = await audit(pos, shop, { branches });
  assert.ok(result.same, result.text);
  assert.deepEqual(await issues(shop), []);
  assert.match((await shop.wp(['sync', '--wait'])).out, /In step: nothing changed/);
});

test('a quiet run does not call in step what is listed', async (t) => {
  const { pos, shop } = await pair(t, ['--goods', 8, '--seed', 6, '--mix', 'plain=1']);
  const [good] = (await pos.catalogue()).products;
  await pos.change({ changes: [{ op: 'product.set', code: good.code, fields: { basePrice: 0 } }] });
  await shop.wp(['sync', '--wait'], { allow: 'any' });
  const { out } = await shop.wp(['sync', '--wait'], { allow: 'any' });
  assert.match(out, /nothing changed\. \d+ items? (is|are) listed/);
  assert.doesNotMatch(out, /In step/);
});

test('connected from the shell, the guard rings every minute though nobody opens wp-admin (I7)', async (t) => {
  const { shop } = await pair(t, ['--goods', 4, '--seed', 8]);
  const due = Number(await shop.php("echo (int) wp_next_scheduled('dongbo_wake', ['guard']) - time();"));
  assert.ok(due > -5 && due <= 60, `the next wake-up is due in ${due} s`);
});

test('a plugin that deletes a product as soon as it is created: named at once, and not created for ever', async (t) => {
  const { pos, shop } = await pair(t, ['--goods', 6, '--seed', 9, '--mix', 'plain=1']);
  const [good] = (await pos.catalogue()).products;
  writeFileSync(path.join(shop.wordpress, 'wp-content/mu-plugins/somebody-else.php'),
    `<?php add_action('woocommerce_new_product', static function ($id) {
      if (get_post_meta($id, '_sku', true) === ${JSON.stringify(good.code)}) { wp_delete_post($id, true); } });`);
  await shop.wp(['sync', '--wait'], { allow: 'any' });
  const about = async () => (await issues(shop)).filter((line) => line.includes(String(good.id)));
  assert.match((await about()).join(), /product-gone/);
  const made = await number(shop, "SELECT AUTO_INCREMENT FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = 'wp_posts'");
  await shop.wp(['sync', '--wait'], { allow: 'any' });
  await shop.wp(['sync', '--wait'], { allow: 'any' });
  assert.match((await about()).join(), /product-gone/);
  assert.equal((await about()).length, 1);
  assert.equal(await number(shop, "SELECT AUTO_INCREMENT FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = 'wp_posts'"), made);
});

test('a list that was read to its end leaves nothing out, and says so only when it does (B8)', async (t) => {
  const { pos, shop } = await pair(t, ['--goods', 60, '--seed', 10, '--mix', 'plain=1']);
  const [good] = (await pos.catalogue()).products;
  for (const again of [false, true]) {
    await pos.resetCounters();
    await shop.wp(['sync', '--wait'], { allow: 'any' });
    assert.ok(!(await issues(shop)).some((line) => /goods-missing-many/.test(line)), `again: ${again}`);
    assert.equal((await pos.counters()).byEndpoint['GET /products/{id}'], undefined, 'no detail was asked for');
  }
  await pos.change({ changes: [{ op: 'product.remove', id: good.id }] });
  await pos.resetCounters();
  await shop.wp(['sync', '--wait'], { allow: 'any' });
  assert.equal((await pos.counters()).byEndpoint['GET /products/{id}']?.calls, 1, 'one good is missing, one is asked for');
  assert.ok((await issues(shop)).some((line) => line.includes(String(good.id))), 'what was deleted in the POS is listed');
});

test('a plugin that ends PHP while certain products are saved: these are named, the others are written (Q4, I1)', async (t) => {
  const { pos, shop, branches } = await pair(t, ['--goods', 12, '--seed', 11, '--mix', 'plain=1']);
  const codes = (await pos.catalogue()).products.map((good) => good.code);
  const deadly = [codes[0], codes[1], codes[7]];
  const plugin = path.join(shop.wordpress, 'wp-content/mu-plugins/somebody-else.php');
  writeFileSync(plugin, `<?php add_action('woocommerce_new_product', static function ($id) {
      if (in_array(get_post_meta($id, '_sku', true), ${JSON.stringify(deadly).replace('[', 'array(').replace(']', ')')}, true)) { exit; } });`);
  const open = () => number(shop, 'SELECT COUNT(*) FROM wp_dongbo_run WHERE ended IS NULL');
  await shop.php("Dongbo\\Tables\\Runs::start(Dongbo\\Tables\\Connections::current()['id'], 'catalogue', 'full');");
  let rounds = 0;
  for (; rounds < 25 && (rounds === 0 || await open() > 0); rounds += 1) {
    await passTime(shop, 0);
    await shop.cron();
  }
  assert.equal(await open(), 0, `the run came to its end after ${rounds} rounds`);
  assert.equal(await number(shop, "SELECT COUNT(*) FROM wp_posts WHERE post_type = 'product'"), 9);
  const named = (await issues(shop)).filter((line) => line.startsWith('write-deadly')).map((line) => deadly.findIndex((code) => line.includes(code)));
  assert.deepEqual(named.sort(), [0, 1, 2]);

  rmSync(plugin);
  await shop.wp(['sync', '--wait']);
  const result = await audit(pos, shop, { branches });
  assert.ok(result.same, result.text);
  assert.deepEqual(await issues(shop), []);
});

// A scripted week in a shop: changes of every kind, webhooks lost, doubled, reordered and late, the API failing in
// all the ways the simulator knows. After the last sweep nothing differs and the history explains every value
// (B1-B8, C1-C5, D1-D3, I2, I3, I7, Q1-Q4). WEEK_GOODS and WEEK_CHANGES make it longer: 3000 and 2000 are the whole.
import assert from 'node:assert/strict';
import test from 'node:test';
import { audit } from '../harness/audit.mjs';
import { ahead, issues, number, pair, passTime } from './shops.mjs';

const goods = Number(process.env.WEEK_GOODS ?? 300);
const changes = Number(process.env.WEEK_CHANGES ?? 210);
const DAYS = 7;
const SALE_BOOK = '700002';

/** So much of a day passes in wake-ups of a quarter of an hour: polls come due, prices start and end. */
async function dayPasses(pos, shop, wakes) {
  for (let wake = 0; wake < wakes; wake += 1) {
    await passTime(shop, 15, pos);
    await shop.cron();
  }
}

async function quiet(pos, shop, rounds = 120) {
  for (let round = 0; round < rounds; round += 1) {
    const open = await number(shop, 'SELECT COUNT(*) FROM wp_dongbo_run WHERE ended IS NULL');
    const told = await number(shop, "SELECT COUNT(*) FROM wp_dongbo_inbox WHERE state = 'new'");
    if (open === 0 && told === 0) return;
    await passTime(shop, 5, pos);
    await shop.cron();
  }
  assert.fail(`a run or a notification is still open:\n${await shop.sql('SELECT id, kind, phase, outcome, wait_until, summary FROM wp_dongbo_run WHERE ended IS NULL')}`);
}

test(`a week of ${changes} changes to ${goods} goods, told badly, ends in step`, async (t) => {
  const { pos, shop, branches } = await pair(t, ['--goods', goods, '--seed', 5], { connect: { 'sale-book': SALE_BOOK } });
  await shop.php(`$c = Dongbo\\Tables\\Connections::current(); $all = ['name', 'description', 'categories', 'weight', 'barcode'];
    Dongbo\\Tables\\Connections::saveSettings($c['id'], ['policies' => array_fill_keys($all, 'always')] + $c['settings']);`);
  await shop.wp(['sync', '--wait']);
  const choices = { branches, orderBranch: branches[0], saleBook: SALE_BOOK };
  const first = await audit(pos, shop, choices);
  assert.ok(first.same, first.text);
  await passTime(shop, 1, pos);
  await shop.cron();
  assert.ok((await pos.webhooks()).webhooks?.length > 0, 'the site has registered its webhooks');
  const posts = await number(shop, "SELECT COUNT(*) FROM wp_posts WHERE post_type IN ('product', 'product_variation')");

  await pos.deliveryFaults({ seed: 1, lost: 0.3, doubled: 0.2, reordered: 0.3, late: 0.2, lateMs: 500 });
  await pos.faults({ preset: 'weather', probability: 0.05, seed: 1 });
  const kinds = {};
  for (let day = 0; day < DAYS; day += 1) {
    const life = await pos.life({ changes: Math.round(changes / DAYS), seed: 7 + day, stepsPerFiring: 3 });
    for (const [kind, count] of Object.entries(life.counts)) kinds[kind] = (kinds[kind] ?? 0) + count;
    await dayPasses(pos, shop, 4);
  }
  const { counters } = await pos.deliveries();
  t.diagnostic(`kinds ${JSON.stringify(kinds)}; deliveries ${JSON.stringify(counters)}`);
  assert.ok(counters.delivered > 0 && counters.lost > 0 && counters.doubled > 0, 'webhooks were delivered, lost and doubled');

  await pos.faults({ rules: [] });
  await pos.deliver();
  await quiet(pos, shop);
  await passTime(shop, 13 * 60, pos);
  await shop.cron();
  await quiet(pos, shop);

  const named = await issues(shop);
  const last = await audit(pos, shop, { ...choices, at: Math.round((Date.now() + ahead(shop)) / 1000) });
  assert.ok(last.same, `${last.text}\n${named.slice(0, 40).join('\n')}`);
  t.diagnostic(last.text);
  assert.ok(await number(shop, "SELECT COUNT(*) FROM wp_posts WHERE post_type IN ('product', 'product_variation')") >= posts, 'nothing was deleted');
  assert.equal(await number(shop, "SELECT COUNT(*) FROM wp_posts WHERE post_type IN ('product', 'product_variation') AND post_status = 'trash'"), 0);

  // Q1: what every product holds is what its history says was last written.
  const unexplained = await shop.sql(`SELECT h.shop_id, h.field, h.after_value, m.meta_value FROM wp_dongbo_history h
    JOIN (SELECT MAX(id) AS id FROM wp_dongbo_history WHERE field IN ('regular_price', 'stock') GROUP BY shop_id, field) latest ON latest.id = h.id
    JOIN wp_postmeta m ON m.post_id = h.shop_id AND m.meta_key = IF(h.field = 'stock', '_stock', '_regular_price')
    WHERE CAST(m.meta_value AS DECIMAL(20,4)) <> CAST(h.after_value AS DECIMAL(20,4)) LIMIT 20`);
  assert.equal(unexplained.trim(), '', 'values that no history row explains');
  const silent = await number(shop, `SELECT COUNT(*) FROM wp_postmeta m JOIN wp_posts p ON p.ID = m.post_id AND p.post_content_filtered LIKE 'dongbo:%'
    WHERE m.meta_key = '_regular_price' AND m.meta_value <> '' AND NOT EXISTS (SELECT 1 FROM wp_dongbo_history h WHERE h.shop_id = m.post_id AND h.field IN ('created', 'regular_price'))`);
  assert.equal(silent, 0, 'prices without any history');
});

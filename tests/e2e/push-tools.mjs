// What the tests of pushing share: wake-ups that are the test's own, and waiting until nothing is under way.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { number, passTime } from './shops.mjs';

/** No wake-up but the test's own: the loopback leads nowhere. */
export function ownWakeUps(shop) {
  writeFileSync(path.join(shop.wordpress, 'wp-content/mu-plugins/no-loopback.php'),
    "<?php add_filter('cron_request', static function ($request) { return array('url' => 'http://127.0.0.1:9/') + $request; });");
}

/** One wake-up in a process of its own. */
export const ring = (shop) => shop.php("Dongbo\\Lanes\\Wake::ring('test');");

const open = (shop) => number(shop, "SELECT COUNT(*) FROM wp_dongbo_push WHERE state IN ('waiting', 'sending', 'failed') AND next_try < 9000000000000000");

/** Wake-ups until nothing is under way any more. */
export async function drain({ shop, pos }, rounds = 80) {
  for (let round = 0; round < rounds; round += 1) {
    await passTime(shop, 8, pos);
    await ring(shop);
    if (await open(shop) === 0) return;
  }
  throw new Error(`still under way after ${rounds} wake-ups:\n${await shop.sql("SELECT shop_id, state, code, params, pushing FROM wp_dongbo_push WHERE state IN ('waiting', 'sending', 'failed')")}`);
}

/** Calls that changed something in the POS since the counters were reset. */
export async function changesOfPos(pos) {
  const { byEndpoint } = await pos.counters();
  return Object.keys(byEndpoint).filter((call) => /^(POST|PUT|DELETE) /.test(call) && !/token|webhooks|pricebooks\/detail/.test(call));
}

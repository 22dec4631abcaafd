// What the end-to-end tests share: which WooCommerces to run on, and a connected pair of POS and shop.
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { startPos } from '../harness/pos.mjs';
import { startShop } from '../harness/shop.mjs';

/** The WooCommerce the tests run on: E2E_WOOCOMMERCE, else the stand-in. */
export const woocommerce = process.env.E2E_WOOCOMMERCE ?? 'stand-in';
export const wordpress = process.env.E2E_WORDPRESS;
/** How its lab comes up: LAB_UP=--object-cache for a shop whose requests and workers share a cache. */
const up = (process.env.LAB_UP ?? '').split(' ').filter(Boolean);

/** Starts a POS with the simulator's own arguments and a shop connected to its first branch. */
export async function pair(t, posArguments, { shop: shopOptions = {}, connect = {}, branches } = {}) {
  const pos = await startPos('--rate-limit', 0, ...posArguments);
  t.after(() => pos.stop());
  const shop = await startShop({ woocommerce, wordpress, pos, ...shopOptions, args: [...up, ...(shopOptions.args ?? [])] });
  t.after(() => shop.stop());
  const plugins = path.join(shop.wordpress, 'wp-content/mu-plugins');
  mkdirSync(plugins, { recursive: true });
  writeFileSync(path.join(plugins, 'dongbo-test-clock.php'),
    "<?php add_filter('dongbo_now', static function ($now) { return $now + (int) @file_get_contents(LAB_DIR . '/clock-offset'); });");
  const chosen = branches ?? [String((await pos.catalogue()).branches[0].id)];
  await shop.connect(pos, { branches: chosen, ...connect });
  return { pos, shop, branches: chosen };
}

/** A number from SQL. */
export const number = async (shop, query) => Number((await shop.sql(query)).trim().split('\n').pop());

/** Rows the plugin lists as not in step: `code item label`. */
export const issues = async (shop) => (await shop.sql(
  `SELECT CONCAT_WS('\\t', code, item_kind, item_id, label, params) FROM wp_dongbo_issue`)).split('\n').filter(Boolean);

const clockOf = (shop) => path.join(shop.dir, 'clock-offset');

/** How far the plugin's clock is ahead, in milliseconds. */
export const ahead = (shop) => (existsSync(clockOf(shop)) ? Number(readFileSync(clockOf(shop), 'utf8')) : 0);

/** Lets time pass: the plugin's clock goes on by so many minutes, and the POS's with it when given; leases of killed processes end. */
export async function passTime(shop, minutes = 10, pos = undefined) {
  const offset = ahead(shop) + minutes * 60_000;
  writeFileSync(clockOf(shop), String(offset));
  if (pos) await pos.clock({ shiftSeconds: Math.round(offset / 1000) });
  await shop.sql('UPDATE wp_dongbo_lease SET lease_until = 0');
  await shop.php("delete_transient('doing_cron'); wp_schedule_single_event(time() - 1, 'dongbo_wake', array('test'));");
}

/** WP-Cron, and nothing else, until no run that is open now is open any more; later ones start by themselves. */
export async function cronUntilDone(shop, { rounds = 200 } = {}) {
  const last = await number(shop, 'SELECT COALESCE(MAX(id), 0) FROM wp_dongbo_run');
  for (let round = 0; round < rounds; round += 1) {
    const open = await number(shop, `SELECT COUNT(*) FROM wp_dongbo_run WHERE (ended IS NULL OR ended = 0) AND id <= ${last}`);
    if (open === 0) return round;
    await passTime(shop);
    await shop.cron();
  }
  throw new Error(`the run is still open after ${rounds} rounds of WP-Cron`);
}

export const cacheHas = (kind, version) => existsSync(path.join(process.env.DONGBO_CACHE ?? path.join(homedir(), '.cache/dongbo'), kind, version));
export const cached = (kind) => {
  const folder = path.join(process.env.DONGBO_CACHE ?? path.join(homedir(), '.cache/dongbo'), kind);
  return existsSync(folder) ? readdirSync(folder) : [];
};

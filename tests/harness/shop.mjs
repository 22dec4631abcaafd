// A WordPress shop (tests/lab) with Dongbo in it, seen from a test.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { root, run } from './run.mjs';

const lab = (...args) => run(path.join(root, 'tests/lab/lab'), args);

/** Credentials the simulator accepts unless told otherwise. */
export const credentials = { shop: 'dongbotest', clientId: 'dongbo-test-client', secret: 'dongbo-test-secret' };

/** Brings a shop up. `woocommerce`: auto, real, stand-in or a version; `wordpress`: a version. */
export async function startShop({ dir, woocommerce = 'auto', wordpress, pos, ini = [], define = {}, args = [] } = {}) {
  const made = dir ? undefined : await mkdtemp(path.join(tmpdir(), 'dongbo-shop-'));
  const home = dir ?? path.join(made, 'shop');
  const options = ['up', '--dir', home, '--woocommerce', woocommerce];
  if (wordpress) options.push('--wordpress', wordpress);
  const constants = pos ? { DONGBO_KIOTVIET_API: pos.url, DONGBO_KIOTVIET_TOKEN_URL: `${pos.url}/connect/token`, ...define } : define;
  for (const [name, value] of Object.entries(constants)) options.push('--define', `${name}=${value}`);
  for (const setting of ini) options.push('--ini', setting);
  await lab(...options, ...args);
  const shop = await openShop(home);
  shop.made = made;
  return shop;
}

/** A shop that is up already. */
export async function openShop(dir) {
  const info = Object.fromEntries((await lab('info', dir)).out.split('\n').filter(Boolean)
    .map((line) => /^(?:export )?(\w+)=(.*)$/.exec(line)).filter(Boolean)
    .map(([, name, value]) => [name, value.replace(/^(['"])(.*)\1$/, '$2')]));
  return new Shop(dir, info);
}

class Shop {
  constructor(dir, info) {
    this.dir = dir;
    this.info = info;
    this.url = info.LAB_URL;
    this.wordpress = path.join(dir, 'wp');
  }

  /** `wp dongbo …` as an administrator would type it. */
  wp(args, options) {
    return run(path.join(root, 'tests/lab/lab'),
      ['php', this.dir, path.join(root, 'tests/plugin/wp.php'), `--path=${this.wordpress}`, 'dongbo', ...args], options);
  }

  /** Runs PHP code inside WordPress; gives what it printed. */
  async php(code, ...args) {
    return (await run(path.join(root, 'tests/lab/lab'), ['exec', this.dir, '-', ...args], { input: `<?php ${code}` })).out;
  }

  /** Rows of a query, as objects. */
  async sql(query) {
    const { out } = await lab('sql', this.dir, `${query}`);
    return out;
  }

  /** Lets WooCommerce finish the jobs it put off (attribute lookup and the like). */
  async settle() {
    // The stand-in's table of jobs is its own.
    const due = (await this.sql("SHOW COLUMNS FROM wp_actionscheduler_actions LIKE 'due_gmt'")).trim() ? 'due_gmt' : 'scheduled_date_gmt';
    for (let round = 0; round < 40; round += 1) {
      const left = Number((await this.sql(`SELECT COUNT(*) FROM wp_actionscheduler_actions
        WHERE status IN ('pending', 'in-progress') AND ${due} <= UTC_TIMESTAMP() AND hook NOT LIKE 'dongbo%'`)).trim().split('\n').pop());
      if (left === 0) return;
      await this.php("do_action('action_scheduler_run_queue', 'dongbo tests');");
    }
    throw new Error('WooCommerce still has jobs due after 40 runs of its queue');
  }

  cron() { return lab('cron', this.dir); }

  connect(pos, { branches, ...more } = {}) {
    const options = Object.entries(more).map(([name, value]) => `--${name}=${value}`);
    return this.wp(['connect', `--shop=${credentials.shop}`, `--client-id=${credentials.clientId}`,
      `--client-secret=${credentials.secret}`, ...(branches ? [`--branch=${branches.join(',')}`] : []), ...options]);
  }

  async stop() {
    await lab('down', this.dir);
    if (this.made) await rm(this.made, { recursive: true, force: true });
  }
}

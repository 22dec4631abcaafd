// The main job on one machine: a simulated KiotViet shop into a WordPress shop, audited.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { audit } from '../harness/audit.mjs';
import { startPos } from '../harness/pos.mjs';
import { root, run, sleep } from '../harness/run.mjs';
import { credentials, openShop, startShop } from '../harness/shop.mjs';
import { forbidden, writesDuring } from '../harness/writes.mjs';

const goods = Number(process.env.DEMO_GOODS ?? 500);
const once = process.env.DEMO_ONCE === '1';
const home = path.join(root, 'build/demo');
const say = (text = '') => process.stdout.write(`${text}\n`);

if (!Number.isInteger(goods) || goods < 1) {
  say(`DEMO_GOODS must be a whole number above 0, not "${process.env.DEMO_GOODS}".`);
  process.exit(2);
}

/** The shop of an earlier demo of the same size goes on; any other starts anew. */
async function shopFor(pos) {
  const mark = path.join(home, 'demo.json');
  const lab = path.join(root, 'tests/lab/lab');
  if (existsSync(mark) && JSON.parse(readFileSync(mark, 'utf8')).goods === goods) {
    await run(lab, ['start', home]);
    await run(lab, ['define', home, 'DONGBO_KIOTVIET_API', pos.url]);
    await run(lab, ['define', home, 'DONGBO_KIOTVIET_TOKEN_URL', `${pos.url}/connect/token`]);
    return { shop: await openShop(home), again: true };
  }
  const shop = await startShop({ dir: home, pos, woocommerce: 'online', args: ['--cron'] });
  writeFileSync(mark, JSON.stringify({ goods }));
  return { shop, again: false };
}

/** Starts a sync and follows it to its end; gives its summary. */
async function follow(shop) {
  await shop.wp(['sync'], { onLine: undefined });
  for (let last = ''; ;) {
    const status = JSON.parse((await shop.wp(['status', '--format=json'])).out);
    const line = status.progress_text ?? '';
    if (line && line !== last) say(`  ${line}`);
    last = line;
    if (!status.running) return status;
    // What a visitor's page view or a system cron does; a slice may take its whole budget.
    await fetch(`${shop.url}/wp-cron.php?doing_wp_cron`, { signal: AbortSignal.timeout(60_000) }).catch(() => undefined);
    await sleep(300);
  }
}

const pos = await startPos('--goods', goods, '--seed', 1, '--rate-limit', 0);
const { shop, again } = await shopFor(pos);
const what = `WordPress ${shop.info.LAB_WORDPRESS_VERSION ?? ''}, ${shop.info.LAB_WOOCOMMERCE_NAME ?? shop.info.LAB_WOOCOMMERCE ?? ''}`;
say(`Dongbo demo: ${goods} goods of a simulated KiotViet shop into ${what}.`);
if (again) say('The shop of the last demo goes on: nothing should have to be written.');

const catalogue = await pos.catalogue();
const branches = [String(catalogue.branches[0].id)];
await shop.connect(pos, { branches });
let code = 0;
let status;
for (const round of again ? ['again'] : ['first', 'again']) {
  say(round === 'first' ? '\nFirst sync, in the background under WP-Cron:' : '\nThe same again:');
  if (round === 'again') await shop.settle();
  const written = await writesDuring(shop, async () => { status = await follow(shop); });
  say(`  ${status.summary_text ?? JSON.stringify(status)}`);
  if (status.outcome !== 'done') { say('  the run did not end well'); code = 1; }
  if (round === 'again') {
    const wrong = forbidden(written);
    say(`  writes to goods, mirror, links and history: ${Object.values(wrong).reduce((sum, n) => sum + n, 0)} ${JSON.stringify(wrong)}`);
    if (Object.keys(wrong).length) code = 1; else say('  nothing changed.');
  }
}
const result = await audit(pos, shop, { branches });
say(`\n${result.text.trim()}`);
if (!result.same) code = 1;
say(`\nThe shop: ${shop.url}   administration: ${shop.url}/wp-admin/   login: ${shop.info.LAB_ADMIN ?? 'admin'} / ${shop.info.LAB_PASSWORD ?? 'password'}`);
say(`The POS:  ${pos.url}   shop ${credentials.shop}`);
say(`This was ${what}.`);
if (once) {
  pos.stop();
  await run(path.join(root, 'tests/lab/lab'), ['stop', home]);
  process.exit(code);
}
say('Both keep serving; Ctrl-C ends them.');
process.on('SIGINT', async () => {
  pos.stop();
  await run(path.join(root, 'tests/lab/lab'), ['stop', home], { allow: 'any' });
  process.exit(code);
});

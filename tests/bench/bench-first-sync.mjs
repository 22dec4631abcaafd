// First sync and "nothing changed" against plain ->save() of as many products, in one run on one shop.
import { startPos } from '../harness/pos.mjs';
import { startShop } from '../harness/shop.mjs';

const goods = Number(process.env.BENCH_GOODS ?? 400);
const pos = await startPos('--goods', goods, '--seed', 2, '--mix', 'plain=1', '--rate-limit', 0);
const shop = await startShop({ pos, woocommerce: process.env.BENCH_WOOCOMMERCE ?? 'auto', wordpress: process.env.BENCH_WORDPRESS, args: ['--durable'] });
const branches = [String((await pos.catalogue()).branches[0].id)];

/** Plain CRUD: as many simple products, saved one after another as any plugin would. */
const plain = JSON.parse(await shop.php(`
  $from = microtime(true); $sql = $GLOBALS['wpdb']->num_queries;
  for ($i = 0; $i < ${goods}; $i++) {
    $p = new WC_Product_Simple();
    $p->set_name("Plain $i"); $p->set_sku("PLAIN-$i"); $p->set_regular_price('149000'); $p->set_weight('0.5');
    $p->set_manage_stock(true); $p->set_stock_quantity(7); $p->set_description('<p>Một dòng</p>'); $p->save();
  }
  echo json_encode(['seconds' => microtime(true) - $from, 'sql' => $GLOBALS['wpdb']->num_queries - $sql]);`));
await shop.connect(pos, { branches });
const sync = async () => {
  await shop.wp(['sync', '--wait'], { allow: [0, 1] });
  return JSON.parse((await shop.wp(['status', '--format=json'])).out).last;
};
const first = await sync();
await shop.settle();
const again = await sync();
const rate = (seconds) => goods / seconds;
const line = (name, seconds, sql, more = '') => process.stdout.write(
  `${name.padEnd(24)}${rate(seconds).toFixed(1).padStart(10)} rows/s${(rate(seconds) / rate(plain.seconds)).toFixed(2).padStart(9)} x plain${(sql / goods).toFixed(1).padStart(8)} SQL/row${more}\n`);
process.stdout.write(`${goods} simple goods, WordPress ${shop.info.LAB_WORDPRESS_VERSION}, ${shop.info.LAB_WOOCOMMERCE_NAME}, MariaDB syncing every commit\n`);
line('plain ->save()', plain.seconds, plain.sql);
const peak = (run) => `   ${(run.counters.memory / 1048576).toFixed(1)} MB above the request`;
line('first sync', first.counters.seconds, first.counters.sql, peak(first));
line('nothing changed', again.counters.seconds, again.counters.sql, peak(again));
await shop.stop();
pos.stop();
process.exit(first.outcome === 'done' && again.outcome === 'done' ? 0 : 1);

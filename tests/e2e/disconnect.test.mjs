// The end of a connection with every combination of its options, on a shop with hand-made, linked and created
// products: only what was announced happens, other applications' webhooks survive, nothing is deleted for good, and
// connecting to the same shop again goes on where it was (A6, B4, Q1).
import assert from 'node:assert/strict';
import test from 'node:test';
import { credentials } from '../harness/shop.mjs';
import { forbidden, writesDuring } from '../harness/writes.mjs';
import { ownWakeUps, ring } from './push-tools.mjs';
import { number, pair, passTime } from './shops.mjs';

const OTHER = 'https://other-application.example/hook';

/** Another application of the same POS shop, with a webhook of a type that Dongbo wants too. */
async function otherApplication(pos) {
  const form = new URLSearchParams({ scopes: 'PublicApi.Access', grant_type: 'client_credentials', client_id: credentials.clientId, client_secret: credentials.secret });
  const { access_token: token } = await (await fetch(`${pos.url}/connect/token`, { method: 'POST', body: form })).json();
  const headers = { authorization: `Bearer ${token}`, retailer: credentials.shop, 'content-type': 'application/json' };
  for (const type of ['product.update', 'customer.update']) {
    const made = await fetch(`${pos.url}/webhooks`, { method: 'POST', headers, body: JSON.stringify({ Webhook: { Type: type, Url: OTHER, IsActive: true, Description: 'Other' } }) });
    assert.ok(made.ok, await made.text());
  }
}

const urls = async (pos) => (await pos.webhooks()).webhooks.map(({ url }) => url);
const products = (shop, status) => number(shop, `SELECT COUNT(*) FROM wp_posts WHERE post_type = 'product' AND post_status ${status}`);
const links = (shop) => number(shop, 'SELECT COUNT(*) FROM wp_dongbo_link');
const lines = async (shop, query) => (await shop.sql(query)).split('\n').filter(Boolean);
/** SKUs that more than one product has, and codes that more than one good has. */
const doubled = async ({ pos, shop }) => {
  const codes = (await pos.catalogue()).products.map(({ code }) => code);
  const skus = await lines(shop, "SELECT m.meta_value FROM wp_postmeta m JOIN wp_posts p ON p.ID = m.post_id AND p.post_status <> 'trash' WHERE m.meta_key = '_sku' AND m.meta_value <> ''");
  return [codes, skus].map((all) => all.filter((one, at) => all.indexOf(one) !== at));
};
/** Categories by name and the name above: what a person sees of them. */
const tree = async (shop) => (await lines(shop, `SELECT CONCAT(t.name, ' < ', COALESCE(u.name, '')) FROM wp_term_taxonomy x JOIN wp_terms t ON t.term_id = x.term_id
  LEFT JOIN wp_terms u ON u.term_id = x.parent WHERE x.taxonomy = 'product_cat'`)).sort();
/** Names as they stand on the site. */
const titles = (shop) => lines(shop, "SELECT CONCAT(ID, ' ', post_title) FROM wp_posts WHERE post_type = 'product' AND post_status = 'publish' ORDER BY ID");

/** `/connection/disconnect` as the page asks it. */
const disconnect = async (shop, given) => JSON.parse(await shop.php(`wp_set_current_user(1);
  $request = new WP_REST_Request('POST', '/dongbo/v1/connection/disconnect'); $request->set_body_params(json_decode('${JSON.stringify(given)}', true));
  do { $answer = rest_do_request($request)->get_data(); } while (empty($given['dry']) && isset($answer['done']) && !$answer['done'] && ${given.dry ? 'false' : 'true'});
  echo json_encode($answer);`));

test('every combination of the options does what was announced, eight times over on one shop (A6, B4, B5, Q1)', async (t) => {
  const both = await pair(t, ['--goods', 14, '--seed', 3], { connect: { match: 'sku' } });
  const { pos, shop, branches } = both;
  ownWakeUps(shop);
  await otherApplication(pos);
  const codes = (await pos.catalogue()).products.filter(({ masterProductId, masterUnitId, hasVariants }) => !masterProductId && !masterUnitId && !hasVariants).map(({ code }) => code);
  await shop.php(`foreach (array('CUA-TOI-1' => 'Của tôi', '${codes[0]}' => 'Đã có sẵn') as $sku => $name) {
    $product = new WC_Product_Simple(); $product->set_name($name); $product->set_sku((string) $sku); $product->set_regular_price('1000'); $product->save(); }`);
  const own = await products(shop, "= 'publish'");
  assert.equal(own, 2);
  await shop.wp(['sync', '--wait']);
  // The owner gives a simple and a variable product that Dongbo made names of his own.
  await shop.php(`wp_set_current_user(1); foreach (array('simple', 'variable') as $type) {
    foreach (wc_get_products(array('type' => $type, 'limit' => -1)) as $product) {
      if (get_post($product->get_id())->post_content_filtered !== '') { $product->set_name('Tên tôi đặt: ' . $type); $product->save(); break; } } }`);
  const all = await products(shop, "= 'publish'");
  const linked = await links(shop);
  const categories = await tree(shop);
  const named = await titles(shop);
  assert.equal(named.filter((title) => title.includes('Tên tôi đặt')).length, 2, named.join('\n'));
  const permanent = await number(shop, "SELECT COUNT(*) FROM wp_posts WHERE post_type IN ('product', 'product_variation')");
  assert.ok(all > own + 3, `${all} products`);
  let removed = 0;

  for (let bits = 0; bits < 8; bits += 1) {
    const wanted = { forget_links: (bits & 4) > 0, trash_products: (bits & 2) > 0, remove_categories: (bits & 1) > 0 };
    const name = JSON.stringify(wanted);
    await passTime(shop, 1, pos);
    // Not by WP-Cron: a job of WooCommerce 9.4 ends the whole process of it, and who stands behind waits a minute.
    await ring(shop);
    const registered = (await urls(pos)).filter((url) => url !== OTHER).length;
    assert.ok(registered > 0, `${name}: the site listens`);
    const terms = await number(shop, "SELECT COUNT(*) FROM wp_term_taxonomy WHERE taxonomy = 'product_cat'");

    const dry = await disconnect(shop, { dry: true, ...wanted });
    assert.deepEqual([await products(shop, "= 'publish'"), (await urls(pos)).length], [all, registered + 2], `${name}: a dry run does nothing`);
    assert.equal(dry.created_products, all - own, `${name}: what Dongbo made is still known as that`);
    const done = await disconnect(shop, wanted);
    assert.equal(done.done, true, `${name}: ${JSON.stringify(done)}`);

    assert.deepEqual((await urls(pos)).sort(), [OTHER, OTHER], `${name}: this site's webhooks are gone, the other application's are not`);
    assert.equal(await products(shop, "= 'trash'"), wanted.trash_products ? dry.created_products : 0, name);
    assert.equal(await products(shop, "= 'publish'"), wanted.trash_products ? all - dry.created_products : all, name);
    assert.equal(await number(shop, "SELECT COUNT(*) FROM wp_posts WHERE post_status = 'publish' AND post_title IN ('Của tôi', 'Đã có sẵn')"), 2, `${name}: the owner's own`);
    assert.equal(await number(shop, "SELECT COUNT(*) FROM wp_posts WHERE post_type IN ('product', 'product_variation')"), permanent, `${name}: nothing is deleted for good`);
    const gone = terms - await number(shop, "SELECT COUNT(*) FROM wp_term_taxonomy WHERE taxonomy = 'product_cat'");
    assert.equal(gone, wanted.remove_categories ? dry.created_categories : 0, `${name}: categories`);
    removed += gone;
    assert.equal(await links(shop), wanted.forget_links ? 0 : linked, `${name}: links`);
    assert.equal(done.links, wanted.forget_links ? dry.links : 0, name);

    // Back again. What lies in the trash is not made a second time, but listed with its remedy.
    if (wanted.trash_products) {
      await shop.connect(pos, { branches, match: 'sku' });
      await shop.wp(['sync', '--wait']);
      assert.deepEqual([await products(shop, "= 'publish'"), await products(shop, "= 'trash'"), ...await doubled(both)], [own, dry.created_products, [], []], `${name}: nothing is made anew beside the trash`);
      const listed = await lines(shop, "SELECT DISTINCT code FROM wp_dongbo_issue WHERE code IN ('product-in-trash', 'sku-in-trash')");
      assert.equal(listed.length, 1, `${name}: ${await shop.sql('SELECT code, COUNT(*) FROM wp_dongbo_issue GROUP BY code')}`);
    }
    // The owner takes it out of the trash, and everything is as it was, what he has edited too.
    await shop.php(`foreach (get_posts(array('post_type' => 'product', 'post_status' => 'trash', 'numberposts' => -1, 'fields' => 'ids')) as $id) { wp_untrash_post($id); wp_publish_post($id); }`);
    if (!wanted.trash_products) await shop.connect(pos, { branches, match: 'sku' });
    await shop.wp(['sync', '--wait']);
    assert.deepEqual([await products(shop, "= 'publish'"), await links(shop)], [all, linked], `${name}: connected again, nothing is doubled and everything is linked`);
    assert.deepEqual(await doubled(both), [[], []], name);
    assert.deepEqual(await titles(shop), named, `${name}: names, which are written at creation only, are as the owner left them`);
    assert.deepEqual(await tree(shop), categories, `${name}: categories that went are there again`);
    assert.equal((await urls(pos)).filter((url) => url === OTHER).length, 2, `${name}: the other application's webhooks survive the return too`);
  }
  assert.ok(removed > 0, 'categories were removed and came back');
  assert.deepEqual(forbidden(await writesDuring(shop, () => shop.wp(['sync', '--wait']))), {}, 'after all of it a run writes nothing');
});

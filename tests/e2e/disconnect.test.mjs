// The end of a connection with every combination of its options, on a shop with hand-made, linked and created
// products: only what was announced happens, other applications' webhooks survive, nothing is deleted for good, and
// connecting to the same shop again goes on where it was (A6, B4, Q1).
import assert from 'node:assert/strict';
import test from 'node:test';
import { credentials } from '../harness/shop.mjs';
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

/** `/connection/disconnect` as the page asks it. */
const disconnect = async (shop, given) => JSON.parse(await shop.php(`wp_set_current_user(1);
  $request = new WP_REST_Request('POST', '/dongbo/v1/connection/disconnect'); $request->set_body_params(json_decode('${JSON.stringify(given)}', true));
  do { $answer = rest_do_request($request)->get_data(); } while (empty($given['dry']) && isset($answer['done']) && !$answer['done'] && ${given.dry ? 'false' : 'true'});
  echo json_encode($answer);`));

test('every combination of the options does what was announced, eight times over on one shop', async (t) => {
  const { pos, shop, branches } = await pair(t, ['--goods', 14, '--seed', 3], { connect: { match: 'sku' } });
  await otherApplication(pos);
  const codes = (await pos.catalogue()).products.filter(({ masterProductId, masterUnitId, hasVariants }) => !masterProductId && !masterUnitId && !hasVariants).map(({ code }) => code);
  await shop.php(`foreach (array('CUA-TOI-1' => 'Của tôi', '${codes[0]}' => 'Đã có sẵn') as $sku => $name) {
    $product = new WC_Product_Simple(); $product->set_name($name); $product->set_sku((string) $sku); $product->set_regular_price('1000'); $product->save(); }`);
  const own = await products(shop, "= 'publish'");
  assert.equal(own, 2);
  await shop.wp(['sync', '--wait']);
  const all = await products(shop, "= 'publish'");
  const linked = await links(shop);
  const permanent = await number(shop, "SELECT COUNT(*) FROM wp_posts WHERE post_type IN ('product', 'product_variation')");
  assert.ok(all > own + 3, `${all} products`);

  for (let bits = 0; bits < 8; bits += 1) {
    const wanted = { forget_links: (bits & 4) > 0, trash_products: (bits & 2) > 0, remove_categories: (bits & 1) > 0 };
    const name = JSON.stringify(wanted);
    await passTime(shop, 1, pos);
    await shop.cron();
    const registered = (await urls(pos)).filter((url) => url !== OTHER).length;
    assert.ok(registered > 0, `${name}: the site listens`);
    const terms = await number(shop, "SELECT COUNT(*) FROM wp_term_taxonomy WHERE taxonomy = 'product_cat'");

    const dry = await disconnect(shop, { dry: true, ...wanted });
    assert.deepEqual([await products(shop, "= 'publish'"), (await urls(pos)).length], [all, registered + 2], `${name}: a dry run does nothing`);
    const done = await disconnect(shop, wanted);
    assert.equal(done.done, true, `${name}: ${JSON.stringify(done)}`);

    assert.deepEqual((await urls(pos)).sort(), [OTHER, OTHER], `${name}: this site's webhooks are gone, the other application's are not`);
    assert.equal(await products(shop, "= 'trash'"), wanted.trash_products ? dry.created_products : 0, name);
    assert.equal(await products(shop, "= 'publish'"), wanted.trash_products ? all - dry.created_products : all, name);
    assert.equal(await number(shop, "SELECT COUNT(*) FROM wp_posts WHERE post_status = 'publish' AND post_title IN ('Của tôi', 'Đã có sẵn')"), 2, `${name}: the owner's own`);
    assert.equal(await number(shop, "SELECT COUNT(*) FROM wp_posts WHERE post_type IN ('product', 'product_variation')"), permanent, `${name}: nothing is deleted for good`);
    const gone = terms - await number(shop, "SELECT COUNT(*) FROM wp_term_taxonomy WHERE taxonomy = 'product_cat'");
    assert.equal(gone, wanted.remove_categories ? dry.created_categories : 0, `${name}: categories`);
    assert.equal(await links(shop), wanted.forget_links ? 0 : linked, `${name}: links`);
    assert.equal(done.links, wanted.forget_links ? dry.links : 0, name);

    // Back again: what went to the trash is taken out of it by the owner, and everything is as it was.
    await shop.php(`foreach (get_posts(array('post_type' => 'product', 'post_status' => 'trash', 'numberposts' => -1, 'fields' => 'ids')) as $id) { wp_untrash_post($id); wp_publish_post($id); }`);
    await shop.connect(pos, { branches, match: 'sku' });
    await shop.wp(['sync', '--wait']);
    assert.deepEqual([await products(shop, "= 'publish'"), await links(shop)], [all, linked], `${name}: connected again, nothing is doubled and everything is linked`);
  }
});

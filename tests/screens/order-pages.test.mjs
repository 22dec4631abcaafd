// WooCommerce's own pages of orders with Dongbo's column, filter and box, orders in tables and as posts (H8, E7, F2).
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { drain, place, shopOfOrders } from '../e2e/order-tools.mjs';
import { launch, picture, window } from './browser.mjs';
import { speak, woocommerce } from './lab.mjs';

const skip = woocommerce === 'stand-in' ? 'the stand-in has no order pages' : false;

let browser;
before(async () => { if (!skip) browser = await launch(); });
after(() => browser?.close());

/** An order whose product is linked with nothing, and one that is on its way. */
const ODD = `
  $own = new WC_Product_Simple(); $own->set_name('Nến thơm'); $own->set_sku('NEN'); $own->set_regular_price('50000'); $own->save();
  $order = wc_create_order(); $order->set_currency('VND'); $order->add_product($own, 2);
  $order->set_address(['first_name' => 'Lan', 'last_name' => 'Trần', 'phone' => '0988 111 222'], 'billing');
  $order->calculate_totals(); $order->update_status('processing'); echo $order->get_id();`;

for (const hpos of ['on', 'off']) {
  test(`column, filter, box and its buttons, orders in tables of their own: ${hpos} (H8, F2)`, { skip }, async (t) => {
    const both = await shopOfOrders(t, { shop: { args: ['--hpos', hpos], woocommerce, wordpress: process.env.SCREENS_WORDPRESS } });
    const { shop, pos } = both;
    const sent = await place(shop, 2);
    // No pictures of people from elsewhere.
    await shop.php("update_option('show_avatars', 0);");
    const odd = Number(await shop.php(ODD));
    await drain(both);
    const list = (state = '') => `${shop.url}/wp-admin/${hpos === 'on' ? 'admin.php?page=wc-orders' : 'edit.php?post_type=shop_order'}${state && `&dongbo_state=${state}`}`;
    const order = (id) => `${shop.url}/wp-admin/${hpos === 'on' ? `admin.php?page=wc-orders&action=edit&id=${id}` : `post.php?post=${id}&action=edit`}`;
    const words = { vi: { failed: 'Lỗi', again: 'Thử lại', ignore: 'Bỏ qua', sent: 'Nội dung đã gửi' }, en_US: { failed: 'Failed', again: 'Try again', ignore: 'Ignore', sent: 'What was sent' } };
    for (const [locale, say] of Object.entries(words)) {
      await speak(shop, locale);
      for (const width of ['wide', 'phone']) {
        const page = await window(browser, shop, { width });
        page.setDefaultTimeout(120_000);
        await page.goto(list());
        const row = page.locator(`#${hpos === 'on' ? 'order' : 'post'}-${odd}`);
        if (width === 'wide') {
          assert.match(await row.locator('td.column-dongbo').innerText(), new RegExp(`${say.failed}[^]*Nến thơm`));
          assert.match(await page.locator(`#${hpos === 'on' ? 'order' : 'post'}-${sent[0].id} td.column-dongbo`).innerText(), /DH\d+/);
        }
        await picture(page, `orders-list-${hpos}-${locale}-${width}`);
        await page.goto(list('failed'));
        assert.equal(await page.locator('#the-list tr:not(.no-items)').count(), 1, 'only the failed one');
        await page.goto(list('sent'));
        assert.equal(await page.locator('#the-list tr:not(.no-items)').count(), 2);
        await page.goto(list('waiting'));
        assert.equal(await page.locator('#the-list tr:not(.no-items)').count(), 0);

        await page.goto(order(sent[0].id));
        const box = page.locator('.dongbo-order-box');
        assert.match(await box.innerText(), /DH\d+/);
        await box.getByText(say.sent).click();
        assert.match(await box.innerText(), /BEER|TEA|CAKE/);
        assert.equal(await box.locator('button:visible').count(), 0, 'nothing to press on an order that is sent');
        await page.goto(order(odd));
        assert.match(await box.innerText(), new RegExp(`${say.failed}[^]*Nến thơm`));
        // The first press names the line that is not linked; nothing is sent.
        await box.getByRole('button', { name: say.again }).click();
        await box.locator('[role=status]').getByText('Nến thơm').waitFor();
        await picture(page, `order-box-${hpos}-${locale}-${width}`);
        assert.deepEqual(page.troubles, []);
        await page.context().close();
      }
    }
    const page = await window(browser, shop);
    page.setDefaultTimeout(120_000);
    t.after(() => page.context().close());
    await page.goto(order(odd));
    const box = page.locator('.dongbo-order-box');
    // Linked meanwhile with a good of the POS: one press, and it goes.
    await shop.php(`global $wpdb; $product = wc_get_product_id_by_sku('NEN'); $wpdb->query("UPDATE {$wpdb->prefix}dongbo_link SET shop_id = $product WHERE remote_id = '12'");`);
    const answered = page.waitForResponse((response) => /retry/.test(response.url()));
    await box.getByRole('button', { name: 'Try again' }).click();
    await answered;
    await drain(both);
    assert.equal((await pos.truth()).orders.length, 3);
    await page.goto(order(odd));
    assert.match(await box.innerText(), /Sent[^]*DH\d+/);
    // A new one that a person leaves aside.
    const left = Number(await shop.php(ODD.replace("'NEN'", "'NEN2'")));
    await drain(both);
    await page.goto(order(left));
    await box.getByRole('button', { name: 'Ignore' }).click();
    await box.locator('[data-part=state]').getByText('Ignored').waitFor();
    assert.deepEqual(page.troubles, []);
  });
}

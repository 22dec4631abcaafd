// A shop owner's first hour on a real route and a simulated KiotViet: wizard, preview, first sync,
// goods, undo (A1, A2, H2–H7). The states nobody can wait for are in screens.test.mjs.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startPos } from '../harness/pos.mjs';
import { credentials, startShop } from '../harness/shop.mjs';
import { launch, open, overflow, picture, settled, violations, window } from './browser.mjs';
import { speak, woocommerce } from './lab.mjs';

const number = async (shop, query) => Number((await shop.sql(query)).trim().split('\n').pop());

let browser;
before(async () => { browser = await launch(); });
after(() => browser?.close());

for (const width of ['wide', 'phone']) {
  test(`wizard → preview → first sync → goods → history, ${width} (A1, A2, H2, H3, H6)`, async (t) => {
    const pos = await startPos('--rate-limit', 0, '--goods', 60);
    t.after(() => pos.stop());
    const shop = await startShop({ woocommerce, wordpress: process.env.SCREENS_WORDPRESS, pos });
    t.after(() => shop.stop());
    await shop.php("update_option('show_avatars', 0);");
    await speak(shop, 'vi');
    const page = await window(browser, shop, { width });
    t.after(() => page.context().close());
    const wrong = [];
    const look = async (name) => {
      await settled(page);
      await picture(page, `real-${name}-${width}`);
      wrong.push(...[...page.troubles, ...await violations(page), ...await overflow(page)].map((text) => `${name}: ${text}`));
      page.troubles.length = 0;
    };
    const forward = () => page.click('.dongbo-wizard__step [type=submit]');

    await open(page, shop);
    await page.click('.dongbo-wizard__step .is-primary');
    await page.fill('[data-field=address] input', `https://${credentials.shop}.kiotviet.vn/#/Login`);
    await page.fill('[data-field=client_id] input', credentials.clientId);
    await page.fill('[data-field=secret] input', 'wrong');
    await forward();
    await page.locator('.dongbo-field__trouble, .dongbo-connect .notice-error').first().waitFor();
    await look('wrong-secret');
    await page.fill('[data-field=secret] input', credentials.secret);
    await forward();
    await page.check('.dongbo-boxes input >> nth=0');
    const branch = String((await pos.catalogue()).branches[0].id);
    await page.selectOption('[data-setting=order_branch] select', branch);
    await look('branches');
    await forward();
    await page.check('.dongbo-starts input[value=pos-only]');
    for (const setting of ['units', 'regular_book', 'orders.to_pos']) {
      await forward();
      await page.waitForSelector(`[data-setting="${setting}"]`);
    }
    await look('orders-step');
    await forward();

    await page.getByRole('button', { name: 'Đọc từ KiotViet' }).click();
    await page.waitForSelector('.dongbo-run, .dongbo-kinds');
    for (let round = 0; round < 20 && await number(shop, 'SELECT COUNT(*) FROM wp_dongbo_run WHERE ended IS NULL') > 0; round += 1) await shop.cron();
    await page.waitForSelector('.dongbo-kinds li', { timeout: 60_000 });
    await look('preview');
    assert.equal(await number(shop, "SELECT COUNT(*) FROM wp_posts WHERE post_type = 'product'"), 0, 'reading writes nothing (Q2)');
    const creates = Number(/^(\d+)\s*Tạo mới/.exec(await page.locator('.dongbo-kinds li').first().innerText())[1]);
    assert.ok(creates >= 60, `${creates} products to create`);

    await page.getByRole('button', { name: 'Tiếp tục', exact: true }).click();
    await page.getByRole('button', { name: 'Bắt đầu đồng bộ lần đầu' }).click();
    await page.waitForSelector('.dongbo-dashboard');
    for (let round = 0; round < 30 && await number(shop, 'SELECT COUNT(*) FROM wp_dongbo_run WHERE ended IS NULL') > 0; round += 1) await shop.cron();
    await open(page, shop);
    await look('done');
    assert.equal(await number(shop, "SELECT SUM(created_here) FROM wp_dongbo_link"), creates, 'what the preview counted is what was created');

    for (const screen of ['goods', 'preview', 'drift', 'issues', 'history', 'preflight', 'settings']) {
      await open(page, shop, `screen=${screen}`);
      if (screen === 'preview') await page.getByText('Sẽ không có gì thay đổi.').waitFor();
      await look(screen);
    }
    await open(page, shop, 'screen=goods');
    await page.locator('.dongbo-table tbody th a').first().click();
    await page.getByRole('heading', { name: 'So sánh hai bên' }).waitFor();
    await look('good');
    assert.deepEqual(wrong, []);
  });
}

// Every screen and every state, in both languages, on a desk and on a phone: a picture, no error of
// console or network, no violation of WCAG A or AA, nothing that sticks out (H1–H8, issue 6).
import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { good, goods, orders, routes, run, said, settings, statuses, tested } from './answers.mjs';
import { launch, open, overflow, picture, settled, violations, window } from './browser.mjs';
import { shopForScreens, speak, woocommerce } from './lab.mjs';
import { pretend } from './pretend.mjs';

const SCREENS = {
  goods: 'screen=goods', good: 'screen=goods&good=102', orders: 'screen=orders', customers: 'screen=customers', drift: 'screen=drift', issues: 'screen=issues', history: 'screen=history',
  preflight: 'screen=preflight', 'settings-branches': 'screen=settings&group=branches', 'settings-fields': 'screen=settings&group=fields',
  'settings-stock': 'screen=settings&group=stock', 'settings-connection': 'screen=settings&group=connection', 'settings-portable': 'screen=settings&group=portable',
};
const EMPTY = ['goods', 'orders', 'customers', 'drift', 'issues', 'history'];

/** One shop for all: they only look. */
let shop;
let browser;
before(async () => {
  browser = await launch();
  shop = await shopForScreens();
});
after(async () => {
  await browser?.close();
  await shop?.stop();
});

/** A picture, and everything that is wrong on it. */
async function look(page, name, { allowed = [] } = {}) {
  await settled(page);
  await picture(page, name);
  const wrong = [...page.troubles.filter((text) => !allowed.some((part) => text.includes(part))), ...await violations(page), ...(await overflow(page)).map((node) => `sticks out: ${node}`)];
  page.troubles.length = 0;
  return wrong.map((text) => `${name}: ${text}`);
}

/** What is shown until the server has answered. */
async function loading(page, shop, mark) {
  let answer;
  const held = new Promise((resolve) => { answer = resolve; });
  await pretend(page, { ...routes(statuses.done), '/status': async (route) => { await held; await route.fulfill({ json: statuses.done }); } });
  await page.goto(`${shop.url}/wp-admin/admin.php?page=dongbo`);
  await page.locator('.dongbo-waiting').waitFor();
  await picture(page, `state-loading-${mark}`);
  const wrong = [...page.troubles, ...await violations(page)].map((text) => `loading: ${text}`);
  answer();
  await page.locator('.dongbo-dashboard').waitFor();
  return wrong;
}

async function everyState(page, shop, mark) {
  const wrong = await loading(page, shop, mark);
  for (const [name, status] of Object.entries(statuses)) {
    await pretend(page, routes(status));
    await open(page, shop);
    wrong.push(...await look(page, `state-${name}-${mark}`));
  }
  await pretend(page, routes(statuses.done));
  for (const [name, query] of Object.entries(SCREENS)) {
    await open(page, shop, query);
    wrong.push(...await look(page, `${name}-${mark}`));
  }
  const nothing = { ...routes(statuses.empty), '/goods': [], '/orders': [], '/customers': [], '/issues': [], '/issues/counts': [], '/history': [], '/drift': { items: [], cursor: null, looked: 0, total: 0 } };
  await pretend(page, nothing);
  for (const name of EMPTY) {
    await open(page, shop, SCREENS[name]);
    wrong.push(...await look(page, `empty-${name}-${mark}`));
  }
  await pretend(page, { ...nothing, '/goods': (route) => route.fulfill({ status: 500, json: { code: 'write-failed', message: 'The product could not be written.', data: { status: 500, remedy: 'Try again.' } } }) });
  await open(page, shop, 'screen=goods');
  wrong.push(...await look(page, `refused-goods-${mark}`, { allowed: ['500'] }));
  return wrong;
}

/** The wizard, step by step, with a failure beside its field (A1, A2). */
async function wizard(page, shop, mark) {
  const wrong = [];
  const forward = '.dongbo-wizard__step [type=submit]';
  await pretend(page, { ...routes(statuses.fresh), '/connection/connect': tested.wrong });
  await open(page, shop);
  wrong.push(...await look(page, `wizard-1-${mark}`));
  await page.click('.dongbo-wizard__step .is-primary');
  await page.fill('[data-field=address] input', 'shophoahong.kiotviet.vn');
  await page.fill('[data-field=client_id] input', 'abc');
  await page.fill('[data-field=secret] input', 'def');
  await page.click(forward);
  await page.waitForSelector('[data-field=client_id].has-trouble [role=alert]');
  assert.equal(await page.evaluate(() => document.activeElement.closest('[data-field]')?.dataset.field), 'client_id', 'the keyboard goes to the wrong field');
  wrong.push(...await look(page, `wizard-2-${mark}`));

  let sent;
  await pretend(page, {
    ...routes(statuses.empty),
    '/connection/connect': { connected: true, field: '', cause: null, shop: 'shophoahong', branches: settings.choices.branches },
    'GET /settings': { ...settings, values: { ...settings.values, branches: [], order_branch: null } },
    'PUT /settings': (route) => { sent = route.request().postDataJSON(); return route.fulfill({ json: settings }); },
  });
  await page.click(forward);
  await page.waitForSelector('[data-setting=branches]');
  assert.ok(await page.getAttribute(forward, 'aria-disabled') === 'true' || await page.isDisabled(forward), 'no branch is guessed (A4)');
  wrong.push(...await look(page, `wizard-3-${mark}`));
  await page.check('.dongbo-boxes input >> nth=0');
  await page.selectOption('[data-setting=order_branch] select', '7');
  await page.click(forward);
  await page.waitForSelector('.dongbo-starts');
  assert.deepEqual(sent.values, { branches: ['7'], order_branch: '7' });
  await page.check('.dongbo-starts input[value=both]');
  await page.check('.dongbo-starts input[value=both-other]');
  wrong.push(...await look(page, `wizard-4-${mark}`));
  await page.click(forward);
  await page.waitForSelector('[data-setting=units]');
  wrong.push(...await look(page, `wizard-5-${mark}`));
  // Left and resumed: the step stands with the site (A1).
  await open(page, shop);
  await page.waitForSelector('[data-setting=units]');
  await page.click(forward);
  await page.waitForSelector('[data-setting=regular_book]');
  wrong.push(...await look(page, `wizard-6-${mark}`));
  return wrong;
}

for (const locale of ['en_US', 'vi']) {
  for (const width of ['wide', 'phone']) {
    test(`every screen and state, ${locale}, ${width} (H1–H8)`, async (t) => {
      await speak(shop, locale);
      const page = await window(browser, shop, { width });
      t.after(() => page.context().close());
      const mark = `${locale}-${width}`;
      const wrong = await wizard(page, shop, mark);
      await speak(shop, locale);
      wrong.push(...await everyState(page, shop, mark));
      assert.deepEqual(wrong, []);
      if (locale === 'vi') {
        await pretend(page, routes(statuses.done));
        await open(page, shop, 'screen=goods');
        const words = await page.textContent('.dongbo-page');
        assert.match(words, /Hàng hóa/);
        assert.match(words, /1\.290\.000/, 'đồng as Vietnamese write it');
      }
    });
  }
}

test(`actions say what came of them, and a refusal names its remedy (H4, on ${woocommerce})`, async (t) => {
  await speak(shop, 'en_US');
  const page = await window(browser, shop);
  t.after(() => page.context().close());
  const asked = [];
  const answer = (json, status = 200) => (route) => { asked.push([route.request().url().split('dongbo')[1], route.request().postDataJSON()]); return route.fulfill({ status, json }); };
  await pretend(page, {
    ...routes(statuses.running),
    [`POST /runs/${run().id}/pause`]: answer(run({ state: 'paused' })),
    '/goods/bulk': answer({ done: 1, refused: [{ id: '102', label: goods[1].label, cause: said('x', 'It is paused.') }], run: null }),
    '/orders/1/retry': answer({ code: 'x', message: 'The line is not linked.', data: { status: 409, remedy: 'Link it.' } }, 409),
  });
  await open(page, shop);
  await page.getByRole('button', { name: 'Pause' }).click();
  await page.waitForFunction(() => !document.querySelector('.is-busy'));
  assert.match(asked[0][0], /runs%2F7%2Fpause|runs\/7\/pause/);

  await open(page, shop, 'screen=goods');
  await page.check(`input[aria-label="Select ${goods[0].label}"]`);
  await page.check(`input[aria-label="Select ${goods[1].label}"]`);
  await page.getByRole('button', { name: 'Do it (2)' }).click();
  await page.getByText('Done for 1 goods, not for 1').first().waitFor();
  assert.deepEqual(asked[1][1], { action: 'sync', ids: ['101', '102'] });

  await open(page, shop, 'screen=orders');
  await page.getByRole('row', { name: new RegExp(orders[0].number) }).getByRole('button', { name: 'Try again' }).click();
  // Lines that are not linked are named first.
  await page.getByRole('button', { name: 'Try again all the same' }).click();
  await page.getByText('The line is not linked. Link it.').first().waitFor();
});

/** Must-use plugins that put the shop into a state no lab has: they run before Dongbo does. */
const LACKING = {
  'no-woocommerce': { code: '', words: ['it is not active. Activate it under Plugins.', 'chưa được kích hoạt'] },
  'old-woocommerce': { code: "define('WC_VERSION', '9.3.3');", words: ['WooCommerce 9.4 or newer; this site runs 9.3.3.', '9.3.3'] },
  // The real class with a higher demand: PHP itself cannot be made older.
  'old-php': {
    code: `eval('?>' . str_replace(['declare(strict_types=1);', "PHP = '7.4'"], ['', "PHP = '99.9'"], file_get_contents(WP_PLUGIN_DIR . '/dongbo/src/Activation/Requirements.php')));`,
    words: ['PHP 99.9 or newer; this site runs', '99.9'],
  },
};

for (const [name, { code, words }] of Object.entries(LACKING)) {
  test(`${name}: what is missing is said where plugins are listed and on Dongbo's page, and nothing is loaded (A11)`, async (t) => {
    const folder = path.join(shop.wordpress, 'wp-content/mu-plugins');
    const extra = path.join(folder, 'dongbo-lacking.php');
    mkdirSync(folder, { recursive: true });
    writeFileSync(extra, `<?php\n${code}\n`);
    t.after(() => rmSync(extra));
    if (name !== 'old-php') {
      await shop.php("update_option('dongbo_test_active', get_option('active_plugins')); update_option('active_plugins', array_values(array_filter(get_option('active_plugins'), static function ($p) { return strpos($p, 'woocommerce') === false; })));");
      t.after(() => shop.php("update_option('active_plugins', get_option('dongbo_test_active')); delete_option('dongbo_test_active');"));
    }
    for (const [at, locale] of ['en_US', 'vi'].entries()) {
      await speak(shop, locale);
      for (const width of ['wide', 'phone']) {
        const page = await window(browser, shop, { width });
        await page.goto(`${shop.url}/wp-admin/plugins.php`);
        await page.getByText(words[at]).first().waitFor();
        await picture(page, `state-${name}-${locale}-${width}`);
        assert.equal(await page.locator('script[src*="/dongbo/"]').count(), 0, 'no script of Dongbo on other pages (I6)');
        for (const [place, count] of [['index.php', 1], ['options-general.php', 0]]) {
          await page.goto(`${shop.url}/wp-admin/${place}`, { waitUntil: 'domcontentloaded' });
          assert.equal(await page.locator('.notice', { hasText: 'Dongbo' }).count(), count, `notices stand where they belong: ${place}`);
        }
        assert.deepEqual(page.troubles, []);
        await page.context().close();
      }
    }
  });
}

test('a shop manager does the daily work; a customer and a visitor see nothing of it (H1, I4)', async (t) => {
  await shop.php("foreach (['shop_manager', 'customer'] as $role) { if (!username_exists($role)) { get_role($role) || add_role($role, $role, $role === 'customer' ? ['read' => true] : ['read' => true, 'edit_posts' => true, 'view_admin_dashboard' => true, 'manage_woocommerce' => true]); wp_insert_user(['user_login' => $role, 'user_pass' => 'admin', 'user_email' => $role . '@example.test', 'role' => $role]); } }");
  const manager = await window(browser, shop, { user: 'shop_manager' });
  t.after(() => manager.context().close());
  await pretend(manager, routes(statuses.done));
  for (const query of ['', 'screen=goods', 'screen=drift', 'screen=settings&group=connection']) {
    await open(manager, shop, query);
    assert.deepEqual([...manager.troubles, ...await violations(manager)], [], query);
  }
  assert.equal(await manager.locator('[data-field=secret]').count(), 0, 'the connection is the administrators\'');

  // The wizard is the administrators' too; what is said of it is what is so.
  await open(manager, shop, 'screen=wizard');
  await manager.locator('.dongbo-dashboard').waitFor();
  await shop.php("update_option('dongbo_wizard', 'branches');");
  await open(manager, shop);
  await manager.getByText('connected to KiotViet, but not set up yet').waitFor();
  await shop.php("update_option('dongbo_wizard', '');");
  await pretend(manager, routes(statuses.fresh));
  await open(manager, shop);
  await manager.getByText('not connected to KiotViet yet').waitFor();

  const customer = await window(browser, shop, { user: 'customer' });
  t.after(() => customer.context().close());
  const context = await browser.newContext();
  t.after(() => context.close());
  const visitor = await context.newPage();
  for (const [who, page] of [['customer', customer], ['visitor', visitor]]) {
    for (const place of ['admin.php?page=dongbo', 'admin.php?page=dongbo&screen=settings', 'edit.php?post_type=product', 'admin-post.php?action=dongbo', 'admin-ajax.php?action=dongbo']) {
      await page.goto(`${shop.url}/wp-admin/${place}`, { waitUntil: 'domcontentloaded' });
      const html = await page.content();
      assert.ok(!/dongbo-root|window\.dongbo|column-dongbo|assets\/(admin|order-box|product-box)\.js/.test(html), `${who} sees Dongbo at ${place}`);
    }
  }
});

test('one good beside its product: each field with its rule (H4)', async (t) => {
  const page = await window(browser, shop);
  t.after(() => page.context().close());
  await pretend(page, routes());
  await open(page, shop, 'screen=goods&good=102');
  for (const { label } of good.why.fields) await page.getByRole('rowheader', { name: label, exact: true }).waitFor();
});

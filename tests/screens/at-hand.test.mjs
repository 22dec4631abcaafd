// What is at hand stays at hand: a list where it was left, the keyboard where it was, a session that
// ends without a loss (H1, H4, H5). On real pages of WordPress, with answers nobody has to wait for.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { drift, goods, issues, routes, run, said, statuses, tested } from './answers.mjs';
import { launch, open, settled, window } from './browser.mjs';
import { shopForScreens, speak } from './lab.mjs';
import { pretend } from './pretend.mjs';

let shop;
let browser;
before(async () => {
  browser = await launch();
  shop = await shopForScreens();
  await speak(shop, 'en_US');
});
after(async () => {
  await browser?.close();
  await shop?.stop();
});

const person = async (t) => {
  const page = await window(browser, shop);
  t.after(() => page.context().close());
  return page;
};
const asked = (page) => new URL(page.url()).searchParams;

test('a list is where it was left: its filters stand in the address, and back, reload and the way out of a good keep them (H4)', async (t) => {
  const page = await person(t);
  const searched = [];
  await pretend(page, {
    ...routes(statuses.done),
    '/goods': (route) => {
      const asks = new URL(route.request().url()).searchParams;
      searched.push(asks);
      return route.fulfill({ json: Number(asks.get('page')) > 3 ? [] : goods, headers: { 'X-WP-Total': '55', 'X-WP-TotalPages': '3' } });
    },
  });
  await open(page, shop, 'screen=goods');
  await page.getByRole('button', { name: /^Failed/ }).click();
  await page.getByRole('button', { name: 'Next', exact: true }).click();
  await page.waitForFunction(() => new URLSearchParams(window.location.search).get('paged') === '2');
  assert.equal(asked(page).get('state'), 'failed');

  await page.getByRole('link', { name: goods[1].label }).click();
  await page.getByRole('heading', { name: 'Side by side' }).waitFor();
  await page.goBack();
  await page.getByText('2 of 3', { exact: true }).waitFor();
  await page.getByRole('link', { name: goods[1].label }).click();
  await page.getByRole('link', { name: '← All goods' }).click();
  await page.getByText('2 of 3', { exact: true }).waitFor();
  await page.reload();
  await page.getByText('2 of 3', { exact: true }).waitFor();
  const last = searched.at(-1);
  assert.deepEqual([last.get('state'), last.get('page')], ['failed', '2']);

  // The tab of the list is the list without filters.
  await page.getByRole('link', { name: 'Goods', exact: true }).click();
  await page.getByText('1 of 3', { exact: true }).waitFor();
  assert.equal(asked(page).get('state'), null);

  // A page that is no longer there, as when its last row was dealt with: the last one that is.
  await open(page, shop, 'screen=goods&state=failed&paged=4');
  await page.getByText('3 of 3', { exact: true }).waitFor();
  assert.deepEqual([asked(page).get('state'), asked(page).get('paged')], ['failed', '3']);
});

test('what asks for a decision is as fresh as the list: the dashboard counts anew when it is shown, and says what is settled since (H1, H6)', async (t) => {
  const page = await person(t);
  let standing = 1;
  const now = () => ({ ...statuses.done, counts: { ...statuses.done.counts, issues: { stop: 0, review: standing, notice: 0 } } });
  await pretend(page, {
    ...routes(statuses.done),
    '/status': (route) => route.fulfill({ json: now() }),
    '/issues': (route) => route.fulfill({ json: issues.slice(0, standing), headers: { 'X-WP-Total': String(standing), 'X-WP-TotalPages': '1' } }),
  });
  await open(page, shop);
  const attention = page.locator('.dongbo-counts li').first();
  assert.equal(await attention.locator('strong').innerText(), '1');
  assert.equal(await page.getByText('settled since').count(), 0);
  standing = 0;
  await page.getByRole('link', { name: /^Issues/ }).click();
  await page.getByText('Everything is in step.').waitFor();
  await page.waitForFunction(() => document.querySelector('.dongbo-count') === null);
  standing = 2;
  // The list follows its count, whoever changed it.
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  await page.waitForFunction(() => document.querySelectorAll('.dongbo-table tbody tr').length === 2);
  standing = 0;
  await page.locator('.dongbo-tabs').getByRole('link', { name: 'Dashboard', exact: true }).click();
  await page.waitForFunction(() => document.querySelector('.dongbo-counts li strong').innerText === '0');
  await page.getByText('need a decision (settled since)').waitFor();
});

test('the keyboard goes on at the next row when a row is dealt with, and stays on a button that works (H1, H5)', async (t) => {
  const page = await person(t);
  let items = drift.items;
  let answer;
  const held = new Promise((resolve) => { answer = resolve; });
  await pretend(page, {
    ...routes(statuses.done),
    '/drift': (route) => route.fulfill({ json: { ...drift, items } }),
    'POST /drift/repair': async (route) => { await held; items = items.slice(1); return route.fulfill({ json: { repaired: 1, left: [], cursor: null } }); },
  });
  await open(page, shop, 'screen=drift');
  const first = page.getByRole('button', { name: 'Repair', exact: true }).first();
  await first.focus();
  await page.keyboard.press('Enter');
  await page.waitForSelector('.dongbo-table .is-busy');
  assert.equal(await page.evaluate(() => document.activeElement.innerText), 'Repair', 'the button that works keeps the focus');
  answer();
  await page.waitForFunction((count) => document.querySelectorAll('.dongbo-table tbody tr').length === count, items.length - 1);
  await page.waitForFunction(() => document.activeElement.closest('tr')?.sectionRowIndex === 0);
});

test('a list that came back short is not believed until a person says so, and there is a button to say it (B8, H6)', async (t) => {
  const page = await person(t);
  const short = { ...issues[0], good: '', doubted: true, said: said('list-shrunk', 'KiotViet’s list of goods came back with 3 goods, although 60 are known.', 'If so many were really deleted, confirm it under Issues.') };
  let sent = '';
  await pretend(page, {
    ...routes(statuses.done),
    '/issues': [short],
    [`POST /runs/${statuses.done.last.id}/accept`]: (route) => { sent = route.request().method(); return route.fulfill({ json: run() }); },
  });
  await open(page, shop, 'screen=issues');
  await page.getByRole('button', { name: 'They were really deleted' }).click();
  await page.locator('.components-modal__frame').getByRole('button', { name: 'They were really deleted' }).click();
  await page.getByText('Started in the background.').first().waitFor();
  assert.equal(sent, 'POST');
});

test('a session that is over is said in words, with the way back, and what was typed stays (A2)', async (t) => {
  const page = await person(t);
  const answers = { ...routes(statuses.fresh), '/connection/test': tested.wrong };
  await pretend(page, answers);
  await open(page, shop, 'screen=wizard');
  if (await page.locator('[data-field=address]').count() === 0) await page.click('.dongbo-wizard__step .is-primary');
  await page.fill('[data-field=address] input', 'shophoahong');
  const cookies = await page.context().cookies();
  await page.unrouteAll();
  await page.context().clearCookies();
  await page.click('.dongbo-wizard__step [type=submit]');
  await page.getByText('You are no longer logged in.').waitFor();
  assert.equal(await page.inputValue('[data-field=address] input'), 'shophoahong');

  await page.context().addCookies(cookies);
  await pretend(page, answers);
  // A try without the mouse: the button has the focus while it works, the wrong field when it is known.
  await page.getByRole('button', { name: 'Test', exact: true }).focus();
  await page.keyboard.press('Enter');
  await page.waitForSelector('[data-field=client_id].has-trouble');
  const field = page.locator('[data-field=client_id] input');
  assert.equal(await field.evaluate((node) => node === document.activeElement), true);
  assert.match(await field.evaluate((node) => document.getElementById(node.getAttribute('aria-describedby')).innerText), /\S/, 'the field names its trouble');
  await settled(page);
});

test('where plugins are listed, Dongbo shows the way in, in the reader’s language (A1)', async (t) => {
  const page = await person(t);
  for (const [locale, words, about] of [['vi', 'Kết nối cửa hàng', 'Giữ cửa hàng WooCommerce'], ['en_US', 'Connect your shop', 'Keeps a WooCommerce shop']]) {
    await speak(shop, locale);
    await page.goto(`${shop.url}/wp-admin/plugins.php`);
    const row = page.locator('tr[data-plugin="dongbo/dongbo.php"]');
    assert.match(await row.innerText(), new RegExp(about));
    await row.getByRole('link', { name: words }).click();
    await page.waitForSelector('.dongbo-wizard');
  }
});

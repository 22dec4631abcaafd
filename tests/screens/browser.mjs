// Debian's Chromium on a lab shop: logged in, watched for errors, photographed, checked with axe.
import { createRequire } from 'node:module';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../harness/run.mjs';

const need = createRequire(path.join(root, 'js/package.json'));
const { chromium } = need('playwright-core');
const axeSource = readFileSync(need.resolve('axe-core/axe.min.js'), 'utf8');

/** Where the pictures go: output, never committed. */
export const pictures = path.join(root, 'build/screens');
/** Milliseconds anything on a page may take. */
const PATIENCE = 120_000;
export const WIDTHS = { wide: { width: 1280, height: 900 }, phone: { width: 390, height: 844 } };

const program = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser'].find((name) => name && existsSync(name));

export async function launch() {
  if (!program) throw new Error('Chromium is missing: apt-get install chromium, or set CHROMIUM to its path');
  mkdirSync(pictures, { recursive: true });
  return chromium.launch({ executablePath: program, args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'] });
}

/** A logged-in window of a size; `troubles` gathers what the console and the network complain about. */
export async function window(browser, shop, { width = 'wide', user = 'admin', password = 'admin' } = {}) {
  const context = await browser.newContext({ viewport: WIDTHS[width], reducedMotion: 'reduce' });
  // WordPress asks for avatars from elsewhere; where there is no network such a page would never be whole.
  const avatar = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>');
  await context.route((url) => url.hostname.endsWith('gravatar.com'), (route) => route.fulfill({ contentType: 'image/svg+xml', body: avatar }));
  const page = await context.newPage();
  // A busy machine is slow, not wrong.
  page.setDefaultTimeout(PATIENCE);
  await page.goto(`${shop.url}/wp-login.php`);
  await page.fill('#user_login', user);
  await page.fill('#user_pass', password);
  await Promise.all([page.waitForNavigation({ waitUntil: 'domcontentloaded' }), page.click('#wp-submit')]);
  page.troubles = [];
  page.on('console', (message) => { if (message.type() === 'error') page.troubles.push(`console: ${message.text()}`); });
  page.on('pageerror', (error) => page.troubles.push(`page: ${error.stack ?? error}`));
  page.on('requestfailed', (request) => {
    // A page that is left ends its own questions.
    if (request.failure()?.errorText !== 'net::ERR_ABORTED') page.troubles.push(`request: ${request.url()} ${request.failure()?.errorText}`);
  });
  return page;
}

/** Opens Dongbo's page anew, at a screen: `screen=goods&state=failed`. */
export async function open(page, shop, query = '') {
  await page.goto(`${shop.url}/wp-admin/admin.php?page=dongbo${query === '' ? '' : `&${query}`}`);
  await settled(page);
}

/** Nothing is being asked for any more. */
export const settled = (page) => page.waitForFunction(() => document.querySelector('#dongbo-root h1') && !document.querySelector('.dongbo-waiting, [aria-busy="true"]'));

/** Violations of level A and AA inside Dongbo's page, one line each. */
export async function violations(page) {
  await page.evaluate(axeSource);
  const found = await page.evaluate(() => globalThis.axe.run({ include: [['.dongbo-page'], ...(document.querySelector('.components-modal__frame') ? [['.components-modal__frame']] : [])] },
    { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }));
  return found.violations.flatMap(({ id, help, nodes }) => nodes.slice(0, 5).map(({ target, failureSummary }) => `${id} (${help}): ${target.join(' ')} — ${failureSummary.split('\n').slice(1, 3).join('; ')}`));
}

/** What sticks out of the window: a phone's page may not scroll sideways. */
export const overflow = (page) => page.evaluate(() => {
  const wide = document.documentElement.clientWidth;
  return [...document.querySelectorAll('.dongbo-page *')]
    .filter((node) => node.getBoundingClientRect().right > wide + 1 && !node.closest('.dongbo-tabs') && getComputedStyle(node).position !== 'absolute')
    .slice(0, 5).map((node) => `${node.tagName}.${node.className}`);
});

export const picture = (page, name) => page.screenshot({ path: path.join(pictures, `${name}.png`), fullPage: true });

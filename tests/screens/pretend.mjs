// Answers Dongbo's routes inside the browser, for states a test shop cannot be brought into at will.
// WordPress, its scripts and its page are the real ones.

/** @param {import('playwright-core').Page} page @param {Record<string, unknown>} answers by path below `dongbo/v1` */
export async function pretend(page, answers) {
  await page.unrouteAll();
  await page.route((url) => decodeURIComponent(url.href).includes('/dongbo/v1/'), async (route) => {
    const url = decodeURIComponent(route.request().url());
    const path = /\/dongbo\/v1(\/[^?&]*)/.exec(url)[1];
    // wp.apiFetch sends PUT as a POST that says so.
    const method = route.request().headers()['x-http-method-override'] ?? route.request().method();
    const answer = answers[`${method} ${path}`] ?? answers[path];
    if (answer === undefined) {
      await route.fulfill({ status: 404, json: { code: 'rest_no_route', message: `no answer for ${path}`, data: { status: 404 } } });
    } else if (typeof answer === 'function') {
      await answer(route);
    } else {
      const rows = Array.isArray(answer) ? answer.length : 0;
      await route.fulfill({ json: answer, headers: { 'X-WP-Total': String(rows), 'X-WP-TotalPages': '1' } });
    }
  });
}

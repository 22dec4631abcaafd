// A shopper, and the shop's own people, as their browsers act: cookies, nonces, the requests the pages send.

/** One browser: it keeps cookies. `headers` go with every request. */
class Browser {
  constructor(url, headers = {}) {
    this.url = url;
    this.headers = headers;
    this.cookies = new Map();
  }

  /** Sends a request; the answer has `status`, `headers`, `text` and how many milliseconds it took. */
  async ask(method, path, { form, json, headers = {} } = {}) {
    const began = performance.now();
    const answer = await fetch(new URL(path, this.url), {
      method,
      redirect: 'manual',
      headers: {
        ...this.headers,
        cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(json ? { 'content-type': 'application/json' } : {}),
        ...(form ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
        ...headers,
      },
      body: json ? JSON.stringify(json) : form ? new URLSearchParams(form).toString() : undefined,
    });
    const text = await answer.text();
    for (const line of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line);
      this.cookies.set(name, value);
    }
    return { status: answer.status, headers: answer.headers, text, took: performance.now() - began };
  }

  async json(method, path, options) {
    const answer = await this.ask(method, path, options);
    if (answer.status >= 400) throw new Error(`${method} ${path}: ${answer.status} ${answer.text.slice(0, 400)}`);
    return { ...answer, body: JSON.parse(answer.text) };
  }
}

const address = (who) => ({
  first_name: 'Khách', last_name: `số ${who.number}`, company: '', address_1: `${who.number} Lê Lợi`, address_2: '', city: 'Quận 1', state: '', postcode: '700000',
  country: 'VN', phone: who.phone, email: who.email,
});

/** Who buys, by number: no two alike. */
export const person = (number) => ({ number, phone: `09${String(20_000_000 + number)}`, email: `mua${number}@example.vn` });

/** Buys through the block checkout: the Store API, as its scripts call it. `lines`: product id → quantity. Gives the order's id and the last request's time. */
export async function buyWithBlocks(url, who, lines, headers = {}) {
  const browser = new Browser(url);
  const store = (method, route, json, more = {}) => browser.json(method, `/?rest_route=/wc/store/v1${route}`, { json, headers: { nonce: browser.nonce ?? '', ...more } })
    .then((answer) => { browser.nonce = answer.headers.get('nonce') ?? browser.nonce; return answer; });
  await store('GET', '/cart');
  for (const [id, quantity] of Object.entries(lines)) await store('POST', '/cart/add-item', { id: Number(id), quantity });
  const { email, ...shipping } = address(who);
  await store('POST', '/cart/update-customer', { billing_address: { ...shipping, email }, shipping_address: shipping });
  const { body, took } = await store('POST', '/checkout', {
    billing_address: { ...shipping, email }, shipping_address: shipping, payment_method: 'cod', customer_note: '', create_account: false,
  }, headers);
  await browser.ask('GET', body.payment_result.redirect_url);
  return { id: body.order_id, took };
}

/** Buys through the classic checkout: its page, its form, `?wc-ajax=checkout`. */
export async function buyClassic(url, page, rate, who, lines, headers = {}) {
  const browser = new Browser(url);
  for (const [id, quantity] of Object.entries(lines)) await browser.json('POST', '/?wc-ajax=add_to_cart', { form: { product_id: id, quantity } });
  const { text } = await browser.ask('GET', page);
  const nonce = /name="woocommerce-process-checkout-nonce" value="([^"]+)"/.exec(text)?.[1];
  if (!nonce) throw new Error(`no checkout form on ${page}: ${text.slice(0, 400)}`);
  const fields = Object.fromEntries(Object.entries(address(who)).map(([name, value]) => [`billing_${name}`, value]));
  const { body, took } = await browser.json('POST', '/?wc-ajax=checkout', {
    form: { ...fields, 'woocommerce-process-checkout-nonce': nonce, 'shipping_method[0]': rate, payment_method: 'cod', order_comments: '' }, headers,
  });
  if (body.result !== 'success') throw new Error(`the classic checkout refused: ${JSON.stringify(body)}`);
  await browser.ask('GET', body.redirect);
  return { id: body.order_id, took };
}

/** Signs in to wp-admin. */
export async function signIn(url, user = 'admin', password = 'admin') {
  const browser = new Browser(url);
  await browser.ask('GET', '/wp-login.php');
  const { status, text } = await browser.ask('POST', '/wp-login.php', { form: { log: user, pwd: password, 'wp-submit': 'Log In', testcookie: '1' } });
  if (status !== 302) throw new Error(`sign-in: ${status} ${text.slice(0, 400)}`);
  browser.nonce = (await browser.ask('GET', '/wp-admin/admin-ajax.php?action=rest-nonce')).text.trim();
  return browser;
}

/** An order made by WooCommerce's own REST (wc/v3). */
export async function orderByRest(admin, who, lines, more = {}) {
  const { email, ...shipping } = address(who);
  const { body } = await admin.json('POST', '/?rest_route=/wc/v3/orders', {
    headers: { 'x-wp-nonce': admin.nonce },
    json: {
      status: 'processing', payment_method: 'cod', billing: { ...shipping, email }, shipping,
      line_items: Object.entries(lines).map(([id, quantity]) => ({ product_id: Number(id), quantity })),
      shipping_lines: [{ method_id: 'flat_rate', method_title: 'Giao hàng', total: '15000' }], ...more,
    },
  });
  return { id: body.id, total: Number(body.total) };
}

/** An order made by hand in wp-admin: a new one, its lines by the box's script, then saved. */
export async function orderByHand(admin, who, lines) {
  const { text, headers, status } = await admin.ask('GET', '/wp-admin/admin.php?page=wc-orders&action=new');
  let page = text;
  if (status === 302) page = (await admin.ask('GET', headers.get('location'))).text;
  const hidden = {};
  for (const [tag] of page.matchAll(/<input[^>]*type=["']hidden["'][^>]*>/g)) {
    const name = /name=["']([^"']+)["']/.exec(tag)?.[1];
    if (name) hidden[name] = /value=["']([^"']*)["']/.exec(tag)?.[1] ?? '';
  }
  const id = hidden.post_ID;
  const security = /"order_item_nonce":"([^"]+)"/.exec(page)?.[1];
  if (!id || !security) throw new Error(`no form for a new order: ${page.slice(0, 400)}`);
  const data = Object.fromEntries(Object.entries(lines).flatMap(([product, quantity], at) => [[`data[${at}][id]`, product], [`data[${at}][qty]`, quantity]]));
  const added = await admin.json('POST', '/wp-admin/admin-ajax.php', { form: { action: 'woocommerce_add_order_item', order_id: id, security, ...data } });
  if (!added.body.success) throw new Error(`lines: ${added.text}`);
  const billing = Object.fromEntries(Object.entries(address(who)).map(([name, value]) => [`_billing_${name}`, value]));
  const saved = await admin.ask('POST', `/wp-admin/admin.php?page=wc-orders&action=edit&id=${id}`, {
    form: { ...hidden, ...billing, action: 'edit_order', order_status: 'wc-processing', customer_user: '', order_date: '', _payment_method: 'cod', save: 'Create', wc_order_action: '' },
  });
  if (saved.status !== 302) throw new Error(`saving the order: ${saved.status} ${saved.text.replace(/<style[^]*?<\/style>|<[^>]*>/g, " ").slice(0, 600)}`);
  return { id: Number(id) };
}

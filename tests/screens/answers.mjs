// Answers of `dongbo/v1` (js/admin/rest.d.ts) for states that take a shop hours or a disaster to get into.
const NOW = Date.UTC(2026, 10, 22, 12, 0);
const MINUTE = 60_000;

export const said = (code, sentence, remedy = '', params = []) => ({ code, params, sentence, remedy });

const counts = { created: 0, updated: 0, linked: 0, unlinked: 0, skipped: 0, review: 0, failed: 0, unchanged: 0 };

export const run = (more = {}) => ({
  id: 7, lane: 'catalogue', kind: 'full', state: 'running', phase: 'Đang ghi hàng hóa', item: 'SP000123 Áo thun cổ tròn', done: 1234, total: 5000,
  rate: 21.5, eta: 175, started: NOW - 2 * MINUTE, changed: NOW, ended: null, wait_until: null, counts,
  cost: { slices: 4, calls: 62, sql: 8123, memory: 14_000_000, seconds: 71 }, cause: null, words: '', ...more,
});

const done = run({
  id: 6, state: 'done', phase: '', item: '', done: 5000, total: 5000, rate: 0, eta: null, started: NOW - 70 * MINUTE, ended: NOW - 55 * MINUTE,
  counts: { ...counts, created: 4321, updated: 120, linked: 512, skipped: 30, review: 14, failed: 3 },
});

const days = Array.from({ length: 30 }, (_, index) => ({
  day: new Date(NOW - (29 - index) * 1440 * MINUTE).toISOString().slice(0, 10),
  writes: (index * 37) % 190, created: (index * 11) % 40, undone: 0, issues: (index * 7) % 23, calls: 300 + ((index * 53) % 700), call_failures: (index * 3) % 11,
}));

export const connection = (more = {}) => ({
  id: 1, pos: 'kiotviet', shop: 'shophoahong', state: 'active', cause: null, client_id: '1b2c3d4e-aaaa-bbbb-cccc-0123456789ab', has_secret: true,
  client_id_fixed: false, secret_fixed: false, created: NOW - 30 * 1440 * MINUTE, ...more,
});

export const status = (more = {}) => ({
  now: NOW, connection: connection(), guards: [], runs: [], last: done, next: [{ kind: '', at: NOW + 11 * MINUTE }],
  webhooks: { state: 'on', registered: 6, last_received: NOW - 2 * MINUTE, waiting: 0, cause: null },
  budget: { used: 812, failed: 2, limit: 5000 },
  counts: { goods: 5012, links: 4953, issues: { stop: 1, review: 14, notice: 33 }, drift: 4, orders: { waiting: 1, failed: 2, review: 1 } },
  cron: { late_seconds: 0, disabled: false, cause: null },
  versions: { plugin: '0.1.0', rules: '0.1.0+1', schema: 2, wordpress: '7.0.4', woocommerce: '11.0.1', php: '8.4' },
  days, ...more,
});

const quiet = { goods: 0, links: 0, issues: { stop: 0, review: 0, notice: 0 }, drift: 0, orders: { waiting: 0, failed: 0, review: 0 } };
const blank = days.map((row) => ({ ...row, writes: 0, created: 0, issues: 0, calls: 0, call_failures: 0 }));

/** The states every screen must have a picture of (issue 6). */
export const statuses = {
  fresh: status({ connection: null, last: null, next: [], days: blank, counts: quiet, webhooks: { state: 'off', registered: 0, last_received: null, waiting: 0, cause: null }, budget: { used: 0, failed: 0, limit: 5000 } }),
  empty: status({ last: null, days: blank, counts: quiet }),
  done: status(),
  running: status({ runs: [run()] }),
  paused: status({ runs: [run({ state: 'paused', rate: 0, eta: null })] }),
  stuck: status({ runs: [run({ state: 'stuck', rate: 0, eta: null, cause: said('write-lost', 'The database lost the writing of this product several times; what was written was checked and stays.', 'Nothing to do if it happens once: the next sync tries again.') })], cron: { late_seconds: 1980, disabled: true, cause: said('cron-late', 'Background jobs run 33 minutes late, because WP-Cron is switched off and nothing rings it.', 'Ask the host for a system cron that calls wp-cron.php every minute.') } }),
  asked: status({ runs: [run({ state: 'asked', rate: 0, eta: null, item: '', phase: 'Đang ghi hàng hóa', cause: said('stop-zeros', '1204 of 4953 linked products would go out of stock at once, more than 20 %. Nothing was written.', 'Look at the preview. If it is right, confirm it; otherwise check branches and stock in KiotViet.') })] }),
  'rate-limited': status({ runs: [run({ state: 'waiting', rate: 0, eta: null, wait_until: NOW + 17 * MINUTE, cause: said('rate-limited', 'KiotViet allows no more calls for now.', 'It goes on by itself when KiotViet allows it again, within an hour.') })], budget: { used: 5000, failed: 3, limit: 5000 } }),
  'auth-lost': status({ connection: connection({ state: 'reconnect', cause: said('token-refused', 'KiotViet no longer accepts the connection, also after it was renewed.', 'Connect again with a valid Client ID and secret code.') }), guards: [said('token-refused', 'KiotViet no longer accepts the connection, also after it was renewed.', 'Connect again with a valid Client ID and secret code.')] }),
  'copied-site': status({ guards: [said('site-copied', 'This site is a copy: its address is not the one that was connected. Nothing is written, here or in KiotViet.', 'If this is the shop now, say so; otherwise leave Dongbo paused here.')] }),
};

const pos = (id, code, name, price, onHand) => ({ id, code, name, kind: 'ordinary', unit: 'cái', category_id: '3', category: 'Áo thun', family: id, price, on_hand: onHand, active: true, deleted: false });
const shop = (id, name, sku, price, stock) => ({ id, kind: 'simple', parent: 0, name, sku, status: 'publish', regular_price: price, sale_price: '', stock, stock_status: 'instock', edit: `/wp-admin/post.php?post=${id}&action=edit`, view: `/?p=${id}` });

export const goods = [
  { id: '101', state: 'linked', label: 'SP000101 Áo thun cổ tròn đỏ', pos: pos('101', 'SP000101', 'Áo thun cổ tròn đỏ', '149000', '12'), shop: shop(55, 'Áo thun cổ tròn đỏ', 'SP000101', '149000', '12'), created_here: true, causes: [] },
  { id: '102', state: 'failed', label: 'SP000102 Quần jean nam ống đứng loại dày dành cho mùa đông', pos: pos('102', 'SP000102', 'Quần jean nam ống đứng', '1290000', '3'), shop: shop(56, 'Quần jean nam', 'SP000102', '1190000', '5'), created_here: false, causes: [said('both-changed', 'Both KiotViet and the website changed since the last sync: name. Nothing is written there.', 'Set both sides to the same value, or let KiotViet always decide this field.')] },
  { id: '103', state: 'excluded', label: 'SP000103 Dây nịt da', pos: pos('103', 'SP000103', 'Dây nịt da', '250000', ''), shop: null, created_here: null, causes: [] },
  { id: '104', state: 'ambiguous', label: `SP000104 ${'Mũ'.repeat(100)}`, pos: pos('104', 'SP000104', 'Mũ lưỡi trai', '99000', '40'), shop: null, created_here: null, causes: [said('sku-twice-shop', 'The SKU SP000104 belongs to two products on the website: 71 (Mũ) and 72. Nothing is written.', 'Give one of the two another SKU.')] },
  { id: 'shop-88', state: 'site-only', label: 'Gói quà', pos: null, shop: shop(88, 'Gói quà', 'GIFT', '20000', ''), created_here: null, causes: [] },
];

const whyField = (field, label, posValue, shopValue, decision, words, after = null, policy = 'always') => ({ field, label, pos: posValue, shop: shopValue, last: null, policy, decision, decision_words: words, after, reason: said('policy', 'The field settings let KiotViet decide it.') });
export const good = {
  good: goods[1],
  why: {
    id: '102', label: goods[1].label, shop_id: 56, operation: 'update', family: null, rules: '0.1.0+1',
    steps: [{ topic: 'kind', said: said('stock-managed', 'Stock follows KiotViet.') }, { topic: 'matching', said: said('sku-match', 'A product with the same SKU is in the shop: it is linked.') }],
    fields: [
      whyField('name', 'Name', 'Quần jean nam ống đứng', 'Quần jean nam', 'review', 'Changed on both sides', null, 'on-create'),
      whyField('regular_price', 'Regular price', '1290000', '1190000', 'write', 'Will be written', '1290000'),
      whyField('stock', 'Stock', '3', '5', 'write', 'Will be written', '3'),
      whyField('sku', 'SKU', 'SP000102', 'SP000102', 'in-step', 'In step'),
    ],
  },
  issues: [], history: [],
};

export const issues = [
  { id: 1, item_kind: 'good', item_id: '102', label: goods[1].label, severity: 'review', said: goods[1].causes[0], source: 'plan', first_seen: NOW - 90 * MINUTE, last_seen: NOW, run: 6, good: '102', edit: '/wp-admin/post.php?post=56&action=edit', retryable: true },
  { id: 2, item_kind: 'shop', item_id: '', label: '', severity: 'stop', said: said('stop-zeros', '1204 of 4953 linked products would go out of stock at once, more than 20 %. Nothing was written.', 'Look at the preview.'), source: 'run', first_seen: NOW - 30 * MINUTE, last_seen: NOW, run: 6, good: '', edit: '', retryable: false },
  { id: 3, item_kind: 'good', item_id: '104', label: goods[3].label, severity: 'notice', said: goods[3].causes[0], source: 'plan', first_seen: NOW - 3 * 1440 * MINUTE, last_seen: NOW, run: 6, good: '104', edit: '', retryable: true },
];

const entry = (id, field, label, before, after, more = {}) => ({ id, at: NOW - id * MINUTE, run: 6, actor: id % 2 ? '' : 'Chủ shop', actor_id: id % 2 ? 0 : 1, remote_kind: 'good', remote_id: '101', shop_id: 55, label: goods[0].label, field, field_label: label, before, after, said: said('changed', 'It changed since the last sync.'), undoable: false, hold: null, ...more });
export const history = [
  entry(1, 'regular_price', 'Regular price', '139000', '149000', { undoable: true }),
  entry(2, 'stock', 'Stock', '14', '12', { undoable: true, hold: 4 }),
  entry(3, 'name', 'Name', 'Áo thun', 'Áo thun cổ tròn đỏ'),
];

const driftItem = (id, label, field, fieldLabel, posValue, shopValue, cause, sentence, repairable = true) => ({ id, shop_id: 55, label, field, field_label: fieldLabel, pos: posValue, shop: shopValue, cause, said: said(`drift-${cause}`, sentence), repairable });
export const drift = {
  items: [
    driftItem('101', goods[0].label, 'stock', 'Stock', '12', '15', 'pos-changed', 'Sold in KiotViet since the last sync.'),
    driftItem('102', goods[1].label, 'regular_price', 'Regular price', '1290000', '1190000', 'site-edited', 'The price was edited on the website.'),
    driftItem('104', goods[3].label, 'stock', 'Stock', '40', '41', 'order-pending', 'Order 1042 is not in KiotViet yet.', false),
  ],
  cursor: null, looked: 4953, total: 4953,
};

export const customers = [
  { user: 12, name: 'Nguyễn Văn An', email: 'an@example.vn', pos_id: '60', pos_code: 'KH000060', pos_name: 'Nguyễn Văn An', phone: '0912345678', state: 'linked', cause: null },
  { user: 15, name: 'Trần Thị Bình', email: 'binh@example.vn', pos_id: '61', pos_code: 'KH000061', pos_name: 'Chị Bình', phone: '0909000111', state: 'linked',
    cause: said('customer-both-changed', 'Both sides changed since the last sync: phone. Nothing is written there.', 'Set both sides to the same value.') },
];

export const orders = [
  { id: 1, number: '1042', pos_code: '', customer: 'Nguyễn Thị Hoa', total: '478000', pos_total: '', state: 'failed', cause: said('order-line-unlinked', 'The line “Gói quà” is not linked to a good in KiotViet.', 'Link the product, then try again.'), tries: 3, changed: NOW, edit: '#' },
  { id: 2, number: '1041', pos_code: 'DH000532', customer: 'Trần Văn Minh', total: '1290000', pos_total: '1290000', state: 'sent', cause: null, tries: 1, changed: NOW, edit: '#' },
  { id: 3, number: '1040', pos_code: '', customer: 'Khách lẻ', total: '99000', pos_total: '', state: 'waiting', cause: null, tries: 0, changed: NOW, edit: '#' },
];

export const preflight = {
  run: { state: 'done', started: NOW - MINUTE, ended: NOW, done: 5012, total: 5012 },
  counts: [{ code: 'sku-twice-shop', said: said('sku-twice-shop', 'The SKU {sku} belongs to two products on the website.'), severity: 'review', count: 2 }, { code: 'sku-empty', said: said('sku-empty', 'The good has no SKU in KiotViet.'), severity: 'notice', count: 14 }],
  findings: [{ id: 1, severity: 'review', said: goods[3].causes[0], item_kind: 'good', item_id: '104', label: goods[3].label, shop_id: 71, edit: '#' }],
};

const field = (name, group, kind, more = {}) => ({ name, group, kind, values: [], min: null, max: null, list: '', numbers: '', ...more });
const POLICIES = ['always', 'on-create', 'never', 'site-owns'];
export const settings = {
  revision: 3,
  values: { branches: ['7'], order_branch: '7', regular_book: null, sale_book: '5', match_key: 'sku', units: 'each', new_status: 'publish', count_reserved: true, safety_buffer: 2000, decimal_stock: false, stopper_percent: 20, automatic: true, delta_minutes: 15, full_hours: 12, allow_zero_price: false, stopped: 'out-of-stock', policies: { name: 'on-create', price: 'always', stock: 'always' }, selection: { mode: 'everything', categories: [] } },
  defaults: { branches: [], order_branch: null, regular_book: null, sale_book: null, match_key: 'sku', units: 'each', new_status: 'publish', count_reserved: true, safety_buffer: 0, decimal_stock: false, stopper_percent: 20, automatic: true, delta_minutes: 15, full_hours: 12, allow_zero_price: false, stopped: 'out-of-stock', policies: { name: 'on-create', price: 'always', stock: 'always' }, selection: { mode: 'everything', categories: [] } },
  changed: ['branches', 'order_branch', 'sale_book', 'safety_buffer'],
  fields: [
    field('branches', 'branches', 'ids', { list: 'branches', numbers: 'A4' }), field('order_branch', 'branches', 'id', { list: 'branches', numbers: 'A4' }),
    field('match_key', 'goods', 'choice', { values: ['sku', 'pos-id'] }), field('selection.mode', 'goods', 'choice', { values: ['everything', 'categories', 'goods'] }), field('selection.categories', 'goods', 'ids', { list: 'categories' }),
    field('units', 'goods', 'choice', { values: ['each', 'base-only'] }), field('new_status', 'goods', 'choice', { values: ['publish', 'draft', 'hidden'] }), field('stopped', 'goods', 'choice', { values: ['show', 'out-of-stock', 'hide', 'draft'] }),
    field('policies.name', 'fields', 'policy', { values: POLICIES }), field('policies.price', 'fields', 'policy', { values: POLICIES }), field('policies.stock', 'fields', 'policy', { values: POLICIES.slice(0, 3) }),
    field('regular_book', 'prices', 'id', { list: 'books' }), field('sale_book', 'prices', 'id', { list: 'books' }), field('allow_zero_price', 'prices', 'flag'),
    field('count_reserved', 'stock', 'flag'), field('safety_buffer', 'stock', 'quantity'), field('decimal_stock', 'stock', 'flag'), field('stopper_percent', 'stock', 'number', { min: 1, max: 100 }),
    field('automatic', 'runs', 'flag'), field('delta_minutes', 'runs', 'number', { min: 5, max: 1440 }), field('full_hours', 'runs', 'number', { min: 1, max: 168 }),
  ],
  choices: {
    branches: [{ id: '7', name: 'Chi nhánh trung tâm', active: true }, { id: '8', name: 'Kho Thủ Đức', active: true }, { id: '9', name: 'Quận 3', active: false }],
    books: [{ id: '5', name: 'Khuyến mãi tháng 11', active: true, start: null, end: NOW + 9 * 1440 * MINUTE }, { id: '6', name: 'Giá sỉ', active: true, groups: true }],
    categories: [{ id: '1', name: 'Thời trang' }, { id: '3', name: 'Áo thun', parent: '1' }, { id: '4', name: 'Quần', parent: '1' }],
    terms: [], tax_classes: [], roles: [], order_statuses: [], payment_methods: [],
  },
  troubles: [],
};

export const tested = {
  wrong: { connected: false, field: 'client_id', cause: said('credentials-wrong', 'KiotViet does not accept the Client ID or the secret code.', 'Copy both again from KiotViet: Thiết lập cửa hàng → Thiết lập kết nối API.'), shop: '', branches: [] },
  mismatch: { connected: false, field: 'address', cause: said('shop-mismatch', 'The Client ID belongs to the shop “hoahong2”, not to “shophoahong”.', 'Correct the shop’s address.'), shop: '', branches: [] },
};

/** Everything the screens ask, by path; a function gets the request's query. */
export const routes = (state = statuses.done) => ({
  '/status': state,
  '/goods/counts': { all: 5014, linked: 4953, new: 3, 'pos-only': 20, 'site-only': 2, paused: 0, excluded: 21, ambiguous: 1, failed: 14 },
  '/goods/101': { ...good, good: goods[0] },
  '/goods/102': good,
  '/goods': goods,
  '/drift': drift,
  '/issues/counts': issues.map(({ said: cause, severity }) => ({ code: cause.code, said: cause, severity, count: 3 })),
  '/issues': issues,
  '/history': history,
  '/orders': orders,
  '/customers': customers,
  '/orders/1': { order: orders[0], sent: null, lines: [{ label: 'Gói quà', good: '', quantity: '1', price: '20000', linked: false }, { label: 'Áo thun cổ tròn đỏ', good: 'SP000101', quantity: '2', price: '149000', linked: true }] },
  '/preflight': preflight,
  '/settings': settings,
});

// The settings in words: name and help of each, and of each value a choice has. What may be chosen,
// and the defaults, are the rules' (`GET /settings`).
import { __ } from '@wordpress/i18n';
import { orderLabels } from './labels-orders.mjs';
import { pushLabels, pushValues } from './labels-push.mjs';

const labels = () => ({
  branches: [__('Branches whose stock counts', 'dongbo'), __('The stock of all chosen branches is added up.', 'dongbo')],
  order_branch: [__('Branch of web orders', 'dongbo'), __('Orders go to this branch; prices are those valid there.', 'dongbo')],
  match_key: [__('How a good finds its product', 'dongbo'), __('Links that exist are always kept.', 'dongbo')],
  'selection.mode': [__('Which goods', 'dongbo'), __('What is not selected is left as it is; nothing is removed.', 'dongbo')],
  'selection.categories': [__('Chosen categories', 'dongbo'), __('With all categories below them.', 'dongbo')],
  'selection.goods': [__('Chosen goods', 'dongbo'), __('Easier to choose on the Goods screen.', 'dongbo')],
  'selection.except': [__('Goods left out', 'dongbo'), __('Easier to choose on the Goods screen.', 'dongbo')],
  'selection.new_goods': [__('New goods come to the website by themselves', 'dongbo'), ''],
  units: [__('Units of measure', 'dongbo'), __('A carton and a bottle can be two products; their stock is computed from the base unit.', 'dongbo')],
  lone_variant_simple: [__('A single variant becomes a simple product', 'dongbo'), __('Otherwise it is a variable product with one variation.', 'dongbo')],
  new_status: [__('New products arrive', 'dongbo'), ''],
  stopped: [__('Goods stopped in KiotViet', 'dongbo'), __('Never deleted; a product you made a draft or private is never published again.', 'dongbo')],
  not_sold: [__('Goods not sold directly', 'dongbo'), ''],
  deleted: [__('Goods deleted in KiotViet', 'dongbo'), __('The link ends, the product stays.', 'dongbo')],
  recreate_categories: [__('Create deleted categories again', 'dongbo'), __('Otherwise a category you deleted on the website stays deleted.', 'dongbo')],
  pos_weight_unit: [__('KiotViet’s unit of weight', 'dongbo'), ''],
  'policies.name': [__('Name', 'dongbo'), ''],
  'policies.description': [__('Description', 'dongbo'), ''],
  'policies.categories': [__('Categories', 'dongbo'), ''],
  'policies.price': [__('Regular price', 'dongbo'), ''],
  'policies.sale_price': [__('Sale price', 'dongbo'), ''],
  'policies.stock': [__('Stock', 'dongbo'), ''],
  'policies.sku': [__('SKU', 'dongbo'), ''],
  'policies.barcode': [__('Barcode', 'dongbo'), ''],
  'policies.weight': [__('Weight', 'dongbo'), ''],
  'policies.attributes': [__('Attributes', 'dongbo'), ''],
  'policies.images': [__('Images', 'dongbo'), ''],
  'policies.brand': [__('Brand', 'dongbo'), ''],
  'policies.tax_class': [__('Tax class', 'dongbo'), __('By the table of tax classes under Prices.', 'dongbo')],
  'policies.visibility': [__('Visibility in the catalogue', 'dongbo'), ''],
  regular_book: [__('Regular price', 'dongbo'), __('A good that is not in the book has its general price.', 'dongbo')],
  sale_book: [__('Sale price', 'dongbo'), __('The book’s dates become the sale’s dates. It may not be the regular price’s book.', 'dongbo')],
  role_books: [__('Price books by role', 'dongbo'), __('Whoever has signed in with this role sees the prices of this book.', 'dongbo')],
  tax_classes: [__('Tax classes', 'dongbo'), __('Which tax class here stands for which VAT of KiotViet.', 'dongbo')],
  allow_zero_price: [__('Write prices of 0', 'dongbo'), ''],
  count_reserved: [__('Subtract what orders in KiotViet hold', 'dongbo'), ''],
  safety_buffer: [__('Safety buffer', 'dongbo'), __('Kept back from every good.', 'dongbo')],
  branch_stock: [__('Show the stock of each branch on the product page', 'dongbo'), ''],
  decimal_stock: [__('Stock with decimals', 'dongbo'), __('Otherwise rounded down: 2.5 kg shows as 2.', 'dongbo')],
  stopper_percent: [__('Ask before a run changes more than this many percent', 'dongbo'), __('Counts goods going out of stock, prices changing by more than half, and goods taken for deleted. 100 never asks.', 'dongbo')],
  automatic: [__('Sync by itself', 'dongbo'), __('Otherwise only when you press “Sync now”.', 'dongbo')],
  delta_minutes: [__('Minutes between two looks for changes', 'dongbo'), ''],
  full_hours: [__('Hours between two full runs', 'dongbo'), ''],
  'images.on': [__('Bring images', 'dongbo'), ''],
  'images.megabytes': [__('Largest image in MB', 'dongbo'), __('Larger ones are left out and named.', 'dongbo')],
  'directions.goods': [__('Goods from KiotViet', 'dongbo'), ''],
  'directions.categories': [__('Categories from KiotViet', 'dongbo'), ''],
  'directions.prices': [__('Prices from KiotViet', 'dongbo'), ''],
  'directions.stock': [__('Stock from KiotViet', 'dongbo'), ''],
  'shell.mail': [__('Send an e-mail when syncing stops and when it goes on', 'dongbo'), __('It stops when KiotViet no longer accepts the connection, or its secret cannot be read any more.', 'dongbo')],
  'shell.email': [__('E-mail for failures and recoveries', 'dongbo'), __('Empty: the site’s administrator.', 'dongbo')],
  'shell.log_level': [__('How much is logged', 'dongbo'), __('WooCommerce → Status → Logs; no secrets, no personal data.', 'dongbo')],
  'shell.keep_data': [__('Keep Dongbo’s tables and links when the plugin is deleted', 'dongbo'), ''],
  'shell.history_days': [__('Days the history is kept', 'dongbo'), ''],
  'shell.history_rows': [__('Entries the history keeps at most', 'dongbo'), ''],
  ...orderLabels(),
  ...pushLabels(),
});

const values = () => ({
  'match_key=sku': __('By SKU: goods are on both sides', 'dongbo'),
  'match_key=pos-id': __('Never: every good becomes a new product', 'dongbo'),
  'selection.mode=everything': __('Everything', 'dongbo'),
  'selection.mode=categories': __('Chosen categories', 'dongbo'),
  'selection.mode=goods': __('Chosen goods', 'dongbo'),
  'units=each': __('Each unit is a product of its own', 'dongbo'),
  'units=base-only': __('Only the base unit', 'dongbo'),
  'new_status=publish': __('Published', 'dongbo'),
  'new_status=draft': __('As drafts', 'dongbo'),
  'new_status=hidden': __('Hidden from the catalogue', 'dongbo'),
  show: __('Keep showing', 'dongbo'),
  'out-of-stock': __('Show as out of stock', 'dongbo'),
  hide: __('Hide from the catalogue', 'dongbo'),
  draft: __('Make it a draft', 'dongbo'),
  always: __('Always from KiotViet', 'dongbo'),
  'on-create': __('Only when created', 'dongbo'),
  never: __('Never', 'dongbo'),
  'site-owns': __('The website decides', 'dongbo'),
  g: __('gram', 'dongbo'),
  kg: __('kilogram', 'dongbo'),
  lbs: __('pound', 'dongbo'),
  oz: __('ounce', 'dongbo'),
  off: __('Off', 'dongbo'),
  'by-hand': __('Only when asked', 'dongbo'),
  automatic: __('By itself', 'dongbo'),
  nothing: __('Not recorded as paid', 'dongbo'),
  cash: __('Cash', 'dongbo'),
  transfer: __('Bank transfer', 'dongbo'),
  card: __('Card', 'dongbo'),
  order: __('Order', 'dongbo'),
  invoice: __('Invoice', 'dongbo'),
  delivery: __('Delivery', 'dongbo'),
  error: __('Errors only', 'dongbo'),
  warning: __('Errors and warnings', 'dongbo'),
  info: __('Everything of note', 'dongbo'),
  debug: __('Everything', 'dongbo'),
  'orders.unknown_line=fail': __('Do not send the order, name the line', 'dongbo'),
  'orders.unknown_line=create': __('Create the good in KiotViet first', 'dongbo'),
  'orders.unmapped_tax=inclusive': __('Part of the price', 'dongbo'),
  'orders.unmapped_tax=refuse': __('Do not send the order', 'dongbo'),
  'orders.handler=pos': __('KiotViet; the website follows', 'dongbo'),
  'orders.handler=site': __('The website; KiotViet follows as far as it can', 'dongbo'),
  ...pushValues(),
});

/** What an id that is not set means. */
const unset = () => ({
  order_branch: __('none chosen yet', 'dongbo'),
  regular_book: __('General price list', 'dongbo'),
  sale_book: __('None', 'dongbo'),
});

const columns = () => ({
  rate: __('WooCommerce rate', 'dongbo'),
  tax: __('KiotViet tax', 'dongbo'),
  payment: __('Payment method', 'dongbo'),
  method: __('In KiotViet', 'dongbo'),
  account: __('Bank account', 'dongbo'),
  place: __('Pick-up place', 'dongbo'),
  branch: __('Branch', 'dongbo'),
  currency: __('Currency', 'dongbo'),
  of: __('Of', 'dongbo'),
  code: __('Code', 'dongbo'),
  status: __('Status here', 'dongbo'),
  backwards: __('Also backwards', 'dongbo'),
  group: __('Customer group', 'dongbo'),
  role: __('Role', 'dongbo'),
  book: __('Price book', 'dongbo'),
  class: __('Tax class', 'dongbo'),
});

/** A column of a table among the settings; a rate of a currency is no tax rate. */
export const columnName = (setting, column) => (setting === 'orders.rates' && column === 'rate' ? __('Rate', 'dongbo') : columns()[column] ?? column);

/** A setting's name for people; one nobody described yet shows its own. */
export const labelOf = (name) => labels()[name]?.[0] ?? name.replace(/[._-]/g, ' ');
export const helpOf = (name) => labels()[name]?.[1] ?? '';
export const described = (name) => name in labels();
/** A value of a choice in words. */
export const valueName = (name, value) => values()[`${name}=${value}`] ?? values()[value] ?? value;
export const unsetName = (name) => unset()[name] ?? __('— none —', 'dongbo');

/** The pages of the settings, in order. */
export const groups = () => [
  ['branches', __('Branches', 'dongbo')],
  ['goods', __('Goods', 'dongbo')],
  ['fields', __('Fields', 'dongbo')],
  ['prices', __('Prices', 'dongbo')],
  ['stock', __('Stock', 'dongbo')],
  ['orders', __('Orders', 'dongbo')],
  ['status', __('Order statuses', 'dongbo')],
  ['customers', __('Customers', 'dongbo')],
  ['push', __('To KiotViet', 'dongbo')],
  ['runs', __('Runs', 'dongbo')],
  ['shell', __('This site', 'dongbo')],
];

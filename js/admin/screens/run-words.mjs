// Words for runs: kinds, states, counts, actions.
import { __ } from '@wordpress/i18n';

export const kindName = (kind) => ({
  full: __('Everything', 'dongbo'),
  delta: __('Changes', 'dongbo'),
  stock: __('Stock', 'dongbo'),
  named: __('Chosen goods', 'dongbo'),
  connect: __('Connecting', 'dongbo'),
  goods: __('Goods', 'dongbo'),
  prices: __('Prices', 'dongbo'),
  categories: __('Categories', 'dongbo'),
  customers: __('Customers', 'dongbo'),
  orders: __('Orders', 'dongbo'),
  inbox: __('Messages from KiotViet', 'dongbo'),
  images: __('Images', 'dongbo'),
  preflight: __('Pre-flight', 'dongbo'),
  read: __('Reading for the preview', 'dongbo'),
  plan: __('New settings', 'dongbo'),
  touched: __('What arrived', 'dongbo'),
  'marked-orders': __('Orders', 'dongbo'),
  'marked-customers': __('Customers', 'dongbo'),
}[kind] ?? kind);

export const stateName = (state) => ({
  running: __('Running', 'dongbo'),
  waiting: __('Waiting', 'dongbo'),
  paused: __('Paused', 'dongbo'),
  asked: __('Asks you', 'dongbo'),
  stuck: __('Stuck', 'dongbo'),
  done: __('Done', 'dongbo'),
  failed: __('Failed', 'dongbo'),
  cancelled: __('Cancelled', 'dongbo'),
}[state] ?? state);

export const actionName = (action) => ({
  pause: __('Pause', 'dongbo'),
  resume: __('Go on', 'dongbo'),
  cancel: __('Cancel', 'dongbo'),
  accept: __('Do it all the same', 'dongbo'),
}[action]);

export const countName = (key) => ({
  created: __('created', 'dongbo'),
  updated: __('updated', 'dongbo'),
  linked: __('linked', 'dongbo'),
  unlinked: __('unlinked', 'dongbo'),
  skipped: __('skipped', 'dongbo'),
  review: __('need a decision', 'dongbo'),
  failed: __('failed', 'dongbo'),
  unchanged: __('unchanged', 'dongbo'),
}[key]);

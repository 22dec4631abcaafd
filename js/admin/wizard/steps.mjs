// The wizard's steps (A1) and where it goes on. Plain, so that it can be tested.

export const STEPS = ['pos', 'connect', 'branches', 'start', 'goods', 'prices', 'orders', 'preview', 'go'];

/** Steps that need a connected shop. */
const NEEDS_SHOP = STEPS.indexOf('branches');

/**
 * The step to show: the one last left, but never one that cannot be done yet.
 *
 * @param {string} left      what was stored
 * @param {boolean} connected
 */
export function resume(left, connected) {
  const index = STEPS.indexOf(left);
  if (index < 0) return connected ? STEPS[NEEDS_SHOP] : STEPS[0];
  if (!connected && index >= NEEDS_SHOP) return 'connect';
  return left;
}

export const after = (step) => STEPS[Math.min(STEPS.length - 1, STEPS.indexOf(step) + 1)];
export const before = (step) => STEPS[Math.max(0, STEPS.indexOf(step) - 1)];

/** Steps that may be jumped to: everything up to the furthest one reached. */
export const reachable = (step, furthest, connected) => STEPS.indexOf(step) <= Math.max(STEPS.indexOf(furthest), 0)
  && (connected || STEPS.indexOf(step) < NEEDS_SHOP);

/** The three starting states and what each sets. */
export const STARTS = {
  'pos-only': { match_key: 'pos-id' },
  'site-only': { match_key: 'sku' },
  'both-same': { match_key: 'sku' },
  'both-other': { match_key: 'sku' },
};

/** “Prices and stock only” (B5): everything else is never written. */
export const PRICES_AND_STOCK = {
  'policies.name': 'never',
  'policies.description': 'never',
  'policies.categories': 'never',
  'policies.barcode': 'never',
  'policies.weight': 'never',
  'policies.attributes': 'never',
  'policies.sku': 'never',
  'policies.images': 'never',
  'policies.brand': 'never',
  'policies.price': 'always',
  'policies.sale_price': 'always',
  'policies.stock': 'always',
};

/** A preset, cut to the settings there are. */
export const preset = (values, fields) => Object.fromEntries(Object.entries(values).filter(([name]) => fields.some((field) => field.name === name)));

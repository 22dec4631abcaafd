// Inputs of `plan_goods` as `/preview/chunk` gives them: many families of one kind, some to create,
// some to update, some in step.

const settings = { branches: ['1'] };

const good = (id, price, onHand) => ({
  id, code: `SP${id.padStart(6, '0')}`, name: `Áo thun số ${id}`, full_name: `Áo thun số ${id}`, kind: 'ordinary', active: true, sold_directly: true,
  conversion: 1_000_000, price, stocks: [{ branch_id: '1', on_hand: onHand, reserved: 0 }], family_key: id, sku_key: `sp${id.padStart(6, '0')}`,
});

const product = (id, row, stock) => ({
  id: Number(id) + 10_000, kind: 'simple', parent: 0, status: 'publish', name: row.name, description_hash: '', sku: row.code, barcode: '', regular_price: '149000', sale_price: '',
  manage_stock: true, stock_status: 'instock', weight: '', categories: [], attributes: [], visibility: 'visible', origin: '', stock,
});

const link = (row, shopId) => ({
  kind: 'good', remote_id: row.id, shop_id: shopId, family: row.id, state: 'active',
  fields: [['name', row.name], ['sku', row.code], ['status', 'publish'], ['visibility', 'visible'], ['regular_price', '149000'], ['manage_stock', 'yes'], ['stock', '10']]
    .map(([field, value]) => ({ field, pos: value, shop: value })),
});

/** Of ten families one is new, two have another stock, the rest are in step. */
function family(number) {
  const id = String(number);
  if (number % 10 === 0) return { key: id, goods: [good(id, 14_900_000, 10_000)], links: [], shop: [] };
  const row = good(id, 14_900_000, number % 10 < 3 ? 7_000 : 10_000);
  return { key: id, goods: [row], links: [link(row, number + 10_000)], shop: [product(id, row, 10_000)] };
}

/** Chunks of a catalogue of `total` goods. */
export const chunks = (total, size) => Array.from({ length: Math.ceil(total / size) }, (_, part) => {
  const from = part * size;
  const count = Math.min(size, total - from);
  return {
    input: { settings, now: 1_790_000_000_000, branches: [{ id: '1', name: 'Kho chính', active: true }], families: Array.from({ length: count }, (__, index) => family(from + index + 1)), hash: true },
    families: count,
    goods: count,
  };
});

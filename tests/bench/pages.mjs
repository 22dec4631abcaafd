// Makes the pages the engine is measured with: 100 POS rows each, as the plugin would hand them to
// `plan_goods`, in the three states a shop is in. The shop's side is made by applying the plan.
//
//   node tests/bench/pages.mjs <folder> [pages]
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { plan_goods } from '../../js/pkg/node/dongbo.js';

const ROWS = 100;
const NOW = Date.UTC(2026, 0, 15, 3);
const BOOK = '31';
const settings = { branches: ['1'], order_branch: '1', sale_book: BOOK };
const shared = {
    settings,
    now: NOW,
    branches: [{ id: '1', name: 'Chi nhánh trung tâm', active: true }, { id: '2', name: 'Kho Thủ Đức', active: true }],
    books: [{ id: BOOK, name: 'Khuyến mãi', active: true }],
    category_links: Array.from({ length: 40 }, (_, i) => ({ remote_id: String(500 + i), term_id: 20 + i, name: `Nhóm ${i}`, parent: 0 })),
};
const COLOURS = ['Đỏ', 'Xanh dương', 'Vàng', 'Trắng ngà', 'Đen'];
const SIZES = ['S', 'M', 'L', 'XL'];
const NAMES = ['Áo thun cổ tròn', 'Quần kaki nam', 'Nước mắm Phú Quốc', 'Bánh tráng phơi sương', 'Sữa đặc có đường', 'Giày thể thao nữ'];

/** Families of about the mix of a shop: 55 % plain goods, the rest variants, units and combos. */
function families(page) {
    const list = [];
    let id = 1_000_000 + page * ROWS;
    let left = ROWS;
    for (let turn = 0; left > 0; turn++) {
        const kind = turn % 10;
        const make = kind === 3 || kind === 7 ? variants : kind === 5 ? units : kind === 9 ? combo : plain;
        const family = make(id, Math.min(left, 100), turn + page);
        list.push(family);
        id += family.goods.length;
        left -= family.goods.length;
    }
    return list;
}

function good(id, n, more = {}) {
    const name = `${NAMES[n % NAMES.length]} ${id}`;
    return {
        id: String(id), code: `SP${id}`, name, full_name: name, barcode: `893${String(id).padStart(9, '0')}1`,
        category_id: String(500 + (n % 40)), kind: 'ordinary', active: true, sold_directly: true, has_variants: false,
        conversion: 1_000_000, price: (50_000 + (n % 90) * 1000) * 100, weight: 250_000,
        description_hash: `d41d8cd98f00b204e9800998ecf8${String(n % 10000).padStart(4, '0')}`,
        stocks: [
            { branch_id: '1', on_hand: (n % 50) * 1000, reserved: (n % 3) * 1000 },
            { branch_id: '2', on_hand: (n % 20) * 1000, reserved: 0 },
        ],
        family_key: String(id), sku_key: `sp${id}`, ...more,
    };
}

const family = (goods, n, materials = []) => ({
    key: goods[0].family_key,
    goods,
    prices: n % 3 ? [] : goods.map(({ id, price }) => ({ book_id: BOOK, good_id: id, price: price - 500_000 })),
    materials, links: [], shop: [], twins: [],
});

const plain = (id, _, n) => family([good(id, n)], n);

function variants(id, most, n) {
    const goods = [];
    for (let i = 0; i < Math.min(most, 4 + (n % 9)); i++) {
        const [colour, size] = [COLOURS[i % 5], SIZES[Math.floor(i / 5) % 4]];
        const name = `${NAMES[n % NAMES.length]} ${id}`;
        goods.push(good(id + i, n + i, {
            name, full_name: `${name} - ${colour} - ${size}`, has_variants: true, family_key: String(id),
            attributes: [{ name: 'Màu sắc', value: colour }, { name: 'Kích cỡ', value: size }],
            ...(i && { master_id: String(id) }),
        }));
    }
    return family(goods, n);
}

function units(id, most, n) {
    const base = good(id, n, { unit: 'lon' });
    const others = [['lốc', 6], ['thùng', 24]].slice(0, most - 1).map(([unit, ratio], i) =>
        good(id + 1 + i, n, { unit, base_id: String(id), conversion: ratio * 1_000_000, family_key: String(id), name: base.name, full_name: `${base.name} (${unit})` }));
    return family([base, ...others], n);
}

function combo(id, _, n) {
    const parts = [good(9_000_000 + n, n), good(9_500_000 + n, n + 1)];
    const materials = parts.map((part) => ({ id: part.id, quantity: 2000 }));
    return family([good(id, n, { kind: 'combo', materials })], n, parts);
}

/** The shop after a plan was carried out: products and links as the plugin would read them back. */
let nextId = 10_000;
function applied(family, plan) {
    const shop = [];
    const links = [];
    const made = new Map();
    for (const operation of plan.operations) {
        if (operation.kind !== 'create') {
            continue;
        }
        const id = nextId++;
        made.set(operation.remote_id, id);
        const product = {
            id, kind: operation.product, parent: operation.parent ? made.get(operation.parent.family) : 0, status: 'publish',
            name: '', description_hash: '', sku: '', barcode: '', regular_price: '', sale_price: '', manage_stock: false,
            stock_status: 'instock', weight: '', categories: [], attributes: [], visibility: 'visible',
            origin: `${operation.remote_kind}:${operation.remote_id}`,
        };
        const fields = [];
        for (const { field, after, pos } of operation.changes ?? []) {
            if (after !== undefined) {
                set(product, field, after, operation);
            }
            fields.push({ field, pos, shop: after ?? '' });
        }
        shop.push(product);
        links.push({ kind: operation.remote_kind, remote_id: operation.remote_id, shop_id: id, family: operation.parent?.family ?? operation.remote_id, state: 'active', fields });
    }
    return { ...family, shop, links };
}

function set(product, field, after, operation) {
    const attributes = () => (operation.attributes ?? operation.values?.map(({ name, value }) => ({ name, values: [value] })) ?? []);
    switch (field) {
        case 'description': product.description_hash = after; break;
        case 'sale_from': case 'sale_to': if (after) { product[field] = Number(after); } break;
        case 'manage_stock': product.manage_stock = after === 'yes'; break;
        case 'stock': product.stock = Math.round(Number(after) * 1000); break;
        case 'categories': product.categories = after ? after.split(',').map(Number) : []; break;
        case 'attributes': case 'values': product.attributes = attributes(); break;
        default: product[field] = after;
    }
}

function plan(input) {
    const answer = plan_goods(input);
    if (!answer.ok) {
        throw new Error(`plan_goods: ${JSON.stringify(answer.error)}`);
    }
    return answer.ok;
}

const [folder, pages = '12'] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
const states = { first: [], unchanged: [], prices: [] };
for (let page = 0; page < Number(pages); page++) {
    const first = { ...shared, families: families(page) };
    const plans = plan(first).families;
    const unchanged = { ...shared, families: first.families.map((family, i) => applied(family, plans[i])) };
    const dearer = (good) => ({ ...good, price: good.price + 100_000, stocks: good.stocks.map((stock) => ({ ...stock, on_hand: stock.on_hand + 2000 })) });
    const prices = { ...shared, families: unchanged.families.map((family) => ({ ...family, goods: family.goods.map(dearer) })) };
    states.first.push(first);
    states.unchanged.push(unchanged);
    states.prices.push(prices);
}
for (const [state, inputs] of Object.entries(states)) {
    const kinds = {};
    for (const { families } of inputs.map(plan)) {
        for (const { operations } of families) {
            for (const { kind } of operations) {
                kinds[kind] = (kinds[kind] ?? 0) + 1;
            }
        }
    }
    console.log(`${state}: ${inputs.length} pages of ${ROWS} rows; planned: ${JSON.stringify(kinds)}`);
    writeFileSync(join(folder, `${state}.json`), JSON.stringify(inputs));
}

// The product fields a plan writes: their names for people, and how a value is read (src/plan/operation.rs).
import { __ } from '@wordpress/i18n';
import { date, money, number } from './format.mjs';

const names = () => ({
  name: __('Name', 'dongbo'),
  sku: __('SKU', 'dongbo'),
  barcode: __('Barcode', 'dongbo'),
  weight: __('Weight', 'dongbo'),
  description: __('Description', 'dongbo'),
  regular_price: __('Regular price', 'dongbo'),
  sale_price: __('Sale price', 'dongbo'),
  sale_from: __('Sale from', 'dongbo'),
  sale_to: __('Sale until', 'dongbo'),
  manage_stock: __('Manage stock', 'dongbo'),
  stock: __('Stock', 'dongbo'),
  stock_status: __('Stock status', 'dongbo'),
  status: __('Status', 'dongbo'),
  visibility: __('Catalogue visibility', 'dongbo'),
  categories: __('Categories', 'dongbo'),
  attributes: __('Attributes', 'dongbo'),
  images: __('Images', 'dongbo'),
  brand: __('Brand', 'dongbo'),
  tax_class: __('Tax class', 'dongbo'),
});

/** The field's name; fields nobody named yet show as they are. */
export const fieldName = (field) => names()[field] ?? field;

const values = () => ({
  yes: __('yes', 'dongbo'),
  no: __('no', 'dongbo'),
  instock: __('In stock', 'dongbo'),
  outofstock: __('Out of stock', 'dongbo'),
  onbackorder: __('On backorder', 'dongbo'),
  publish: __('Published', 'dongbo'),
  draft: __('Draft', 'dongbo'),
  hidden: __('Hidden', 'dongbo'),
  visible: __('Visible', 'dongbo'),
});

/** The names of the shop's categories; a plan and the history hold their numbers. */
let terms = new Map();
export const knowTerms = (choices) => { terms = new Map(choices.map(({ id, name }) => [String(id), name])); };

/** What a creation wrote, field by field; null for anything else. */
export function createdFields(field, after) {
  if (field !== 'created' || typeof after !== 'string' || !after.startsWith('{')) return null;
  return Object.entries(JSON.parse(after));
}

const PLAIN = new Set(['manage_stock', 'stock_status', 'status', 'visibility']);

/** A value as a person reads it; absent and empty ones as “none”. */
export function fieldValue(field, value) {
  if (value === undefined || value === null || value === '') return '–';
  if (field === 'regular_price' || field === 'sale_price') return money(value);
  if (field === 'stock' || field === 'weight') return number(value);
  if (field === 'sale_from' || field === 'sale_to') return date(Number(value));
  if (field === 'description') return __('(text)', 'dongbo');
  if (field === 'categories') return value.split(',').map((id) => terms.get(id) ?? id).join(', ');
  if (PLAIN.has(field)) return values()[value] ?? value;
  return value;
}

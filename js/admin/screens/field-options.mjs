import { __ } from '@wordpress/i18n';
import { fieldName } from '../fields.mjs';

const FIELDS = ['regular_price', 'sale_price', 'stock', 'stock_status', 'name', 'description', 'sku', 'barcode', 'weight', 'categories', 'attributes', 'status', 'visibility'];

/** A filter by field. */
export const fieldOptions = () => [{ value: '', label: __('All', 'dongbo') }, ...FIELDS.map((value) => ({ value, label: fieldName(value) }))];

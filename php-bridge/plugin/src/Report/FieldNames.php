<?php

declare(strict_types=1);

namespace Dongbo\Report;

/** What people call the fields of src/plan/operation.rs. */
final class FieldNames
{
    public static function of(string $field): string
    {
        if (strncmp($field, 'pos_', 4) === 0) {
            /* translators: %s: a field, such as Price. */
            return sprintf(__('%s in KiotViet', 'dongbo'), self::of(substr($field, 4)));
        }

        return self::all()[$field] ?? $field;
    }

    /** @return array<string, string> */
    public static function all(): array
    {
        return [
            'name' => __('Name', 'dongbo'),
            'description' => __('Description', 'dongbo'),
            'sku' => __('SKU', 'dongbo'),
            'barcode' => __('Barcode', 'dongbo'),
            'weight' => __('Weight', 'dongbo'),
            'regular_price' => __('Price', 'dongbo'),
            'sale_price' => __('Sale price', 'dongbo'),
            'sale_from' => __('Sale starts', 'dongbo'),
            'sale_to' => __('Sale ends', 'dongbo'),
            'manage_stock' => __('Manages stock', 'dongbo'),
            'stock' => __('Stock', 'dongbo'),
            'stock_status' => __('In stock or not', 'dongbo'),
            'stock_source' => __('Where the number comes from', 'dongbo'),
            'status' => __('Status', 'dongbo'),
            'visibility' => __('Visibility', 'dongbo'),
            'categories' => __('Categories', 'dongbo'),
            'attributes' => __('Attributes', 'dongbo'),
            'images' => __('Images', 'dongbo'),
            'brand' => __('Brand', 'dongbo'),
            'tax_class' => __('Tax class', 'dongbo'),
            'product' => __('Product', 'dongbo'),
            'created' => __('Created', 'dongbo'),
            'deleted' => __('Deleted', 'dongbo'),
            'parent' => __('Parent category', 'dongbo'),
            'linked' => __('Linked', 'dongbo'),
            'link_state' => __('Kept in step', 'dongbo'),
            'selection' => __('Selection', 'dongbo'),
            'unlinked' => __('Unlinked', 'dongbo'),
        ];
    }
}

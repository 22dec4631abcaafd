<?php

declare(strict_types=1);

namespace Dongbo\StandIn;

/** The rows of wc_product_meta_lookup: what a product's metas say, in columns. */
final class Lookup
{
    public static function write(int $id): void
    {
        global $wpdb;
        $meta = static fn (string $key) => get_post_meta($id, $key, true);
        $prices = array_map('floatval', get_post_meta($id, '_price', false));
        $price = $meta('_price');
        $sale = $meta('_sale_price');
        $managed = $meta('_manage_stock') === 'yes';
        // A text too long for its column loses the row; WordPress only notes it in last_error.
        $wpdb->replace($wpdb->prefix . 'wc_product_meta_lookup', [
            'product_id' => $id,
            'sku' => $meta('_sku'),
            'global_unique_id' => $meta('_global_unique_id'),
            'virtual' => $meta('_virtual') === 'yes' ? 1 : 0,
            'downloadable' => $meta('_downloadable') === 'yes' ? 1 : 0,
            'min_price' => $prices ? min($prices) : 0,
            'max_price' => $prices ? max($prices) : 0,
            'onsale' => $sale !== '' && $price === $sale ? 1 : 0,
            'stock_quantity' => $managed ? wc_stock_amount($meta('_stock')) : null,
            'stock_status' => $meta('_stock_status'),
            'rating_count' => 0,
            'average_rating' => $meta('_wc_average_rating'),
            'total_sales' => $meta('total_sales'),
            'tax_status' => $meta('_tax_status'),
            'tax_class' => $meta('_tax_class'),
        ]);
    }

    /** @param array<string, mixed> $columns */
    public static function set(int $id, array $columns): void
    {
        global $wpdb;
        $wpdb->update($wpdb->prefix . 'wc_product_meta_lookup', $columns, ['product_id' => $id]);
    }

    public static function delete(int $id): void
    {
        global $wpdb;
        $wpdb->delete($wpdb->prefix . 'wc_product_meta_lookup', ['product_id' => $id]);
    }

    /** The living product that holds a value in one of the columns; 0 for none. */
    public static function find(string $column, string $value, int $except = 0): int
    {
        global $wpdb;

        return (int) $wpdb->get_var($wpdb->prepare(
            "SELECT p.ID FROM {$wpdb->posts} p JOIN {$wpdb->prefix}wc_product_meta_lookup l ON l.product_id = p.ID
             WHERE p.post_type IN ('product', 'product_variation') AND p.post_status <> 'trash' AND l.$column = %s AND p.ID <> %d LIMIT 1",
            $value,
            $except
        ));
    }
}

<?php

declare(strict_types=1);

namespace Dongbo\Contract;

/** Whether a persistent object cache says what the database holds. */
final class Cached
{
    private function __construct()
    {
    }

    /** A shopper's request, which reads everything and so leaves it in the cache. */
    public static function shopper(): string
    {
        $request = new Process(dirname(__DIR__) . '/view.php', []);
        while ($request->runs()) {
            usleep(2000);
        }

        return $request->output();
    }

    /** What shoppers are shown is what they would be shown without the cache, and WooCommerce's own lookup rows agree. */
    public static function right(string $what): void
    {
        global $wpdb;
        $cached = json_decode(self::shopper(), true);
        Check::that(is_array($cached), "$what: the shopper sees something");
        wp_cache_flush();
        $stored = json_decode(self::shopper(), true);
        foreach ($stored['products'] as $id => $product) {
            foreach ($product as $field => $value) {
                Check::same($value, $cached['products'][$id][$field] ?? null, "$what: $field of product $id in the cache");
            }
        }
        foreach (array_diff_key($stored, ['products' => 1]) as $part => $value) {
            Check::same($value, $cached[$part] ?? null, "$what: $part in the cache");
        }
        $rows = $wpdb->get_results("SELECT l.product_id, l.sku, l.min_price, l.stock_quantity FROM {$wpdb->prefix}wc_product_meta_lookup l JOIN {$wpdb->posts} p ON p.ID = l.product_id");
        foreach ($rows as $row) {
            $product = $stored['products'][$row->product_id];
            Check::same($product['meta']['_sku'][0] ?? '', (string) $row->sku, "$what: the SKU of {$row->product_id} in the lookup table");
            Check::same((float) ($product['meta']['_price'][0] ?? 0), (float) $row->min_price, "$what: the price of {$row->product_id} in the lookup table");
            Check::same((float) ($product['meta']['_stock'][0] ?? 0), (float) $row->stock_quantity, "$what: the stock of {$row->product_id} in the lookup table");
        }
    }
}

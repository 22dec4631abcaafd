<?php

declare(strict_types=1);

namespace Dongbo\Shop;

/** Whether the creation of one of our products was cut off. */
final class Unfinished
{
    private function __construct()
    {
    }

    /**
     * WooCommerce writes meta, terms, type and version, and last the lookup row.
     *
     * @param array<string, mixed> $product A ShopProduct record.
     */
    public static function is(array $product): bool
    {
        global $wpdb;
        $id = $product['id'];
        if ((string) get_post_meta($id, '_product_version', true) === '') {
            return true;
        }
        if ($product['kind'] !== 'variation' && !has_term($product['kind'], 'product_type', $id)) {
            return true;
        }

        return $wpdb->get_var($wpdb->prepare("SELECT 1 FROM {$wpdb->prefix}wc_product_meta_lookup WHERE product_id = %d", $id)) === null;
    }
}

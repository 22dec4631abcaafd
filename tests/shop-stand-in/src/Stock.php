<?php

declare(strict_types=1);

namespace Dongbo\StandIn;

/** Stock moved in SQL, so that two who move it at once both count. */
final class Stock
{
    /**
     * @param mixed $product
     * @param mixed $amount
     *
     * @return int|float|bool|null
     */
    public static function update($product, $amount, string $operation)
    {
        global $wpdb;
        $product = wc_get_product($product) ? ($product instanceof \WC_Product ? $product : wc_get_product($product)) : false;
        if (!$product) {
            return false;
        }
        if ($amount === null || !$product->managing_stock()) {
            return $product->get_stock_quantity();
        }
        $id = $product->get_stock_managed_by_id();
        $holder = $id === $product->get_id() ? $product : wc_get_product($id);
        $kind = $holder->is_type('variation') ? 'variation' : 'product';
        do_action("woocommerce_{$kind}_before_set_stock", $holder);

        $amount = wc_stock_amount($amount);
        add_post_meta($id, '_stock', 0, true);
        $sign = ['increase' => '+', 'decrease' => '-'][$operation] ?? '';
        $new = $sign === '' ? $wpdb->prepare('%f', $amount) : $wpdb->prepare("meta_value $sign %f", $amount);
        $wpdb->query($wpdb->prepare("UPDATE {$wpdb->postmeta} SET meta_value = $new WHERE post_id = %d AND meta_key = '_stock'", $id));
        wp_cache_delete($id, 'post_meta');
        $now = wc_stock_amount(get_post_meta($id, '_stock', true));
        Lookup::set($id, ['stock_quantity' => $now]);
        do_action('woocommerce_updated_product_stock', $id);

        $holder->adopt_stock_quantity($now);
        $holder->save();
        do_action("woocommerce_{$kind}_set_stock", $holder);

        return $holder->get_stock_quantity();
    }
}

<?php
/**
 * Makes a shop ready to be bought in: pay on delivery, one way to ship, a page with the classic checkout, and a key of
 * WooCommerce's own REST. Prints what a shopper must know, as JSON.
 */

declare(strict_types=1);

update_option('woocommerce_cod_settings', ['enabled' => 'yes', 'title' => 'COD', 'description' => '', 'instructions' => '', 'enable_for_methods' => [], 'enable_for_virtual' => 'yes']);
update_option('woocommerce_enable_guest_checkout', 'yes');

$dongbo_zone = new WC_Shipping_Zone();
$dongbo_zone->set_zone_name('Việt Nam');
$dongbo_zone->add_location('VN', 'country');
$dongbo_zone->save();
$dongbo_rate = $dongbo_zone->add_shipping_method('flat_rate');
update_option("woocommerce_flat_rate_{$dongbo_rate}_settings", ['title' => 'Giao hàng', 'tax_status' => 'none', 'cost' => '22000']);
WC_Cache_Helper::get_transient_version('shipping', true);

$dongbo_page = wp_insert_post(['post_type' => 'page', 'post_status' => 'publish', 'post_title' => 'Classic checkout', 'post_content' => '[woocommerce_checkout]']);
$dongbo_skus = [];
foreach ($argv as $dongbo_place => $dongbo_sku) {
    if ($dongbo_place > 0) {
        $dongbo_skus[$dongbo_sku] = wc_get_product_id_by_sku($dongbo_sku);
    }
}
echo "\n", json_encode(['classic' => get_permalink($dongbo_page), 'rate' => "flat_rate:$dongbo_rate", 'products' => $dongbo_skus]), "\n";

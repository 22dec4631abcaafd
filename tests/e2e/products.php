<?php

/**
 * Makes products by hand, as an owner would, from a file of JSON rows
 * `{name, sku, price, stock, category, variations: [{sku, price, values: {attribute: value}}], twice}`. One with
 * `twice` gets its SKU past WooCommerce's check, as imports and old shops have it. Prints the ids.
 */

declare(strict_types=1);

$dongbo_rows = json_decode((string) file_get_contents($argv[1]), true);
wp_set_current_user(1);
wp_defer_term_counting(true);

/** @return int[] */
$dongbo_category = static function (array $row): array {
    if (empty($row['category'])) {
        return [];
    }
    $known = get_term_by('name', $row['category'], 'product_cat');

    return [$known ? (int) $known->term_id : (int) wp_insert_term($row['category'], 'product_cat')['term_id']];
};

$dongbo_fill = static function ($product, array $row): int {
    global $wpdb;
    $product->set_regular_price((string) ($row['price'] ?? '10000'));
    if (isset($row['stock'])) {
        $product->set_manage_stock(true);
        $product->set_stock_quantity($row['stock']);
    }
    if (empty($row['twice'])) {
        $product->set_sku((string) ($row['sku'] ?? ''));
    }
    $id = $product->save();
    if (!empty($row['twice'])) {
        update_post_meta($id, '_sku', $row['sku']);
        $wpdb->update($wpdb->prefix . 'wc_product_meta_lookup', ['sku' => $row['sku']], ['product_id' => $id]);
    }

    return $id;
};

$dongbo_ids = [];
foreach ($dongbo_rows as $row) {
    $product = empty($row['variations']) ? new WC_Product_Simple() : new WC_Product_Variable();
    $product->set_name($row['name']);
    $product->set_category_ids($dongbo_category($row));
    if (empty($row['variations'])) {
        $dongbo_ids[] = $dongbo_fill($product, $row);
        continue;
    }
    $names = array_keys($row['variations'][0]['values']);
    $attributes = [];
    foreach ($names as $name) {
        $attribute = new WC_Product_Attribute();
        $attribute->set_name($name);
        $attribute->set_options(array_values(array_unique(array_column(array_column($row['variations'], 'values'), $name))));
        $attribute->set_visible(true);
        $attribute->set_variation(true);
        $attributes[] = $attribute;
    }
    $product->set_attributes($attributes);
    $parent = $product->save();
    foreach ($row['variations'] as $own) {
        $variation = new WC_Product_Variation();
        $variation->set_parent_id($parent);
        $variation->set_attributes(array_combine(array_map('sanitize_title', $names), array_values($own['values'])));
        $dongbo_fill($variation, $own);
    }
    $dongbo_ids[] = $parent;
}
wp_defer_term_counting(false);
Dongbo\Push\Recorder::rest();
echo json_encode($dongbo_ids), "\n";

<?php
// A shirt in two colours and two sizes, as several cases begin with it.

declare(strict_types=1);

return static function (array $skus = ['AO-DO-M', 'AO-DO-L', 'AO-XANH-M']): array {
    $taxonomies = [];
    foreach (['Màu' => ['Đỏ', 'Xanh'], 'Size' => ['M', 'L']] as $name => $values) {
        $slug = wc_sanitize_taxonomy_name($name);
        $id = wc_create_attribute(['name' => $name, 'slug' => $slug, 'type' => 'select', 'order_by' => 'menu_order', 'has_archives' => false]);
        $taxonomy = wc_attribute_taxonomy_name($slug);
        register_taxonomy($taxonomy, ['product'], ['hierarchical' => true, 'label' => $name]);
        $terms = [];
        foreach ($values as $value) {
            $terms[] = wp_insert_term($value, $taxonomy)['term_id'];
        }
        $taxonomies[$taxonomy] = [$id, $terms];
    }
    $parent = new WC_Product_Variable();
    $parent->set_name('Áo thun');
    $attributes = [];
    foreach ($taxonomies as $taxonomy => [$id, $terms]) {
        $attribute = new WC_Product_Attribute();
        $attribute->set_id($id);
        $attribute->set_name($taxonomy);
        $attribute->set_options($terms);
        $attribute->set_position(count($attributes));
        $attribute->set_visible(true);
        $attribute->set_variation(true);
        $attributes[] = $attribute;
    }
    $parent->set_attributes($attributes);
    $ids = ['parent' => $parent->save()];
    foreach ($skus as $place => $sku) {
        $variation = new WC_Product_Variation();
        $variation->set_parent_id($ids['parent']);
        $variation->set_attributes(['pa_mau' => $place === 2 ? 'xanh' : 'do', 'pa_size' => $place === 1 ? 'l' : 'm']);
        $variation->set_sku($sku);
        $variation->set_regular_price((string) (150000 + 10000 * $place));
        $variation->set_manage_stock(true);
        $variation->set_stock_quantity(3 * $place);
        $ids[$sku] = $variation->save();
    }
    WC_Product_Variable::sync($ids['parent']);

    return $ids;
};

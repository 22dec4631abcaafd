<?php
// Site-wide attributes, their values, a variable product and its variations, one step each.

declare(strict_types=1);

use Dongbo\Tests\Contract\Observation;

return static function (Observation $see): void {
    $attribute = $see->step('attribute', static fn () => wc_create_attribute(['name' => 'Màu', 'slug' => 'mau', 'type' => 'select', 'order_by' => 'menu_order', 'has_archives' => false]));
    $see->step('attribute list', static fn () => array_map(static fn ($row) => (array) $row, array_values(wc_get_attribute_taxonomies())));
    register_taxonomy('pa_mau', ['product'], ['hierarchical' => true]);
    $red = $see->step('value', static fn () => wp_insert_term('Đỏ', 'pa_mau'));
    $blue = $see->step('second value', static fn () => wp_insert_term('Xanh', 'pa_mau'));
    $parent = $see->step('parent', static function () use ($attribute, $red, $blue) {
        $choice = new WC_Product_Attribute();
        $choice->set_id($attribute);
        $choice->set_name('pa_mau');
        $choice->set_options([$red['term_id'], $blue['term_id']]);
        $choice->set_position(0);
        $choice->set_visible(true);
        $choice->set_variation(true);
        $product = new WC_Product_Variable();
        $product->set_name('Áo khoác');
        $product->set_attributes([$choice]);
        $product->update_meta_data('_dongbo_origin', 'kiotviet:1:9');

        return $product->save();
    });
    $first = $see->step('first variation', static function () use ($parent) {
        $variation = new WC_Product_Variation();
        $variation->set_parent_id($parent);
        $variation->set_attributes(['pa_mau' => 'do']);
        $variation->set_sku('AK-DO');
        $variation->set_regular_price('300000');
        $variation->set_sale_price('250000');
        $variation->set_weight('0.8');
        $variation->set_global_unique_id('8930000000019');
        $variation->set_manage_stock(true);
        $variation->set_stock_quantity(4);
        $variation->update_meta_data('_dongbo_origin', 'kiotviet:1:10');

        return $variation->save();
    });
    $see->step('second variation', static function () use ($parent) {
        $variation = new WC_Product_Variation();
        $variation->set_parent_id($parent);
        $variation->set_attributes(['pa_mau' => 'xanh']);
        $variation->set_sku('AK-XANH');
        $variation->set_regular_price('320000');
        $variation->set_manage_stock(true);
        $variation->set_stock_quantity(0);

        return $variation->save();
    });
    $see->step('sync', static fn () => get_class(WC_Product_Variable::sync($parent)));
    $see->step('read back', static function () use ($parent, $first) {
        $read = wc_get_product($parent);
        $variation = wc_get_product($first);
        $attributes = [];
        foreach ($read->get_attributes() as $key => $attribute) {
            $attributes[$key] = [$attribute->get_id(), $attribute->get_name(), $attribute->get_options(), $attribute->get_position(), $attribute->get_visible(), $attribute->get_variation(), $attribute->is_taxonomy(), $attribute->get_taxonomy()];
        }

        return [$read->get_type(), $read->get_children(), $attributes, $read->get_stock_status(), $read->get_price(), $read->get_manage_stock(),
            $variation->get_type(), $variation->get_parent_id(), $variation->get_attributes(), $variation->get_name(), $variation->get_price(), $variation->get_stock_quantity(),
            $variation->get_global_unique_id('edit'), $variation->get_status(), $variation->get_weight('edit')];
    });
};

<?php
// A simple product with every field Dongbo writes; then saved again with nothing changed.

declare(strict_types=1);

use Dongbo\Tests\Contract\Observation;

return static function (Observation $see): void {
    $category = $see->step('category', static fn () => wp_insert_term('Áo thun', 'product_cat'));
    $product = new WC_Product_Simple();
    $see->step('set', static function () use ($product, $category) {
        $product->set_name('Áo thun cổ tròn "Sài Gòn" & <b>Huế</b>');
        $product->set_sku('SP000123');
        $product->set_regular_price('149000');
        $product->set_description('<p>Vải <b>cotton</b></p>');
        $product->set_short_description('Cotton');
        $product->set_manage_stock(true);
        $product->set_stock_quantity(12);
        $product->set_weight('0.25');
        $product->set_category_ids([$category['term_id']]);
        $product->set_global_unique_id('8934567890123');
        $product->add_meta_data('_dongbo_origin', 'kiotviet:1:123', true);

        return $product->get_changes();
    });
    $see->step('save', static fn () => $product->save());
    $see->step('save again, nothing changed', static fn () => $product->save());
    $see->step('read back', static function () use ($product) {
        $read = wc_get_product($product->get_id());

        return [
            $read->get_type(), $read->get_name('edit'), $read->get_slug(), $read->get_status(), $read->get_sku('edit'), $read->get_regular_price('edit'),
            $read->get_sale_price('edit'), $read->get_price('edit'), $read->get_manage_stock('edit'), $read->get_stock_quantity('edit'),
            $read->get_stock_status('edit'), $read->get_weight('edit'), $read->get_category_ids('edit'), $read->get_global_unique_id('edit'),
            $read->get_meta('_dongbo_origin'), $read->get_catalog_visibility(), $read->get_tax_status(), $read->get_tax_class(), $read->get_backorders(),
            $read->get_parent_id(), $read->get_description('edit'), $read->get_short_description('edit'), $read->get_image_id(),
        ];
    });
};

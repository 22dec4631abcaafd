<?php
// A simple product becomes variable and back; stock managed by the parent; any value.

declare(strict_types=1);

use Dongbo\Tests\Contract\Observation;

return static function (Observation $see): void {
    $id = $see->step('simple', static function () {
        $product = new WC_Product_Simple();
        $product->set_name('Cốc sứ');
        $product->set_regular_price('45000');
        $product->set_manage_stock(true);
        $product->set_stock_quantity(8);

        return $product->save();
    });
    $see->step('to variable', static function () use ($id) {
        wp_set_object_terms($id, 'variable', 'product_type');
        $choice = new WC_Product_Attribute();
        $choice->set_name('Kiểu');
        $choice->set_options(['Trơn', 'Hoa']);
        $choice->set_visible(true);
        $choice->set_variation(true);
        $product = new WC_Product_Variable($id);
        $product->set_attributes([$choice]);

        return [$product->save(), wc_get_product($id)->get_type(), array_keys(wc_get_product($id)->get_attributes())];
    });
    $variation = $see->step('variation without stock of its own', static function () use ($id) {
        $variation = new WC_Product_Variation();
        $variation->set_parent_id($id);
        $variation->set_attributes(['kieu' => '']);
        $variation->set_regular_price('45000');
        $variation->set_manage_stock(false);
        $saved = $variation->save();

        return $saved;
    });
    $see->step('stock by way of the parent', static fn () => [wc_get_product($variation)->get_manage_stock(), wc_get_product($variation)->get_stock_quantity(), wc_update_product_stock($variation, 2, 'decrease'), wc_get_product($id)->get_stock_quantity()]);
    $see->step('sync', static fn () => get_class(WC_Product_Variable::sync($id)));
    $see->step('back to simple', static function () use ($id) {
        $product = new WC_Product_Simple($id);

        return [$product->save(), wc_get_product($id)->get_type()];
    });
};

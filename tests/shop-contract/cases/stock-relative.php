<?php
// Stock as a difference, set absolutely, below 0, fractions, where stock is not managed.

declare(strict_types=1);

use Dongbo\Tests\Contract\Observation;

return static function (Observation $see): void {
    $id = $see->step('create with 10', static function () {
        $product = new WC_Product_Simple();
        $product->set_name('Trà ô long');
        $product->set_regular_price('65000');
        $product->set_manage_stock(true);
        $product->set_stock_quantity(10);

        return $product->save();
    });
    foreach ([['increase', 2], ['decrease', 11], ['decrease', 1], ['decrease', 2], ['set', 4], ['increase', 0], ['increase', 2.5], ['set', 1.9], ['set', null]] as [$how, $much]) {
        $see->step("$how " . var_export($much, true), static fn () => wc_update_product_stock($id, $much, $how));
        $see->step("after $how " . var_export($much, true), static function () use ($id) {
            $product = wc_get_product($id);

            return [$product->get_stock_quantity('edit'), $product->get_stock_status('edit')];
        });
    }
    $see->step('an object, cache kept warm', static function () use ($id) {
        $product = wc_get_product($id);

        return [wc_update_product_stock($product, 7, 'increase'), $product->get_stock_quantity('edit'), $product->get_stock_status('edit')];
    });
    $see->step('set_stock_quantity of a fraction', static function () use ($id) {
        $product = wc_get_product($id);
        $product->set_stock_quantity(2.75);
        $product->save();

        return [$product->get_stock_quantity('edit'), wc_get_product($id)->get_stock_quantity('edit')];
    });
    $see->step('set_stock_quantity below 0', static function () use ($id) {
        $product = wc_get_product($id);
        $product->set_stock_quantity(-3);
        $product->save();

        return [$product->get_stock_quantity('edit'), $product->get_stock_status('edit')];
    });
    $see->step('stock not managed', static function () use ($id) {
        $product = wc_get_product($id);
        $product->set_manage_stock(false);
        $product->save();

        return [wc_update_product_stock($id, 5, 'increase'), wc_get_product($id)->get_stock_quantity('edit')];
    });
    $see->step('no such product', static fn () => wc_update_product_stock(4711, 5, 'increase'));
};

<?php
// A simple product to the trash, back, and deleted for good.

declare(strict_types=1);

use Dongbo\Tests\Contract\Observation;

return static function (Observation $see): void {
    $id = $see->step('create', static function () {
        $product = new WC_Product_Simple();
        $product->set_name('Bỏ đi');
        $product->set_sku('BO-1');
        $product->set_regular_price('9000');
        $product->set_manage_stock(true);
        $product->set_stock_quantity(1);

        return $product->save();
    });
    $see->step('to the trash', static fn () => wc_get_product($id)->delete());
    $see->step('read in the trash', static fn () => [get_class(wc_get_product($id)), wc_get_product($id)->get_status(), wc_get_product($id)->get_sku('edit')]);
    $see->step('back', static fn () => wp_untrash_post($id) instanceof WP_Post);
    $see->step('deleted for good', static fn () => wc_get_product($id)->delete(true));
    $see->step('gone', static fn () => [wc_get_product($id), wc_get_product_id_by_sku('BO-1')]);
};

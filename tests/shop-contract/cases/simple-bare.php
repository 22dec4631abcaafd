<?php
// Products with hardly anything set: no price, stock not managed (a service), as cron writes them (no user).

declare(strict_types=1);

use Dongbo\Tests\Contract\Observation;

return static function (Observation $see): void {
    wp_set_current_user(0);
    $see->step('name only', static function () {
        $product = new WC_Product_Simple();
        $product->set_name('Chỉ có tên');

        return $product->save();
    });
    $see->step('service with price and status', static function () {
        $product = new WC_Product_Simple();
        $product->set_name('Công lắp đặt');
        $product->set_status('draft');
        $product->set_catalog_visibility('hidden');
        $product->set_regular_price('50000');
        $product->set_manage_stock(false);
        $product->set_stock_status('instock');
        $product->set_tax_status('none');
        $product->set_tax_class('reduced-rate');

        return $product->save();
    });
};

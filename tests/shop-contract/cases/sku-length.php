<?php
// SKUs of 100 and 101 characters.

declare(strict_types=1);

use Dongbo\Tests\Contract\Observation;

return static function (Observation $see): void {
    foreach ([100, 101] as $length) {
        $see->step("$length characters", static function () use ($length) {
            $product = new WC_Product_Simple();
            $product->set_name("SKU $length");
            $product->set_regular_price('1000');
            $product->set_sku(str_repeat('K', $length));

            return $product->save();
        });
        $see->step("look-up of $length", static fn () => wc_get_product_id_by_sku(str_repeat('K', $length)));
    }
};

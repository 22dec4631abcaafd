<?php
// Values WooCommerce refuses or alters.

declare(strict_types=1);

use Dongbo\Tests\Contract\Observation;

return static function (Observation $see): void {
    $product = new WC_Product_Simple();
    foreach ([
        'visibility' => static fn () => $product->set_catalog_visibility('nowhere'),
        'tax status' => static fn () => $product->set_tax_status('maybe'),
        'tax class' => static fn () => $product->set_tax_class('no-such-class'),
        'stock status' => static fn () => $product->set_stock_status('who-knows'),
        'backorders' => static fn () => $product->set_backorders('maybe'),
        'status' => static fn () => $product->set_status('no-such-status'),
    ] as $what => $set) {
        $see->step($what, $set);
    }
    $see->step('kept', static fn () => [$product->get_catalog_visibility('edit'), $product->get_tax_status('edit'), $product->get_tax_class('edit'), $product->get_stock_status('edit'), $product->get_backorders('edit'), $product->get_status('edit')]);
    $see->step('set_props, several wrong', static fn () => $product->set_props(['catalog_visibility' => 'nowhere', 'tax_status' => 'maybe', 'name' => 'Vẫn đặt', 'no_such_prop' => 1]));
    $see->step('name kept', static fn () => $product->get_name('edit'));
    $see->step('variation without a parent', static function () {
        $variation = new WC_Product_Variation();
        $variation->set_regular_price('1000');
        $id = $variation->save();

        return [$id, wc_get_product($id) instanceof WC_Product];
    });
    $see->step('variation of a product that is none', static function () {
        $variation = new WC_Product_Variation();
        $variation->set_parent_id(4711);

        return $variation->save();
    });
    $see->step('weights', static function () {
        $seen = [];
        foreach (['1,5', 'abc', '-1', '0', '1.2345678', 0.25] as $weight) {
            $product = new WC_Product_Simple();
            $product->set_weight($weight);
            $seen[] = $product->get_weight('edit');
        }

        return $seen;
    });
};

<?php
// Prices, stock and values of variations that exist.

declare(strict_types=1);

use Dongbo\Tests\Contract\Observation;

return static function (Observation $see): void {
    $ids = (require __DIR__ . '/family.inc.php')();
    $see->step('begin', static fn () => $ids);
    $see->step('price of one', static function () use ($ids) {
        $variation = wc_get_product($ids['AO-DO-M']);
        $variation->set_regular_price('170000');
        $variation->set_sale_price('120000');
        $variation->save();

        return wc_get_product($ids['parent'])->get_price();
    });
    $see->step('sync', static fn () => get_class(WC_Product_Variable::sync($ids['parent'])));
    $see->step('stock of one as a difference', static fn () => wc_update_product_stock($ids['AO-DO-M'], 5, 'increase'));
    $see->step('stock of one to 0', static fn () => wc_update_product_stock($ids['AO-DO-L'], 3, 'decrease'));
    $see->step('another value', static function () use ($ids) {
        $variation = wc_get_product($ids['AO-XANH-M']);
        $variation->set_attributes(['pa_mau' => 'xanh', 'pa_size' => 'l']);

        return $variation->save();
    });
    $see->step('an attribute less', static function () use ($ids) {
        $variation = wc_get_product($ids['AO-XANH-M']);
        $variation->set_attributes(['pa_mau' => 'xanh']);

        return $variation->save();
    });
    $see->step('GTIN and weight', static function () use ($ids) {
        $variation = wc_get_product($ids['AO-DO-L']);
        $variation->set_global_unique_id('8930000000026');
        $variation->set_weight('0.3');

        return $variation->save();
    });
    $see->step('parent renamed', static function () use ($ids) {
        $parent = wc_get_product($ids['parent']);
        $parent->set_name('Áo phông');
        $parent->save();

        return wc_get_product($ids['AO-DO-M'])->get_name();
    });
    $see->step('variation switched off', static function () use ($ids) {
        $variation = wc_get_product($ids['AO-DO-M']);
        $variation->set_status('private');
        $variation->save();
        WC_Product_Variable::sync($ids['parent']);

        return wc_get_product($ids['parent'])->get_price();
    });
    $see->step('SKU clash', static function () use ($ids) {
        $variation = wc_get_product($ids['AO-DO-M']);
        $variation->set_sku('AO-DO-L');

        return $variation->save();
    });
    $see->step('everything out of stock', static function () use ($ids) {
        foreach (['AO-DO-M', 'AO-DO-L', 'AO-XANH-M'] as $sku) {
            wc_update_product_stock($ids[$sku], 0, 'set');
        }
        WC_Product_Variable::sync($ids['parent']);

        return wc_get_product($ids['parent'])->get_stock_status();
    });
};

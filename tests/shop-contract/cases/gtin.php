<?php
// Barcodes in the GTIN field: plain, of letters, with blanks, twice, cleared.

declare(strict_types=1);

use Dongbo\Tests\Contract\Observation;

return static function (Observation $see): void {
    foreach (['8934567890123', ' 8934567890130 ', 'ABC', '893-456-789', '12 34', '89.34', '8934567890123', '1'] as $number => $gtin) {
        $see->step("set \"$gtin\" ($number)", static function () use ($gtin, $number) {
            $product = new WC_Product_Simple();
            $product->set_name("GTIN $number");
            $product->set_global_unique_id($gtin);
            $id = $product->save();

            return [$id, $product->get_global_unique_id('edit'), wc_get_product($id)->get_global_unique_id('edit')];
        });
    }
    $see->step('changed, then cleared', static function () {
        $product = new WC_Product_Simple();
        $product->set_name('Đổi mã vạch');
        $product->set_global_unique_id('8930000000001');
        $id = $product->save();
        $product = wc_get_product($id);
        $product->set_global_unique_id('8930000000002');
        $product->save();
        $product = wc_get_product($id);
        $product->set_global_unique_id('');
        $product->save();

        return wc_get_product($id)->get_global_unique_id('edit');
    });
};

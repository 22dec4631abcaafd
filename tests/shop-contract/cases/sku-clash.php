<?php
// One SKU twice: refused among living products, not for one in the trash; looked up by SKU.

declare(strict_types=1);

use Dongbo\Tests\Contract\Observation;

return static function (Observation $see): void {
    $make = static function (string $name, string $sku) {
        $product = new WC_Product_Simple();
        $product->set_name($name);
        $product->set_sku($sku);

        return $product->save();
    };
    $first = $see->step('first', static fn () => $make('Một', 'TRUNG-1'));
    $see->step('second with the same SKU', static fn () => $make('Hai', 'TRUNG-1'));
    $see->step('same SKU in other case', static fn () => $make('Ba', 'trung-1'));
    $third = $see->step('with another', static fn () => $make('Bốn', 'TRUNG-2'));
    $see->step('changed to the first one', static function () use ($third) {
        $product = wc_get_product($third);
        $product->set_sku('TRUNG-1');

        return $product->save();
    });
    $see->step('set_props with a clash', static function () use ($third) {
        $product = wc_get_product($third);

        return $product->set_props(['sku' => 'TRUNG-1', 'name' => 'Bốn đổi tên']);
    });
    $see->step('look-ups', static fn () => array_map('wc_get_product_id_by_sku', ['TRUNG-1', 'trung-1', ' TRUNG-1', 'TRUNG-3', '']));
    $see->step('first to the trash', static fn () => wp_trash_post($first) instanceof WP_Post);
    $see->step('look-up of one in the trash', static fn () => wc_get_product_id_by_sku('TRUNG-1'));
    $see->step('twin of one in the trash', static fn () => $make('Sinh đôi', 'TRUNG-1'));
    $see->step('SKU of blanks, tags and quotes', static function () use ($make) {
        $ids = [$make('Lạ 1', '  LẠ 1  '), $make('Lạ 2', '<b>LẠ-2</b>'), $make('Lạ 3', "LẠ'3\"")];

        return [$ids, array_map(static fn ($id) => wc_get_product($id)->get_sku('edit'), $ids)];
    });
};

<?php
// Price, stock, texts, weight and visibility of a product that exists.

declare(strict_types=1);

use Dongbo\Tests\Contract\Observation;

return static function (Observation $see): void {
    $id = $see->step('create', static function () {
        $product = new WC_Product_Simple();
        $product->set_name('Nón lá');
        $product->set_sku('NON-1');
        $product->set_regular_price('80000');
        $product->set_manage_stock(true);
        $product->set_stock_quantity(5);

        return $product->save();
    });
    $change = static function (string $step, callable $do) use ($see, $id): void {
        $see->step($step, static function () use ($id, $do) {
            $product = wc_get_product($id);
            $do($product);

            return $product->save();
        });
    };
    $change('price', static function ($product) { $product->set_regular_price('90000'); });
    $change('the same price', static function ($product) { $product->set_regular_price('90000'); });
    $change('name and slug', static function ($product) { $product->set_name('Nón lá Huế'); $product->set_slug('non-la-hue'); });
    $change('descriptions', static function ($product) { $product->set_description('Dài'); $product->set_short_description('Ngắn'); });
    $change('weight', static function ($product) { $product->set_weight('0.150'); });
    $change('weight cleared', static function ($product) { $product->set_weight(''); });
    $change('stock to 0', static function ($product) { $product->set_stock_quantity(0); });
    $change('stock back', static function ($product) { $product->set_stock_quantity(3); });
    $change('backorders at 0', static function ($product) { $product->set_backorders('notify'); $product->set_stock_quantity(0); });
    $change('stock no longer managed', static function ($product) { $product->set_manage_stock(false); $product->set_stock_status('instock'); });
    $change('out of stock by hand', static function ($product) { $product->set_stock_status('outofstock'); });
    $change('hidden', static function ($product) { $product->set_catalog_visibility('hidden'); });
    $change('search only', static function ($product) { $product->set_catalog_visibility('search'); });
    $change('draft', static function ($product) { $product->set_status('draft'); });
    $change('image', static function ($product) { $product->set_image_id(wp_insert_attachment(['post_title' => 'Ảnh', 'post_mime_type' => 'image/png'])); });
    $change('tax', static function ($product) { $product->set_tax_status('shipping'); $product->set_tax_class('zero-rate'); });
    $change('price cleared', static function ($product) { $product->set_regular_price(''); });
    $change('SKU', static function ($product) { $product->set_sku('NON-2'); });
    $change('SKU cleared', static function ($product) { $product->set_sku(''); });
};

<?php
// Meta data of a product: added, changed, removed, saved apart.

declare(strict_types=1);

use Dongbo\Tests\Contract\Observation;

return static function (Observation $see): void {
    $id = $see->step('create', static function () {
        $product = new WC_Product_Simple();
        $product->set_name('Có meta');
        $product->add_meta_data('_dongbo_origin', 'a', true);
        $product->add_meta_data('_dongbo_list', 'x');
        $product->add_meta_data('_dongbo_list', 'y');

        return $product->save();
    });
    $see->step('read', static fn () => [wc_get_product($id)->get_meta('_dongbo_origin'), wc_get_product($id)->get_meta('_dongbo_none'), count(wc_get_product($id)->get_meta('_dongbo_list', false)), wc_get_product($id)->meta_exists('_dongbo_origin')]);
    $see->step('changed', static function () use ($id) {
        $product = wc_get_product($id);
        $product->update_meta_data('_dongbo_origin', 'b');
        $product->update_meta_data('_dongbo_new', ['kind' => 'list', 'n' => 1]);

        return $product->save();
    });
    $see->step('the same', static function () use ($id) {
        $product = wc_get_product($id);
        $product->update_meta_data('_dongbo_origin', 'b');

        return $product->save();
    });
    $see->step('removed', static function () use ($id) {
        $product = wc_get_product($id);
        $product->delete_meta_data('_dongbo_list');

        return $product->save();
    });
    $see->step('saved apart', static function () use ($id) {
        $product = wc_get_product($id);
        $product->update_meta_data('_dongbo_origin', 'c');
        $product->save_meta_data();

        return get_post_meta($id, '_dongbo_origin', true);
    });
};

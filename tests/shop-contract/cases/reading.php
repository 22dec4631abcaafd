<?php
// Products found and not found.

declare(strict_types=1);

use Dongbo\Tests\Contract\Observation;

return static function (Observation $see): void {
    $ids = (require __DIR__ . '/family.inc.php')();
    $see->step('begin', static fn () => $ids);
    $simple = $see->step('a simple one', static function () {
        $product = new WC_Product_Simple();
        $product->set_name('Đơn giản');
        $product->set_sku('DON');
        $product->update_meta_data('_dongbo_origin', 'z');

        return $product->save();
    });
    $see->step('none', static fn () => [wc_get_product(4711), wc_get_product(0), wc_get_product(wp_insert_post(['post_title' => 'Bài viết', 'post_status' => 'publish']))]);
    $see->step('classes', static fn () => [get_class(wc_get_product($simple)), get_class(wc_get_product($ids['parent'])), get_class(wc_get_product($ids['AO-DO-M'])), get_class(wc_get_product((string) $simple)), get_class(wc_get_product(get_post($simple)))]);
    $list = static fn (array $query) => static function () use ($query) {
        $found = wc_get_products($query + ['return' => 'ids', 'orderby' => 'ID', 'order' => 'ASC']);

        return array_map('intval', $found);
    };
    $see->step('all', $list(['limit' => -1]));
    $see->step('by type', $list(['type' => 'variable', 'limit' => -1]));
    $see->step('variations', $list(['type' => 'variation', 'limit' => -1]));
    $see->step('by SKU', $list(['sku' => 'DON']));
    $see->step('by a part of the SKU', $list(['sku' => 'AO-DO', 'type' => ['simple', 'variation']]));
    $see->step('by status', $list(['status' => 'draft']));
    $see->step('by parent', $list(['parent' => $ids['parent'], 'type' => 'variation']));
    $see->step('by id', $list(['include' => [$simple, $ids['parent']]]));
    $see->step('page', $list(['limit' => 1, 'page' => 2]));
    $see->step('price range', static fn () => [wc_get_product($ids['parent'])->get_variation_price('min'), wc_get_product($ids['parent'])->get_variation_price('max')]);
    $see->step('a class for an id that is none', static fn () => new WC_Product_Simple(4711));
    $see->step('a class for another kind', static fn () => (new WC_Product_Variation($simple))->get_id());
};

<?php
// Nested categories, moved, taken away; a product without any.

declare(strict_types=1);

use Dongbo\Tests\Contract\Observation;

return static function (Observation $see): void {
    $top = $see->step('top', static fn () => wp_insert_term('Thời trang', 'product_cat'))['term_id'];
    $child = $see->step('child', static fn () => wp_insert_term('Nam', 'product_cat', ['parent' => $top]))['term_id'];
    $other = $see->step('another', static fn () => wp_insert_term('Nữ', 'product_cat', ['parent' => $top]))['term_id'];
    $see->step('child again', static fn () => wp_insert_term('Nam', 'product_cat', ['parent' => $top]));
    $id = $see->step('product in the child', static function () use ($child) {
        $product = new WC_Product_Simple();
        $product->set_name('Quần tây');
        $product->set_category_ids([$child]);

        return $product->save();
    });
    $put = static fn (array $categories) => static function () use ($id, $categories) {
        $product = wc_get_product($id);
        $product->set_category_ids($categories);
        $product->save();

        return wc_get_product($id)->get_category_ids('edit');
    };
    $see->step('moved', $put([$other]));
    $see->step('in both', $put([$child, $other]));
    $see->step('the same in another order', $put([$other, $child]));
    $see->step('in none', $put([]));
    $see->step('one that does not exist', $put([4711]));
    $see->step('renamed and moved to the top', static fn () => wp_update_term($child, 'product_cat', ['name' => 'Đồ nam', 'parent' => 0]));
    $see->step('counts put off', static function () use ($put, $child) {
        wp_defer_term_counting(true);
        $put([$child])();
        wp_defer_term_counting(false);

        return get_term($child, 'product_cat')->count;
    });
    $see->step('deleted', static fn () => wp_delete_term($other, 'product_cat'));
};

<?php
// The main image and the gallery: set, changed, taken away, of a product and of a variation.

declare(strict_types=1);

use Dongbo\Tests\Contract\Observation;

return static function (Observation $see): void {
    [$one, $two, $three] = $see->step('attachments', static fn () => array_map(
        static fn (int $number) => wp_insert_attachment(['post_title' => "Ảnh $number", 'post_mime_type' => 'image/png', 'post_status' => 'inherit'], "2026/01/$number.png"),
        [1, 2, 3]
    ));
    $id = $see->step('create', static function () {
        $product = new WC_Product_Simple();
        $product->set_name('Khăn lụa');

        return $product->save();
    });
    $show = static function (string $step, $main, array $gallery) use ($see, $id): void {
        $see->step($step, static function () use ($id, $main, $gallery) {
            $product = wc_get_product($id);
            $product->set_image_id($main);
            $product->set_gallery_image_ids($gallery);
            $product->save();
            $read = wc_get_product($id);

            return [(int) $read->get_image_id(), array_map('intval', $read->get_gallery_image_ids())];
        });
    };
    $show('main and gallery', $one, [$two, $three]);
    $show('the same again', $one, [$two, $three]);
    $show('another order', $two, [$one, $two]);
    $show('none', 0, []);
    $see->step('a variation', static function () use ($one) {
        $parent = new WC_Product_Variable();
        $parent->set_name('Áo');
        $parent->set_image_id($one);
        $variation = new WC_Product_Variation();
        $variation->set_parent_id($parent->save());
        $id = $variation->save();

        return [(int) wc_get_product($id)->get_image_id('edit'), (int) wc_get_product($id)->get_image_id()];
    });
};

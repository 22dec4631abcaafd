<?php
// When a variation's title names its values and when not.

declare(strict_types=1);

use Dongbo\Tests\Contract\Observation;

return static function (Observation $see): void {
    $own = static function (array $attributes) {
        $offer = [];
        foreach ($attributes as $name => $options) {
            $attribute = new WC_Product_Attribute();
            $attribute->set_name($name);
            $attribute->set_options($options);
            $attribute->set_position(count($offer));
            $attribute->set_visible(true);
            $attribute->set_variation(true);
            $offer[] = $attribute;
        }
        $product = new WC_Product_Variable();
        $product->set_name('Hộp "quà"');
        $product->set_attributes($offer);

        return $product->save();
    };
    $choose = static function (int $parent, array $values) {
        $variation = new WC_Product_Variation();
        $variation->set_parent_id($parent);
        $variation->set_attributes($values);
        $variation->set_regular_price('5000');
        $id = $variation->save();
        $read = wc_get_product($id);

        return [$id, $read->get_name(), $read->get_slug(), $read->get_attributes(), get_post($id)->post_excerpt];
    };
    $one = $see->step('one attribute', static fn () => $own(['Màu sắc' => ['Đỏ', 'Xanh lá']]));
    $see->step('a value of two words', static fn () => $choose($one, ['mau-sac' => 'Xanh lá']));
    $see->step('no value', static fn () => $choose($one, ['mau-sac' => '']));
    $see->step('a value not offered', static fn () => $choose($one, ['mau-sac' => 'Tím']));
    $see->step('a key not offered', static fn () => $choose($one, ['size' => 'M']));
    $two = $see->step('two attributes', static fn () => $own(['Màu' => ['Đỏ'], 'Cỡ' => ['M', 'Rất-lớn']]));
    $see->step('both', static fn () => $choose($two, ['mau' => 'Đỏ', 'co' => 'M']));
    $see->step('both, one with a hyphen', static fn () => $choose($two, ['mau' => 'Đỏ', 'co' => 'Rất-lớn']));
    $three = $see->step('three attributes', static fn () => $own(['A' => ['1'], 'B' => ['2'], 'C' => ['3']]));
    $see->step('all three', static fn () => $choose($three, ['a' => '1', 'b' => '2', 'c' => '3']));
    $long = $see->step('two attributes, one name of two words', static fn () => $own(['Màu sắc' => ['Đỏ'], 'Cỡ' => ['M']]));
    $see->step('both of these', static fn () => $choose($long, ['mau-sac' => 'Đỏ', 'co' => 'M']));
    $see->step('stored attributes', static fn () => get_post_meta($two, '_product_attributes', true));
};

<?php

/**
 * Makes products by hand, as an owner would: `<simple> <variable> [first]`. Every fifth simple one has no SKU; a
 * variable one has six variations. Prints how many rows a POS should have of each, as JSON.
 */

declare(strict_types=1);

$simple = (int) ($argv[1] ?? 0);
$variable = (int) ($argv[2] ?? 0);
$first = (int) ($argv[3] ?? 0);
wp_set_current_user(1);
$category = wp_insert_term('Quà tặng ' . $first, 'product_cat');
$below = wp_insert_term('Gốm', 'product_cat', ['parent' => $category['term_id']]);
$made = [];
for ($at = $first; $at < $first + $simple; $at++) {
    $product = new WC_Product_Simple();
    $product->set_name("Chén \"sứ\" số $at");
    $product->set_description("<p>Chén số <b>$at</b></p>");
    $product->set_regular_price((string) (10000 + $at * 1000));
    $product->set_sku($at % 5 === 4 ? '' : "CHEN-$at");
    $product->set_category_ids([$at % 2 === 0 ? $category['term_id'] : $below['term_id']]);
    $product->set_manage_stock(true);
    $product->set_stock_quantity($at + 1);
    $product->set_weight('0.25');
    $made[] = ['id' => $product->save(), 'rows' => 1];
}
for ($at = $first; $at < $first + $variable; $at++) {
    $product = new WC_Product_Variable();
    $product->set_name("Áo số $at");
    $product->set_category_ids([$below['term_id']]);
    $attributes = [];
    foreach (['Màu' => ['Đỏ', 'Xanh'], 'Cỡ' => ['S', 'M', 'L']] as $name => $values) {
        $attribute = new WC_Product_Attribute();
        $attribute->set_name($name);
        $attribute->set_options($values);
        $attribute->set_visible(true);
        $attribute->set_variation(true);
        $attributes[] = $attribute;
    }
    $product->set_attributes($attributes);
    $parent = $product->save();
    foreach (['Đỏ', 'Xanh'] as $color) {
        foreach (['S', 'M', 'L'] as $size) {
            $variation = new WC_Product_Variation();
            $variation->set_parent_id($parent);
            $variation->set_attributes([sanitize_title('Màu') => $color, sanitize_title('Cỡ') => $size]);
            $variation->set_regular_price('150000');
            $variation->set_sku("AO-$at-" . ($color === 'Đỏ' ? 'D' : 'X') . "-$size");
            $variation->save();
        }
    }
    $made[] = ['id' => $parent, 'rows' => 6];
}
Dongbo\Push\Recorder::rest();
echo json_encode($made), "\n";

<?php

declare(strict_types=1);

namespace Dongbo\PluginTests;

use Dongbo\Front\BranchStock;
use Dongbo\Front\RolePrices;

$product = static function (array $metas): \WC_Product {
    $product = new \WC_Product_Simple();
    $product->set_name('Túi');
    $product->set_regular_price('100000');
    $product->set_sale_price('90000');
    $id = $product->save();
    foreach ($metas as $key => $value) {
        update_post_meta($id, $key, $value);
    }

    return wc_get_product($id);
};
/** @return array<int, string|bool> What a child request shows the user: price, regular price, sale price. */
$sees = static function (int $user, int $product): array {
    $child = Child::wordpress("wp_set_current_user($user); Dongbo\\Plugin::front(); \$p = wc_get_product($product);"
        . 'echo "\nSEES" . json_encode([$p->get_price(), $p->get_regular_price(), $p->get_sale_price()]);');

    return (array) json_decode(substr($child['out'], (int) strrpos($child['out'], "\nSEES") + 5), true);
};

return [
    'C6: a role sees its price, the others and visitors the shop’s' => static function () use ($product, $sees): void {
        $one = $product(['_dongbo_role_prices' => 'wholesale:80000,vip:70000']);
        add_role('wholesale', 'Wholesale');
        $buyer = wp_insert_user(['user_login' => 'buyer' . wp_rand(), 'user_pass' => 'x', 'role' => 'wholesale']);
        $other = wp_insert_user(['user_login' => 'other' . wp_rand(), 'user_pass' => 'x', 'role' => 'customer']);
        try {
            Expect::same(['80000', '80000', ''], $sees($buyer, $one->get_id()));
            Expect::same(['90000', '100000', '90000'], $sees($other, $one->get_id()));
            Expect::same(['90000', '100000', '90000'], $sees(0, $one->get_id()));
        } finally {
            require_once ABSPATH . 'wp-admin/includes/user.php';
            wp_delete_user($buyer);
            wp_delete_user($other);
            remove_role('wholesale');
            wp_delete_post($one->get_id(), true);
        }
    },
    'C6: prices of variable products are remembered by role' => static function (): void {
        Expect::that(RolePrices::hash(['a']) !== ['a'], 'a hash of its own');
    },
    'A4: the product page shows the stock of each branch, by name, escaped, and nothing where none is kept' => static function () use ($product): void {
        $one = $product(['_dongbo_branch_stock' => "7:12:Kho <b>chính</b>: Q1\n9:0:Kho 2"]);
        $two = $product([]);
        ob_start();
        $GLOBALS['product'] = $one;
        \Dongbo\Plugin::branchStock();
        $GLOBALS['product'] = $two;
        \Dongbo\Plugin::branchStock();
        $html = (string) ob_get_clean();
        unset($GLOBALS['product']);
        Expect::same('<ul class="dongbo-branch-stock"><li>Kho &lt;b&gt;chính&lt;/b&gt;: Q1: 12 in stock</li><li>Kho 2: 0 in stock</li></ul>', $html);
        $data = BranchStock::ofVariation(['availability_html' => '<p>x</p>'], $one);
        Expect::that(strpos((string) $data['availability_html'], '<p>x</p><ul') === 0, 'behind WooCommerce’s own');
        wp_delete_post($one->get_id(), true);
        wp_delete_post($two->get_id(), true);
    },
];

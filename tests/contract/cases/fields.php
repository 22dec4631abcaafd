<?php

declare(strict_types=1);

namespace Dongbo\Contract;

use Dongbo\Connection\Settings;
use Dongbo\Shop\Fields;

/* Brand, tax class (B13), stock by branch (A4), prices by role (C6), directions (A5). */

$again = static function (World $world): void {
    $world->newRun();
    // A family that is looked at once more costs the run's own row, nothing else.
    Check::same([], array_diff_key(World::writesDuring([$world, 'slice']), ['wp_dongbo_run' => 1]), 'nothing left to do');
};

$product = static function (World $world, string $sku): \WC_Product {
    wp_cache_flush();

    return wc_get_product($world->products()[$sku]);
};

return [
    'brands arrive where the shop knows brands, and are no trouble where it does not (B13)' => static function () use ($again): void {
        $registered = !taxonomy_exists('product_brand');
        $world = new World();
        $world->settings['policies']['brand'] = 'always';
        $world->goods([['id' => '1', 'brand' => ['id' => '5', 'name' => 'Đo']], ['id' => '2']]);
        if ($registered) {
            $world->slice();
            Check::same([2, []], [count($world->products()), $world->issues()], 'without brands');
            register_taxonomy('product_brand', ['product']);
        }
        $world->newRun();
        $world->slice();
        $names = static function (World $world): array {
            return array_map(static function (int $id): array {
                return wp_get_object_terms($id, 'product_brand', ['fields' => 'names']);
            }, array_values($world->products()));
        };
        Check::same([['Đo'], []], $names($world), 'brands; ' . json_encode($world->issues(), JSON_UNESCAPED_UNICODE));
        $again($world);
        $world->goods([['id' => '1', 'brand' => ['id' => '6', 'name' => 'Đỏ & "Co"']], ['id' => '2', 'brand' => ['id' => '5', 'name' => 'đo']]]);
        $world->newRun();
        $world->slice();
        Check::same([['Đỏ &amp; "Co"'], ['Đo']], $names($world), 'another one, spelled as the shop does');
        $again($world);
        foreach (get_terms(['taxonomy' => 'product_brand', 'hide_empty' => false, 'fields' => 'ids']) as $id) {
            wp_delete_term((int) $id, 'product_brand');
        }
        if ($registered) {
            unregister_taxonomy('product_brand');
        }
    },

    'the tax table decides the class; what it does not name stays and is told (B13)' => static function () use ($again, $product): void {
        $world = new World();
        $world->settings['policies']['tax_class'] = 'always';
        $world->settings['tax_classes'] = [['tax' => 'khau_tru:8', 'class' => 'reduced-rate'], ['tax' => 'khau_tru:10', 'class' => '']];
        $world->goods([['id' => '1', 'tax' => 'khau_tru:8'], ['id' => '2', 'tax' => 'khau_tru:10'], ['id' => '3', 'tax' => 'truc_tiep:1']]);
        $world->slice();
        Check::same(['reduced-rate', '', ''], array_map(static function (string $sku) use ($world, $product): string {
            return $product($world, $sku)->get_tax_class('edit');
        }, ['SP1', 'SP2', 'SP3']), 'classes');
        Check::has('tax-class-unmapped 3', $world->issues(), 'named');
        $again($world);
    },

    'stock by branch and prices by role are written with the rest and taken away with their settings (A4, C6)' => static function () use ($again, $product): void {
        $world = new World();
        $world->settings['branches'] = ['1', '2'];
        $world->settings['branch_stock'] = true;
        $world->settings['role_books'] = [['role' => 'wholesale', 'book' => '7'], ['role' => 'vip', 'book' => '8']];
        $world->list('branches', [['id' => '1', 'name' => 'Một', 'active' => true], ['id' => '2', 'name' => 'Hai', 'active' => true]]);
        $world->list('books', [['id' => '7', 'name' => 'Sỉ', 'active' => true], ['id' => '8', 'name' => 'VIP', 'active' => true, 'start' => $world->now + 1000]]);
        $world->list('prices', [['id' => '1', 'good_id' => '1', 'book_id' => '7', 'price' => 8000000]], '7');
        $world->list('prices', [['id' => '1', 'good_id' => '1', 'book_id' => '8', 'price' => 7000000]], '8');
        $stocks = static function (int $one, int $two): array {
            return [['branch_id' => '1', 'on_hand' => $one, 'reserved' => 1000], ['branch_id' => '2', 'on_hand' => $two, 'reserved' => 0]];
        };
        $world->goods([['id' => '1', 'stocks' => $stocks(5000, 2000)]]);
        $world->slice();
        $kept = static function () use ($world, $product): array {
            $one = $product($world, 'SP1');

            return [$one->get_stock_quantity('edit') + 0, $one->get_meta(Fields::BRANCH_STOCK), $one->get_meta(Fields::ROLE_PRICES)];
        };
        Check::same([6, "1:4:Một\n2:2:Hai", 'wholesale:80000'], $kept(), 'created; ' . json_encode($world->issues(), JSON_UNESCAPED_UNICODE));
        $again($world);
        $world->goods([['id' => '1', 'stocks' => $stocks(6000, 1000)]]);
        $world->newRun();
        $world->slice();
        Check::same([6, "1:5:Một\n2:1:Hai", 'wholesale:80000'], $kept(), 'moved from branch to branch');
        $world->now += 2000;
        $world->newRun();
        $world->slice();
        Check::same('wholesale:80000,vip:70000', $kept()[2], 'a book starts');
        $again($world);
        $world->settings['branch_stock'] = false;
        $world->settings['role_books'] = [];
        $world->newRun();
        $world->slice();
        Check::same([6, '', ''], $kept(), 'switched off');
        $again($world);
    },

    'a direction that is off writes nothing but what a new product needs (A5)' => static function () use ($again, $product): void {
        $world = new World();
        $world->goods([['id' => '1']]);
        $world->slice();
        $world->settings['directions'] = ['prices' => 'off', 'stock' => 'by-hand'];
        $world->goods([['id' => '1', 'price' => 20000000, 'stock' => 9000]]);
        $world->newRun();
        $world->slice();
        Check::same(['100000', 5], [$product($world, 'SP1')->get_regular_price('edit'), $product($world, 'SP1')->get_stock_quantity('edit') + 0], 'left alone');
        $again($world);
        $world->settings['by_hand'] = true;
        $world->newRun();
        $world->slice();
        Check::same(['100000', 9], [$product($world, 'SP1')->get_regular_price('edit'), $product($world, 'SP1')->get_stock_quantity('edit') + 0], 'by hand');
        $world->settings = ['directions' => ['goods' => 'off']] + $world->settings;
        $world->goods([['id' => '2']]);
        $world->newRun();
        $world->slice();
        Check::same(['SP1'], array_keys($world->products()), 'no new goods');
    },

    'a chosen branch that is closed: stock stops, the rest goes on, and it is named (A4)' => static function () use ($product): void {
        $world = new World();
        $world->goods([['id' => '1']]);
        $world->slice();
        $world->list('branches', [['id' => '1', 'name' => 'Trung tâm', 'active' => false]]);
        $world->goods([['id' => '1', 'price' => 20000000, 'stock' => 9000]]);
        $world->newRun();
        $world->slice();
        Check::same(['200000', 5], [$product($world, 'SP1')->get_regular_price('edit'), $product($world, 'SP1')->get_stock_quantity('edit') + 0], 'price only');
        Check::has('branch-gone 1', $world->issues(), 'named');
        $world->list('branches', [['id' => '1', 'name' => 'Trung tâm', 'active' => true]]);
        $world->newRun();
        $world->slice();
        Check::same([9, []], [$product($world, 'SP1')->get_stock_quantity('edit') + 0, $world->issues()], 'open again: written, and no longer named');
    },

    'a store that keeps no stock: nothing is moved, once named, and nothing is counted twice when it does again (D2, Q4)' => static function () use ($product): void {
        $world = new World();
        $world->goods([['id' => '1']]);
        $world->slice();
        $before = get_option('woocommerce_manage_stock');
        $run = static function (int $thousandths) use ($world): void {
            $world->goods([['id' => '1', 'stock' => $thousandths]]);
            $world->newRun();
            $world->slice();
        };
        update_option('woocommerce_manage_stock', 'no');
        try {
            $world->settings = Settings::forRules($world->settings);
            $run(9000);
            Check::same([5, 1], [$product($world, 'SP1')->get_stock_quantity('edit') + 0, count($world->issues())], 'named once');
            Check::has('site-stock-off', $world->issues(), 'for the shop');
        } finally {
            update_option('woocommerce_manage_stock', $before);
        }
        unset($world->settings['stock_off']);
        $run(7000);
        Check::same([7, []], [$product($world, 'SP1')->get_stock_quantity('edit') + 0, $world->issues()], 'what the POS has, and no more');
    },

    'a good named “0” keeps its name' => static function () use ($again): void {
        $world = new World();
        $world->settings['policies']['name'] = 'always';
        $world->goods([['id' => '1', 'name' => '0', 'full_name' => '0']]);
        $world->slice();
        Check::same(['0', []], [get_post($world->products()['SP1'])->post_title, $world->issues()], 'created');
        $again($world);
        $world->goods([['id' => '1', 'name' => 'Không', 'full_name' => 'Không']]);
        $world->newRun();
        $world->slice();
        $world->goods([['id' => '1', 'name' => '0', 'full_name' => '0', 'active' => false]]);
        $world->settings['stopped'] = 'draft';
        $world->newRun();
        $world->slice();
        clean_post_cache($world->products()['SP1']);
        $post = get_post($world->products()['SP1']);
        Check::same(['0', 'draft', []], [$post->post_title, $post->post_status, $world->issues()], 'renamed and made a draft');
        $again($world);
    },

    'two fields that another plugin changes are one issue that names both (Q4)' => static function (): void {
        $world = new World();
        $twist = static function (\WC_Product $product): void {
            $product->set_weight('9');
            $product->set_regular_price('7');
        };
        $world->goods([['id' => '1', 'weight' => 500000]]);
        add_action('woocommerce_before_product_object_save', $twist);
        try {
            $world->slice();
        } finally {
            remove_action('woocommerce_before_product_object_save', $twist);
        }
        $found = preg_grep('/^field-not-taken/', $world->issues());
        Check::same(1, count($found), 'one issue');
        Check::has('regular_price · weight', $found, 'both fields');
    },

    'two categories swap their names (B12)' => static function () use ($again): void {
        $world = new World();
        $world->settings['policies']['categories'] = 'always';
        $world->list('categories', [['id' => '10', 'name' => 'Nam'], ['id' => '11', 'name' => 'Nữ']]);
        $world->categories();
        $before = array_column($world->rows('category_link'), 'term_id', 'remote_id');
        $world->list('categories', [['id' => '10', 'name' => 'Nữ'], ['id' => '11', 'name' => 'Nam']]);
        $world->newRun();
        $world->categories();
        $names = array_map(static function (string $id): string {
            return get_term((int) $id, 'product_cat')->name;
        }, $before);
        Check::same([10 => 'Nữ', 11 => 'Nam'], $names, 'swapped; ' . json_encode($world->issues(), JSON_UNESCAPED_UNICODE));
        $world->newRun();
        Check::same([], World::writesDuring([$world, 'categories']), 'nothing left to do');
        wp_delete_term((int) $before[10], 'product_cat');
        $world->categories();
        Check::has('category-gone 10', $world->issues(), 'a category deleted by hand is named (Q4)');
    },
    'a description that comes, changes and goes is written each time, listed never (B5)' => static function (): void {
        $world = new World();
        $world->settings['policies']['description'] = 'always';
        $world->goods([['id' => '4', 'name' => 'Bún bò']]);
        Check::that($world->slice()->done, 'the first sync');
        foreach (['<p>Ngon lắm</p>', '<p>Ngon hơn</p>', '', '<p>Lại có</p>'] as $text) {
            $world->goods([['id' => '4', 'name' => 'Bún bò', 'description' => $text]]);
            $world->newRun();
            $result = $world->slice();
            Check::same([1, 0], [$result->updated, $result->failed], $text);
            $post = $GLOBALS['wpdb']->get_var("SELECT post_content FROM {$GLOBALS['wpdb']->posts} WHERE post_type = 'product' ORDER BY ID DESC LIMIT 1");
            Check::same($text, trim((string) $post), 'what the shop shows');
            Check::same([], $world->issues(), 'issues');
        }
    },
];

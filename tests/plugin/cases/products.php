<?php

declare(strict_types=1);

namespace Dongbo\PluginTests;

use Dongbo\Admin\Products\BulkActions;
use Dongbo\Admin\Products\ProductBox;
use Dongbo\Admin\Products\ProductColumn;
use Dongbo\Admin\Products\ProductScreens;
use Dongbo\Report\ProductStates;
use Dongbo\Tables\Connections;

/** A shop with a shirt in two colours, a plain good, one that is paused, and one nobody of the POS knows. */
$shop = static function (): array {
    $connection = Shop::connected();
    $variant = static function (string $id, string $colour): array {
        return Shop::good($id, ['family_key' => '10', 'has_variants' => true, 'attributes' => [['name' => 'Màu', 'value' => $colour]], 'master_id' => '10']);
    };
    $ids = Shop::synced($connection, [Shop::good('1'), Shop::good('2'), $variant('10', 'Đỏ'), $variant('11', 'Xanh')]);
    $own = new \WC_Product_Simple();
    $own->set_name('Chỉ có trên web');
    $own->set_status('publish');
    $ids['own'] = (int) $own->save();
    $ids['shirt'] = (int) wc_get_product($ids['10'])->get_parent_id();
    Ask::declaredRoute('POST', '/goods/2/pause', [], '/goods/{id}/pause');

    return [(array) Connections::find($connection['id']), $ids];
};

$cells = static function (array $connection, array $ids): array {
    $column = new ProductColumn($connection['id']);
    $query = new \WP_Query();
    $GLOBALS['wp_the_query'] = $query;
    $column->learn(array_map('get_post', array_values($ids)), $query);
    $cells = [];
    foreach ($ids as $name => $id) {
        ob_start();
        $column->cell('dongbo', $id);
        $cells[$name] = trim(wp_strip_all_tags((string) ob_get_clean()));
    }

    return $cells;
};

return [
    'the column in WooCommerce\'s list tells state and code; a variable product stands as its variations (H4)' => static function () use ($shop, $cells): void {
        [$connection, $ids] = $shop();
        $told = $cells($connection, ['plain' => $ids['1'], 'paused' => $ids['2'], 'shirt' => $ids['shirt'], 'own' => $ids['own']]);
        Expect::same('In stepR1', $told['plain']);
        Expect::same('PausedR2', $told['paused']);
        Expect::same('In stepR10R11', $told['shirt']);
        Expect::that(strpos($told['own'], 'Only on the website') !== false, $told['own']);
    },
    'a page of the list costs two statements whatever its length (H4)' => static function () use ($shop): void {
        global $wpdb;
        [$connection, $ids] = $shop();
        $before = $wpdb->num_queries;
        ProductStates::of($connection['id'], [$ids['1']]);
        $one = $wpdb->num_queries - $before;
        $before = $wpdb->num_queries;
        ProductStates::of($connection['id'], array_merge(range(100000, 100098), [$ids['1']]));
        Expect::same([1, 1], [$one, $wpdb->num_queries - $before], 'where nothing failed, one is enough');
    },
    'the filter finds the products of a state (H4)' => static function () use ($shop): void {
        global $wpdb;
        [$connection, $ids] = $shop();
        $in = static function (string $state) use ($wpdb, $connection): array {
            $found = array_map('intval', $wpdb->get_col(ProductStates::idsIn($connection['id'], $state)));
            sort($found);

            return $found;
        };
        Expect::same([$ids['2']], $in('paused'));
        Expect::that(array_diff([$ids['1'], $ids['shirt'], $ids['10'], $ids['11']], $in('linked')) === [], 'linked ones');
        Expect::that(!in_array($ids['2'], $in('linked'), true), 'a paused one is not in step');
        Expect::same([$ids['own']], array_values(array_intersect($in('site-only'), $ids)));
        Expect::same([], array_merge($in('failed'), $in('excluded')));
    },
    'bulk actions work on the goods behind products and say what was left (H4)' => static function () use ($shop): void {
        [$connection, $ids] = $shop();
        $bulk = new BulkActions($connection);
        Expect::that(isset($bulk->add([])['KiotViet']['dongbo-pause']), 'among WordPress\'s own');
        Expect::same('edit.php', $bulk->act('edit.php', 'trash', [$ids['1']]), 'others are passed over');
        $back = (string) $bulk->act('edit.php', 'dongbo-pause', [$ids['shirt'], $ids['own']]);
        parse_str((string) parse_url($back, PHP_URL_QUERY), $told);
        Expect::same(['dongbo_done' => '2', 'dongbo_left' => '1'], $told);
        Expect::same('paused', ProductStates::of($connection['id'], [$ids['shirt']])[$ids['shirt']]['state']);
        Connections::setState($connection['id'], 'paused');
        $why = (string) (new BulkActions((array) Connections::find($connection['id'])))->act('edit.php', 'dongbo-resume', [$ids['shirt']]);
        Expect::that(strpos($why, 'dongbo_told=connection-paused') !== false, $why);
    },
    'the box on a product\'s page tells its goods, and asks why only when somebody wants to know (H4)' => static function () use ($shop): void {
        global $wpdb;
        [$connection, $ids] = $shop();
        $show = function (int $id): void {
            $this->box($id);
        };
        foreach (['shirt' => ['R10', 'R11', 'data-why="10"'], 'own' => ['No good of KiotViet']] as $name => $wanted) {
            $before = $wpdb->num_queries;
            ob_start();
            $show->call(new ProductBox($connection), $ids[$name]);
            $html = (string) ob_get_clean();
            foreach ($wanted as $part) {
                Expect::that(strpos($html, $part) !== false, $html);
            }
            Expect::that($wpdb->num_queries - $before <= 3, 'nothing is planned to show a box');
        }
    },
    'other pages load nothing of it, nor do people without the daily work (H4, I6)' => static function () use ($shop): void {
        $shop();
        $hooked = static function (string $id): bool {
            remove_all_filters('manage_edit-product_columns');
            remove_all_actions('add_meta_boxes_product');
            ProductScreens::on(\WP_Screen::get($id));

            return has_filter('manage_edit-product_columns') !== false || has_action('add_meta_boxes_product') !== false;
        };
        require_once ABSPATH . 'wp-admin/includes/class-wp-screen.php';
        require_once ABSPATH . 'wp-admin/includes/screen.php';
        Expect::same([true, true, false, false], array_map($hooked, ['edit-product', 'product', 'edit-post', 'dashboard']));
        Ask::as('customer');
        Expect::same([false, false], array_map($hooked, ['edit-product', 'product']));
    },
];

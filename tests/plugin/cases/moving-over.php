<?php

declare(strict_types=1);

namespace Dongbo\PluginTests;

use Dongbo\Tables\CategoryLinks;
use Dongbo\Tables\Links;
use Dongbo\Tables\OrderLinks;
use Dongbo\Tables\Schema;

/** KiotViet Sync's tables as its version 1.8.4 makes them, with rows. */
$left = static function (array $products, array $orders = [], array $categories = []): void {
    global $wpdb;
    $make = [
        'products' => '`product_id` int NOT NULL, `product_kv_id` int NOT NULL, `data_raw` longtext NOT NULL, `created_at` timestamp NOT NULL, `parent` int DEFAULT 0, `retailer` varchar(255) NOT NULL, `status` tinyint DEFAULT 1',
        'orders' => '`order_id` int NOT NULL, `order_kv_id` int NOT NULL, `data_raw` longtext NOT NULL, `created_at` timestamp NOT NULL',
        'categories' => '`category_id` int NOT NULL, `category_kv_id` int NOT NULL, `data_raw` longtext NOT NULL, `created_at` timestamp NOT NULL, `retailer` varchar(255) NOT NULL',
    ];
    foreach ($make as $name => $columns) {
        $wpdb->query("DROP TABLE IF EXISTS {$wpdb->prefix}kiotviet_sync_$name");
        $wpdb->query("CREATE TABLE {$wpdb->prefix}kiotviet_sync_$name (`id` bigint(20) NOT NULL AUTO_INCREMENT PRIMARY KEY, $columns)");
    }
    foreach (['products' => $products, 'orders' => $orders, 'categories' => $categories] as $name => $rows) {
        foreach ($rows as $row) {
            $wpdb->insert("{$wpdb->prefix}kiotviet_sync_$name", $row + ['data_raw' => '', 'created_at' => '2026-01-02 03:04:05'] + ($name === 'orders' ? [] : ['retailer' => 'myshop']));
        }
    }
};
$gone = static function (): void {
    global $wpdb;
    foreach (['products', 'orders', 'categories'] as $name) {
        $wpdb->query("DROP TABLE IF EXISTS {$wpdb->prefix}kiotviet_sync_$name");
    }
    delete_option('kiotviet_sync_retailer');
};
$product = static function (string $name): int {
    $product = new \WC_Product_Simple();
    $product->set_name($name);
    $product->set_regular_price('5000');

    return (int) $product->save();
};
/** Everything of KiotViet Sync, to see that nothing of it changes. */
$everything = static function (): string {
    global $wpdb;
    $all = [get_option('kiotviet_sync_retailer')];
    foreach (['products', 'orders', 'categories'] as $name) {
        $all[] = $wpdb->get_results("SELECT * FROM {$wpdb->prefix}kiotviet_sync_$name ORDER BY id", ARRAY_A);
    }

    return md5((string) json_encode($all));
};

return [
    'its pairing is proposed, chosen rows are linked, and nothing of it is changed (A12)' => static function () use ($left, $gone, $product, $everything): void {
        $connection = Shop::connected();
        Shop::mirror($connection['id'], [Shop::good('1001'), Shop::good('1002'), Shop::good('3000000001'), Shop::good('1004')]);
        $ids = [$product('Một'), $product('Hai'), $product('Ba'), $product('Bốn'), $product('Năm')];
        $left([
            ['product_id' => $ids[0], 'product_kv_id' => 1001],
            ['product_id' => $ids[1], 'product_kv_id' => 1002, 'status' => 2],
            ['product_id' => $ids[2], 'product_kv_id' => 2147483647, 'data_raw' => '{"Id":3000000001,"Code":"R3"}'],
            ['product_id' => $ids[3], 'product_kv_id' => 2147483647],
            ['product_id' => $ids[3], 'product_kv_id' => 1001, 'retailer' => 'other'],
            ['product_id' => $ids[4], 'product_kv_id' => 4040],
            ['product_id' => $ids[4], 'product_kv_id' => 0, 'parent' => 1004],
        ]);
        update_option('kiotviet_sync_retailer', 'myshop', false);
        $before = $everything();
        $status = Ask::declaredRoute('GET', '/moving');
        Expect::same([true, false, 'myshop', 7, 0], [$status->present, $status->active, $status->shop, $status->products, $status->orders]);
        $page = Ask::declaredRoute('GET', '/moving/proposal', ['part' => 'goods']);
        $codes = [];
        foreach ($page->lines as $line) {
            $codes[$line->line] = [$line->deed, $line->said->code, $line->state];
        }
        Expect::same([
            1 => ['link', 'pair-links', 'active'], 2 => ['link', 'pair-links', 'paused'], 3 => ['link', 'pair-links', 'active'], 4 => ['refuse', 'moving-overflow', ''],
            5 => ['refuse', 'moving-other-shop', ''], 6 => ['refuse', 'good-unknown', 'active'], 7 => ['refuse', 'moving-family', ''],
        ], $codes);
        Expect::same([], Links::toProducts($connection['id'], $ids), 'a proposal links nothing');
        Ask::declaredRoute('POST', '/moving/accept', ['part' => 'goods', 'rows' => [1, 4]]);
        Expect::same([$ids[0]], array_column(array_column(Links::toProducts($connection['id'], $ids), 'link'), 'shop_id'));
        $all = Ask::declaredRoute('POST', '/moving/accept', ['part' => 'goods']);
        Expect::same([2, 1], [$all->counts->link, $all->counts->keep]);
        $links = array_column(array_column(Links::toProducts($connection['id'], $ids), 'link'), 'shop_id', 'remote_id');
        Expect::same(['1001' => $ids[0], '1002' => $ids[1], '3000000001' => $ids[2]], $links);
        $synced = Shop::synced($connection, [Shop::good('1001', ['price' => 700000]), Shop::good('1002', ['price' => 700000]), Shop::good('3000000001', ['price' => 700000])]);
        Expect::same([$ids[0], '7000', '5000', '7000'], [$synced['1001'], get_post_meta($ids[0], '_regular_price', true), get_post_meta($ids[1], '_regular_price', true), get_post_meta($ids[2], '_regular_price', true)], 'what was off stays paused');
        Expect::same($before, $everything());
        $gone();
        Expect::same(false, Ask::declaredRoute('GET', '/moving')->present);
    },
    'orders it has sent are linked and never sent again; those whose POS order cannot be told are put aside (A12, E5)' => static function () use ($left, $gone, $everything): void {
        global $wpdb;
        if (!class_exists('WC_Order')) {
            Expect::that(true, 'the stand-in has no orders');

            return;
        }
        $connection = Shop::connected(['branches' => ['7'], 'orders' => ['start' => 1, 'branch' => '7']]);
        $orders = [];
        for ($i = 0; $i < 4; $i++) {
            $orders[] = wc_create_order(['status' => 'processing'])->get_id();
        }
        $wpdb->query('TRUNCATE ' . Schema::table('outbox'));
        $left([], [
            ['order_id' => $orders[0], 'order_kv_id' => 900, 'data_raw' => '{"id":900,"code":"DH000900","branchId":7,"customerId":31,"total":149000.0,"createdDate":"2026-08-12T10:57:25.5930000"}'],
            ['order_id' => $orders[1], 'order_kv_id' => 2147483647, 'data_raw' => '{"id":3000000002,"code":"DH2","branchId":8,"total":10}'],
            ['order_id' => $orders[2], 'order_kv_id' => 2147483647, 'data_raw' => ''],
            ['order_id' => $orders[3], 'order_kv_id' => 903, 'data_raw' => '{"id":903,"code":"DH3","branchId":99}'],
            ['order_id' => 99999999, 'order_kv_id' => 904, 'data_raw' => '{"id":904,"code":"DH4","branchId":7}'],
        ]);
        $before = $everything();
        $accepted = Ask::declaredRoute('POST', '/moving/accept', ['part' => 'orders']);
        Expect::same(['pair-links', 'pair-links', 'moving-unclear', 'moving-other-shop', 'moving-order-gone'], array_column(array_column($accepted->lines, 'said'), 'code'));
        $links = OrderLinks::of($connection['id'], $orders);
        Expect::same(['900', 'DH000900', '7', 14900000], [$links[$orders[0]]['remote_id'], $links[$orders[0]]['code'], $links[$orders[0]]['branch_id'], $links[$orders[0]]['total']]);
        Expect::same('3000000002', $links[$orders[1]]['remote_id'], 'the id the column could not hold is read from the answer');
        Expect::same(2, count($links));
        $rows = $wpdb->get_results($wpdb->prepare('SELECT order_id, intent, state FROM %i ORDER BY order_id', Schema::table('outbox')), ARRAY_A);
        Expect::same([[(string) $orders[0], 'update', 'waiting'], [(string) $orders[1], 'update', 'waiting'], [(string) $orders[2], 'create', 'ignored']], array_map('array_values', $rows));
        Expect::same($before, $everything());
        $again = Ask::declaredRoute('POST', '/moving/accept', ['part' => 'orders']);
        Expect::same(0, $again->counts->link, 'accepting twice changes nothing');
        $gone();
    },
    'its categories are linked where both sides still have them (A12, B12)' => static function () use ($left, $gone): void {
        $connection = Shop::connected();
        $term = wp_insert_term('Áo cũ', 'product_cat');
        $left([], [], [['category_id' => $term['term_id'], 'category_kv_id' => 3], ['category_id' => 987654, 'category_kv_id' => 3], ['category_id' => $term['term_id'], 'category_kv_id' => 44]]);
        $page = Ask::declaredRoute('POST', '/moving/accept', ['part' => 'categories']);
        Expect::same(['pair-links', 'moving-term-gone', 'moving-category-unknown'], array_column(array_column($page->lines, 'said'), 'code'));
        Expect::same([$term['term_id'], 'Áo cũ'], [CategoryLinks::all($connection['id'])['3']['term_id'], CategoryLinks::all($connection['id'])['3']['name']]);
        wp_delete_term($term['term_id'], 'product_cat');
        $gone();
    },
    'while both are active Dongbo waits and says so; taking over is possible all the same (A12)' => static function () use ($left, $gone, $product): void {
        $connection = Shop::connected();
        Shop::mirror($connection['id'], [Shop::good('1001')]);
        $id = $product('Một');
        $left([['product_id' => $id, 'product_kv_id' => 1001]]);
        update_option('kiotviet_sync_retailer', 'myshop', false);
        $both = static function (string $code): array {
            return (array) json_decode(Child::wordpress($code, 'define("KIOTVIET_PLUGIN_PATH", "/x");')['out'], true);
        };
        $guard = "Dongbo\\Lanes\\Guard::refusal(Dongbo\\Tables\\Connections::find({$connection['id']}))";
        Expect::same(['kiotviet-sync-active'], $both("echo json_encode([$guard]);"));
        $user = get_current_user_id();
        $asked = $both("wp_set_current_user($user); \$ask = function (\$path, \$given) { \$request = new WP_REST_Request('POST', '/dongbo/v1' . \$path); \$request->set_body_params(\$given); return rest_do_request(\$request)->get_data(); };"
            . "echo json_encode([\$ask('/goods/bulk', ['action' => 'sync', 'ids' => ['1001']])['code'], \$ask('/moving/accept', ['part' => 'goods'])['counts']['link']]);");
        Expect::same(['kiotviet-sync-active', 1], $asked);
        $notice = Child::wordpress("require_once ABSPATH . 'wp-admin/includes/admin.php'; wp_set_current_user($user); set_current_screen('plugins'); Dongbo\\Admin\\Notices::show();", 'define("KIOTVIET_PLUGIN_PATH", "/x");')['out'];
        Expect::that(strpos($notice, 'KiotViet Sync is active') !== false && strpos($notice, 'Deactivate KiotViet Sync') !== false, $notice);
        delete_option('kiotviet_sync_retailer');
        Expect::same([null], $both("echo json_encode([$guard]);"), 'active but connected with nothing it is no danger');
        $gone();
    },
    'wp dongbo links adopt: dry first, then for good (A12, I4)' => static function () use ($left, $gone, $product): void {
        $connection = Shop::connected();
        Shop::mirror($connection['id'], [Shop::good('1001')]);
        $id = $product('Một');
        Expect::same(1, Child::wp('links', 'adopt')['code'], 'without its tables');
        $left([['product_id' => $id, 'product_kv_id' => 1001]]);
        $dry = Child::wp('links', 'adopt', '--part=goods', '--dry-run');
        Expect::that(strpos($dry['out'], 'Would link 1') !== false, $dry['out'] . $dry['err']);
        Expect::same([], Links::toProducts($connection['id'], [$id]));
        Expect::that(strpos(Child::wp('links', 'adopt', '--part=goods')['out'], 'Linked 1') !== false, 'linked');
        Expect::same(1, count(Links::toProducts($connection['id'], [$id])));
        $gone();
    },
];

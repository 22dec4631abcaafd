<?php
// What a shop of many goods pays: rows read by a statement, which no machine's mood changes (issue 3, Speed).

declare(strict_types=1);

namespace Dongbo\PluginTests;

use Dongbo\Report\ProductStates;
use Dongbo\Tables\Pictures;
use Dongbo\Tables\Schema;

const GOODS = 2000;

/** Linked goods: every fourth a family of four variations, the rest products of their own. */
$fill = static function (int $connection): array {
    global $wpdb;
    $posts = $goods = $links = [];
    for ($i = 1; $i <= GOODS; $i++) {
        $family = $i % 16 < 4 ? 'F' . intdiv($i, 16) : "G$i";
        $posts[] = $wpdb->prepare("(%d, %s, 'publish', 'product', '', '', '', '', '')", 50000 + $i, "Hàng $i");
        $goods[] = $wpdb->prepare("(%d, %s, %s, %s, '{}')", $connection, "G$i", $family, md5((string) $i));
        $links[] = $wpdb->prepare("(%d, 'good', %s, %d, %s)", $connection, "G$i", 50000 + $i, $family);
        if ($i % 16 === 0) {
            $posts[] = $wpdb->prepare("(%d, %s, 'publish', 'product', '', '', '', '', '')", 60000 + $i, "Nhóm $i");
            $links[] = $wpdb->prepare("(%d, 'family', %s, %d, %s)", $connection, $family, 60000 + $i, $family);
        }
    }
    $wpdb->query("INSERT INTO {$wpdb->posts} (ID, post_title, post_status, post_type, post_content, post_excerpt, to_ping, pinged, post_content_filtered) VALUES " . implode(',', $posts));
    $wpdb->query('INSERT INTO ' . Schema::table('good') . ' (connection_id, remote_id, family_key, digest, `row`) VALUES ' . implode(',', $goods));
    $wpdb->query('INSERT INTO ' . Schema::table('link') . ' (connection_id, kind, remote_id, shop_id, family) VALUES ' . implode(',', $links));

    return range(50001, 50020);
};

/** Rows the database read for something. */
$read = static function (callable $work): int {
    global $wpdb;
    $sum = static function () use ($wpdb): int {
        return (int) array_sum(array_column($wpdb->get_results("SHOW SESSION STATUS LIKE 'Handler_read%'", ARRAY_A), 'Value'));
    };
    $before = $sum();
    $work();

    return $sum() - $before;
};

return [
    'images that are due and the states of products are found without reading every link for each product' => static function () use ($fill, $read): void {
        global $wpdb;
        $connection = Shop::connected()['id'];
        $wpdb->query('START TRANSACTION');
        $twenty = $fill($connection);
        $rows = $read(static function () use ($connection): void {
            Expect::same(30, count(Pictures::due($connection, 0, 'settings', 30)));
        });
        Expect::that($rows < 1000, "the next thirty images: $rows rows");
        $rows = $read(static function () use ($connection, $twenty): void {
            Expect::same(20, count(ProductStates::of($connection, $twenty)));
        });
        Expect::that($rows < 1000, "twenty products of a page: $rows rows");
        $rows = $read(static function () use ($connection, $wpdb): void {
            Expect::same(GOODS + intdiv(GOODS, 16), count($wpdb->get_col(ProductStates::idsIn($connection, 'linked'))));
        });
        $wpdb->query('ROLLBACK');
        Expect::that($rows < 20 * GOODS, "every linked product: $rows rows");
    },
];

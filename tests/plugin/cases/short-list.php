<?php

declare(strict_types=1);

namespace Dongbo\PluginTests;

use Dongbo\Control\Steer;
use Dongbo\Lanes\Lane;
use Dongbo\Tables\Runs;
use Dongbo\Tables\Schema;

/* Lists that came back short, and many small steps that together are a great one: nothing without a person (B8, D4). */

/** A run of a kind to its end, or to where it waits. */
$run = static function (int $connection, string $kind): array {
    $id = Runs::start($connection, Lane::CATALOGUE, $kind);
    for ($i = 0; $i < 30 && Runs::find($id)['ended'] === null && (Runs::find($id)['wait_until'] ?? 0) < Runs::FOR_A_PERSON; $i++) {
        Lane::slice(Lane::CATALOGUE, InStep::budget());
    }

    return (array) Runs::find($id);
};

/** The POS answers anew. */
$now = static function (array $answers): void {
    remove_all_filters('pre_http_request');
    Answers::prepare($answers);
};

$linked = static function (): int {
    global $wpdb;

    return (int) $wpdb->get_var('SELECT COUNT(*) FROM ' . Schema::table('link') . " WHERE state = 'active'");
};

/** Goods at 100,000 đồng, the first so many at 30,000. */
$cut = static function (int $goods, int $first): array {
    $shop = Answers::shop($goods);
    $products = $shop['/products'];
    $shop['/products'] = static function (string $url) use ($products, $first): array {
        $page = $products($url);
        foreach (array_keys($page['data']) as $place) {
            $page['data'][$place]['basePrice'] = $place < $first ? 30000 : 100000;
            $page['data'][$place]['modifiedDate'] = '2024-11-23T10:00:00';
        }

        return $page;
    };

    return $shop;
};

return [
    'a list with a third of its goods missing takes nothing away; a person says that it is right, and each is asked for by itself' => static function () use ($run, $now, $linked): void {
        global $wpdb;
        $id = InStep::shop(60);
        $shop = Answers::shop(36);
        for ($i = 36; $i < 60; $i++) {
            $shop['/products/' . (1000 + $i)] = Answers::json(['responseStatus' => ['errorCode' => 'KvValidateException', 'message' => 'Hàng hóa được chọn không tồn tại hoặc đã bị xóa']], 420);
        }
        $now($shop);
        $ended = $run($id, 'full');
        $code = static function () use ($wpdb): ?string {
            return $wpdb->get_var('SELECT code FROM ' . Schema::table('issue') . " WHERE code IN ('" . implode("','", Steer::SHORT) . "')");
        };
        Expect::same(['goods-missing-many', 60], [$code(), $linked()], 'not believed');

        Steer::accept($ended);
        $asks = $run($id, 'full');
        Expect::same('stop-zeros', $asks['summary']['asked'] ?? '', 'what it would do to the shop is another question (D4)');
        Steer::accept($asks);
        $run($id, 'full');
        Expect::same([null, 36], [$code(), $linked()], 'believed, after asking for each');
        Expect::same(60, count(wc_get_products(['limit' => -1, 'status' => 'any', 'return' => 'ids'])), 'no product goes (Q1)');
        InStep::clear();
    },
    'an empty list takes nothing away, whatever the run' => static function () use ($run, $now, $linked): void {
        global $wpdb;
        $id = InStep::shop(30);
        $now(Answers::shop(0));
        foreach (['full', 'stock', 'delta'] as $kind) {
            $run($id, $kind);
            Expect::same(30, $linked(), $kind);
            Expect::same(30, (int) $wpdb->get_var("SELECT COUNT(*) FROM {$wpdb->postmeta} WHERE meta_key = '_stock' AND meta_value = 5"), $kind);
        }
        InStep::clear();
    },
    'price cuts of one day are added up over runs that follow changes: the run that goes too far asks' => static function () use ($run, $now, $cut): void {
        global $wpdb;
        $id = InStep::shop(60, $cut(60, 0));
        $count = static function () use ($wpdb): int {
            $prices = $wpdb->get_col("SELECT meta_value FROM {$wpdb->postmeta} WHERE meta_key = '_regular_price'");

            return count(array_filter($prices, static function (string $price): bool {
                // Goods cost 100,000 đồng and more before the cut.
                return (int) $price < 100000;
            }));
        };
        $now($cut(60, 15));
        Expect::same(['done', 15], [$run($id, 'delta')['outcome'], $count()], 'fifteen are few');
        $now($cut(60, 30));
        $asks = $run($id, 'delta');
        Expect::same([null, 'stop-prices', 15], [$asks['ended'], $asks['summary']['asked'] ?? '', $count()], 'thirty in a day are many');
        Steer::accept($asks);
        for ($i = 0; $i < 10 && Runs::find($asks['id'])['ended'] === null; $i++) {
            Lane::slice(Lane::CATALOGUE, InStep::budget());
        }
        Expect::same(['done', 30], [Runs::find($asks['id'])['outcome'], $count()], 'a person said yes');
        InStep::clear();
    },
];

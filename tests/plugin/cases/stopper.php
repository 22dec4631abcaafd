<?php

declare(strict_types=1);

namespace Dongbo\PluginTests;

use Dongbo\Connection\Choices;
use Dongbo\Connection\Connect;
use Dongbo\Lanes\Budget;
use Dongbo\Lanes\Lane;
use Dongbo\Lanes\Slice;
use Dongbo\Tables\Connections;
use Dongbo\Tables\Runs;
use Dongbo\Tables\Schema;

/* A run that would do too much waits for a person (D4). */

$slice = static function (): string {
    return Lane::slice(Lane::CATALOGUE, new Budget(20.0, memory_get_usage() + 200000000))->outcome;
};

/** The same goods at another price. */
$priced = static function (array $shop, int $price): array {
    $products = $shop['/products'];
    $shop['/products'] = static function (string $url) use ($products, $price): array {
        $page = $products($url);
        foreach ($page['data'] as $place => $row) {
            $page['data'][$place]['basePrice'] = $price;
            $page['data'][$place]['modifiedDate'] = '2024-11-23T10:00:00';
        }

        return $page;
    };

    return $shop;
};

$full = static function (int $connection) use ($slice): array {
    $run = Runs::start($connection, Lane::CATALOGUE, 'full');
    for ($i = 0; $i < 20 && $slice() === Slice::MORE; $i++) {
        continue;
    }

    return (array) Runs::find($run);
};

return [
    'a run that would change too many prices writes nothing, says so, and goes on when somebody says yes' => static function () use ($priced, $full, $slice): void {
        global $wpdb;
        Answers::prepare($priced(Answers::shop(25), 100000));
        Expect::same(null, Connect::to('myshop', 'client', 'secret', 0));
        $choices = new Choices((array) Connections::current());
        $choices->onlyBranch();
        $choices->save();
        $id = Connections::current()['id'];
        Expect::same('done', $full($id)['outcome'], 'the first sync');
        $again = $full($id);
        Expect::same(['done', 25], [$again['outcome'], $again['summary']['counts']['unchanged'] ?? 0], 'nothing changed');

        remove_all_filters('pre_http_request');
        Answers::prepare($priced(Answers::shop(25), 10000));
        $run = $full($id);
        Expect::same([null, 'stop-prices'], [$run['ended'], $run['summary']['asked'] ?? '']);
        Expect::same(Slice::WAITING, $slice(), 'it waits');
        $prices = static function () use ($wpdb): array {
            return array_map('strval', $wpdb->get_col("SELECT DISTINCT meta_value FROM {$wpdb->postmeta} WHERE meta_key = '_regular_price'"));
        };
        Expect::same(['100000'], $prices(), 'nothing was written');
        Expect::same('stop-prices', $wpdb->get_var('SELECT code FROM ' . Schema::table('issue') . " WHERE item_kind = 'run'"));

        Runs::update($run['id'], ['summary' => ['accepted' => true] + array_diff_key($run['summary'], ['asked' => 1, 'code' => 1, 'params' => 1]), 'wait_until' => null]);
        $run = $full($id);
        Expect::same(['done', ['10000'], null], [$run['outcome'], $prices(), $wpdb->get_var('SELECT code FROM ' . Schema::table('issue') . " WHERE item_kind = 'run'")], 'accepted');
        foreach (wc_get_products(['limit' => -1, 'status' => 'any', 'return' => 'ids']) as $product) {
            wp_delete_post($product, true);
        }
    },
];

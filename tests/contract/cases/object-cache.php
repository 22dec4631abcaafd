<?php

declare(strict_types=1);

namespace Dongbo\Contract;

use Dongbo\Tables\Schema;

/*
 * With a persistent object cache, which all requests share and which knows nothing of transactions:
 * `LAB_UP=--object-cache tests/run/in-lab 11.0.1 tests/contract/all.php object-cache:`.
 * The stand-in has no shop front to read with.
 */
if (!wp_using_ext_object_cache() || !method_exists('WC_Product_Variable', 'get_variation_prices')) {
    return [];
}

$goods = static function (int $price, int $stock, string $name): array {
    $goods = [];
    foreach (['Đỏ', 'Xanh', 'Tím'] as $place => $colour) {
        $goods[] = ['id' => (string) (10 + $place), 'name' => "Áo $name", 'price' => $price + 100000 * $place, 'stock' => $stock, 'attributes' => [['name' => 'Màu', 'value' => $colour]]] + ($place === 0 ? [] : ['master_id' => '10']);
    }
    for ($id = 100; $id < 106; $id++) {
        $goods[] = ['id' => (string) $id, 'name' => "Hàng $name $id", 'price' => $price, 'stock' => $stock];
    }

    return $goods;
};

/** The shop has the goods, at these prices. */
$holds = static function (World $world, string $price, string $stock, string $what): void {
    foreach ($world->products() as $sku => $id) {
        if (strncmp($sku, 'SP10', 4) === 0) {
            Check::same([$price, $price, $stock], [get_post_meta($id, '_regular_price', true), get_post_meta($id, '_price', true), get_post_meta($id, '_stock', true)], "$what: $sku");
        }
    }
    Check::same(10, count($world->products()), "$what: products");
    $world->newRun();
    Check::same([], World::writesDuring([$world, 'slice']), "$what: then nothing is left to do");
};

/** Another process works in the lane; killed at the n-th saving. */
$work = static function (World $world, ?int $dies): string {
    global $wpdb;
    // A killed worker's lease has run out.
    $wpdb->query('UPDATE ' . Schema::table('lease') . ' SET lease_until = LEAST(lease_until, 1000)');
    $worker = new Process(dirname(__DIR__) . '/lane-worker.php', array_map('strval', array_filter([$world->connection, $world->run, $dies])));
    while ($worker->runs()) {
        usleep(2000);
    }
    wp_cache_flush_runtime();

    return trim($worker->output());
};

$cases = [];
foreach (['created' => false, 'changed' => true] as $what => $there) {
    $cases["a worker killed while products are $what leaves nothing in the cache that was rolled back (Q3, I1)"] = static function () use ($goods, $holds, $work, $there, $what): void {
        foreach ([1, 3, 7] as $dies) {
            $world = new World([Script::class, 'follow']);
            if ($there) {
                $world->goods($goods(10000000, 5000, 'cũ'));
                $world->slice();
                Cached::right('at first');
                $world->newRun();
            }
            $world->goods($goods(20000000, 9000, 'mới'));
            Check::same('', $work($world, $dies), 'killed');
            Check::that($there || count($world->products()) < 10, 'what was not committed is rolled back');
            Check::same('done', $work($world, null), 'the next worker finishes');
            Cached::right("$what, killed at $dies");
            $holds($world, '200000', '9', "$what, killed at $dies");
        }
    };
}

$cases['a worker killed in a change that the POS then takes back leaves the old values in the cache (Q3)'] = static function () use ($goods, $holds, $work): void {
    $world = new World([Script::class, 'follow']);
    $world->goods($goods(10000000, 5000, 'cũ'));
    $world->slice();
    $world->newRun();
    $world->goods($goods(20000000, 9000, 'mới'));
    $work($world, 7);
    $world->goods($goods(10000000, 5000, 'cũ'));
    Check::same('done', $work($world, null), 'the next worker finishes');
    Cached::right('taken back');
    $holds($world, '100000', '5', 'taken back');
};

$troubles = [
    'a deadlock' => [Faults::class, 'deadlock'],
    'a lock time-out' => [Faults::class, 'lockTimeout'],
    'a lost connection' => [Faults::class, 'dropConnection'],
];
foreach ($troubles as $name => $trouble) {
    $cases["$name leaves nothing in the cache that was rolled back (Q3)"] = static function () use ($name, $trouble, $goods, $holds): void {
        foreach ([2, 7] as $at) {
            $world = new World([Script::class, 'follow']);
            $world->goods($goods(10000000, 5000, 'cũ'));
            $world->slice();
            $world->newRun();
            $world->goods($goods(20000000, 9000, 'mới'));
            Faults::atSave($at, false, $trouble, static function () use ($world): void {
                $result = $world->slice();
                Check::same([true, 0], [$result->done, $result->failed], 'the slice goes on');
            });
            Cached::right("$name at $at");
            $holds($world, '200000', '9', "$name at $at");
        }
    };
}

$cases['a product that cannot be written leaves nothing of the attempt in the cache, and is written the next time (Q3, Q4)'] = static function () use ($goods, $holds): void {
    $world = new World([Script::class, 'follow']);
    $world->goods($goods(10000000, 5000, 'cũ'));
    $world->slice();
    $world->newRun();
    $world->goods($goods(20000000, 9000, 'mới'));
    Faults::atSave(6, false, static function (): void {
        throw new \RuntimeException('some plugin');
    }, static function () use ($world): void {
        Check::same(1, $world->slice()->failed, 'one fails');
    });
    Cached::right('refused');
    $world->newRun();
    Check::same(0, $world->slice()->failed, 'the next time');
    Cached::right('the next time');
    $holds($world, '200000', '9', 'the next time');
};

$cases['shoppers who read while a family is written leave nothing old behind (Q3)'] = static function () use ($goods, $holds): void {
    global $wpdb;
    foreach ([false, true] as $there) {
        $world = new World([Script::class, 'follow']);
        if ($there) {
            $world->goods(array_merge(array_slice($goods(10000000, 5000, 'cũ'), 0, 2), array_slice($goods(10000000, 5000, 'cũ'), 3)));
            $world->slice();
            $world->newRun();
        }
        $world->goods($goods(20000000, 9000, 'mới'));
        Faults::atSave(1, true, static function (): void {
            Cached::shopper();
        }, static function () use ($world): void {
            $result = $world->slice();
            Check::same([true, 0], [$result->done, $result->failed], 'the slice goes on');
        });
        Cached::right($there ? 'changed' : 'new');
        $holds($world, '200000', '9', $there ? 'changed' : 'new');
        $parent = (int) $wpdb->get_var("SELECT post_parent FROM {$wpdb->posts} WHERE post_type = 'product_variation' LIMIT 1");
        $prices = $wpdb->get_col("SELECT meta_value FROM {$wpdb->postmeta} WHERE post_id = $parent AND meta_key = '_price' ORDER BY meta_value");
        Check::same(['200000', '202000'], [min($prices), max($prices)], 'the range of the variable product');
    }
};

$cases['what the cache holds wrongly of a product does not keep it from being written (Q3)'] = static function () use ($goods, $holds): void {
    global $wpdb;
    $world = new World([Script::class, 'follow']);
    $world->goods($goods(10000000, 5000, 'cũ'));
    $world->slice();
    // A database brought back from a copy, a plugin's own SQL: the cache knows nothing of it.
    $wpdb->query("UPDATE {$wpdb->postmeta} SET meta_value = '200000' WHERE meta_key IN ('_regular_price', '_price')");
    wp_cache_flush();
    Cached::shopper();
    $wpdb->query("UPDATE {$wpdb->postmeta} SET meta_value = '100000' WHERE meta_key IN ('_regular_price', '_price')");
    wp_cache_flush_runtime();
    $world->newRun();
    $world->goods($goods(20000000, 9000, 'mới'));
    $result = $world->slice();
    Check::same([true, 0], [$result->done, $result->failed], 'written');
    Cached::right('written');
    $holds($world, '200000', '9', 'written');
};

$cases['shoppers who read while a product becomes one with variants are shown the variants afterwards (B2)'] = static function (): void {
    $world = new World();
    $world->goods([['id' => '4', 'name' => 'Áo']]);
    $world->slice();
    Cached::right('alone');
    $world->newRun();
    $world->goods([
        ['id' => '4', 'name' => 'Áo', 'has_variants' => true, 'attributes' => [['name' => 'Màu', 'value' => 'Đỏ']]],
        ['id' => '5', 'name' => 'Áo', 'attributes' => [['name' => 'Màu', 'value' => 'Xanh']], 'master_id' => '4'],
    ]);
    Faults::atSave(1, true, static function (): void {
        Cached::shopper();
    }, static function () use ($world): void {
        $result = $world->slice();
        Check::same([true, 0], [$result->done, $result->failed], 'the slice goes on: ' . json_encode($world->issues(), JSON_UNESCAPED_UNICODE));
    });
    Cached::right('with variants');
    Check::same(3, count($world->products()), 'the product and its variations');
    $world->newRun();
    Check::same([], World::writesDuring([$world, 'slice']), 'then nothing is left to do');
};

return $cases;

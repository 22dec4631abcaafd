<?php

declare(strict_types=1);

namespace Dongbo\Contract;

use Dongbo\Tables\Schema;

$tables = static function (): array {
    global $wpdb;

    return [$wpdb->posts, $wpdb->postmeta, $wpdb->term_relationships, $wpdb->prefix . 'wc_product_meta_lookup'];
};

/** Kills a worker ten times at random moments, then lets one finish. */
$kill = static function (string $what) {
    $world = new World([Script::class, 'follow']);
    $goods = [];
    for ($family = 1; $family <= 6; $family++) {
        foreach (['Đỏ', 'Xanh', 'Tím', 'Vàng'] as $place => $colour) {
            $id = (string) ($family * 10 + $place);
            $goods[] = ['id' => $id, 'name' => "Áo $family", 'attributes' => [['name' => 'Màu', 'value' => $colour]]] + ($place === 0 ? [] : ['master_id' => (string) ($family * 10)]);
        }
    }
    for ($id = 100; $id < 130; $id++) {
        $goods[] = ['id' => (string) $id];
    }
    $world->goods($goods);
    $killed = 0;
    $seen = 0;
    for ($round = 0; $round < 40 && $killed < 10; $round++) {
        $worker = new Process(dirname(__DIR__) . '/worker.php', [(string) $world->connection, (string) $world->run]);
        $mark = self_count();
        // From its first statement on the run is the worker's: then it lives a little longer.
        while ($worker->runs() && self_count() === $mark) {
            usleep(2000);
        }
        usleep(random_int(0, 120000));
        if (!$worker->runs()) {
            break;
        }
        $worker->kill();
        $killed++;
        $seen = max($seen, count($world->products()));
    }
    Check::that($killed >= 3, "$what: killed $killed times");
    Check::that($seen > 0 || $killed === 10, "$what: something was written in between");
    $world->takeOver();
    $result = $world->slice();
    Check::same([true, 0], [$result->done, $result->failed], "$what: the last worker finishes: " . json_encode($world->issues(), JSON_UNESCAPED_UNICODE));
    wp_cache_flush();
    Check::same(60, count($world->products()), "$what: products");
    Check::same(60, count($world->rows('link')), "$what: links");
    foreach ($world->rows('good') as $good) {
        $id = $world->products()[json_decode($good->row)->code] ?? 0;
        Check::same(['100000', '5', 'instock'], [get_post_meta($id, '_price', true), get_post_meta($id, '_stock', true), get_post_meta($id, '_stock_status', true)], "$what: " . $good->remote_id);
    }
    $world->newRun();
    Check::same([], World::writesDuring([$world, 'slice']), "$what: then nothing");
};

/** A number that grows with every statement that writes, from anywhere. */
function self_count(): int
{
    return (int) $GLOBALS['wpdb']->get_row("SHOW GLOBAL STATUS LIKE 'Handler_commit'")->Value
        + (int) $GLOBALS['wpdb']->get_row("SHOW GLOBAL STATUS LIKE 'Handler_write'")->Value;
}

return [
    'killed ten times at random moments: everything once' => static function () use ($kill): void {
        $kill('InnoDB');
    },

    'killed ten times on MyISAM, where nothing is ever undone: everything once' => static function () use ($kill, $tables): void {
        global $wpdb;
        foreach ($tables() as $table) {
            $wpdb->query("ALTER TABLE $table ENGINE=MyISAM");
        }
        try {
            $kill('MyISAM');
        } finally {
            foreach ($tables() as $table) {
                $wpdb->query("ALTER TABLE $table ENGINE=InnoDB");
            }
        }
    },

    'a product cut off right behind its INSERT is known for ours' => static function (): void {
        global $wpdb;
        foreach (['simple', 'variation'] as $type) {
            $world = new World([Script::class, 'follow']);
            $world->goods($type === 'simple' ? [['id' => '4']] : [
                ['id' => '4', 'name' => 'Áo', 'attributes' => [['name' => 'Màu', 'value' => 'Đỏ']], 'master_id' => null, 'family_key' => '4'],
                ['id' => '5', 'name' => 'Áo', 'attributes' => [['name' => 'Màu', 'value' => 'Xanh']], 'master_id' => '4'],
            ]);
            // The statement after the INSERT into posts is the moment of the kill: no rollback, as on MyISAM.
            $inserted = false;
            $wanted = $type === 'simple' ? 'product' : 'product_variation';
            $hook = static function ($sql) use (&$inserted, $wpdb, $wanted) {
                if ($inserted) {
                    throw new \Error('killed');
                }
                $inserted = (bool) preg_match("/^INSERT INTO `{$wpdb->posts}`.*'$wanted'/s", $sql);

                return $sql;
            };
            $wpdb->query('SET autocommit = 1');
            foreach ([$wpdb->posts, $wpdb->postmeta] as $table) {
                $wpdb->query("ALTER TABLE $table ENGINE=MyISAM");
            }
            add_filter('query', $hook, 99);
            try {
                $world->slice();
                $died = false;
            } catch (\Throwable $killed) {
                $died = true;
            } finally {
                remove_filter('query', $hook, 99);
                $wpdb->query('ROLLBACK');
            }
            Check::that($died, 'killed');
            $orphan = (int) $wpdb->get_var("SELECT MAX(ID) FROM {$wpdb->posts} WHERE post_type = '$wanted'");
            Check::same('', (string) get_post_meta($orphan, '_sku', true), 'cut off');
            wp_cache_flush();
            $world->takeOver();
            $result = $world->slice();
            foreach ([$wpdb->posts, $wpdb->postmeta] as $table) {
                $wpdb->query("ALTER TABLE $table ENGINE=InnoDB");
            }
            Check::same(true, $result->done, "$type: finished");
            Check::same($type === 'simple' ? 1 : 3, count($world->products()), "$type: no double");
            Check::that(in_array((string) $orphan, array_map('strval', array_column($world->rows('link'), 'shop_id')), true), "$type: the orphan was taken");
        }
    },

    'a product cut off anywhere in its creation is completed, once' => static function () use ($tables): void {
        global $wpdb;
        $state = static function (World $world) use ($wpdb): array {
            wp_cache_flush();
            $found = [];
            foreach ($wpdb->get_results("SELECT p.ID, p.post_type FROM {$wpdb->posts} p WHERE p.post_type IN ('product', 'product_variation') ORDER BY p.ID") as $post) {
                $product = wc_get_product($post->ID);
                $keys = $wpdb->get_col("SELECT meta_key FROM {$wpdb->postmeta} WHERE post_id = {$post->ID} AND meta_key NOT IN ('_weight', '_dongbo') ORDER BY meta_key");
                $found[$product->get_sku('edit') . $product->get_type()] = [
                    $product->get_price('edit'), $product->get_stock_quantity('edit'), $product->get_stock_status('edit'), $product->get_status('edit'),
                    get_post_meta($post->ID, '_price'), count($keys) === count(array_unique($keys)) || $product->is_type('variable'), $keys,
                    wp_list_pluck(wp_get_object_terms($post->ID, ['product_type', 'product_cat', 'product_visibility']), 'slug'),
                    $wpdb->get_row("SELECT sku, min_price, max_price, stock_quantity, stock_status FROM {$wpdb->prefix}wc_product_meta_lookup WHERE product_id = {$post->ID}", ARRAY_A),
                    $product->is_type('variation') ? $product->get_attributes() : count($product->get_attributes()),
                ];
            }
            ksort($found);

            return $found;
        };
        $goods = [
            ['id' => '4', 'stock' => 0],
            ['id' => '5', 'name' => 'Áo', 'attributes' => [['name' => 'Màu', 'value' => 'Đỏ']], 'family_key' => '5'],
            ['id' => '6', 'name' => 'Áo', 'attributes' => [['name' => 'Màu', 'value' => 'Xanh']], 'master_id' => '5'],
        ];
        $whole = new World();
        $whole->goods($goods);
        $statements = 0;
        $count = static function ($sql) use (&$statements) {
            $statements++;

            return $sql;
        };
        add_filter('query', $count);
        $whole->slice();
        remove_filter('query', $count);
        $expected = $state($whole);
        Check::same(4, count($expected), 'products');
        foreach ($tables() as $table) {
            $wpdb->query("ALTER TABLE $table ENGINE=MyISAM");
        }
        try {
            for ($cut = 25; $cut < $statements + 60; $cut += 9) {
                $world = new World();
                $world->goods($goods);
                $left = $cut;
                $kill = static function ($sql) use (&$left) {
                    if (--$left < 0) {
                        throw new \Error('killed');
                    }

                    return $sql;
                };
                add_filter('query', $kill, 99);
                try {
                    $world->slice();
                } catch (\Throwable $killed) {
                    // As a process that is gone: nothing of it is left but what the database holds.
                } finally {
                    remove_filter('query', $kill, 99);
                    remove_all_filters('query');
                    wp_defer_term_counting(false);
                    $wpdb->query('ROLLBACK');
                    $GLOBALS['wc_deferred_product_sync'] = [];
                }
                wp_cache_flush();
                $world->takeOver();
                $result = $world->slice();
                Check::same([true, 0], [$result->done, $result->failed], "cut at statement $cut: " . json_encode($world->issues(), JSON_UNESCAPED_UNICODE));
                Check::same($expected, $state($world), "cut at statement $cut");
            }
        } finally {
            foreach ($tables() as $table) {
                $wpdb->query("ALTER TABLE $table ENGINE=InnoDB");
            }
        }
    },

    'shoppers buy during every slice: stock + sold is constant' => static function (): void {
        global $wpdb;
        $world = new World();
        $world->settings['count_reserved'] = false;
        $stocks = [];
        $put = static function () use ($world, &$stocks): void {
            $world->goods(array_map(static function (int $id) use (&$stocks): array {
                return ['id' => (string) $id, 'stock' => $stocks[$id] * 1000];
            }, array_keys($stocks)));
        };
        for ($id = 1; $id <= 20; $id++) {
            $stocks[$id] = 10000;
        }
        $put();
        $world->slice();
        $ids = $world->products();
        $file = (string) tempnam(sys_get_temp_dir(), 'shop');
        file_put_contents($file, json_encode(array_values($ids)));
        $shopper = new Process(dirname(__DIR__) . '/shopper.php', [$file]);
        $sold_of = static function (array $stocks) use ($wpdb): int {
            return array_sum($stocks) - (int) $wpdb->get_var("SELECT SUM(meta_value) FROM {$wpdb->postmeta} WHERE meta_key = '_stock'");
        };
        while ($shopper->runs() && $sold_of($stocks) === 0) {
            usleep(5000);
        }
        $before = $sold_of($stocks);
        for ($round = 0; $round < 8 || ($round < 60 && $sold_of($stocks) < 40); $round++) {
            foreach ($stocks as $id => $stock) {
                // Large steps: a POS that happens to arrive at the site's number agrees with it.
                $stocks[$id] = $stock + random_int(100, 200);
            }
            $put();
            $world->newRun();
            $result = $world->slice();
            Check::same(0, $result->failed, 'failed: ' . json_encode($world->issues(), JSON_UNESCAPED_UNICODE));
            Check::that($result->updated > 0, 'something was written');
        }
        unlink($file);
        while ($shopper->runs()) {
            usleep(5000);
        }
        $bought = json_decode($shopper->output(), true);
        Check::that(is_array($bought) && array_sum($bought) > $before + 10, 'it bought all the while: ' . $shopper->output());
        wp_cache_flush();
        foreach ($stocks as $id => $stock) {
            $product = $ids["SP$id"];
            Check::same($stock, (int) get_post_meta($product, '_stock', true) + $bought[$product], "good $id: stock + sold");
        }
    },
];

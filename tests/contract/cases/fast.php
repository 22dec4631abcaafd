<?php
// The fast way against WooCommerce's plain one, on whichever version this is (issue 3, Speed).

declare(strict_types=1);

namespace Dongbo\Contract;

use Dongbo\Shop\Attributes;
use Dongbo\Shop\Clean;
use Dongbo\Shop\Debts;
use Dongbo\Shop\Fast;
use Dongbo\Shop\Origins;
use Dongbo\Shop\Products;
use Dongbo\Shop\Reader;
use Dongbo\Sync\Batch;
use Dongbo\Tables\Owed;

/** Runs something as a batch of a run does, debts paid. */
$fast = static function (World $world, callable $work): void {
    $batch = new Batch($world->context()->fence());
    $batch->ids = array_values((array) $work());
    $batch->settleDebts($world->connection);
    $batch->commit();
    Debts::pay($world->connection, $world->context()->fence());
};

$writer = static function (?Attributes $attributes = null): Products {
    return new Products($attributes ?? new Attributes(), static function (string $hash): ?string {
        return $hash === md5('<p>Một dòng</p>') ? '<p>Một dòng</p>' : null;
    });
};

/** A product as a plugin would fill it. */
$fill = static function (\WC_Product $product, array $values): \WC_Product {
    foreach ($values as $field => $value) {
        $setter = ['stock' => 'set_stock_quantity', 'visibility' => 'set_catalog_visibility', 'barcode' => 'set_global_unique_id', 'sale_from' => 'set_date_on_sale_from', 'sale_to' => 'set_date_on_sale_to'][$field] ?? 'set_' . $field;
        switch ($field) {
            case 'categories':
                $product->set_category_ids(array_map('intval', explode(',', $value)));
                break;
            case 'manage_stock':
                $product->set_manage_stock($value === 'yes');
                break;
            case 'name':
                $product->set_name(Clean::stored($value));
                break;
            case 'description':
                $product->set_description('<p>Một dòng</p>');
                break;
            case 'sale_from':
            case 'sale_to':
                $product->$setter(intdiv((int) $value, 1000));
                break;
            default:
                $product->$setter($value);
        }
    }

    return $product;
};

$same = static function (array $plain, array $ours): void {
    Check::that(count($plain['hooks']) > 20, count($plain['hooks']) . ' hooks');
    foreach ($plain as $kind => $value) {
        if ($kind === 'hooks') {
            foreach (array_replace($ours['hooks'], $value) as $place => $any) {
                Check::same($value[$place] ?? null, $ours['hooks'][$place] ?? null, "hook $place");
            }
        }
        // Before 11.0 a plain save counts a category's products before it hides the product.
        Check::same($kind === 'counts' ? $plain['counts made anew'] : $value, $ours[$kind], $kind);
    }
};

$simple = ['name' => 'Áo dài & khăn', 'description' => md5('<p>Một dòng</p>'), 'sku' => 'SKU', 'regular_price' => '100000', 'manage_stock' => 'yes', 'stock' => '5', 'status' => 'publish', 'weight' => '0.5'];
$variants = [
    'a plain one' => $simple,
    'on sale' => ['sale_price' => '80000', 'visibility' => 'catalog'] + $simple,
    'a sale that comes' => ['sale_price' => '80000', 'sale_from' => '4070908800000', 'sale_to' => '4071513599000'] + $simple,
    'a sale in force' => ['sale_price' => '80000', 'sale_from' => '1577836800000', 'sale_to' => '4071513599000'] + $simple,
    'sold out and hidden' => ['stock' => '0', 'visibility' => 'hidden'] + $simple,
    'a draft without a price' => ['status' => 'draft'] + array_diff_key($simple, ['regular_price' => 1]),
    'a name written twice' => ['name' => 'Trùng tên'] + $simple,
];

/** The stand-in judges barcodes without WooCommerce's function. */
$barcodes = !function_exists('wc_product_has_global_unique_id') ? [] : [
    'barcodes are asked for once a transaction: a free one is free once, a taken one and one of two stay WooCommerce\'s to judge' => static function (): void {
        $world = new World();
        $other = new \WC_Product_Simple();
        $other->set_name('Của người khác');
        $other->set_global_unique_id('8930000000017');
        $other->save();
        $asked = [];
        $listen = static function ($found, $id, $barcode) use (&$asked) {
            $asked[] = [$barcode, $found];

            return $found;
        };
        add_filter('wc_product_has_global_unique_id', $listen, 10, 3);
        $batch = new Batch($world->context()->fence());
        $batch->expectBarcodes(['8930000000017', '8930000000024', '8930000000031', '8930000000031']);
        $from = $GLOBALS['wpdb']->num_queries;
        Check::same(true, wc_product_has_global_unique_id(0, '8930000000024'), 'free');
        Check::same(Fast::recorded() ? 0 : 1, $GLOBALS['wpdb']->num_queries - $from, 'statements for the free one');
        Check::same([false, true], [wc_product_has_global_unique_id(0, '8930000000017'), wc_product_has_global_unique_id($other->get_id(), '8930000000017')], 'taken by another, and its own');
        foreach (['8930000000024', '8930000000031'] as $barcode) {
            $product = new \WC_Product_Simple();
            $product->set_name("Mã $barcode");
            $product->set_global_unique_id($barcode);
            $product->save();
            Check::same(false, wc_product_has_global_unique_id(0, $barcode), "$barcode is taken by now");
        }
        $batch->rollBack();
        remove_filter('wc_product_has_global_unique_id', $listen, 10);
        Check::same(['8930000000024', false], $asked[0], 'the filter after the question is asked all the same');
        Check::same(true, wc_product_has_global_unique_id(0, '8930000000031'), 'rolled back');
    },
];

return $barcodes + [
    'the fast way is taken exactly on the versions that are recorded' => static function (): void {
        $recorded = array_map('basename', glob(dirname(__DIR__, 2) . '/recorded/*', GLOB_ONLYDIR));
        $known = Fast::RECORDED;
        sort($recorded);
        sort($known);
        Check::same($recorded, $known, 'versions');
        Check::same(in_array(WC_VERSION, $recorded, true), Fast::recorded(), 'this one');
    },

    'an unknown WooCommerce gets plain saves' => static function () use ($writer, $fast): void {
        global $wpdb;
        $version = new \ReflectionProperty(Fast::class, 'version');
        $version->setAccessible(true);
        $inserts = 0;
        $count = static function ($sql) use (&$inserts, $wpdb) {
            $inserts += preg_match("/^\s*INSERT INTO `?{$wpdb->postmeta}`?/", (string) $sql);

            return $sql;
        };
        $world = new World();
        add_filter('query', $count);
        try {
            $version->setValue(null, '99.0.0');
            $fast($world, static function () use ($writer): array {
                return [$writer()->create(World::operation(['remote_id' => '1', 'changes' => ['name' => 'A', 'sku' => 'A', 'regular_price' => '1']]), 0, 'x')->id];
            });
        } finally {
            remove_filter('query', $count);
            $version->setValue(null, null);
        }
        Check::that($inserts > 10, "$inserts INSERTs of meta");
        Check::same([], Owed::all($world->connection), 'nothing is owed');
    },

    'simple products leave what plain saves leave' => static function () use ($variants, $writer, $fill, $fast, $same): void {
        foreach ($variants as $what => $values) {
            $world = new World();
            $category = (string) wp_insert_term('Thời trang', 'product_cat')['term_id'];
            wp_cache_flush();
            $plain = Seen::of(static function () use ($values, $fill, $category): array {
                return ['one' => $fill(new \WC_Product_Simple(), ['sku' => 'PLAIN-' . $values['sku'], 'categories' => $category] + $values)->save()];
            });
            $id = null;
            wp_cache_flush();
            $ours = Seen::of(static function () use ($values, $writer, $fast, $world, $category, &$id): array {
                $fast($world, static function () use ($values, $writer, $category, &$id): array {
                    $id = $writer()->create(World::operation(['remote_id' => '1', 'changes' => ['sku' => 'OURS!-' . $values['sku'], 'categories' => $category] + $values]), 0, 'dongbo:1:good:1')->id;

                    return [$id];
                });

                return ['one' => $id];
            });
            try {
                $same($plain, $ours);
            } catch (Unmet $unmet) {
                throw new Unmet("$what: " . $unmet->getMessage());
            }
        }
    },

    'a family leaves what plain saves leave, titles and layered navigation included' => static function () use ($writer, $fill, $fast, $same): void {
        $world = new World();
        $attributes = new Attributes();
        $attributes->ensure('Màu', ['Đỏ', 'Xanh']);
        $attributes->ensure('Cỡ', ['38']);
        $values = static function (string $way, int $place): array {
            return ['sku' => "$way-$place", 'regular_price' => (string) (100000 + $place), 'manage_stock' => 'yes', 'stock' => (string) $place, 'status' => 'publish', 'weight' => '0.5'];
        };
        wp_cache_flush();
        $plain = Seen::of(static function () use ($fill, $values, $attributes): array {
            $offer = [];
            foreach (['Màu' => ['Đỏ', 'Xanh'], 'Cỡ' => ['38']] as $label => $options) {
                $taxonomy = (string) Attributes::taxonomy($label);
                $attribute = new \WC_Product_Attribute();
                $attribute->set_id(wc_attribute_taxonomy_id_by_name($taxonomy));
                $attribute->set_name($taxonomy);
                $attribute->set_position(count($offer));
                $attribute->set_options(array_map(static function (string $value) use ($attributes, $taxonomy): int {
                    return $attributes->term($taxonomy, $value)['id'];
                }, $options));
                $attribute->set_visible(true);
                $attribute->set_variation(true);
                $offer[] = $attribute;
            }
            $parent = $fill(new \WC_Product_Variable(), ['name' => 'Áo', 'status' => 'publish']);
            $parent->set_attributes($offer);
            $ids = ['parent' => $parent->save()];
            foreach (['Đỏ', 'Xanh'] as $place => $value) {
                $variation = new \WC_Product_Variation();
                $variation->set_parent_id($ids['parent']);
                $fill($variation, array_diff_key($values('PLAIN', $place), ['stock' => 1]));
                $variation->set_attributes([
                    Attributes::taxonomy('Màu') => $attributes->term((string) Attributes::taxonomy('Màu'), $value)['slug'],
                    Attributes::taxonomy('Cỡ') => $attributes->term((string) Attributes::taxonomy('Cỡ'), '38')['slug'],
                ]);
                $variation->set_stock_quantity((string) $place);
                $ids["variation $place"] = $variation->save();
            }
            Products::syncParents([$ids['parent']]);

            return $ids;
        });
        wp_cache_flush();
        $ours = Seen::of(static function () use ($writer, $fast, $world, $values, $attributes): array {
            $ids = [];
            $fast($world, static function () use ($writer, $values, $attributes, &$ids): array {
                $write = $writer($attributes);
                $ids['parent'] = $write->create(World::operation(['remote_id' => '1', 'remote_kind' => 'family', 'product' => 'variable', 'changes' => ['name' => 'Áo', 'status' => 'publish', 'attributes' => 'x'],
                    'attributes' => [['name' => 'Màu', 'values' => ['Đỏ', 'Xanh']], ['name' => 'Cỡ', 'values' => ['38']]]]), 0, 'dongbo:1:family:1')->id;
                foreach (['Đỏ', 'Xanh'] as $place => $value) {
                    $ids["variation $place"] = $write->create(World::operation(['remote_id' => "$place", 'product' => 'variation', 'changes' => $values('OURS!', $place),
                        'values' => [['name' => 'Màu', 'value' => $value], ['name' => 'Cỡ', 'value' => '38']]]), $ids['parent'], "dongbo:1:good:$place")->id;
                }
                Products::syncParents([$ids['parent']]);

                return $ids;
            });

            return $ids;
        });
        Check::that(count($plain['rows']['variation 1']['layered navigation']) === 2, 'two rows of layered navigation a variation');
        $same($plain, $ours);
    },

    'a change leaves what a plain save leaves' => static function () use ($simple, $writer, $fill, $fast, $same): void {
        $world = new World();
        $terms = [wp_insert_term('Thời trang', 'product_cat')['term_id'], wp_insert_term('Khăn', 'product_cat')['term_id']];
        $ids = [];
        foreach (['PLAIN', 'OURS!'] as $way) {
            $ids[$way] = $fill(new \WC_Product_Simple(), ['sku' => "$way-SKU", 'categories' => "$terms[0]"] + $simple)->save();
        }
        $changes = ['name' => 'Khăn', 'regular_price' => '200000', 'sale_price' => '', 'weight' => '', 'visibility' => 'hidden', 'status' => 'draft', 'categories' => "$terms[1]"];
        wp_cache_flush();
        $plain = Seen::of(static function () use ($fill, $ids, $changes): array {
            return ['one' => $fill(wc_get_product($ids['PLAIN']), $changes)->save()];
        });
        wp_cache_flush();
        $ours = Seen::of(static function () use ($writer, $fast, $world, $ids, $changes): array {
            $fast($world, static function () use ($writer, $ids, $changes): array {
                $current = (new Reader(new Origins(1)))->byIds([$ids['OURS!']])[$ids['OURS!']];

                return [$writer()->update(World::operation(['remote_id' => '1', 'kind' => 'update', 'shop_id' => $ids['OURS!'], 'changes' => $changes]), $current)->id];
            });

            return ['one' => $ids['OURS!']];
        });
        $same($plain, $ours);
    },

    'an address that something in the trash still holds is taken over, as by a plain save' => static function () use ($simple, $writer, $fast): void {
        global $wpdb;
        $world = new World();
        $create = static function (string $name, string $key) use ($world, $writer, $fast, $simple): string {
            $id = 0;
            $fast($world, static function () use (&$id, $writer, $simple, $name, $key): int {
                return $id = $writer()->create(World::operation(['remote_id' => $key, 'changes' => ['name' => $name, 'sku' => "SKU-$key"] + $simple]), 0, "dongbo:1:good:$key")->id;
            });

            return (string) get_post_field('post_name', $id);
        };
        // Trashed by WordPress itself: its address has gone to the trash with it.
        $own = wp_insert_post(['post_type' => 'product', 'post_status' => 'publish', 'post_title' => 'Nón', 'post_name' => 'non']);
        wp_trash_post($own);
        Check::same(['non', 'non__trashed'], [$create('Nón', '1'), get_post_field('post_name', $own)], 'trashed by WordPress');
        // And one from before WordPress 4.5, or put there by plain SQL.
        $old = wp_insert_post(['post_type' => 'product', 'post_status' => 'publish', 'post_title' => 'Dép', 'post_name' => 'dep']);
        $wpdb->update($wpdb->posts, ['post_status' => 'trash'], ['ID' => $old]);
        clean_post_cache($old);
        Check::same(['dep', 'dep__trashed'], [$create('Dép', '2'), get_post_field('post_name', $old)], 'trashed by plain SQL');
    },

    'meta that a plugin gives to a product while it is created is read by WooCommerce' => static function () use ($simple, $writer, $fast): void {
        $world = new World();
        foreach (['save_post_product', 'woocommerce_new_product'] as $at => $hook) {
            $seen = [];
            $plugin = static function ($id) use ($hook): void {
                if (get_post_type($id) === 'product') {
                    update_post_meta($id, 'made_by', $hook);
                }
            };
            $reader = static function ($id) use (&$seen): void {
                $seen[] = wc_get_product($id)->get_meta('made_by');
            };
            add_action($hook, $plugin, 5);
            add_action('woocommerce_new_product', $reader, 20);
            $id = 0;
            $fast($world, static function () use (&$id, $at, $writer, $simple): int {
                return $id = $writer()->create(World::operation(['remote_id' => "$at", 'changes' => ['sku' => "SKU-$at"] + $simple]), 0, "dongbo:1:good:$at")->id;
            });
            remove_action($hook, $plugin, 5);
            remove_action('woocommerce_new_product', $reader, 20);
            Check::same([$hook], $seen, 'while it is created');
            Check::same($hook, wc_get_product($id)->get_meta('made_by'), 'afterwards');
        }
    },

    'what is owed survives a kill and is paid by the next run' => static function () use ($simple, $writer): void {
        $world = new World();
        $term = wp_insert_term('Thời trang', 'product_cat')['term_id'];
        $batch = new Batch($world->context()->fence());
        $batch->ids[] = $writer()->create(World::operation(['remote_id' => '1', 'changes' => ['categories' => "$term"] + $simple]), 0, 'dongbo:1:good:1')->id;
        $batch->settleDebts($world->connection);
        $batch->commit();
        $owed = Owed::all($world->connection);
        if (!Fast::recorded()) {
            Check::same([], $owed, 'a plain save owes nothing');

            return;
        }
        Check::same([$term], $owed['count:product_cat'] ?? null, 'owed');
        // The worker is gone, and with it what WordPress had noted.
        $noted = new \ReflectionProperty(Debts::class, 'putOff');
        $noted->setAccessible(true);
        $noted->setValue(null, []);
        $GLOBALS['wpdb']->update($GLOBALS['wpdb']->term_taxonomy, ['count' => 0], ['term_id' => $term]);
        $world->newRun();
        Check::that($world->slice()->done, 'a run without goods');
        wp_cache_flush();
        Check::same([], Owed::all($world->connection), 'nothing is owed any more');
        Check::same(1, get_term($term)->count, 'the count');
        Check::same('1', get_term_meta($term, 'product_count_product_cat', true), 'WooCommerce’s count');
    },

    'a transaction that is undone owes nothing' => static function () use ($simple, $writer): void {
        $world = new World();
        $batch = new Batch($world->context()->fence());
        $batch->ids[] = $writer()->create(World::operation(['remote_id' => '1', 'changes' => $simple]), 0, 'x')->id;
        $batch->settleDebts($world->connection);
        $batch->rollBack();
        Debts::end();
        Check::same([[], []], [Owed::all($world->connection), $world->products()], 'nothing stands');
    },

    'a new row costs at most 50 statements, its links and history included' => static function (): void {
        global $wpdb;
        if (!Fast::recorded()) {
            Check::that(true, 'plain saves');

            return;
        }
        $world = new World([Script::class, 'follow']);
        $goods = [];
        for ($id = 1; $id <= 60; $id++) {
            $goods[] = ['id' => (string) $id];
        }
        for ($id = 101; $id <= 160; $id++) {
            $goods[] = ['id' => (string) $id, 'master_id' => (string) (101 + 6 * intdiv($id - 101, 6)), 'attributes' => [['name' => 'Màu', 'value' => 'Màu ' . ($id - 101) % 6]]];
        }
        $world->goods($goods);
        $before = $wpdb->num_queries;
        $result = $world->slice();
        Check::same([true, 130], [$result->done, $result->created], 'created');
        $each = ($wpdb->num_queries - $before) / 130;
        Check::that($each <= 50, sprintf('%.1f statements a row', $each));
    },
];

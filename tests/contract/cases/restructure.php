<?php

declare(strict_types=1);

namespace Dongbo\Contract;

use Dongbo\Shop\Origins;
use Dongbo\Shop\Reader;
use Dongbo\Tables\Schema;

/* Goods that become variants, attributes that come and go (B2), the selection (B6), what orders hold (D5). */

$again = static function (World $world): void {
    $world->newRun();
    Check::same([], World::writesDuring(static function () use ($world): void {
        $result = $world->slice();
        Check::same([$result->rows, 0], [$result->unchanged, $result->failed], 'unchanged');
    }), 'nothing left to do');
};

$variant = static function (string $id, array $values, array $more = []): array {
    $attributes = [];
    foreach ($values as $name => $value) {
        $attributes[] = ['name' => (string) $name, 'value' => $value];
    }

    return $more + ['id' => $id, 'name' => 'Áo thun', 'attributes' => $attributes] + ($id === '1' ? [] : ['master_id' => '1']);
};

$read = static function (World $world, int $id): array {
    return (new Reader(new Origins($world->connection)))->byIds([$id])[$id];
};

/** An order of the site with one line, stock reduced, waiting to be sent. */
$order = static function (World $world, int $product, int $quantity): int {
    global $wpdb;
    // The stand-in sells nothing through orders; WooCommerce has these tables.
    $wpdb->query("CREATE TABLE IF NOT EXISTS {$wpdb->prefix}woocommerce_order_items (order_item_id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY, order_item_name text NOT NULL, order_item_type varchar(200) NOT NULL DEFAULT '', order_id bigint unsigned NOT NULL)");
    $wpdb->query("CREATE TABLE IF NOT EXISTS {$wpdb->prefix}woocommerce_order_itemmeta (meta_id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY, order_item_id bigint unsigned NOT NULL, meta_key varchar(255), meta_value longtext)");
    $wpdb->insert($wpdb->prefix . 'woocommerce_order_items', ['order_item_name' => 'x', 'order_item_type' => 'line_item', 'order_id' => 900 + $product]);
    $item = (int) $wpdb->insert_id;
    foreach (['_product_id' => $product, '_variation_id' => 0, '_reduced_stock' => $quantity] as $key => $value) {
        $wpdb->insert($wpdb->prefix . 'woocommerce_order_itemmeta', ['order_item_id' => $item, 'meta_key' => $key, 'meta_value' => $value]);
    }
    $wpdb->insert(Schema::table('outbox'), ['connection_id' => $world->connection, 'order_id' => 900 + $product, 'intent' => 'create', 'state' => 'waiting', 'changed' => $world->now]);

    return (int) $wpdb->insert_id;
};

return [
    'a good that becomes variants keeps its product: id, address, reviews and orders (B2)' => static function () use ($variant, $again, $read): void {
        $world = new World();
        $world->goods([['id' => '1', 'name' => 'Áo thun', 'barcode' => '8934563138165']]);
        $world->slice();
        $id = $world->products()['SP1'];
        $slug = get_post($id)->post_name;
        update_post_meta($id, '_kept_by_the_owner', 'yes');
        wc_update_product_stock($id, 1, 'decrease');
        $world->goods([$variant('1', ['Màu' => 'Đỏ'], ['barcode' => '8934563138165']), $variant('2', ['Màu' => 'Xanh'])]);
        $world->newRun();
        $result = $world->slice();
        Check::same([2, 1, 0], [$result->created, $result->updated, $result->failed], 'created, converted, failed; ' . json_encode($world->issues(), JSON_UNESCAPED_UNICODE));
        $product = wc_get_product($id);
        Check::same(['variable', $slug, 'yes'], [$product->get_type(), get_post($id)->post_name, get_post_meta($id, '_kept_by_the_owner', true)], 'the product');
        Check::same(['', '', false], [$product->get_sku('edit'), $product->get_regular_price('edit'), $product->get_manage_stock('edit')], 'what the variation has now');
        $own = $read($world, $world->products()['SP1']);
        Check::same(['variation', $id, 4000, '8934563138165'], [$own['kind'], $own['parent'], $own['stock'], $own['barcode']], 'its variation');
        Check::same([['name' => 'Màu', 'values' => ['Đỏ']]], $own['attributes'], 'its attributes');
        Check::same(2, count($product->get_children()), 'children');
        $links = array_column($world->rows('link'), 'shop_id', 'remote_id');
        Check::same([(string) $id, (string) $own['id']], [array_column(array_filter($world->rows('link'), static function (\stdClass $row): bool {
            return $row->kind === 'family';
        }), 'shop_id')[0], $links['1'] === (string) $id ? array_column($world->rows('link'), 'shop_id')[1] : $links['1']], 'links');
        Check::that(in_array('type', array_column($world->rows('history'), 'field'), true), 'history names the conversion');
        $again($world);
    },

    'a conversion that cannot be finished leaves everything as it was' => static function () use ($variant): void {
        $world = new World();
        $world->goods([['id' => '1', 'name' => 'Áo thun']]);
        $world->slice();
        $id = $world->products()['SP1'];
        $world->goods([$variant('1', ['Màu' => 'Đỏ']), $variant('2', ['Màu' => 'Xanh'])]);
        $world->newRun();
        $refuse = static function ($new): void {
            if (get_post_type((int) $new) === 'product_variation') {
                throw new \RuntimeException('a plugin will not have it');
            }
        };
        add_action('woocommerce_new_product_variation', $refuse);
        try {
            $result = $world->slice();
        } finally {
            remove_action('woocommerce_new_product_variation', $refuse);
        }
        Check::that($result->failed > 0, 'named as failed');
        wp_cache_flush();
        Check::same(['simple', 'SP1'], [wc_get_product($id)->get_type(), wc_get_product($id)->get_sku('edit')], 'the product');
        Check::same([(string) $id], array_column($world->rows('link'), 'shop_id'), 'its link');
        $world->newRun();
        Check::same([2, 0], [$world->slice()->created, count($world->issues())], 'the next run does it; ' . json_encode($world->issues(), JSON_UNESCAPED_UNICODE));
        Check::same('variable', wc_get_product($id)->get_type(), 'converted');
    },

    'attributes and values the POS has no more are taken off; the owner’s own stay (B2)' => static function () use ($variant, $again, $read): void {
        $world = new World();
        $world->goods([$variant('1', ['Màu' => 'Đỏ', 'Cỡ' => 'M']), $variant('2', ['Màu' => 'Xanh', 'Cỡ' => 'M'])]);
        $world->slice();
        $before = $world->products();
        $parent = $read($world, $before['SP1'])['parent'];
        $product = wc_get_product($parent);
        $own = new \WC_Product_Attribute();
        $own->set_id(0);
        $own->set_name('Chất liệu');
        $own->set_options(['Cotton']);
        $own->set_visible(true);
        $product->set_attributes($product->get_attributes('edit') + ['chat-lieu' => $own]);
        $product->save();
        $world->goods([$variant('1', ['Màu' => 'Đỏ']), $variant('2', ['Màu' => 'Tím'])]);
        $world->newRun();
        $result = $world->slice();
        Check::same([0, 0, $before], [$result->created, $result->failed, $world->products()], 'the same products; ' . json_encode($world->issues(), JSON_UNESCAPED_UNICODE));
        Check::same([['name' => 'Màu', 'values' => ['Đỏ', 'Tím']], ['name' => 'Chất liệu', 'values' => ['Cotton']]], $read($world, $parent)['attributes'], 'the product’s attributes');
        Check::same([['name' => 'Màu', 'values' => ['Tím']]], $read($world, $before['SP2'])['attributes'], 'the variation’s');
        $again($world);
    },

    'what is not selected stays as it is, and comes back when it is (B6)' => static function () use ($again): void {
        $world = new World();
        $world->settings['selection'] = ['mode' => 'categories', 'categories' => ['10']];
        $world->list('categories', [['id' => '10', 'name' => 'Đồ uống'], ['id' => '11', 'name' => 'Trà', 'parent_id' => '10'], ['id' => '12', 'name' => 'Khác']]);
        $world->categories();
        $world->goods([['id' => '1', 'category_id' => '11'], ['id' => '2', 'category_id' => '12']]);
        $world->slice();
        Check::same(['SP1'], array_keys($world->products()), 'products');
        $again($world);
        $world->list('categories', [['id' => '11', 'name' => 'Trà', 'parent_id' => '12']]);
        $world->goods([['id' => '1', 'category_id' => '11', 'price' => 20000000]]);
        $world->newRun();
        $result = $world->slice();
        Check::same([0, 2], [$result->updated, $result->skipped], 'left alone');
        Check::same('100000', wc_get_product($world->products()['SP1'])->get_regular_price('edit'), 'its price stays');
        $world->settings['selection'] = ['mode' => 'everything'];
        $world->newRun();
        $result = $world->slice();
        Check::same([1, 1], [$result->created, $result->updated], 'everything');
        $again($world);
    },

    'an SKU that a deleted good had is free for another (B8)' => static function (): void {
        $world = new World();
        $world->goods([['id' => '1', 'code' => 'X', 'sku_key' => 'x', 'deleted' => true], ['id' => '2', 'code' => 'X', 'sku_key' => 'x']]);
        $world->slice();
        Check::same([['X']], [array_keys($world->products())], 'products; ' . json_encode($world->issues()));
    },

    'what an order holds is taken off until the POS has it and its stock was read (D5)' => static function () use ($order, $again, $read): void {
        global $wpdb;
        $world = new World();
        $world->goods([['id' => '1', 'stock' => 10000]]);
        $world->slice();
        $id = $world->products()['SP1'];
        wc_update_product_stock($id, 3, 'decrease');
        $outbox = $order($world, $id, 3);
        $world->goods([['id' => '1', 'stock' => 12000]]);
        $world->newRun();
        $world->slice();
        Check::same(9000, $read($world, $id)['stock'], 'twelve less three');
        $again($world);
        // The POS has accepted it, but the stock in the mirror is older.
        $wpdb->update(Schema::table('outbox'), ['state' => 'sent'], ['id' => $outbox]);
        $wpdb->insert(Schema::table('order_link'), ['connection_id' => $world->connection, 'order_id' => 900 + $id, 'remote_id' => '1', 'accepted' => $world->now]);
        $world->newRun();
        $world->slice();
        Check::same(9000, $read($world, $id)['stock'], 'still held');
        $world->goods([['id' => '1', 'stock' => 9000]]);
        $wpdb->update(Schema::table('good'), ['stock_as_of' => $world->now + 1], ['connection_id' => $world->connection]);
        $world->newRun();
        $world->slice();
        Check::same(9000, $read($world, $id)['stock'], 'told by the POS now');
        $again($world);
    },

    'two goods swap their SKUs: both follow, in one family and across two (B4)' => static function () use ($variant, $again): void {
        foreach ([false, true] as $family) {
            $world = new World();
            $one = $family ? $variant('1', ['Màu' => 'Đỏ']) : ['id' => '1'];
            $two = $family ? $variant('2', ['Màu' => 'Xanh']) : ['id' => '2'];
            $world->goods([$one, $two]);
            $world->slice();
            $before = array_intersect_key($world->products(), ['SP1' => 1, 'SP2' => 1]);
            $world->goods([['code' => 'SP2', 'sku_key' => 'sp2'] + $one, ['code' => 'SP1', 'sku_key' => 'sp1'] + $two]);
            $world->newRun();
            $result = $world->slice();
            $after = array_intersect_key($world->products(), ['SP1' => 1, 'SP2' => 1]);
            Check::same([$before['SP2'], $before['SP1'], 0, []], [$after['SP1'] ?? 0, $after['SP2'] ?? 0, $result->failed, $world->issues()], $family ? 'variants' : 'plain goods');
            Check::same('1', array_column(array_filter($world->rows('link'), static function (\stdClass $row) use ($after): bool {
                return (int) $row->shop_id === $after['SP2'];
            }), 'remote_id')[0], 'the link stays with the product');
            $room = array_values(array_filter($world->rows('history'), static function (\stdClass $row): bool {
                return $row->reason === 'sku-swap';
            }));
            Check::same([1, ['sku', 'product', 'name']], [count($room), array_column(json_decode((string) $room[0]->params, true), 'name')], 'the history has the words for it');
            $world->newRun();
            $world->slice();
            $again($world);
        }
    },
];

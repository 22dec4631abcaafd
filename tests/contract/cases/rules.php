<?php

declare(strict_types=1);

namespace Dongbo\Contract;

use Dongbo\Shop\Origins;
use Dongbo\Shop\Reader;

/* The real rules over the mirror: what a shop gets, and that nothing is left to do afterwards. */

$variant = static function (string $id, array $values, array $more = []): array {
    $attributes = [];
    foreach ($values as $name => $value) {
        $attributes[] = ['name' => (string) $name, 'value' => $value];
    }

    return $more + ['id' => $id, 'name' => 'Áo thun', 'attributes' => $attributes] + ($id === '1' ? [] : ['master_id' => '1']);
};

$again = static function (World $world): void {
    $world->newRun();
    Check::same([], World::writesDuring(static function () use ($world): void {
        $world->categories();
        $result = $world->slice();
        Check::same([$result->rows, 0], [$result->unchanged, $result->failed], 'unchanged');
    }), 'nothing left to do');
};

$products = static function (World $world): array {
    $ids = $world->products();
    $read = (new Reader(new Origins($world->connection)))->byIds(array_values($ids));

    return array_map(static function (int $id) use ($read): array {
        return $read[$id];
    }, $ids);
};

return [
    'all kinds of rows arrive as the owner expects' => static function () use ($variant, $again, $products): void {
        $world = new World();
        $world->list('categories', [['id' => '10', 'name' => 'Đồ ăn & uống'], ['id' => '11', 'name' => 'Phở', 'parent_id' => '10']]);
        $world->goods([
            $variant('1', ['Màu' => 'Đỏ', 'Cỡ' => 'M']),
            $variant('2', ['Màu' => 'Đỏ', 'Cỡ' => 'L']),
            $variant('3', ['Màu' => 'Xanh', 'Cỡ' => 'M'], ['stock' => 0]),
            ['id' => '4', 'name' => 'Bún "bò" & giò < 5 🍜', 'category_id' => '11', 'weight' => 500000, 'barcode' => '8934563138165', 'description' => '<p>Ngon &quot;lắm&quot;</p><table><tr><td>1</td></tr></table>'],
            ['id' => '5', 'kind' => 'service'],
            ['id' => '6', 'unit' => 'lon', 'stock' => 25000],
            ['id' => '7', 'unit' => 'thùng', 'base_id' => '6', 'conversion' => 24000000, 'family_key' => '6', 'stock' => 0],
            ['id' => '8', 'kind' => 'combo', 'stock' => 0, 'materials' => [['id' => '4', 'quantity' => 2000]]],
            ['id' => '9', 'active' => false],
            ['id' => '12', 'code' => '', 'stock' => 1500],
            ['id' => '13', 'stock' => -2000],
        ]);
        $world->categories();
        $result = $world->slice();
        Check::same([true, 0, 12], [$result->done, $result->failed, $result->created], 'created; ' . json_encode($world->issues(), JSON_UNESCAPED_UNICODE));
        $shop = $products($world);
        Check::same('variation', $shop['SP1']['kind'], 'kind of SP1');
        Check::same($shop['SP1']['parent'], $shop['SP3']['parent'], 'one family');
        Check::same([['name' => 'Màu', 'values' => ['Đỏ']], ['name' => 'Cỡ', 'values' => ['M']]], $shop['SP1']['attributes'], 'attributes');
        Check::same(['Bún "bò" & giò < 5 🍜', '100000', 5000, '0.5', '8934563138165'], [$shop['SP4']['name'], $shop['SP4']['regular_price'], $shop['SP4']['stock'], $shop['SP4']['weight'], $shop['SP4']['barcode']], 'the plain good');
        Check::same(['Phở'], array_map(static function (int $term): string {
            return \Dongbo\Shop\Categories::one($term)['name'];
        }, $shop['SP4']['categories']), 'its category');
        Check::same([false, 'instock'], [$shop['SP5']['manage_stock'], $shop['SP5']['stock_status']], 'the service');
        Check::same([25000, 1000], [$shop['SP6']['stock'], $shop['SP7']['stock']], 'the units');
        Check::same(2000, $shop['SP8']['stock'], 'the combo');
        Check::same('outofstock', $shop['SP9']['stock_status'], 'the stopped good');
        Check::same(0, $shop['SP13']['stock'], 'negative stock');
        $again($world);
    },

    'units × variants: a variable product a unit' => static function () use ($variant, $again, $products): void {
        $world = new World();
        $unit = ['base_id' => '1', 'unit' => 'Thùng', 'conversion' => 24000000, 'family_key' => '1', 'stock' => 0];
        $world->goods([
            $variant('1', ['Vị' => 'Cam'], ['stock' => 50000, 'unit' => 'lon']), $variant('2', ['Vị' => 'Dâu'], ['unit' => 'lon']),
            $variant('3', ['Vị' => 'Cam'], $unit), $variant('4', ['Vị' => 'Dâu'], ['base_id' => '2'] + $unit),
        ]);
        $result = $world->slice();
        Check::same([6, 0], [$result->created, $result->failed], 'two parents, four variations; ' . json_encode($world->issues(), JSON_UNESCAPED_UNICODE));
        $shop = $products($world);
        Check::that($shop['SP1']['parent'] !== $shop['SP3']['parent'] && $shop['SP3']['parent'] === $shop['SP4']['parent'], 'two families');
        Check::same(2000, $shop['SP3']['stock'], '50 ÷ 24');
        $again($world);
    },

    'a renamed value restructures in place: ids and links survive' => static function () use ($variant, $again, $products): void {
        $world = new World();
        $world->goods([$variant('1', ['Màu' => 'Đỏ']), $variant('2', ['Màu' => 'Xanh'])]);
        $world->slice();
        $before = $world->products();
        $world->goods([$variant('1', ['Màu' => 'Đỏ tươi', 'Cỡ' => 'M']), $variant('2', ['Màu' => 'Xanh', 'Cỡ' => 'L'])]);
        $world->newRun();
        $result = $world->slice();
        Check::same([0, 0], [$result->created, $result->failed], 'nothing new; ' . json_encode($world->issues(), JSON_UNESCAPED_UNICODE));
        Check::same($before, $world->products(), 'the same products');
        Check::same([['name' => 'Màu', 'values' => ['Đỏ tươi']], ['name' => 'Cỡ', 'values' => ['M']]], $products($world)['SP1']['attributes'], 'new values');
        $again($world);
    },

    'a deleted master changes nothing' => static function () use ($variant, $again): void {
        global $wpdb;
        $world = new World();
        $world->goods([$variant('1', ['Màu' => 'Đỏ']), $variant('2', ['Màu' => 'Xanh']), $variant('3', ['Màu' => 'Tím'])]);
        $world->slice();
        $before = $world->products();
        $wpdb->query('DELETE FROM ' . \Dongbo\Tables\Schema::table('good') . " WHERE remote_id = '1'");
        $world->goods([['family_key' => '2', 'master_id' => null] + $variant('2', ['Màu' => 'Xanh']), ['family_key' => '2', 'master_id' => '2'] + $variant('3', ['Màu' => 'Tím'])]);
        $world->newRun();
        $result = $world->slice();
        Check::same([0, 0, $before], [$result->created, $result->failed, $world->products()], 'the same products');
        $again($world);
    },

    'products that exist are taken over by SKU, in any case, decomposed or with accents' => static function () use ($again, $products): void {
        $world = new World();
        foreach (['sp4', 'AO-Đ1', 'ao-d1'] as $sku) {
            $product = new \WC_Product_Simple();
            $product->set_name("by hand $sku");
            $product->set_regular_price('5');
            $product->save();
            // WooCommerce itself would take the last two for one; other software would not ask it.
            update_post_meta($product->get_id(), '_sku', $sku);
        }
        $world->goods([['id' => '4'], ['id' => '5', 'code' => 'ao-đ1', 'sku_key' => 'ao-đ1']]);
        $result = $world->slice();
        Check::same([0, 2, 0], [$result->created, $result->linked, $result->failed], 'linked; ' . json_encode($world->issues(), JSON_UNESCAPED_UNICODE));
        $shop = $products($world);
        Check::same(['by hand sp4', '100000'], [$shop['sp4']['name'] ?? $shop['SP4']['name'], ($shop['sp4'] ?? $shop['SP4'])['regular_price']], 'its name stays, its price follows');
        Check::same('5', $shop['ao-d1']['regular_price'], 'another letter is another product');
        $again($world);
    },

    'two units with one barcode: the second goes without, and is named' => static function () use ($again, $products): void {
        $world = new World();
        $world->goods([['id' => '4', 'barcode' => '8934563138165'], ['id' => '5', 'barcode' => '8934563138165']]);
        $result = $world->slice();
        Check::same([2, 0], [$result->created, $result->failed], 'both are there');
        $codes = array_column($products($world), 'barcode');
        sort($codes);
        Check::same(['', '8934563138165'], $codes, 'barcodes');
        Check::has('barcode', $world->issues(), 'named');
        $again($world);
    },

    'a sale book becomes a sale with its dates, and ends at its end' => static function () use ($again, $products): void {
        $world = new World();
        $world->settings['sale_book'] = '20';
        $world->list('books', [['id' => '20', 'name' => 'Tết', 'active' => true, 'start' => $world->now - 1000000, 'end' => $world->now + 1000000, 'branches' => [], 'limited_to_groups' => false, 'limited_to_sellers' => false]]);
        $world->list('prices', [['book_id' => '20', 'good_id' => '4', 'price' => 8000000]], '20');
        $world->goods([['id' => '4'], ['id' => '5']]);
        $world->slice();
        $shop = $products($world);
        Check::same(['80000', ''], [$shop['SP4']['sale_price'], $shop['SP5']['sale_price']], 'the sale; ' . json_encode($world->issues(), JSON_UNESCAPED_UNICODE));
        Check::that(($shop['SP4']['sale_to'] ?? 0) > $world->now, 'its end');
        $again($world);
        $world->now += 1000001;
        $world->newRun();
        $result = $world->slice();
        Check::same(['', 1], [$products($world)['SP4']['sale_price'], $result->unchanged], 'over, without any change of the POS');
        $again($world);
    },

    'refused SKUs, long names and odd rows are named and harm nobody' => static function () use ($again, $products): void {
        $world = new World();
        $world->goods([
            ['id' => '4', 'code' => str_repeat('S', 101)], ['id' => '5', 'code' => 'TWIN'], ['id' => '6', 'code' => 'twin '],
            ['id' => '7', 'name' => str_repeat('ă', 300)], ['id' => '8'],
        ]);
        $result = $world->slice();
        Check::same(0, $result->failed, 'failed: ' . json_encode($world->issues(), JSON_UNESCAPED_UNICODE));
        Check::has('sku-too-long', $world->issues(), 'long SKU');
        Check::has('sku-twice-pos', $world->issues(), 'twins');
        Check::same(str_repeat('ă', 300), $products($world)['SP7']['name'], 'long name');
        Check::that(isset($products($world)['SP8']), 'the good one');
        $again($world);
    },

    'a good deleted in the POS ends its link; the product stays, out of stock' => static function () use ($variant, $again, $products): void {
        $world = new World();
        $goods = [$variant('1', ['Màu' => 'Đỏ']), $variant('2', ['Màu' => 'Xanh']), ['id' => '4']];
        $world->goods($goods);
        $world->slice();
        $before = $world->products();
        $world->goods([$goods[0], ['deleted' => true] + $goods[1], ['deleted' => true] + $goods[2]]);
        $world->newRun();
        $result = $world->slice();
        Check::same([2, 0, $before], [$result->unlinked, $result->failed, $world->products()], 'unlinked; ' . json_encode($world->issues(), JSON_UNESCAPED_UNICODE));
        Check::same([5000, 0, 0], array_map(static function (string $sku) use ($products, $world): int {
            return $products($world)[$sku]['stock'];
        }, ['SP1', 'SP2', 'SP4']), 'stock');
        Check::same(['family', 'good'], array_column($world->rows('link'), 'kind'), 'links that are left');
        Check::has('deleted', $world->issues(), 'named');
        $again($world);
    },
];

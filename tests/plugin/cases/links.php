<?php

declare(strict_types=1);

namespace Dongbo\PluginTests;

use Dongbo\Tables\Connections;
use Dongbo\Tables\Links;
use Dongbo\Tables\Runs;

$product = static function (string $name, string $sku, string $status = 'publish'): int {
    $product = new \WC_Product_Simple();
    $product->set_name($name);
    $product->set_sku($sku);
    $product->set_regular_price('5000');
    $product->set_status($status);

    return (int) $product->save();
};

/** @return array<int, string> Code by line. */
$said = static function (\stdClass $imported): array {
    $codes = [];
    foreach ($imported->lines as $line) {
        $codes[$line->line] = $line->said->code;
    }

    return $codes;
};

return [
    'a file of links says line by line what it would do, and a bad line stops no other (B4)' => static function () use ($product, $said): void {
        $connection = Shop::connected();
        Shop::mirror($connection['id'], [Shop::good('1'), Shop::good('2', ['code' => '=2', 'sku_key' => '=2']), Shop::good('3'), Shop::good('4')]);
        $ids = [$product('Một', 'A1'), $product('Hai', 'A2'), $product('Trong thùng rác', 'A3', 'trash')];
        $variable = wp_insert_post(['post_type' => 'product', 'post_status' => 'publish', 'post_title' => 'Nhiều loại']);
        wp_set_object_terms($variable, 'variable', 'product_type');
        $csv = "\xEF\xBB\xBFGood_Code;product_id;product_sku;state;ghi chú\r\nr1;{$ids[0]};;;\"hai\r\ndòng\"\r\n'=2;;a2 ;paused;x\r\nR3;{$variable};;;\r\nR9;{$ids[0]};;;\r\nR4;mười;;;\r\n\r\nR4;;A3;;\r\nR4;{$ids[0]};;;\r\n;{$ids[0]};;;\r\n";
        $dry = Ask::declaredRoute('POST', '/links/import', ['csv' => $csv, 'dry' => true]);
        $wanted = [2 => 'pair-product-twice', 4 => 'pair-links', 5 => 'pair-product-variable', 6 => 'pair-code-unknown', 7 => 'pair-number-odd', 9 => 'pair-sku-unknown', 10 => 'pair-product-twice', 11 => 'pair-without-good'];
        Expect::same($wanted, $said($dry));
        Expect::same([1, 7], [$dry->counts->link, $dry->counts->refuse]);
        Expect::same([], Links::of($connection['id'], ['1', '2', '3', '4'], []), 'a dry run links nothing');
        foreach ($dry->lines as $line) {
            Expect::that($line->said->sentence !== '' && ($line->deed !== 'refuse' || $line->said->remedy !== ''), json_encode($line, JSON_UNESCAPED_UNICODE));
        }
        $done = Ask::declaredRoute('POST', '/links/import', ['csv' => str_replace("R4;{$ids[0]};;;\r\n", '', $csv)]);
        Expect::same([2, 5, null], [$done->counts->link, $done->counts->refuse, $done->next]);
        $links = array_column(array_column(Links::of($connection['id'], ['1', '2'], []), 'link'), null, 'remote_id');
        Expect::same([$ids[0], 'active', $ids[1], 'paused'], [$links['1']['shop_id'], $links['1']['state'], $links['2']['shop_id'], $links['2']['state']]);
    },
    'what is written out can be brought back in: nothing changes, formulas are disarmed and read again (B4)' => static function () use ($said): void {
        $connection = Shop::connected();
        $ids = Shop::synced($connection, [Shop::good('1', ['code' => '=cmd|1', 'sku_key' => '=cmd|1']), Shop::good('2', ['name' => '-Áo, "đỏ"', 'full_name' => '-Áo, "đỏ"'])]);
        $file = fopen('php://memory', 'w+');
        \Dongbo\Rest\Csv::write($file, \Dongbo\Report\LinksExport::COLUMNS, \Dongbo\Report\LinksExport::rows($connection['id']));
        rewind($file);
        $csv = (string) stream_get_contents($file);
        Expect::that(strpos($csv, "'=cmd|1") !== false && strpos($csv, ",=cmd") === false && strpos($csv, "\"'-Áo") !== false, $csv);
        Expect::same([2 => 'pair-kept', 3 => 'pair-kept'], $said(Ask::declaredRoute('POST', '/links/import', ['csv' => $csv])));
        $answer = Ask::route('GET', '/links/export');
        Expect::same([200, 'text/csv; charset=utf-8'], [$answer['status'], $answer['headers']['Content-Type']]);
        Links::drop((int) array_key_first(Links::of($connection['id'], ['1'], [])));
        Expect::same([2 => 'pair-links', 3 => 'pair-kept'], $said(Ask::declaredRoute('POST', '/links/import', ['csv' => str_replace(',', ';', str_replace('Áo, ', 'Áo ', $csv))])));
        $row = Links::of($connection['id'], ['1'], []);
        Expect::same([$ids['1'], true], [end($row)['link']['shop_id'], end($row)['created_here']], 'it is still one that Dongbo made');
    },
    'two goods swap their products in one file, and a linked good moves only when that is asked for (B4)' => static function () use ($said): void {
        $connection = Shop::connected();
        $ids = Shop::synced($connection, [Shop::good('1'), Shop::good('2')]);
        $csv = "good_id,product_id\n1,{$ids['2']}\n2,{$ids['1']}\n";
        Expect::same([2 => 'good-linked', 3 => 'good-linked'], $said(Ask::declaredRoute('POST', '/links/import', ['csv' => $csv])));
        Expect::same([2 => 'pair-moves', 3 => 'pair-moves'], $said(Ask::declaredRoute('POST', '/links/import', ['csv' => $csv, 'move' => true])));
        $links = array_column(array_column(Links::of($connection['id'], ['1', '2'], []), 'link'), 'shop_id', 'remote_id');
        Expect::same(['1' => $ids['2'], '2' => $ids['1']], $links);
        Shop::synced($connection, [Shop::good('1'), Shop::good('2')]);
        Expect::same(['R1', 'R2'], [get_post_meta($ids['2'], '_sku', true), get_post_meta($ids['1'], '_sku', true)], 'the SKUs have followed');
    },
    'unlinked by a list stays unlinked, and comes back by one (B4, B6)' => static function () use ($said): void {
        $connection = Shop::connected();
        $ids = Shop::synced($connection, [Shop::good('1')]);
        Expect::same([2 => 'pair-unlinks'], $said(Ask::declaredRoute('POST', '/links/import', ['csv' => "good_code,state\nR1,unlinked\n"])));
        Expect::same('excluded', Ask::route('GET', '/goods/1')['body']->good->state);
        $connection = (array) Connections::find($connection['id']);
        Expect::same([], Shop::synced($connection, [Shop::good('1')]), 'its SKU does not link it again');
        Ask::declaredRoute('POST', '/links/import', ['csv' => "good_code,product_sku\nR1,R1\n"]);
        Expect::same(['linked', $ids['1']], [Ask::route('GET', '/goods/1')['body']->good->state, Ask::route('GET', '/goods/1')['body']->good->shop->id]);
    },
    'what the owner edits of a product that Dongbo made stays when it is unlinked and taken in again (B4, B5, Q1)' => static function (): void {
        $connection = Shop::connected();
        $ids = Shop::synced($connection, [Shop::good('1')]);
        get_post($ids['1']);
        Ask::declaredRoute('POST', '/goods/1/unlink', [], '/goods/{id}/unlink');
        wp_update_post(['ID' => $ids['1'], 'post_title' => 'Tên của tôi']);
        update_post_meta($ids['1'], '_regular_price', '1');
        Ask::declaredRoute('POST', '/goods/1/include', [], '/goods/{id}/include');
        $again = Shop::synced((array) Connections::find($connection['id']), [Shop::good('1')]);
        Expect::same([$ids['1'], 'Tên của tôi'], [$again['1'], get_the_title($ids['1'])], 'a name is written at creation only');
        Expect::that(get_post_meta($ids['1'], '_regular_price', true) !== '1', 'the price is always the POS’s');
        $row = Links::of($connection['id'], ['1'], []);
        Expect::same(true, end($row)['created_here'], 'it is still one that Dongbo made');
    },
    'a file that is none, too long or of another encoding is refused with its remedy' => static function () use ($said): void {
        Shop::connected();
        $refused = static function (string $csv): string {
            return Ask::declaredRoute('POST', '/links/import', ['csv' => $csv])->refused->code;
        };
        Expect::same('links-columns-missing', $refused("a,b\n1,2\n"));
        Expect::same('links-file-empty', $refused(''));
        Expect::same('links-file-long', $refused("good_id,product_id\n" . str_repeat("1,1\n", 5001)));
        Expect::same('links-file-encoding', \Dongbo\Linking\LinkFile::read("good_id\xFF\xFE,product_id\n")['refused']['code']);
    },
    'a link the planner cannot work with is taken back, and the one before it stands again (B4)' => static function () use ($product): void {
        $connection = Shop::connected();
        $red = ['attributes' => [['name' => 'Màu', 'value' => 'Đỏ']], 'has_variants' => true, 'family_key' => '1'];
        $blue = ['attributes' => [['name' => 'Màu', 'value' => 'Xanh']], 'has_variants' => true, 'family_key' => '1', 'master_id' => '1'];
        $ids = Shop::synced($connection, [Shop::good('1', $red), Shop::good('2', $blue)]);
        Expect::same(2, count($ids));
        $other = wp_insert_post(['post_type' => 'product', 'post_status' => 'publish', 'post_title' => 'Khác']);
        wp_set_object_terms($other, 'variable', 'product_type');
        $variation = new \WC_Product_Variation();
        $variation->set_parent_id($other);
        $variation->set_regular_price('1');
        $strange = (int) $variation->save();
        $answer = Ask::route('POST', '/goods/2/link', ['shop_id' => $strange, 'move' => true]);
        $link = array_values(Links::of($connection['id'], ['2'], []))[0]['link'];
        Expect::same($answer['status'] === 200 ? $strange : $ids['2'], $link['shop_id'], json_encode($answer['body']));
    },
    'a simple good is linked with a variation and keeps its price and stock in step (B4)' => static function (): void {
        $connection = Shop::connected();
        $parent = new \WC_Product_Variable();
        $parent->set_name('Áo của tôi');
        $attribute = new \WC_Product_Attribute();
        $attribute->set_name('Cỡ');
        $attribute->set_options(['S', 'M']);
        $attribute->set_variation(true);
        $parent->set_attributes([$attribute]);
        $parentId = (int) $parent->save();
        $made = [];
        foreach (['S', 'M'] as $size) {
            $variation = new \WC_Product_Variation();
            $variation->set_parent_id($parentId);
            $variation->set_attributes([sanitize_title('Cỡ') => $size]);
            $variation->set_regular_price('1000');
            $variation->set_manage_stock(true);
            $made[$size] = (int) $variation->save();
        }
        Shop::mirror($connection['id'], [Shop::good('1'), Shop::good('2')]);
        Ask::declaredRoute('POST', '/goods/1/link', ['shop_id' => $made['S']], '/goods/{id}/link');
        Ask::declaredRoute('POST', '/goods/2/link', ['shop_id' => $made['M']], '/goods/{id}/link');
        $ids = Shop::synced($connection, [Shop::good('1'), Shop::good('2', ['price' => 25000000])]);
        Expect::same($made['S'], $ids['1']);
        Expect::same(['100000', '250000', 'R1', 10], [get_post_meta($made['S'], '_regular_price', true), get_post_meta($made['M'], '_regular_price', true), get_post_meta($made['S'], '_sku', true), (int) get_post_meta($made['S'], '_stock', true)]);
        Expect::same([$parentId, 'Áo của tôi', 'S'], [wp_get_post_parent_id($made['S']), get_the_title($parentId), get_post_meta($made['S'], 'attribute_' . sanitize_title('Cỡ'), true)], 'the owner’s product is as it was');
    },
    'a variation made by hand without an SKU is taken over by its values, however they are spelled (B4, B2)' => static function (): void {
        $connection = Shop::connected();
        $of = static function (string $id, string $size): array {
            return Shop::good($id, ['attributes' => [['name' => 'Cỡ', 'value' => $size]], 'has_variants' => true, 'family_key' => '1'] + ($id === '1' ? [] : ['master_id' => '1']));
        };
        $ids = Shop::synced($connection, [$of('1', 'S'), $of('2', 'M')]);
        $parent = (int) wp_get_post_parent_id($ids['1']);
        $taxonomy = (string) array_key_first(wc_get_product($parent)->get_attributes());
        $term = (array) (term_exists('L', $taxonomy) ?: wp_insert_term('L', $taxonomy));
        wp_set_object_terms($parent, [(int) $term['term_id']], $taxonomy, true);
        $variation = new \WC_Product_Variation();
        $variation->set_parent_id($parent);
        $variation->set_attributes([$taxonomy => get_term((int) $term['term_id'])->slug]);
        $variation->set_regular_price('1');
        $own = (int) $variation->save();
        $ids = Shop::synced($connection, [$of('1', 's '), $of('2', 'M'), $of('3', 'l')]);
        Expect::same([$own, 'R3', '100000'], [$ids['3'], get_post_meta($own, '_sku', true), get_post_meta($own, '_regular_price', true)]);
        Expect::same(3, count(wc_get_product($parent)->get_children()), 'no second one');
        Expect::same(['L', 'M', 'S'], array_values(array_map('strval', (array) get_terms(['taxonomy' => $taxonomy, 'fields' => 'names', 'hide_empty' => false, 'orderby' => 'name']))), 'no second term');
    },
    'values and units that differ in case and blanks only lose no variation and are in step at once (B2, B3)' => static function (): void {
        $connection = Shop::connected();
        $of = static function (string $family, string $id, string $size): array {
            return Shop::good($id, ['attributes' => [['name' => 'Kiểu', 'value' => $size]], 'has_variants' => true, 'family_key' => $family] + ($id === $family ? [] : ['master_id' => $family]));
        };
        $unit = static function (string $id, string $base, string $unit): array {
            return Shop::good($id, ['unit' => $unit, 'base_id' => $base, 'conversion' => 24000000, 'family_key' => $base]);
        };
        $goods = [$of('1', '1', 'Dài'), $of('1', '2', 'Ngắn'), $of('5', '5', 'DÀI'), $of('5', '6', 'ngắn '), Shop::good('7', ['unit' => 'LON']), $unit('8', '7', 'Thùng'), Shop::good('9', ['unit' => 'lon ']), $unit('10', '9', 'THÙNG ')];
        $ids = Shop::synced($connection, $goods);
        Expect::same(8, count($ids), 'every row is on the site');
        $taxonomy = (string) array_key_first(wc_get_product((int) wp_get_post_parent_id($ids['1']))->get_attributes());
        Expect::same([$taxonomy], array_keys(wc_get_product((int) wp_get_post_parent_id($ids['5']))->get_attributes()));
        foreach (\Dongbo\Sync\PlanSome::plan(\Dongbo\Control\ByHand::looking($connection), ['1', '5', '7', '9']) as $plan) {
            foreach ($plan['operations'] as $operation) {
                Expect::that(array_filter(array_column($operation['changes'] ?? [], 'after'), 'is_string') === [] && $operation['kind'] !== 'create', 'a second run writes nothing: ' . json_encode($operation, JSON_UNESCAPED_UNICODE));
            }
        }
    },
    'an ambiguous SKU is settled by picking one of both items, on either side (B4, H4)' => static function () use ($product): void {
        global $wpdb;
        $connection = Shop::connected();
        $twice = [$product('Một', 'R1'), $product('Hai', 'R1x')];
        $wpdb->update($wpdb->postmeta, ['meta_value' => 'R1'], ['post_id' => $twice[1], 'meta_key' => '_sku']);
        $wpdb->update($wpdb->prefix . 'wc_product_meta_lookup', ['sku' => 'R1'], ['product_id' => $twice[1]]);
        $pos = $product('Ba', 'P');
        Shop::synced($connection, [Shop::good('1'), Shop::good('2', ['code' => 'P', 'sku_key' => 'p']), Shop::good('3', ['code' => 'p', 'sku_key' => 'p'])]);
        $candidates = Ask::declaredRoute('GET', '/goods/1/candidates', [], '/goods/{id}/candidates');
        Expect::same([$twice, []], [array_column($candidates->products, 'id'), $candidates->goods]);
        $candidates = Ask::declaredRoute('GET', '/goods/2/candidates', [], '/goods/{id}/candidates');
        Expect::same([[$pos], ['3']], [array_column($candidates->products, 'id'), array_column($candidates->goods, 'id')]);
        $picked = Ask::declaredRoute('POST', '/goods/1/link', ['shop_id' => $twice[1]], '/goods/{id}/link');
        Expect::same('linked', $picked->good->state);
        Ask::declaredRoute('POST', '/goods/3/link', ['shop_id' => $pos], '/goods/{id}/link');
        $ids = Shop::synced($connection, [Shop::good('1', ['price' => 700000]), Shop::good('3', ['code' => 'p', 'sku_key' => 'p', 'price' => 800000])]);
        Expect::same([$twice[1], $pos], [$ids['1'], $ids['3']]);
        Expect::same(['7000', '5000', '8000'], [get_post_meta($twice[1], '_regular_price', true), get_post_meta($twice[0], '_regular_price', true), get_post_meta($pos, '_regular_price', true)], 'the one not picked is left alone');
    },
    'another match key on a living shop is refused with what it would do, and taken at the second word (B4, H7)' => static function () use ($product): void {
        $connection = Shop::connected(['branches' => ['7'], 'match_key' => 'pos-id']);
        Shop::synced($connection, [Shop::good('1')]);
        $product('Có sẵn', 'R2');
        Shop::mirror($connection['id'], [Shop::good('2'), Shop::good('3')]);
        $refused = Ask::route('PUT', '/settings', ['values' => ['match_key' => 'sku']]);
        Expect::same([409, 'match-key-live'], [$refused['status'], $refused['body']->code]);
        Expect::that(strpos($refused['body']->message, '1 goods are linked') === 0 && strpos($refused['body']->message, '1 would be linked by SKU, 1 would become new products, and 0') !== false, $refused['body']->message);
        Expect::same('pos-id', Connections::find($connection['id'])['settings']['match_key'], 'nothing was saved');
        $other = Ask::declaredRoute('PUT', '/settings', ['values' => ['automatic' => false]]);
        Expect::same('pos-id', $other->values->match_key, 'other settings are saved as ever');
        Expect::same(1, Child::wp('settings', 'match_key', 'sku')['code']);
        Expect::same('sku', Ask::declaredRoute('PUT', '/settings', ['values' => ['match_key' => 'sku'], 'confirm' => true])->values->match_key);
    },
    'wp dongbo links: out, dry, in, with exit codes (B4, I4)' => static function () use ($product): void {
        $connection = Shop::connected();
        Shop::mirror($connection['id'], [Shop::good('1'), Shop::good('2')]);
        $id = $product('Một', 'X1');
        $file = (string) tempnam(sys_get_temp_dir(), 'links');
        file_put_contents($file, "good_code;product_sku\nR1;X1\n");
        $dry = Child::wp('links', 'import', $file, '--dry-run');
        Expect::same(0, $dry['code'], $dry['err']);
        Expect::that(strpos($dry['out'], 'Would change 1 links') !== false, $dry['out']);
        Expect::same([], Links::of($connection['id'], ['1'], []));
        $done = Child::wp('links', 'import', $file);
        Expect::that(strpos($done['out'], 'Changed 1 links') !== false, $done['out'] . $done['err']);
        Expect::that(Runs::open($connection['id'], 'catalogue') !== null, 'a run carries it out');
        Expect::same(0, Child::wp('links', 'export', "--file=$file")['code']);
        Expect::that(strpos((string) file_get_contents($file), "1,R1") !== false && strpos((string) file_get_contents($file), ",$id,") !== false, (string) file_get_contents($file));
        file_put_contents($file, "good_code;product_sku\nR2;X9\n");
        $bad = Child::wp('links', 'import', $file);
        Expect::same(2, $bad['code']);
        Expect::that(strpos($bad['out'], 'X9') !== false, $bad['out']);
        unlink($file);
    },
];

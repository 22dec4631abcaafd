<?php

declare(strict_types=1);

namespace Dongbo\PluginTests;

use Dongbo\Tables\Goods;
use Dongbo\Tables\Packet;
use Dongbo\Tables\Rows;
use Dongbo\Tables\Schema;

$good = static function (int $id, array $more = []): array {
    return $more + ['id' => (string) $id, 'code' => "S$id", 'name' => 'Áo ' . $id, 'full_name' => 'Áo ' . $id, 'price' => 100, 'kind' => 'ordinary',
        'family_key' => (string) $id, 'sku_key' => "s$id", 'stocks' => [['branch_id' => '7', 'on_hand' => 1000, 'reserved' => 0, 'active' => true]]];
};
$store = static function (array $rows): int {
    $issues = [];
    $differing = Goods::differing(1, $rows, 1000, '1', $issues);
    Goods::write(1, $differing);

    return count($differing);
};
$stocks = static function (int $id): string {
    global $wpdb;

    return (string) $wpdb->get_var($wpdb->prepare('SELECT stocks FROM ' . Schema::table('good') . ' WHERE remote_id = %s', (string) $id));
};

return [
    'goods are written once, and again only when something in them changed' => static function () use ($good, $store): void {
        $rows = array_map($good, range(1, 250));
        Expect::same(250, $store($rows));
        Expect::same(250, Goods::count(1));
        Expect::same(0, $store($rows));
        $rows[3]['price'] = 200;
        $rows[4]['stocks'][0]['on_hand'] = 0;
        $rows[5]['description'] = '<p>Mới 😀</p>';
        Expect::same(3, $store($rows));
        Expect::same(0, $store($rows));
    },
    'a good without stock rows keeps the stock that was known (D2)' => static function () use ($good, $store, $stocks): void {
        $store([$good(1)]);
        $known = $stocks(1);
        $without = $good(1, ['price' => 300]);
        unset($without['stocks']);
        Expect::same(1, $store([$without]));
        Expect::same($known, $stocks(1));
        Expect::same(0, $store([$without]));
        Expect::that($known !== '', 'there was stock');
    },
    'the light stock list changes amounts, and keeps what it does not say' => static function () use ($good, $store, $stocks): void {
        $store([$good(1, ['stocks' => [['branch_id' => '7', 'on_hand' => 1, 'reserved' => 0, 'active' => false], ['branch_id' => '8', 'on_hand' => 2, 'reserved' => 0]]])]);
        $light = [['id' => '1', 'stocks' => [['branch_id' => '9', 'on_hand' => 5, 'reserved' => 0], ['branch_id' => '7', 'on_hand' => 3, 'reserved' => 1]]], ['id' => '99', 'stocks' => []]];
        $differing = Goods::differingStocks(1, $light);
        Expect::same(['1'], array_map('strval', array_keys($differing)), 'a good that is not in the mirror is not made up');
        Goods::writeStocks(1, $differing, 2000);
        $rows = array_column(json_decode($stocks(1), true), null, 'branch_id');
        Expect::same([3, false], [$rows[7]['on_hand'], $rows[7]['active']]);
        Expect::same([2, 5], [$rows[8]['on_hand'], $rows[9]['on_hand']]);
        Expect::same([], Goods::differingStocks(1, $light));
    },
    'texts of any length and letter come back as they were cleaned' => static function () use ($good, $store): void {
        global $wpdb;
        $description = '<table><tr><td>' . str_repeat('Tiếng Việt 😀 &quot;50%&quot; ', 20000) . '</td></tr></table>';
        Expect::same(3, $store([$good(1, ['name' => 'Bánh "50%" %s 😀', 'description' => $description]), $good(2, ['description' => $description]), $good(3)]));
        $row = $wpdb->get_row('SELECT `row`, description FROM ' . Schema::table('good') . " WHERE remote_id = '1'");
        Expect::same('Bánh "50%" %s 😀', json_decode($row->row)->name);
        Expect::that(strlen($row->description) > 500000 && strpos($row->description, '😀') !== false, 'the long text is whole');
    },
    'a description beyond what the database takes is left out and named, the good stays (Q4, B13)' => static function () use ($good): void {
        $issues = [];
        $long = str_repeat('Dài quá ', intdiv(Packet::longest(), strlen('Dài quá ')) + 1);
        $records = Goods::differing(1, [$good(1, ['description' => $long]), $good(2, ['description' => 'Ngắn'])], 1000, '1', $issues);
        Goods::write(1, $records);
        Expect::same(['', 'Ngắn'], array_column($records, 'description'));
        Expect::same(2, Goods::count(1));
        Expect::same(['description-too-long'], array_column($issues, 'code'));
        Expect::same('1', $issues[0]['item']['id']);
    },
    'a picture pasted into a description is left out whole and named (B13)' => static function () use ($good): void {
        $issues = [];
        $pasted = '<p>Trước</p><img alt="x" src="data:image/png;base64,' . str_repeat('QUJD', 100000) . '"><p>Sau <img src="https://a.vn/data:1.png"></p>';
        $records = Goods::differing(1, [$good(1, ['description' => $pasted])], 1000, '1', $issues);
        Expect::same('<p>Trước</p><p>Sau <img src="https://a.vn/data:1.png"></p>', $records[0]['description']);
        Expect::same(['description-cleaned'], array_column($issues, 'code'));
    },
    'a list’s rows are written when they differ, and dropped when a complete list did not show them' => static function (): void {
        $books = [['id' => '1', 'name' => 'Sỉ', 'active' => true], ['id' => '2', 'name' => 'Lẻ', 'active' => true]];
        $differing = Rows::differing(1, 'books', '', $books);
        Expect::same(2, count($differing));
        Rows::write(1, 'books', '', $differing, 1000);
        Expect::same([], Rows::differing(1, 'books', '', $books));
        $books[1]['name'] = 'Lẻ 2';
        Expect::same(['2'], array_map('strval', array_keys(Rows::differing(1, 'books', '', $books))));
        Rows::write(1, 'prices', '2', ['10' => '{"good_id":"10"}'], 1000);
        $gone = Rows::gone(1, 'books', '', ['1' => true]);
        Expect::same(['2'], $gone);
        Rows::drop(1, 'books', '', $gone);
        Expect::same(['1'], array_column(Rows::all(1, 'books'), 'id'));
        Expect::same(1, count(Rows::all(1, 'prices', '2')), 'other lists are others');
    },
];

<?php

declare(strict_types=1);

namespace Dongbo\PluginTests;

use Dongbo\Lanes\KnownPage;
use Dongbo\Tables\Goods;
use Dongbo\Tables\Schema;

$body = static function (string $time, int $price = 100): string {
    return '{"total":1,"pageSize":100,"data":[{"id":1,"code":"S1","price":' . $price . ',"note":"' . str_repeat('x', 900) . '"}],"timestamp":"' . $time . '"}';
};
$store = static function (int $price = 100): void {
    $issues = [];
    $rows = [['id' => '1', 'code' => 'S1', 'name' => 'Áo', 'full_name' => 'Áo', 'price' => $price, 'kind' => 'ordinary', 'family_key' => '1', 'sku_key' => 's1',
        'stocks' => [['branch_id' => '7', 'on_hand' => 1000, 'reserved' => 0]]]];
    Goods::write(1, Goods::differing(1, $rows, 1000, '1', $issues));
};
$page = static function (array $depends = ['goods', 'page 2']): KnownPage {
    return new KnownPage(1, $depends);
};
/** Read once, stored with its rows. */
$read = static function () use ($page, $body, $store): void {
    $store();
    $first = $page();
    $first->is($body("2026-01-01T00:00:00"));
    $first->keep(['rows' => 1, 'ids' => ['1'], 'removed' => [], 'timestamp' => 5], [['code' => 'x']]);
};

return [
    'the same page is known again, whatever the envelope’s time; its facts come without that time' => static function () use ($read, $page, $body): void {
        $read();
        $again = $page();
        Expect::that($again->is($body('2026-02-02T11:11:11')), 'known');
        Expect::same(['page' => ['rows' => 1, 'ids' => ['1'], 'removed' => []], 'issues' => [['code' => 'x']]], $again->reading());
    },
    'a page with another price, of another request or under other rules is read' => static function () use ($read, $page, $body): void {
        $read();
        Expect::that(!$page()->is($body('2026-01-01T00:00:00', 101)), 'another price');
        Expect::that(!$page(['goods', 'page 3'])->is($body('2026-01-01T00:00:00')), 'another request');
        Expect::that(!$page(['goods', 'page 2', 'rules 2'])->is($body('2026-01-01T00:00:00')), 'other rules');
    },
    'a page whose goods the mirror holds otherwise by now is read: a notification was older than it' => static function () use ($read, $page, $body, $store): void {
        global $wpdb;
        $read();
        Goods::writeStocks(1, ['1' => '[]'], 2000);
        Expect::that(!$page()->is($body('2026-01-01T00:00:00')), 'another stock');
        $read();
        $store(500);
        Expect::that(!$page()->is($body('2026-01-01T00:00:00')), 'another row');
        $read();
        Goods::markDeleted(1, ['1']);
        Expect::that(!$page()->is($body('2026-01-01T00:00:00')), 'marked deleted');
        $read();
        $wpdb->query('DELETE FROM ' . Schema::table('good'));
        Expect::that(!$page()->is($body('2026-01-01T00:00:00')), 'gone from the mirror');
    },
];

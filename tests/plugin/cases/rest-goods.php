<?php

declare(strict_types=1);

namespace Dongbo\PluginTests;

use Dongbo\Tables\Connections;
use Dongbo\Tables\Runs;
use Dongbo\Tables\Schema;

$product = static function (string $name, string $sku): int {
    $product = new \WC_Product_Simple();
    $product->set_name($name);
    $product->set_sku($sku);
    $product->set_regular_price('5000');
    $product->set_status('publish');

    return (int) $product->save();
};

return [
    'goods with their states, filtered, counted, both sides filled in (H4)' => static function () use ($product): void {
        $connection = Shop::connected();
        $ids = Shop::synced($connection, [Shop::good('1'), Shop::good('2', ['code' => 'MŨ-2', 'sku_key' => 'mũ-2', 'name' => 'Mũ len', 'full_name' => 'Mũ len'])]);
        Shop::mirror($connection['id'], [Shop::good('3'), Shop::good('4')]);
        $product('Chỉ có trên web', 'WEB1');
        $twice = [$product('Một', 'R4'), $product('Hai', 'R4x')];
        global $wpdb;
        $wpdb->update($wpdb->postmeta, ['meta_value' => 'R4'], ['post_id' => $twice[1], 'meta_key' => '_sku']);
        $wpdb->update($wpdb->prefix . 'wc_product_meta_lookup', ['sku' => 'R4'], ['product_id' => $twice[1]]);
        Shop::synced($connection, [Shop::good('4')]);
        Ask::declaredRoute('POST', '/goods/2/pause', [], '/goods/{id}/pause');
        $list = Ask::declaredRoute('GET', '/goods');
        Expect::same(['mũ-2' => 'paused', '1' => 'linked', '3' => 'new', '4' => 'ambiguous'], ['mũ-2' => named($list, '2')->state, '1' => named($list, '1')->state, '3' => named($list, '3')->state, '4' => named($list, '4')->state]);
        $one = named($list, '1');
        Expect::same(['100000', '10', 'Áo', '100000', '10', $ids['1'], true], [$one->pos->price, $one->pos->on_hand, $one->pos->category, $one->shop->regular_price, $one->shop->stock, $one->shop->id, $one->created_here]);
        Expect::that(named($list, '4')->causes !== [] && named($list, '4')->causes[0]->remedy !== '', 'the cause of what is ambiguous');
        $counts = Ask::declaredRoute('GET', '/goods/counts');
        Expect::same([7, 1, 1, 1, 1, 3], [$counts->all, $counts->linked, $counts->new, $counts->paused, $counts->ambiguous, $counts->{'site-only'}]);
        Expect::same(['2'], array_column(Ask::declaredRoute('GET', '/goods', ['search' => 'mũ LEN']), 'id'));
        Expect::same(['2'], array_column(Ask::declaredRoute('GET', '/goods', ['search' => 'MŨ-2']), 'id'));
        Expect::same([], Ask::declaredRoute('GET', '/goods', ['search' => 'family_key']), 'names of fields are not searched');
        Expect::same(['2'], array_column(Ask::declaredRoute('GET', '/goods', ['state' => 'paused']), 'id'));
        Expect::same(4, count(Ask::declaredRoute('GET', '/goods', ['category' => '3'])));
        Expect::same([], Ask::declaredRoute('GET', '/goods', ['category' => '33']));
        Expect::same(['WEB1'], array_column(array_column(Ask::declaredRoute('GET', '/goods', ['state' => 'site-only', 'search' => 'WEB1']), 'shop'), 'sku'));
        Expect::same(['site-only', null], [Ask::declaredRoute('GET', '/goods/shop-' . $twice[0], [], '/goods/{id}')->good->state, Ask::route('GET', '/goods/shop-' . $twice[0])['body']->why]);
    },
    'a list of goods costs the same number of statements for 3 and for 60' => static function (): void {
        $connection = Shop::connected();
        $goods = [];
        for ($i = 1; $i <= 60; $i++) {
            $goods[] = Shop::good((string) $i);
        }
        Shop::synced($connection, $goods);
        Ask::declaredRoute('GET', '/goods', ['per_page' => 3]);
        $few = Ask::$statements;
        Ask::declaredRoute('GET', '/goods', ['per_page' => 60]);
        Expect::that(Ask::$statements <= $few + 1 && $few <= 16, "3 goods: $few statements, 60 goods: " . Ask::$statements);
        Ask::declaredRoute('GET', '/goods/counts');
        Expect::that(Ask::$statements <= 4, 'counts: ' . Ask::$statements);
        Ask::declaredRoute('GET', '/drift', ['limit' => 500]);
        Expect::that(Ask::$statements <= 60, 'drift of 60 goods: ' . Ask::$statements);
    },
    'why tells every field with the rule that decided it (H4)' => static function (): void {
        $connection = Shop::connected();
        $ids = Shop::synced($connection, [Shop::good('1')]);
        Shop::mirror($connection['id'], [Shop::good('1', ['price' => 12000000])]);
        $why = Ask::declaredRoute('GET', '/goods/1/why', [], '/goods/{id}/why');
        $fields = array_column($why->fields, null, 'field');
        Expect::same(['write', '120000', '100000', '120000', 'always', 'price-general'], [$fields['regular_price']->decision, $fields['regular_price']->pos, $fields['regular_price']->shop, $fields['regular_price']->after, $fields['regular_price']->policy, $fields['regular_price']->reason->code]);
        Expect::same(['100000', '100000'], [$fields['regular_price']->last->pos, $fields['regular_price']->last->shop]);
        Expect::same(['in-step', $ids['1'], 'update'], [$fields['stock']->decision, $why->shop_id, $why->operation]);
        foreach ($why->steps as $step) {
            Expect::that($step->said->sentence !== '' && $step->said->sentence !== $step->said->code && strpos($step->said->sentence, '{') === false, json_encode($step));
        }
        $detail = Ask::declaredRoute('GET', '/goods/1', [], '/goods/{id}');
        Expect::same(['created'], array_column($detail->history, 'field'));
        Expect::same(404, Ask::route('GET', '/goods/77/why')['status']);
    },
    'drift with its causes, and a repair of one and of all (H5)' => static function (): void {
        $connection = Shop::connected();
        $ids = Shop::synced($connection, [Shop::good('1'), Shop::good('2'), Shop::good('3')]);
        wc_update_product_stock($ids['1'], 4);
        update_post_meta($ids['2'], '_regular_price', '90000');
        Shop::mirror($connection['id'], [Shop::good('3', ['stocks' => [['branch_id' => '7', 'on_hand' => 6000, 'reserved' => 0]]])]);
        $page = Ask::declaredRoute('GET', '/drift');
        Expect::same([['1', 'stock', '10', '4', 'site-edited'], ['2', 'regular_price', '100000', '90000', 'site-edited'], ['3', 'stock', '6', '10', 'pos-changed']], array_map(static function ($item): array {
            return [$item->id, $item->field, $item->pos, $item->shop, $item->cause];
        }, $page->items));
        Expect::same([null, 3, 3], [$page->cursor, $page->looked, $page->total]);
        $repaired = Ask::declaredRoute('POST', '/drift/repair', ['ids' => ['1', '404']]);
        Expect::same([1, ['404']], [$repaired->repaired, array_column($repaired->left, 'id')]);
        Expect::same('10', (string) (int) get_post_meta($ids['1'], '_stock', true));
        $all = Ask::declaredRoute('POST', '/drift/repair', ['all' => true]);
        Expect::same([2, null], [$all->repaired, $all->cursor]);
        Expect::same([], Ask::declaredRoute('GET', '/drift')->items);
        Expect::same(['90000', '100000'], [Ask::declaredRoute('GET', '/history', ['field' => 'regular_price'])[0]->before, Ask::declaredRoute('GET', '/history', ['field' => 'regular_price'])[0]->after]);
    },
    'pause, resume, exclude, include, unlink and link, each in the history (H4, B4, B6)' => static function () use ($product): void {
        $connection = Shop::connected();
        $ids = Shop::synced($connection, [Shop::good('1'), Shop::good('2')]);
        Shop::mirror($connection['id'], [Shop::good('3')]);
        $act = static function (string $id, string $action, array $given = []) {
            return Ask::declaredRoute('POST', "/goods/$id/$action", $given, "/goods/{id}/$action");
        };
        Expect::same('paused', $act('1', 'pause')->good->state);
        Expect::same('linked', $act('1', 'resume')->good->state);
        Expect::same('excluded', $act('1', 'exclude')->good->state);
        Expect::same('linked', $act('1', 'include')->good->state);
        Expect::same('excluded', $act('3', 'exclude')->good->state, 'without a link: by the selection');
        Expect::same('new', $act('3', 'include')->good->state);
        Expect::same('excluded', $act('2', 'unlink')->good->state, 'it is not linked again by its SKU');
        $other = $product('Khác', 'KHAC');
        $linked = $act('2', 'link', ['shop_id' => $other]);
        Expect::same(['linked', $other], [$linked->good->state, $linked->good->shop->id]);
        Expect::that(Runs::find((int) $linked->run) !== null, 'a run carries it out');
        Expect::same(['good-linked', 'product-linked'], [Ask::route('POST', '/goods/2/link', ['shop_id' => $ids['1']])['body']->code, Ask::route('POST', '/goods/3/link', ['shop_id' => $ids['1']])['body']->code]);
        $variable = wp_insert_post(['post_type' => 'product', 'post_status' => 'publish', 'post_title' => 'Nhiều loại']);
        wp_set_object_terms($variable, 'variable', 'product_type');
        Expect::same('pair-product-variable', Ask::route('POST', '/goods/3/link', ['shop_id' => $variable])['body']->code);
        Expect::same('new', Ask::route('GET', '/goods/3')['body']->good->state, 'a refused link is none');
        Expect::same('good-not-linked', Ask::route('POST', '/goods/3/pause')['body']->code);
        wp_trash_post($ids['1']);
        Expect::same('publish', $act('1', 'take-back')->good->shop->status === 'trash' ? 'trash' : 'publish');
        $fields = array_column(Ask::declaredRoute('GET', '/history', ['per_page' => 100]), 'field');
        Expect::same([true, true, true], [in_array('link_state', $fields, true), in_array('unlinked', $fields, true), in_array('linked', $fields, true)]);
        $bulk = Ask::declaredRoute('POST', '/goods/bulk', ['action' => 'pause', 'filter' => ['state' => 'linked']]);
        Expect::same([2, []], [$bulk->done, $bulk->refused]);
        $bulk = Ask::declaredRoute('POST', '/goods/bulk', ['action' => 'resume', 'ids' => ['1', '404']]);
        Expect::same([1, ['404'], 'good-unknown'], [$bulk->done, array_column($bulk->refused, 'id'), $bulk->refused[0]->cause->code]);
    },
    'a preview is planned from chunks, and applied only where nothing has changed since (H3)' => static function (): void {
        $connection = Shop::connected();
        Shop::mirror($connection['id'], [Shop::good('1'), Shop::good('2')]);
        $chunk = Ask::declaredRoute('GET', '/preview/chunk', ['limit' => 1]);
        Expect::same([1, '1', 2], [$chunk->families, $chunk->cursor, $chunk->total]);
        $plans = [];
        for ($cursor = ''; $cursor !== null; $cursor = $chunk->cursor) {
            $chunk = Ask::declaredRoute('GET', '/preview/chunk', ['cursor' => $cursor]);
            $input = json_decode((string) json_encode($chunk->input), true);
            foreach (\Dongbo\Engine\Engine::call('plan_goods', $input)['families'] as $plan) {
                $plans[] = ['family' => $plan['key'], 'hash' => $plan['hash']];
            }
        }
        Expect::same(2, count($plans));
        Shop::mirror($connection['id'], [Shop::good('2', ['price' => 7000000])]);
        $given = ['rules_version' => $chunk->rules_version, 'made' => $chunk->made, 'families' => $plans];
        $applied = Ask::declaredRoute('POST', '/preview/apply', $given);
        Expect::same([['1'], ['2'], []], [array_column($applied->applied, 'family'), array_column($applied->changed, 'family'), $applied->failed]);
        Expect::that(strpos((string) json_encode($applied->changed[0]->plan), '70000') !== false, 'what it would be now is shown');
        Expect::same('preview-old', Ask::route('POST', '/preview/apply', ['made' => $chunk->made - 1900000] + $given)['body']->code);
        Expect::same('rules-differ', Ask::route('POST', '/preview/apply', ['rules_version' => '0'] + $given)['body']->code);
        Expect::same(['1' => 0, '2' => 1], ['1' => count((array) Ask::declaredRoute('GET', '/preview/chunk')->input->families) - 1, '2' => Ask::declaredRoute('GET', '/preview/chunk')->families]);
    },
    'the categories that come before the goods are planned from both trees, nothing written (H3, B12)' => static function (): void {
        Shop::connected();
        // Terms outlive a case.
        foreach (get_terms(['taxonomy' => 'product_cat', 'hide_empty' => false, 'name' => 'Áo', 'fields' => 'ids']) as $old) {
            wp_delete_term($old, 'product_cat');
        }
        $terms = wp_count_terms(['taxonomy' => 'product_cat', 'hide_empty' => false]);
        $tree = Ask::declaredRoute('GET', '/preview/categories');
        Expect::same(\Dongbo\Engine\Engine::call('version', [])['rules'], $tree->rules_version);
        $plan = \Dongbo\Engine\Engine::call('plan_categories', json_decode((string) json_encode($tree->input), true));
        Expect::same([['create', 'Áo']], array_map(static function (array $operation): array {
            return [$operation['kind'], $operation['name']];
        }, $plan['operations']));
        Expect::same($terms, wp_count_terms(['taxonomy' => 'product_cat', 'hide_empty' => false]));
    },
    'the pre-flight finds what would go wrong on both sides, goes on where it stopped, and is kept (G3)' => static function () use ($product): void {
        $connection = Shop::connected();
        \Dongbo\Tables\Rows::write($connection['id'], 'settings', '', ['settings' => '{"id":"settings","order_when_out":false}'], 1);
        Shop::synced($connection, [Shop::good('1', ['stocks' => [['branch_id' => '7', 'on_hand' => -3000, 'reserved' => 0]]]), Shop::good('2', ['code' => '', 'sku_key' => ''])]);
        $product('Chưa liên kết', 'WEB1');
        $product('Không mã', '');
        do {
            $preflight = Ask::declaredRoute('POST', '/preflight/run');
        } while ($preflight->run->state !== 'done');
        $counts = array_column($preflight->counts, 'count', 'code');
        Expect::same([1, 1, 1, 2, 1], [$counts['stock-below-zero'], $counts['sku-empty'], $counts['pos-order-when-out-off'], $counts['order-fails-unlinked'], $counts['site-stock-not-managed'] - 1]);
        $kept = Ask::declaredRoute('GET', '/preflight', ['code' => 'stock-below-zero']);
        Expect::same(['1'], array_column($kept->findings, 'item_id'));
        Expect::that($kept->findings[0]->edit !== '' && strpos($kept->findings[0]->said->sentence, 'Chính') !== false, 'a link, and the branch by name');
        $again = Ask::declaredRoute('POST', '/preflight/run');
        Expect::same($counts, array_column($again->counts, 'count', 'code'), 'a second one replaces the first');
    },
    'settings: defaults, choices, only what is allowed, only what was changed is kept (H7)' => static function (): void {
        global $wpdb;
        $connection = Shop::connected();
        $settings = Ask::declaredRoute('GET', '/settings');
        Expect::same([['7'], [], 'always', ['branches']], [$settings->values->branches, $settings->defaults->branches, $settings->values->policies->stock, $settings->changed]);
        Expect::same(['Chính', 'Kho'], array_column($settings->choices->branches, 'name'));
        $saved = Ask::declaredRoute('PUT', '/settings', ['values' => ['policies' => ['stock' => 'never'], 'safety_buffer' => '2,5', 'orders' => ['places' => [['place' => 'local_pickup:3', 'branch' => '8']]]], 'revision' => $settings->revision]);
        Expect::same(['never', 2500, 'local_pickup:3'], [$saved->values->policies->stock, $saved->values->safety_buffer, $saved->values->orders->places[0]->place]);
        $stored = (array) Connections::find($connection['id'])['settings'];
        Expect::same(['branches', 'orders', 'policies', 'safety_buffer'], array_keys($stored));
        Expect::same('settings-changed', Ask::route('PUT', '/settings', ['values' => ['automatic' => false], 'revision' => $settings->revision])['body']->code);
        $refused = Ask::route('PUT', '/settings', ['values' => ['policies' => ['stock' => 'site-owns'], 'automatic' => false]]);
        Expect::same([400, 'settings-refused', 'policies.stock'], [$refused['status'], $refused['body']->code, $refused['body']->data->details[0]->field]);
        Expect::same(true, Ask::declaredRoute('GET', '/settings')->values->automatic, 'nothing of it was kept');
        Expect::same('sale_book', Ask::declaredRoute('POST', '/settings/check', ['values' => ['regular_book' => '5', 'sale_book' => '5']])->troubles[0]->field);
        $file = Ask::declaredRoute('GET', '/settings/export');
        Expect::that(strpos((string) json_encode($file), 'very-secret') === false && strpos((string) json_encode($file), 'client') === false, 'no secret in the file');
        Ask::declaredRoute('PUT', '/settings', ['values' => ['policies' => ['stock' => null], 'safety_buffer' => null, 'orders' => ['places' => null]]]);
        Expect::same(['branches'], array_keys((array) Connections::find($connection['id'])['settings']));
        Ask::declaredRoute('POST', '/settings/import', ['file' => json_decode((string) json_encode($file), true)]);
        Expect::same($stored, (array) Connections::find($connection['id'])['settings']);
        Expect::same('settings-file-odd', Ask::route('POST', '/settings/import', ['file' => ['a' => 1]])['body']->code);
    },
    'a list that is made shorter or emptied is kept so: branches, statuses, tables (A4, E1, H7)' => static function (): void {
        $connection = Shop::connected();
        $put = static function (array $values) use ($connection): array {
            Ask::declaredRoute('PUT', '/settings', ['values' => $values]);

            return (array) Connections::find($connection['id'])['settings'];
        };
        $two = [['place' => 'local_pickup:3', 'branch' => '8'], ['place' => 'local_pickup:4', 'branch' => '7']];
        $put(['branches' => ['7', '8'], 'orders' => ['statuses' => ['processing', 'completed', 'on-hold'], 'places' => $two]]);
        $stored = $put(['branches' => ['7'], 'orders' => ['statuses' => ['completed'], 'places' => [$two[1]]]]);
        Expect::same([['7'], ['completed'], [$two[1]]], [$stored['branches'], $stored['orders']['statuses'], $stored['orders']['places']]);
        Expect::that(!isset($put(['orders' => ['places' => []]])['orders']['places']), 'an emptied table is its default again');
    },
    'a change of price is undone and held until the owner lets go (H6)' => static function (): void {
        $connection = Shop::connected();
        $ids = Shop::synced($connection, [Shop::good('1')]);
        Shop::synced($connection, [Shop::good('1', ['price' => 12000000])]);
        $entry = Ask::declaredRoute('GET', '/history', ['field' => 'regular_price'])[0];
        Expect::same([true, null], [$entry->undoable, $entry->hold]);
        $undone = Ask::declaredRoute('POST', "/history/{$entry->id}/undo", [], '/history/{id}/undo');
        Expect::same(['100000', '100000'], [$undone->after, (string) get_post_meta($ids['1'], '_regular_price', true)]);
        $holds = Ask::declaredRoute('GET', '/holds');
        Expect::same(['1', 'regular_price', '120000'], [$holds[0]->remote_id, $holds[0]->field, $holds[0]->pos_value]);
        Ask::declaredRoute('POST', "/holds/{$holds[0]->id}/release", [], '/holds/{id}/release');
        Expect::same([], Ask::declaredRoute('GET', '/holds'));
        Expect::same(404, Ask::route('POST', '/history/999999/undo')['status']);
    },
    'the history as a table: with a mark for spreadsheets, nothing that runs as a formula (H6)' => static function (): void {
        $connection = Shop::connected();
        Shop::synced($connection, [Shop::good('1', ['code' => '=1+1', 'sku_key' => '=1+1', 'name' => '=cmd', 'full_name' => '=cmd'])]);
        $file = fopen('php://memory', 'w+');
        \Dongbo\Rest\Csv::write($file, \Dongbo\Report\HistoryExport::COLUMNS, \Dongbo\Report\HistoryExport::rows($connection['id'], []));
        rewind($file);
        $text = (string) stream_get_contents($file);
        Expect::that(strncmp($text, "\xEF\xBB\xBFtime,who,item", 16) === 0, substr($text, 0, 40));
        Expect::that(strpos($text, "'=1+1") !== false, $text);
        $answer = Ask::route('GET', '/history/export');
        Expect::same([200, 'text/csv; charset=utf-8'], [$answer['status'], $answer['headers']['Content-Type']]);
    },
];

/** @param array<int, \stdClass> $list */
function named(array $list, string $id): \stdClass
{
    return array_column($list, null, 'id')[$id];
}

<?php

declare(strict_types=1);

namespace Dongbo\Contract;

use Dongbo\Sync\PlanGoods;
use Dongbo\Tables\Schema;

$variant = static function (string $id, string $colour, string $master = '1'): array {
    return ['id' => $id, 'name' => 'Áo', 'attributes' => [['name' => 'Màu', 'value' => $colour]]] + ($id === $master ? [] : ['master_id' => $master]);
};

return [
    'goods become products, linked, with history; the next run writes nothing' => static function () use ($variant): void {
        $world = new World([Script::class, 'follow']);
        $world->goods([$variant('1', 'Đỏ'), $variant('2', 'Xanh'), $variant('3', 'Tím'), ['id' => '4'], ['id' => '5', 'stock' => 0]]);
        $result = $world->slice();
        Check::same([true, 6, 5, 0], [$result->done, $result->created, $result->rows, $result->failed], 'result: ' . json_encode($world->issues()));
        Check::same(6, count($world->products()), 'products');
        $links = $world->rows('link');
        Check::same(6, count($links), 'links');
        Check::same(['1', '1', '1', '1', '4', '5'], array_column($links, 'family'), 'families');
        Check::same(6, count($world->rows('history')), 'one entry a creation');
        Check::same(3, count($world->rows('family')), 'families');
        $fields = array_column(json_decode($links[4]->fields, true), null, 'field');
        Check::same(['pos' => '5', 'shop' => '5'], array_diff_key($fields['stock'], ['field' => 1]), 'both values of stock');

        $world->newRun();
        $writes = World::writesDuring(static function () use ($world): void {
            $result = $world->slice();
            Check::same([5, 5, 0, 0], [$result->rows, $result->unchanged, $result->updated, $result->skipped], 'unchanged');
        });
        Check::same([], $writes, 'writes of an unchanged run');
    },

    'a change in the POS is written, with its before and after' => static function (): void {
        $world = new World([Script::class, 'follow']);
        $world->goods([['id' => '4'], ['id' => '5']]);
        $world->slice();
        $world->goods([['id' => '4', 'price' => 25000000, 'stock' => 9000], ['id' => '5']]);
        $world->newRun();
        $result = $world->slice();
        Check::same([1, 1, 2], [$result->updated, $result->unchanged, $result->rows], 'one updated');
        $id = $world->products()['SP4'];
        Check::same(['250000', '9'], [get_post_meta($id, '_price', true), get_post_meta($id, '_stock', true)], 'written');
        $entries = array_slice($world->rows('history'), -2);
        Check::same([['regular_price', '100000', '250000'], ['stock', '5', '9']], array_map(static function (\stdClass $row): array {
            return [$row->field, $row->before_value, $row->after_value];
        }, $entries), 'history');
    },

    'an edit on the site makes its family be planned, no other' => static function (): void {
        $world = new World([Script::class, 'follow']);
        $world->goods([['id' => '4'], ['id' => '5'], ['id' => '6']]);
        $world->slice();
        update_post_meta($world->products()['SP5'], '_regular_price', '1');
        $world->newRun();
        $planned = PlanGoods::preview($world->context(), '', 10);
        Check::same(['5'], array_column($planned, 'key'), 'the preview');
        Check::same('1', get_post_meta($world->products()['SP5'], '_regular_price', true), 'the preview writes nothing');
        $result = $world->slice();
        Check::same([1, 2], [$result->updated, $result->unchanged], 'counts');
        Check::same('100000', get_post_meta($world->products()['SP5'], '_regular_price', true), 'written back');
    },

    'what was edited between plan and writing is planned again, not overwritten' => static function (): void {
        $edited = false;
        $world = new World(null);
        $world->script = static function (array $family) use (&$edited, $world): array {
            $plan = Script::follow($family);
            if (!$edited && $family['links'] !== []) {
                $edited = true;
                update_post_meta($world->products()['SP4'], '_regular_price', '777');
            }

            return $plan;
        };
        $world->goods([['id' => '4'], ['id' => '5']]);
        $world->slice();
        $world->goods([['id' => '4', 'price' => 20000000], ['id' => '5']]);
        $world->newRun();
        $result = $world->slice();
        Check::same([1, 0], [$result->updated, $result->failed], 'planned again');
        $entries = $world->rows('history');
        Check::same(['777', '200000'], [end($entries)->before_value, end($entries)->after_value], 'the history tells what was there');
    },

    'a row that cannot be written does not harm its family' => static function () use ($variant): void {
        $world = new World([Script::class, 'follow']);
        $taken = new \WC_Product_Simple();
        $taken->set_name('hand-made');
        $taken->set_sku('SP2');
        $taken->save();
        $world->goods([$variant('1', 'Đỏ'), $variant('2', 'Xanh'), $variant('3', 'Tím'), ['id' => '9']]);
        $result = $world->slice();
        Check::same([4, 1], [$result->created, $result->failed], 'counts');
        Check::has('sku-refused 2', $world->issues(), 'named');
        Check::same(5, count($world->products()), 'no half product is left');
        $world->newRun();
        Check::same(['wp_dongbo_run'], array_keys(World::writesDuring([$world, 'slice'])), 'tried again by the next run, which writes nothing but its own state');
        $taken->delete(true);
        $world->newRun();
        $result = $world->slice();
        Check::same(1, $result->created, 'tried again when the cause has gone');
        Check::same([], $world->issues(), 'closed');
    },

    'an exception in some plugin’s hook is that product’s trouble only' => static function (): void {
        $world = new World([Script::class, 'follow']);
        $world->goods([['id' => '4'], ['id' => '5'], ['id' => '6']]);
        Faults::atSave(2, false, static function (): void {
            throw new \DomainException('no <b>luck</b>');
        }, static function () use ($world, &$result): void {
            $result = $world->slice();
        });
        Check::same([2, 1], [$result->created, $result->failed], 'counts');
        Check::has('no luck', $world->issues(), 'the cause is told');
        Check::same(2, count($world->products()), 'the half product was undone');
        $world->newRun();
        $result = $world->slice();
        Check::same([1, []], [$result->created, $world->issues()], 'the next run tries again and closes it');
    },

    'a family of many rows is written in several transactions' => static function () use ($variant): void {
        $world = new World([Script::class, 'follow']);
        $goods = [];
        for ($place = 1; $place <= 120; $place++) {
            $goods[] = $variant((string) $place, "Màu $place");
        }
        $world->goods($goods);
        $cursor = '';
        $slices = 0;
        do {
            $result = $world->slice($cursor, 0.0);
            $cursor = $result->cursor;
            $slices++;
        } while (!$result->done && $slices < 200);
        Check::that($slices > 3, "$slices slices");
        Check::same([121, 121], [count($world->products()), count($world->rows('link'))], 'all, once');
        Check::same(120, count(wc_get_product($world->rows('link')[0]->shop_id)->get_children()), 'under one parent');
        $world->newRun();
        Check::same([], World::writesDuring([$world, 'slice']), 'then nothing');
    },

    'a product linked to another row is shown with whose it is' => static function (): void {
        $seen = [];
        $world = new World(null);
        $world->script = static function (array $family) use (&$seen): array {
            $seen[$family['key']] = array_column($family['shop'], 'linked_to', 'sku');

            return Script::follow($family);
        };
        $world->goods([['id' => '4']]);
        $world->slice();
        $world->goods([['id' => '5', 'code' => 'sp4 ']]);
        $world->slice();
        Check::same(['SP4' => '4'], $seen['5'], 'linked to good 4');
    },

    'categories follow, nested, and the next run writes nothing' => static function (): void {
        $world = new World(null);
        $world->script = static function (): array {
            return [];
        };
        $world->list('categories', [['id' => '10', 'name' => 'Đồ ăn & uống'], ['id' => '11', 'name' => 'Phở', 'parent_id' => '10'], ['id' => '12', 'name' => 'Phở', 'parent_id' => '10']]);
        $plan = ['operations' => []];
        foreach ([['10', 'Đồ ăn & uống', null], ['11', 'Phở', '10'], ['12', 'Phở', '10']] as [$id, $name, $parent]) {
            $plan['operations'][] = array_filter(['kind' => 'create', 'reason' => ['code' => 'new'], 'remote_id' => $id, 'name' => $name, 'parent_remote_id' => $parent]);
        }
        $seen = null;
        $context = new \Dongbo\Sync\SyncContext($world->connection, $world->settings, 1, $world->run, \Dongbo\Lanes\Fence::take($world->run), 0, null, static function (string $name, array $input) use (&$plan, &$seen): array {
            $seen = $input;

            return $name === 'version' ? ['rules' => 'x'] : $plan;
        });
        \Dongbo\Sync\PlanCategories::run($context);
        $terms = \Dongbo\Shop\Categories::all();
        $links = $world->rows('category_link');
        Check::same(['10', '11', '12'], array_column($links, 'remote_id'), 'links');
        Check::same(['Đồ ăn & uống', 'Phở', 'Phở'], array_map(static function (\stdClass $link) use ($terms): string {
            return $terms[$link->term_id]['name'];
        }, $links), 'names');
        Check::same([0, (int) $links[0]->term_id, (int) $links[0]->term_id], array_map(static function (\stdClass $link) use ($terms): int {
            return $terms[$link->term_id]['parent'];
        }, $links), 'nested');
        Check::same(3, count($world->rows('history')), 'history');

        $plan = ['operations' => [['kind' => 'update', 'reason' => ['code' => 'renamed'], 'remote_id' => '11', 'name' => 'Phở bò', 'term_id' => (int) $links[1]->term_id]]];
        \Dongbo\Sync\PlanCategories::run($context);
        Check::same(['id' => (int) $links[1]->term_id, 'name' => 'Phở bò', 'parent' => 0], \Dongbo\Shop\Categories::one((int) $links[1]->term_id), 'renamed and moved');
        Check::same('Phở bò', $seen === null ? '' : $world->rows('category_link')[1]->name, 'remembered');

        $plan = ['operations' => [['kind' => 'skip', 'reason' => ['code' => 'in-step'], 'remote_id' => '11', 'name' => 'Phở bò', 'term_id' => (int) $links[1]->term_id]]];
        Check::same([], World::writesDuring(static function () use ($context): void {
            \Dongbo\Sync\PlanCategories::run($context);
        }), 'nothing');

        wp_delete_term((int) $links[2]->term_id, 'product_cat');
        \Dongbo\Sync\PlanCategories::run($context);
        Check::same([false, false, true], array_column($seen['links'], 'term_gone'), 'a term deleted by hand is told');
        Check::same('1', $world->rows('category_link')[2]->term_gone, 'and remembered');
    },
];

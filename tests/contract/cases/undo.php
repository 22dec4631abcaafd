<?php

declare(strict_types=1);

namespace Dongbo\Contract;

use Dongbo\Sync\Undo;
use Dongbo\Tables\Holds;

/* Price and stock changes are undone from the history, and stay undone (H6). */

$entry = static function (World $world, string $field): int {
    foreach (array_reverse($world->rows('history')) as $row) {
        if ($row->field === $field) {
            return (int) $row->id;
        }
    }
    throw new Unmet("no change of $field in the history");
};

$sync = static function (World $world): void {
    $world->newRun();
    $result = $world->slice();
    Check::same([true, 0], [$result->done, $result->failed], 'synced; ' . json_encode($world->issues(), JSON_UNESCAPED_UNICODE));
};

$price = static function (World $world): string {
    wp_cache_flush();

    return wc_get_product($world->products()['SP1'])->get_regular_price('edit');
};

$stock = static function (World $world): int {
    wp_cache_flush();

    return (int) wc_get_product($world->products()['SP1'])->get_stock_quantity('edit');
};

return [
    'an undone price stays until the POS has another one (H6)' => static function () use ($entry, $sync, $price): void {
        $world = new World();
        $world->goods([['id' => '1']]);
        $world->slice();
        $world->goods([['id' => '1', 'price' => 12000000]]);
        $sync($world);
        $change = $entry($world, 'regular_price');
        Check::same(null, Undo::apply($world->context(), $change), 'undone');
        Check::same(['100000', '100000'], [$price($world), get_post_meta($world->products()['SP1'], '_price', true)], 'the price of before');
        Check::same('undone', array_reverse($world->rows('history'))[0]->reason, 'on record');
        $sync($world);
        Check::same('100000', $price($world), 'held');
        $world->newRun();
        Check::same([], World::writesDuring([$world, 'slice']), 'nothing left to do');
        Check::same('undo-superseded', Undo::apply($world->context(), $change)['code'] ?? '', 'not twice');
        $world->goods([['id' => '1', 'price' => 13000000]]);
        $sync($world);
        Check::same(['130000', []], [$price($world), $world->rows('hold')], 'the POS says something else');
        $world->goods([['id' => '1', 'price' => 12000000]]);
        $sync($world);
        Check::same('120000', $price($world), 'the hold does not come back');
    },

    'a price is undone although the database loses the transaction in the middle (H6, Q3)' => static function () use ($entry, $sync, $price): void {
        $troubles = [
            'undone by the database' => static function (): void {
                $GLOBALS['wpdb']->query('ROLLBACK');
            },
            'connection lost' => [Faults::class, 'dropConnection'],
        ];
        foreach ($troubles as $name => $trouble) {
            $world = new World();
            $world->goods([['id' => '1']]);
            $world->slice();
            $world->goods([['id' => '1', 'price' => 12000000]]);
            $sync($world);
            $change = $entry($world, 'regular_price');
            // What an administrator's request has read before.
            wc_get_product($world->products()['SP1']);
            Faults::atSave(1, false, $trouble, static function () use ($world, $change, $name): void {
                Check::same(null, Undo::apply($world->context(), $change), $name);
            });
            Check::same(['100000', '100000'], [$price($world), get_post_meta($world->products()['SP1'], '_price', true)], "$name: the price of before");
            Check::same(1, count($world->rows('hold')), "$name: held");
            $sync($world);
            Check::same('100000', $price($world), "$name: and stays");
        }
    },

    'a released price is the POS’s again (H6)' => static function () use ($entry, $sync, $price): void {
        $world = new World();
        $world->goods([['id' => '1']]);
        $world->slice();
        $world->goods([['id' => '1', 'price' => 12000000]]);
        $sync($world);
        Undo::apply($world->context(), $entry($world, 'regular_price'));
        $sync($world);
        Check::that(Holds::release($world->connection, (int) $world->rows('hold')[0]->id), 'released');
        $sync($world);
        Check::same('120000', $price($world), 'the POS’s price');
    },

    'undone stock moves back by what the change moved, sales stay sold (H6)' => static function () use ($entry, $sync, $stock): void {
        $world = new World();
        $world->goods([['id' => '1']]);
        $world->slice();
        $world->goods([['id' => '1', 'stock' => 20000]]);
        $sync($world);
        wc_update_product_stock($world->products()['SP1'], 2, 'decrease');
        Check::same(null, Undo::apply($world->context(), $entry($world, 'stock')), 'undone');
        Check::same(3, $stock($world), 'five, two of them sold');
        $sync($world);
        Check::same(3, $stock($world), 'held');
        $world->goods([['id' => '1', 'stock' => 7000]]);
        $sync($world);
        Check::same(7, $stock($world), 'the POS says something else');
    },

    'what cannot be undone says why (H6)' => static function () use ($entry): void {
        $world = new World();
        $world->settings['policies']['name'] = 'always';
        $world->goods([['id' => '1']]);
        $world->slice();
        $world->goods([['id' => '1', 'name' => 'Tên mới']]);
        $world->newRun();
        $world->slice();
        Check::same('undo-field', Undo::apply($world->context(), $entry($world, 'name'))['code'] ?? '', 'a name');
        Check::same('undo-not-linked', Undo::apply($world->context(), 999999)['code'] ?? '', 'no such entry');
    },
];

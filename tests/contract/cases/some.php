<?php

declare(strict_types=1);

namespace Dongbo\Contract;

use Dongbo\Lanes\Budget;
use Dongbo\Sync\PlanSome;

/* Chosen families: planned for people to see, and applied as they were seen (H3). */

return [
    'what was seen is applied, what has changed since is shown again (H3)' => static function (): void {
        $world = new World();
        $world->goods([['id' => '1'], ['id' => '2'], ['id' => '3']]);
        $hashes = [];
        Check::same([], World::writesDuring(static function () use ($world, &$hashes): void {
            $hashes = array_column(PlanSome::plan($world->context(), ['1', '2', 'unknown']), 'hash', 'key');
        }), 'planning writes');
        Check::same(['1', '2'], array_map('strval', array_keys($hashes)), 'planned');
        $world->goods([['id' => '2', 'price' => 12000000]]);
        $report = PlanSome::apply($world->context(), ['1', '2'], $hashes);
        Check::same([['1'], ['2'], []], [$report['applied'], array_column($report['changed'], 'key'), $report['left']], 'applied, changed, left');
        Check::same(['SP1'], array_keys($world->products()), 'products');
        Check::same(1, $report['counts']['created'], 'created');
        $again = array_column($report['changed'], 'hash', 'key');
        Check::same(['2'], PlanSome::apply($world->context(), ['2'], $again)['applied'], 'seen again and applied');
        Check::same(['SP1', 'SP2'], array_keys($world->products()), 'products');
    },

    'the plan of the browser and the one that is applied have the same hash (H3)' => static function (): void {
        $world = new World();
        $world->goods([['id' => '1', 'attributes' => [['name' => 'Màu', 'value' => 'Đỏ']]], ['id' => '2', 'master_id' => '1', 'attributes' => [['name' => 'Màu', 'value' => 'Xanh']]]]);
        $input = PlanSome::input($world->context(), ['1']);
        $browser = \Dongbo\Engine\Engine::call('plan_goods', json_decode((string) json_encode($input), true));
        $report = PlanSome::apply($world->context(), ['1'], array_column($browser['families'], 'hash', 'key'));
        Check::same([['1'], 3], [$report['applied'], $report['counts']['created']], 'applied');
        $world->newRun();
        Check::same([0], array_map(static function (array $plan): int {
            return count(array_diff(array_column($plan['operations'], 'kind'), ['skip']));
        }, PlanSome::plan($world->context(), ['1'])), 'left to do');
    },

    'without time at least one family is applied, and the rest is named' => static function (): void {
        $world = new World();
        $world->goods(array_map(static function (int $id): array {
            return ['id' => (string) $id];
        }, range(101, 220)));
        $keys = array_map('strval', range(101, 220));
        $report = PlanSome::apply($world->context(), $keys, null, new Budget(0.0, PHP_INT_MAX));
        Check::that($report['applied'] !== [] && $report['left'] !== [], 'some and not all');
        Check::same($keys, array_merge($report['applied'], $report['left']), 'each once');
    },
];

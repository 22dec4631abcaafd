<?php

declare(strict_types=1);

namespace Dongbo\Contract;

use Dongbo\Lanes\Budget;
use Dongbo\Sync\PlanGoods;
use Dongbo\Sync\Stopper;
use Dongbo\Tables\Runs;

/* Everything is counted before the first write (D4). */

$goods = static function (int $count, array $more): array {
    return array_map(static function (int $id) use ($more): array {
        return ['id' => (string) $id] + $more;
    }, range(1001, 1000 + $count));
};

/** Counts to the end in as many slices as it takes, and judges. */
$judge = static function (World $world, string $kind = 'full', bool $accepted = false, float $seconds = 600.0): array {
    $state = [];
    $changed = [];
    $slices = 0;
    do {
        $stopper = new Stopper($world->context(), $state);
        $changed = array_merge($changed, $stopper->count(new Budget($seconds, PHP_INT_MAX))['changed']);
        $state = json_decode((string) json_encode($stopper->state()), true);
        $slices++;
    } while (!$state['done']);
    $judged = (new Stopper($world->context(), $state));
    $answer = $judged->judge($kind, $accepted);
    Runs::update($world->run, ['summary' => ['stopper' => $judged->state()], 'kind' => $kind]);

    return ['go' => $answer['go'], 'codes' => array_column($answer['reasons'], 'code'), 'changed' => $changed, 'slices' => $slices];
};

return [
    'too many goods to nothing, too many prices: nothing is written until somebody says yes (D4)' => static function () use ($goods, $judge): void {
        $world = new World();
        $world->goods($goods(30, []));
        Check::same([true, [], 30], array_values(array_diff_key(array_replace($first = $judge($world), ['changed' => count($first['changed'])]), ['slices' => 1])), 'a first sync takes nothing away');
        $world->slice();
        $world->newRun();
        $again = $judge($world);
        Check::same([true, []], [$again['go'], $again['changed']], 'nothing changed');
        $world->goods($goods(21, ['stock' => 0]));
        $world->newRun();
        Check::same([], World::writesDuring(static function () use ($world, $judge, &$stopped): void {
            $stopped = $judge($world, 'full', false, 0.0);
        }) === ['wp_dongbo_run' => 1] ? [] : ['written'], 'counting writes nothing but the run');
        Check::same([false, ['stop-zeros'], 21], [$stopped['go'], $stopped['codes'], count($stopped['changed'])], 'stopped');
        Check::same(true, $judge($world, 'full', true)['go'], 'accepted');
        $world->goods($goods(21, ['price' => 1000000]));
        $world->newRun();
        Check::same(['stop-prices'], $judge($world)['codes'], 'prices');
        $world->goods($goods(20, []));
        $world->goods([['id' => '1021', 'price' => 10000000]]);
        $world->goods(array_map(static function (array $good): array {
            return ['stock' => 0] + $good;
        }, $goods(20, [])));
        $world->newRun();
        Check::same(true, $judge($world)['go'], 'twenty are never too many');
    },

    'counting goes on where the last slice stopped, and writing visits only what it found (D4)' => static function () use ($goods, $judge): void {
        $world = new World();
        $world->goods($goods(300, []));
        $world->slice();
        $world->goods([['id' => '1005', 'price' => 11000000], ['id' => '1290', 'price' => 11000000]]);
        $world->newRun();
        $found = $judge($world, 'full', false, 0.0);
        Check::that($found['slices'] > 2, 'several slices');
        Check::same(['1005', '1290'], $found['changed'], 'found');
        $result = PlanGoods::slice($world->context(), new Budget(600.0, PHP_INT_MAX), '', $found['changed']);
        Check::same([2, 2, true], [$result->rows, $result->updated, $result->done], 'visited, written, done');
    },

    'many small steps within 24 hours are one great one (D4)' => static function () use ($goods, $judge): void {
        $world = new World();
        $world->goods($goods(60, []));
        $judge($world);
        $world->slice();
        $stops = [];
        foreach ([[1001, 1010], [1011, 1020], [1021, 1030]] as [$from, $to]) {
            $world->now += 3600000;
            $world->newRun();
            $world->goods(array_map(static function (int $id): array {
                return ['id' => (string) $id, 'stock' => 0];
            }, range($from, $to)));
            $stops[] = $judge($world, 'named')['codes'];
            if (end($stops) === []) {
                $world->slice();
            }
        }
        Check::same([[], [], ['stop-zeros']], $stops, 'the third step');
        $world->now += 25 * 3600000;
        $world->newRun();
        Check::same(true, $judge($world, 'named')['go'], 'a day later it is ten again');
    },

    'new rules are counted for every field (D4)' => static function () use ($goods, $judge): void {
        global $wpdb;
        $world = new World();
        $world->goods($goods(30, []));
        $world->slice();
        $wpdb->query('UPDATE ' . \Dongbo\Tables\Schema::table('family') . " SET rules_version = 'old', digest = ''");
        $world->goods($goods(30, ['price' => 10100000]));
        $world->newRun();
        Check::same(['stop-changes'], $judge($world)['codes'], 'a hundredth more, for all');
        $world->slice();
        $world->goods($goods(30, ['price' => 10200000]));
        $world->newRun();
        Check::same([], $judge($world)['codes'], 'the next time the rules are the same');
    },
];

<?php

declare(strict_types=1);

namespace Dongbo\Control;

use Dongbo\Lanes\Fence;
use Dongbo\Lanes\Lane;
use Dongbo\Lanes\Marked;
use Dongbo\Lanes\Wake;
use Dongbo\Tables\Clock;
use Dongbo\Tables\Runs;
use Dongbo\Tables\Seen;

/**
 * Runs by hand (product.md H2): start, pause, go on, cancel.
 *
 * Each takes the run's fence, so that a worker in the middle of a slice notices at its next commit
 * and leaves what it has not committed yet.
 */
final class Steer
{
    /** What a list of goods that was not believed is named; a person may say that it is right (B8). */
    public const SHORT = ['list-empty', 'list-shrunk', 'goods-missing-many'];

    /** What may be started by hand, and the run of the rules that does it. */
    public const KINDS = [
        'full' => 'full',
        'goods' => 'goods',
        'prices' => 'prices',
        'categories' => 'categories',
        'delta' => 'delta',
        'stock' => 'stock',
        'named' => 'named',
        'read' => 'read',
        'orders' => 'orders',
        'customers' => 'customers',
    ];

    /** Those that have a lane of their own. */
    private const LANES = ['orders' => Lane::SALES, 'customers' => Lane::SALES];

    /**
     * Starts a run, or goes on with the one that is open in the lane.
     *
     * @param string[] $ids For `named`: POS ids of goods.
     * @return int The run's id.
     */
    public static function start(int $connection, string $kind, array $ids = [], bool $ring = true): int
    {
        Marked::add($connection, $ids);
        $lane = self::LANES[$kind] ?? Lane::CATALOGUE;
        $open = Runs::open($connection, $lane);
        if ($open !== null && self::isPaused($open)) {
            self::resume($open['id']);
        }

        return Wake::start($connection, self::KINDS[$kind], $ring, [], $lane);
    }

    /** @param array<string, mixed> $run */
    public static function isPaused(array $run): bool
    {
        return $run['ended'] === null && $run['wait_until'] !== null && $run['wait_until'] >= Runs::FOR_A_PERSON;
    }

    /** @throws \Dongbo\Lanes\FenceLost When another worker took the run at this very moment. */
    public static function pause(int $run): void
    {
        Fence::take($run);
        Runs::update($run, ['wait_until' => Runs::FOR_A_PERSON]);
    }

    /** @throws \Dongbo\Lanes\FenceLost */
    public static function resume(int $run): void
    {
        Fence::take($run);
        Runs::update($run, ['wait_until' => null]);
        Wake::heal();
    }

    /**
     * A person has seen what the run asks about (D4, a list that came back short) and says: do it
     * all the same.
     *
     * @param array<string, mixed> $run
     * @throws \Dongbo\Lanes\FenceLost
     */
    public static function accept(array $run): void
    {
        if ($run['ended'] !== null) {
            // The run ended over a list that was short; the next one takes it as it is.
            Wake::start($run['connection_id'], 'full', true, ['accept_short_list' => true]);

            return;
        }
        $summary = $run['summary'] ?? [];
        unset($summary['asked'], $summary['code'], $summary['params']);
        Fence::take($run['id']);
        Runs::update($run['id'], ['summary' => ['accepted' => true] + $summary, 'wait_until' => null]);
        Wake::heal();
    }

    /**
     * Ends the run where it stands. What it has committed stays; the next run finds the rest.
     *
     * @throws \Dongbo\Lanes\FenceLost
     */
    public static function cancel(int $run): void
    {
        Fence::take($run);
        Runs::update($run, ['ended' => Clock::now(), 'outcome' => 'cancelled', 'wait_until' => null, 'cursor_key' => '']);
        Seen::forgetRun($run);
    }
}

<?php

declare(strict_types=1);

namespace Dongbo\Lanes;

use Dongbo\Tables\Clock;
use Dongbo\Tables\Connections;
use Dongbo\Tables\Leases;
use Dongbo\Tables\Runs;
use Dongbo\Tables\Schema;

/**
 * One lane: at most one worker at a time, on however many servers. A worker that dies leaves a
 * lease that runs out by itself and a run that stands at its last commit, so the next wake-up goes
 * on from there.
 */
final class Lane
{
    /** Goods, prices, stock, categories. */
    public const CATALOGUE = 'catalogue';

    /** The connection's test; beside a running sync, so in a lane of its own. */
    public const CONNECT = 'connect';

    /** A slice takes 20 s at most; after this nobody is there any more. */
    private const LEASE_SECONDS = 60;

    /**
     * Works on the lane's open run until it ends, waits, or the budget is spent.
     *
     * @param int      $actor The user who asked, 0 for the background.
     * @param int|null $id    A connection that is to be proved; the one of use by default.
     */
    public static function slice(string $lane, Budget $budget, int $actor = 0, ?int $id = null): Slice
    {
        if (!Schema::ready()) {
            return new Slice(Slice::IDLE);
        }
        $connection = $id === null ? Connections::current() : Connections::find($id);
        $run = $connection === null ? null : Runs::open($connection['id'], $lane);
        if ($connection === null || $run === null) {
            return new Slice(Slice::IDLE);
        }
        if ($run['wait_until'] !== null && $run['wait_until'] > Clock::now()) {
            return new Slice(Slice::WAITING, $run['wait_until']);
        }
        if ($budget->tooShort()) {
            return new Slice(Slice::MORE);
        }
        $holder = Leases::acquire($connection['id'], $lane, self::LEASE_SECONDS);
        if ($holder === null) {
            return new Slice(Slice::BUSY);
        }
        try {
            $fence = Fence::take($run['id']);
            $run = Runs::find($run['id']);
            if ($run === null || $run['ended'] !== null) {
                return new Slice(Slice::IDLE);
            }

            return (new RunLoop($connection, $run, $fence, $budget, $actor))->work();
        } catch (FenceLost $lost) {
            return new Slice(Slice::BUSY);
        } finally {
            Leases::release($connection['id'], $lane, $holder);
        }
    }
}

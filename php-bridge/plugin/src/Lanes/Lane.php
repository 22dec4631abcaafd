<?php

declare(strict_types=1);

namespace Dongbo\Lanes;

use Dongbo\Shop\Caches;
use Dongbo\Tables\Clock;
use Dongbo\Tables\Connections;
use Dongbo\Tables\Leases;
use Dongbo\Tables\Schema;

/**
 * One lane: at most one worker at a time, on however many servers. A worker that dies leaves a
 * lease that runs out by itself and work that stands at its last commit, so the next wake-up goes
 * on from there.
 */
final class Lane
{
    /** Orders on their way to the POS. */
    public const ORDERS = 'orders';

    /** Notifications of the POS. */
    public const INBOX = 'inbox';

    /** Orders and customers of the POS, and what becomes of the site's. */
    public const SALES = 'sales';

    /** Products on their way to the POS. */
    public const PUSH = 'push';

    /** Goods, prices, stock, categories. */
    public const CATALOGUE = 'catalogue';

    /** Images. */
    public const IMAGES = 'images';

    /** The connection's test; beside a running sync, so in a lane of its own. */
    public const CONNECT = 'connect';

    /** A slice takes 20 s at most; after this nobody is there any more. */
    private const LEASE_SECONDS = 60;

    /** How long a lane rests when this host has no room for it. */
    private const CROWDED_MS = 300000;

    /** How long it rests after a fault of the database or of another plugin's code. */
    private const STUMBLED_MS = 30000;

    /**
     * Works in the lane until nothing is left, it waits, or the budget is spent.
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
        if ($connection === null || ($lane !== self::CONNECT && Guard::refusal($connection) !== null)) {
            return new Slice(Slice::IDLE);
        }

        return self::serve(Lanes::of($lane), $connection, $budget, $actor);
    }

    /** @param array<string, mixed> $connection One that may be worked with ({@see Guard}). */
    public static function serve(Work $work, array $connection, Budget $budget, int $actor = 0): Slice
    {
        $waiting = $work->waiting($connection);
        if ($waiting->outcome !== Slice::MORE) {
            return $waiting;
        }
        if ($budget->tooShort()) {
            return self::noRoom($connection, $budget);
        }
        // What a worker that died had written was rolled back; what it had left in a shared cache was not.
        $died = Caches::shared() && Leases::abandoned($connection['id'], $work->lane());
        $holder = Leases::acquire($connection['id'], $work->lane(), self::LEASE_SECONDS);
        if ($holder === null) {
            return new Slice(Slice::BUSY);
        }
        try {
            if ($died) {
                Caches::unsure();
            }

            return $work->slice($connection, $budget, $actor);
        } catch (FenceLost $lost) {
            return new Slice(Slice::BUSY);
        } catch (\Throwable $trouble) {
            // A lane that stumbles rests; the others go on.
            Log::error(get_class($trouble) . ': ' . $trouble->getMessage() . "\n" . $trouble->getTraceAsString());

            return new Slice(Slice::WAITING, Clock::now() + self::STUMBLED_MS);
        } finally {
            Leases::release($connection['id'], $work->lane(), $holder);
        }
    }

    /**
     * The budget is spent: the next request goes on. Where not even a fresh request has room, that is
     * said, and tried again only now and then.
     *
     * @param array<string, mixed> $connection
     */
    private static function noRoom(array $connection, Budget $budget): Slice
    {
        $issue = $budget->hopeless();
        if ($issue === null) {
            return new Slice(Slice::MORE);
        }
        Alarm::raise($connection['id'], Alarm::HOST, [$issue]);

        return new Slice(Slice::WAITING, Clock::now() + self::CROWDED_MS);
    }
}

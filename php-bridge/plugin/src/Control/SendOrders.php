<?php

declare(strict_types=1);

namespace Dongbo\Control;

use Dongbo\Lanes\Wake;
use Dongbo\Shop\Orders;
use Dongbo\Tables\Clock;
use Dongbo\Tables\Outbox;

/**
 * Orders by hand (product.md E1, E7): send, try again, leave. Only marked here; the lane sends them, so
 * that a button that is pressed twice, or beside WP-Cron, sends nothing twice.
 */
final class SendOrders
{
    /**
     * @param int[] $orders
     * @return int How many are to be sent now.
     */
    public static function send(int $connection, array $orders): int
    {
        $now = Clock::now();
        $unknown = array_values(array_diff($orders, array_keys(Outbox::recorded($connection, $orders))));
        if ($unknown !== []) {
            Outbox::recordMissed($connection, array_keys(Orders::of($unknown)), $now);
        }
        $count = Outbox::byHand($connection, $orders, $now);
        if ($count > 0) {
            Wake::orders();
        }

        return $count;
    }

    /** @return int How many. */
    public static function failed(int $connection): int
    {
        return self::send($connection, Outbox::failed($connection));
    }

    /**
     * @param int[] $orders
     * @return int How many.
     */
    public static function ignore(int $connection, array $orders): int
    {
        return Outbox::ignore($connection, $orders, Clock::now());
    }
}

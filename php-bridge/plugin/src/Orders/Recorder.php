<?php

declare(strict_types=1);

namespace Dongbo\Orders;

use Dongbo\Lanes\Log;
use Dongbo\Lanes\Wake;
use Dongbo\Shop\Orders;
use Dongbo\Tables\Clock;
use Dongbo\Tables\Outbox;

/**
 * Notes that something happened to an order (product.md E1). Blind: which orders are sent, when and
 * how is asked later, in the background. In the request of a shopper it costs one statement, and one
 * or two of WordPress for the wake-up; the POS is never called.
 *
 * An order is recorded when its first event comes, so that a request that is killed loses nothing,
 * and once more when the request ends if more came.
 */
final class Recorder
{
    /** An order is read 10 s after its last change; the wake-up comes when that is over (E1). */
    private const AFTER_MS = 11000;

    /** @var array<int, bool> Orders of this request: whether more has happened since they were recorded. */
    private static array $seen = [];

    /** This request has asked for a wake-up; once is enough, even if another request has written over it since. */
    private static bool $woken = false;

    /** How deep in Dongbo's own writes. */
    private static int $quiet = 0;

    /**
     * An order of WooCommerce was saved, moved to the trash or deleted.
     *
     * @param mixed $id
     * @param mixed $order The order, where the hook gives it.
     */
    public static function changed($id, $order = null): void
    {
        $id = (int) $id;
        // Subscriptions and other kinds of order pass here too.
        if (self::$quiet > 0 || $id <= 0 || ($order instanceof \WC_Order && $order->get_type() !== 'shop_order')) {
            return;
        }
        if (isset(self::$seen[$id])) {
            self::$seen[$id] = true;

            return;
        }
        if (self::$seen === []) {
            add_action('shutdown', [self::class, 'rest'], 90);
        }
        // What could not be stored is tried once more at the end.
        self::$seen[$id] = !self::record($id, $order instanceof \WC_Order ? Orders::label($order) : '');
    }

    /**
     * A post was moved to the trash, taken out of it or deleted: orders are posts where they have no tables of their own.
     *
     * @param mixed $id
     */
    public static function post($id): void
    {
        if (get_post_type((int) $id) === 'shop_order') {
            self::changed($id);
        }
    }

    /** The request ends. */
    public static function rest(): void
    {
        foreach (array_keys(array_filter(self::$seen)) as $id) {
            self::record($id, '');
        }
        self::$seen = [];
        self::$woken = false;
    }

    /**
     * Dongbo's own writes are no news.
     *
     * @param callable(): void $work
     */
    public static function quietly(callable $work): void
    {
        self::$quiet++;
        try {
            $work();
        } finally {
            self::$quiet--;
        }
    }

    private static function record(int $id, string $label): bool
    {
        $now = Clock::now();
        $trouble = Outbox::record($id, $label, $now, $now + self::AFTER_MS);
        if ($trouble !== '') {
            Log::error("order $id could not be recorded; the next sweep finds it: $trouble");

            return false;
        }
        self::$woken = self::$woken || Wake::forOrder($now + self::AFTER_MS);

        return true;
    }
}

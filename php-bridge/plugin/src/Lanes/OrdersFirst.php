<?php

declare(strict_types=1);

namespace Dongbo\Lanes;

use Dongbo\Tables\Clock;
use Dongbo\Tables\Outbox;

/**
 * Whether the work of a wake-up has to make room for an order (product.md I1: orders first).
 *
 * Only for one that became due after the orders' lane was served: what the lane has looked at and
 * could not send holds nobody up.
 */
final class OrdersFirst
{
    /** Seconds between two looks, which also is what the others get done before they make room. */
    private const LOOK = 2.0;

    private int $connection;
    private int $served;
    private float $looked;
    private bool $due = false;

    public function __construct(int $connection)
    {
        $this->connection = $connection;
        $this->served();
    }

    /** The orders' lane has just been served. */
    public function served(): void
    {
        $this->served = Clock::now();
        $this->looked = microtime(true);
        $this->due = false;
    }

    public function due(): bool
    {
        if (!$this->due && microtime(true) - $this->looked >= self::LOOK) {
            $this->looked = microtime(true);
            $this->due = Outbox::becameDue($this->connection, $this->served, Clock::now());
        }

        return $this->due;
    }
}

<?php

declare(strict_types=1);

namespace Dongbo\Orders;

use Dongbo\Shop\Orders;
use Dongbo\Sync\SyncContext;
use Dongbo\Tables\OrderLanes;
use Dongbo\Tables\Outbox;

/**
 * The retry that needs nobody (product.md E7): at its interval the latest orders are looked through
 * for such as were never recorded, and everything that failed is asked about again.
 */
final class Sweep
{
    /** Where the rules sweep never, they are asked again so often; a change of the settings asks at once. */
    private const IDLE_MS = 3600000;

    private const BATCH = 100;

    private SyncContext $context;

    public function __construct(SyncContext $context)
    {
        $this->context = $context;
    }

    /** @param int|null $last When the last one was. */
    public function run(?int $last): void
    {
        $connection = $this->context->connectionId();
        $now = $this->context->now();
        $input = array_filter(['settings' => $this->context->settings(), 'now' => $now, 'last' => $last, 'orders' => []], static function ($value): bool {
            return $value !== null;
        });
        $sweep = $this->context->rules('sweep_orders', $input);
        if (empty($sweep['due'])) {
            OrderLanes::nextSweep($connection, max($sweep['next'], $now + self::IDLE_MS), null);

            return;
        }
        $start = (int) ($this->context->settings()['orders']['start'] ?? 0);
        $latest = $sweep['look'] > 0 ? Orders::latest($sweep['look'], $start) : [];
        $unknown = array_values(array_diff($latest, array_keys(Outbox::recorded($connection, $latest))));
        foreach (array_chunk($unknown, self::BATCH) as $part) {
            $found = $this->context->rules('sweep_orders', ['orders' => array_values((new Facts($connection))->of(Orders::of($part)))] + $input);
            Outbox::recordMissed($connection, $found['record'] ?? [], $now);
        }
        Outbox::wakeAll($connection, $now);
        OrderLanes::nextSweep($connection, $sweep['next'], $now);
    }
}

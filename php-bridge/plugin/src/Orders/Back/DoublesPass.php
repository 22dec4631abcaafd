<?php

declare(strict_types=1);

namespace Dongbo\Orders\Back;

use Dongbo\Sync\SyncContext;
use Dongbo\Tables\Checkpoints;
use Dongbo\Tables\Issues;
use Dongbo\Tables\OrderLanes;
use Dongbo\Tables\Sales;

/** Once a day: orders that stand in the POS twice are listed, with the later one to be cancelled (product.md E5; src/orders/doubles.rs). */
final class DoublesPass
{
    private const DAY_MS = 86400000;

    /** How far back it looks. */
    private const BACK_MS = 604800000;

    /** Who reported an issue here. */
    private const SOURCE = 'doubles';

    /** Under this name its last time is kept among the checkpoints. */
    private const LIST = 'doubles';

    private SyncContext $context;

    public function __construct(SyncContext $context)
    {
        $this->context = $context;
    }

    public function run(): void
    {
        $connection = $this->context->connectionId();
        $now = $this->context->now();
        $last = array_column(Checkpoints::all($connection), 'at', 'list')[self::LIST] ?? 0;
        if ($now - $last < self::DAY_MS) {
            return;
        }
        $sales = [];
        foreach (Sales::since($connection, Sales::ORDERS, $now - self::BACK_MS) as $sale) {
            $sales[] = array_intersect_key($sale, ['id' => 1, 'code' => 1, 'status' => 1, 'description' => 1]);
        }
        $site = OrderLanes::of($connection, $this->context->settingsRevision(), $now)['site'];
        $found = $this->context->rules('find_doubles', ['site' => $site, 'sales' => $sales])['issues'] ?? [];
        Issues::report($this->context, $found, self::SOURCE);
        Issues::closeAll($this->context, $found, self::SOURCE);
        Checkpoints::put($connection, [['list' => self::LIST, 'at' => $now]]);
    }
}

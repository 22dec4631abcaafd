<?php

declare(strict_types=1);

namespace Dongbo\Sync;

use Dongbo\Lanes\Budget;

/**
 * Walks the mirror's families in order of their key, plans the changed ones and applies the plans.
 */
final class PlanGoods
{
    /**
     * Plans and applies families behind the cursor until the budget is spent.
     *
     * @param SyncContext $context The run.
     * @param Budget      $budget  How long and with how much memory.
     * @param string      $cursor  '' at the start, then the last result's cursor.
     * @throws \Dongbo\Lanes\FenceLost When another worker has taken over.
     */
    public static function slice(SyncContext $context, Budget $budget, string $cursor): SliceResult
    {
        unset($context, $budget, $cursor);
        throw new \LogicException('not built yet');
    }

    /**
     * Plans families behind the cursor and writes nothing.
     *
     * @param SyncContext $context Without a fence.
     * @param string      $cursor  '' at the start, then the last plan's key.
     * @param int         $limit   How many families.
     * @return array<int,array<string,mixed>> FamilyPlan records (src/plan/goods.rs), unchanged families left out.
     */
    public static function preview(SyncContext $context, string $cursor, int $limit): array
    {
        unset($context, $cursor, $limit);
        throw new \LogicException('not built yet');
    }
}

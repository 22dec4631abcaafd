<?php

declare(strict_types=1);

namespace Dongbo\Sync;

/**
 * Plans the category tree from the mirror and applies the plan (product.md B12).
 */
final class PlanCategories
{
    /**
     * Plans and applies the whole tree; nothing changed means nothing written.
     *
     * @param SyncContext $context The run.
     * @throws \Dongbo\Lanes\FenceLost When another worker has taken over.
     */
    public static function run(SyncContext $context): void
    {
        unset($context);
        throw new \LogicException('not built yet');
    }
}

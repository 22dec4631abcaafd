<?php

declare(strict_types=1);

namespace Dongbo\Sync;

use Dongbo\Lanes\Budget;
use Dongbo\Shop\Caches;

/**
 * Plans chosen families, whether or not their input has changed: for the preview, for "why", for
 * drift, for "sync now" of a few goods, and for what is applied from a preview (product.md H3).
 */
final class PlanSome
{
    /** Families gathered and planned at once, the same as a slice of the whole walk. */
    private const AT_ONCE = 50;

    private function __construct()
    {
    }

    /**
     * What the browser plans these families from: a GoodsInput record (src/plan/goods.rs).
     *
     * @param SyncContext $context    Its fence is not used.
     * @param string[]    $familyKeys
     *
     * @return array<string, mixed>
     */
    public static function input(SyncContext $context, array $familyKeys): array
    {
        $parts = new Parts($context);

        return ['hash' => true] + $parts->families->input($parts->families->gather(self::keys($familyKeys)));
    }

    /**
     * The plans of these families with their hashes; nothing is written.
     *
     * @param SyncContext $context    Its fence is not used.
     * @param string[]    $familyKeys Those the mirror does not know are left out.
     *
     * @return array<int, array<string, mixed>> FamilyPlan records (src/plan/goods.rs).
     */
    public static function plan(SyncContext $context, array $familyKeys): array
    {
        $parts = new Parts($context);
        $plans = [];
        foreach (array_chunk(self::keys($familyKeys), self::AT_ONCE) as $keys) {
            foreach ($parts->planner->plan($parts->families->gather($keys), ['hash' => true]) as $work) {
                $plans[] = $work->plan;
            }
            Caches::release();
        }

        return $plans;
    }

    /**
     * Plans these families anew and carries the plans out.
     *
     * With hashes, only where the plan is still the one a person has seen; the others come back as
     * they would be now, to be shown again.
     *
     * @param SyncContext                $context    A run of its own with a fence.
     * @param string[]                   $familyKeys
     * @param array<string, string>|null $hashes     Hash by family key; null: whatever the plan is.
     * @param Budget|null                $budget     The rest of the request by default.
     * @param array<string, bool>        $more       What else is asked of the rules: `repair`.
     *
     * @return array{applied: string[], changed: array<int, array<string, mixed>>, left: string[], counts: array<string, int>}
     *         `left` are those there was no time for; at least one family is done.
     *
     * @throws \Dongbo\Lanes\FenceLost When another worker has taken over.
     */
    public static function apply(SyncContext $context, array $familyKeys, ?array $hashes, ?Budget $budget = null, array $more = []): array
    {
        $budget = $budget ?? Budget::ofRequest();
        $parts = new Parts($context);
        $result = new SliceResult('');
        $runner = $parts->runner($result);
        $report = ['applied' => [], 'changed' => [], 'left' => self::keys($familyKeys), 'counts' => []];
        while ($report['left'] !== []) {
            $keys = array_slice($report['left'], 0, self::AT_ONCE);
            $works = [];
            foreach ($parts->planner->plan($parts->families->gather($keys), ['hash' => true] + $more) as $work) {
                if ($hashes === null || ($hashes[$work->family->key] ?? '') === ($work->plan['hash'] ?? null)) {
                    $works[] = $work;
                } else {
                    $report['changed'][] = $work->plan;
                }
            }
            $undone = array_map([self::class, 'key'], $runner->run($works, $budget));
            $report['applied'] = array_merge($report['applied'], array_values(array_diff(array_map([self::class, 'key'], $works), $undone)));
            $report['left'] = array_merge($undone, array_slice($report['left'], count($keys)));
            Caches::release();
            if ($budget->spent()) {
                break;
            }
        }
        $runner->close(true);

        return ['counts' => $result->counts()] + $report;
    }

    private static function key(Work $work): string
    {
        return $work->family->key;
    }

    /**
     * @param string[] $keys
     *
     * @return string[]
     */
    private static function keys(array $keys): array
    {
        return array_values(array_unique(array_map('strval', $keys)));
    }
}

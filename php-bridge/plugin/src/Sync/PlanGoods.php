<?php

declare(strict_types=1);

namespace Dongbo\Sync;

use Dongbo\Lanes\Budget;
use Dongbo\Shop\Caches;
use Dongbo\Tables\Families as FamilyTable;
use Dongbo\Tables\Touched;

/**
 * Brings goods into step, a slice at a time: walks the mirror's families in order of their keys,
 * plans those whose input has changed and carries the plans out.
 */
final class PlanGoods
{
    /** Families and rows gathered and planned at once. */
    private const FAMILIES = 60;
    private const ROWS = 60;

    private SyncContext $context;
    private Parts $parts;

    private function __construct(SyncContext $context)
    {
        $this->context = $context;
        $this->parts = new Parts($context);
    }

    /**
     * Plans and applies families behind the cursor until the budget is spent; at least one batch.
     *
     * @param SyncContext $context The run.
     * @param Budget      $budget  How long and with how much memory.
     * @param string      $cursor  '' at the start, then the last result's cursor.
     * @param string[]|null $only  Sorted keys of the families to visit ({@see Stopper}); null: all.
     *
     * @throws \Dongbo\Lanes\FenceLost When another worker has taken over.
     */
    public static function slice(SyncContext $context, Budget $budget, string $cursor, ?array $only = null): SliceResult
    {
        return (new self($context))->walk($budget, $cursor, $only);
    }

    /**
     * Plans families behind the cursor and writes nothing.
     *
     * @param SyncContext $context Its fence is not used.
     * @param string      $cursor  '' at the start, then the last plan's key.
     * @param int         $limit   How many plans at most.
     *
     * @return array<int, array<string, mixed>> FamilyPlan records (src/plan/goods.rs) of families whose
     *                                          input has changed; none when there are no more.
     */
    public static function preview(SyncContext $context, string $cursor, int $limit): array
    {
        $self = new self($context);
        $plans = [];
        while (count($plans) < $limit) {
            $keys = array_map('strval', array_keys($self->parts->mirror->keysAfter($cursor, self::FAMILIES, self::ROWS)));
            if ($keys === []) {
                break;
            }
            foreach ($self->parts->planner->plan($self->due($self->parts->families->gather($keys))) as $work) {
                $plans[] = $work->plan;
            }
            $cursor = end($keys);
            Caches::release();
        }

        return array_slice($plans, 0, $limit);
    }

    /** @param string[]|null $only */
    private function walk(Budget $budget, string $cursor, ?array $only): SliceResult
    {
        $result = new SliceResult($cursor);
        $runner = $this->parts->runner($result);
        do {
            $keys = $this->next($result->cursor, $only);
            if ($keys === []) {
                $result->done = true;
                break;
            }
            $families = $this->parts->families->gather($keys);
            $changed = $this->due($families);
            $left = $runner->run($this->parts->planner->plan($changed), $budget);
            $passed = $left === [] ? $keys : array_slice($keys, 0, (int) array_search($left[0]->family->key, $keys, true));
            foreach (array_diff_key(array_intersect_key($families, array_flip($passed)), $changed) as $family) {
                $result->unchanged += $family->rows();
                $result->rows += $family->rows();
            }
            $result->cursor = $passed === [] ? $result->cursor : end($passed);
            Caches::release();
        } while (!$budget->spent());
        $runner->close($result->done);

        return $result;
    }

    /**
     * Families whose input is not what it was when they were last in step, or that a date makes due.
     *
     * @param array<string, Gathered>                                                  $families
     * @param array<string, array{digest: string, due: int|null, rules: string}> $stored
     *
     * @return array<string, Gathered>
     */
    public static function changed(array $families, array $stored, int $now): array
    {
        return array_filter($families, static function (Gathered $family) use ($stored, $now): bool {
            $last = $stored[$family->key] ?? null;

            return $last === null || $last['digest'] !== $family->digest || self::isDue($last['due'], $now);
        });
    }

    /**
     * Whether a date makes a family due. One that could not be brought into step and is let alone for
     * a while ({@see Touched::AGAIN_MS}) is due for every run that comes past it: only by itself it waits.
     */
    public static function isDue(?int $due, int $now): bool
    {
        return $due !== null && $due <= $now + Touched::AGAIN_MS;
    }

    /**
     * @param array<string, Gathered> $families
     *
     * @return array<string, Gathered>
     */
    private function due(array $families): array
    {
        $stored = FamilyTable::of($this->context->connectionId(), array_map('strval', array_keys($families)));

        return self::changed($families, $stored, $this->context->now());
    }

    /**
     * The next families to look at.
     *
     * @param string[]|null $only Sorted keys; null: every family of the mirror.
     *
     * @return string[]
     */
    private function next(string $cursor, ?array $only): array
    {
        if ($only === null) {
            return array_map('strval', array_keys($this->parts->mirror->keysAfter($cursor, self::FAMILIES, self::ROWS)));
        }
        $ahead = [];
        foreach ($only as $key) {
            if (strcmp($key, $cursor) > 0) {
                $ahead[] = $key;
                if (count($ahead) === self::FAMILIES) {
                    break;
                }
            }
        }

        return array_map('strval', array_keys($this->parts->mirror->sizes($ahead, self::ROWS)));
    }
}

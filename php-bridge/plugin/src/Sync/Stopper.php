<?php

declare(strict_types=1);

namespace Dongbo\Sync;

use Dongbo\Lanes\Budget;
use Dongbo\Shop\Caches;
use Dongbo\Tables\Families as FamilyTable;
use Dongbo\Tables\Links;
use Dongbo\Tables\Runs;

/**
 * Looks at everything a run would do before its first write, and asks when it is too much
 * (product.md D4). What is too much is decided by the rules (src/stopper.rs).
 *
 * ```text
 * walk all families ─ changed? ─ plan and count ─▶ sums ─ judge ─┬─ go: the changed ones are written
 *                                                               └─ stop: the run waits for a person
 * ```
 *
 * The walk also finds out which families there is anything to do for, so that the writing that
 * follows visits only those: where nothing has changed, this is the only walk. Families without a
 * link and without a product in the shop take nothing away and are not planned twice.
 *
 * For runs that follow notifications and changes, what such runs did in the last 24 hours counts
 * with it: many small steps are as bad as a great one. Each run hands that sum on to the next.
 *
 * @phpstan-type State array{cursor?: string, shared?: string|null, rows?: int, counts?: array<string, int>, done?: bool, go?: bool, window?: array<int|string, array<string, int>>}
 */
final class Stopper
{
    private const FAMILIES = 80;
    private const ROWS = 80;
    private const HOUR = 3600000;
    private const HOURS = 24;

    /** What is added up. */
    private const COUNTS = ['zeros', 'prices', 'changed'];

    private SyncContext $context;
    private Parts $parts;

    /** @var array<string, mixed> State: kept with the run between slices. */
    private array $state;

    /** @var (callable(string, int): string[])|null The next of the chosen families after a cursor; null: all. */
    private $chosen;

    /**
     * @param array<string, mixed> $state What the last slice left, empty at the start.
     * @param callable|null        $chosen `fn(string $cursor, int $limit): string[]` in order of the keys; every family by default.
     */
    public function __construct(SyncContext $context, array $state, ?callable $chosen = null)
    {
        $this->context = $context;
        $this->parts = new Parts($context);
        $this->chosen = $chosen;
        $this->state = $state + ['cursor' => '', 'counts' => array_fill_keys(self::COUNTS, 0) + ['linked' => 0], 'done' => false];
    }

    /** @return array<string, mixed> To be kept with the run. */
    public function state(): array
    {
        return $this->state;
    }

    /**
     * Counts until the budget is spent; at least one batch.
     *
     * @return array{changed: string[], rows: int} Keys of families there is something to do for, and
     *                                             how many rows have nothing to be done.
     */
    public function count(Budget $budget): array
    {
        $prints = $this->chosen === null ? Prints::ofAll($this->context, $this->parts->families) : null;
        $due = $prints === null ? ['look' => [], 'rows' => 0, 'shared' => null] : $prints->due();
        $ahead = $this->ahead($due['look']);
        $changed = [];
        $rows = 0;
        if ($this->state['cursor'] === '') {
            // Those that need no look are passed at once. What is shared is what it was before the
            // first look: what changes while the others are looked at is for the next run.
            $rows = $due['rows'];
            $this->state['shared'] = $due['shared'];
        }
        while (!$this->state['done']) {
            $keys = $this->chosen === null ? self::batch($ahead) : ($this->chosen)($this->state['cursor'], self::FAMILIES);
            if ($keys === []) {
                $this->state['done'] = true;
                if (($this->state['shared'] ?? null) !== null) {
                    Prints::keepShared($this->context->connectionId(), $this->state['shared']);
                }
                break;
            }
            if ($prints !== null) {
                $prints->before($keys);
            }
            $gathered = $this->parts->families->gather($keys);
            $stored = FamilyTable::of($this->context->connectionId(), $keys);
            $other = PlanGoods::changed($gathered, $stored, $this->context->now());
            $same = array_diff_key($gathered, $other);
            foreach ($same as $family) {
                $rows += $family->rows();
            }
            if ($prints !== null) {
                $prints->keep($same);
            }
            $this->add($other, $stored);
            $changed = array_merge($changed, array_map('strval', array_keys($other)));
            $this->state['cursor'] = end($keys);
            $ahead = array_slice($ahead, count($keys), null, true);
            Caches::release();
            if ($budget->spent()) {
                break;
            }
        }

        return ['changed' => $changed, 'rows' => $rows];
    }

    /**
     * @param array<string, int> $families Rows by key, in order.
     *
     * @return array<string, int> Those behind the cursor.
     */
    private function ahead(array $families): array
    {
        return array_filter($families, function ($key): bool {
            return strcmp((string) $key, $this->state['cursor']) > 0;
        }, ARRAY_FILTER_USE_KEY);
    }

    /**
     * @param array<string, int> $families Rows by key.
     *
     * @return string[] The first of them, as many as are looked at together.
     */
    private static function batch(array $families): array
    {
        $keys = [];
        $rows = 0;
        foreach ($families as $key => $count) {
            $rows += $count;
            if ($keys !== [] && ($rows > self::ROWS || count($keys) === self::FAMILIES)) {
                break;
            }
            $keys[] = (string) $key;
        }

        return $keys;
    }

    /**
     * Whether the run may write, once everything is counted.
     *
     * @param string $kind     The run's kind: a full run is judged by itself.
     * @param bool   $accepted A person has seen it and said yes.
     *
     * @return array{go: bool, reasons: array<int, array<string, mixed>>} A Judgement record.
     */
    public function judge(string $kind, bool $accepted): array
    {
        $window = $accepted ? [] : ($this->state['window'] ?? self::recent($this->context));
        $counts = $this->state['counts'];
        $counts['linked'] += Links::count($this->context->connectionId());
        $ruled = $this->state['ruled'] ?? 0;
        $judged = $this->context->rules('judge', [
            'settings' => $this->context->settings(),
            'counts' => ['changed' => $ruled] + $counts,
            'window' => $kind === 'full' ? [] : self::sum($window),
            'rules_changed' => $ruled > 0,
            'accepted' => $accepted,
        ]) + ['reasons' => []];
        $this->state['go'] = $judged['go'];
        if ($judged['go']) {
            $now = (string) intdiv($this->context->now(), self::HOUR);
            if ($kind !== 'full' && $counts['zeros'] + $counts['prices'] > 0 && !$accepted) {
                $window[$now] = self::sum([$window[$now] ?? [], $counts]);
            }
            $this->state['window'] = $window;
        }

        return $judged;
    }

    /**
     * @param array<string, Gathered>                                                  $families
     * @param array<string, array{digest: string, due: int|null, rules: string}> $stored
     */
    private function add(array $families, array $stored): void
    {
        $concerned = array_filter($families, static function (Gathered $family): bool {
            return $family->links !== [] || $family->input['shop'] !== [];
        });
        $rules = substr($this->context->rulesVersion(), 0, 20);
        foreach ($this->parts->planner->plan($concerned, ['count' => true]) as $work) {
            $counts = $work->plan['counts'] ?? [];
            foreach (self::COUNTS as $name) {
                $this->state['counts'][$name] += $counts[$name] ?? 0;
            }
            // Those linked already are counted in one statement for all families.
            $this->state['counts']['linked'] += max(0, ($counts['linked'] ?? 0) - $work->family->activeLinks());
            $last = $stored[$work->family->key]['rules'] ?? $rules;
            if ($last !== $rules) {
                $this->state['ruled'] = ($this->state['ruled'] ?? 0) + ($counts['changed'] ?? 0);
            }
        }
    }

    /**
     * What the runs of the last 24 hours did, by the hour.
     *
     * @return array<int|string, array<string, int>>
     */
    private static function recent(SyncContext $context): array
    {
        $window = [];
        foreach (Runs::before($context->connectionId(), $context->runId()) as $summary) {
            if (isset($summary['stopper']['window'])) {
                $window = $summary['stopper']['window'];
                break;
            }
        }
        $first = intdiv($context->now(), self::HOUR) - self::HOURS;

        return array_filter($window, static function ($hour) use ($first): bool {
            return (int) $hour > $first;
        }, ARRAY_FILTER_USE_KEY);
    }

    /**
     * @param array<int|string, array<string, int>> $parts
     *
     * @return array{zeros: int, prices: int}
     */
    private static function sum(array $parts): array
    {
        return ['zeros' => (int) array_sum(array_column($parts, 'zeros')), 'prices' => (int) array_sum(array_column($parts, 'prices'))];
    }
}

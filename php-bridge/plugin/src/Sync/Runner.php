<?php

declare(strict_types=1);

namespace Dongbo\Sync;

use Dongbo\Lanes\Budget;
use Dongbo\Lanes\Commit;
use Dongbo\Lanes\TransactionLost;
use Dongbo\Shop\Caches;
use Dongbo\Shop\Debts;
use Dongbo\Shop\Reader;

/**
 * Carries plans out in short transactions, and gives none up because a transaction was lost.
 *
 * | try | how | when |
 * |---|---|---|
 * | 1 | up to 100 rows or 1 s of several families in one transaction | always |
 * | 2 | the family alone, planned again, in a transaction of its own | it was lost, or the shop had changed meanwhile |
 * | 3 | the family alone, planned again, row by row without claiming a transaction | again; and always where the shop's tables know none |
 * | – | an issue by name, the next run tries again | even that did not finish it |
 *
 * After a slice that was cut families go alone from the first try ({@see Deadly}).
 *
 * In the third way every product is linked right after it was saved; a worker killed in between
 * finds it by its origin. Doubles are prevented by origins and links, not by transactions.
 */
final class Runner
{
    private const ROWS = 50;
    private const SECONDS = 1.0;

    private SyncContext $context;
    private Families $families;
    private Planner $planner;
    private Reader $reader;
    private Applier $applier;
    private Settlement $settlement;
    private SliceResult $result;
    private bool $claims;

    public function __construct(
        SyncContext $context,
        Families $families,
        Planner $planner,
        Reader $reader,
        Applier $applier,
        SliceResult $result,
        bool $claims
    ) {
        $this->context = $context;
        $this->families = $families;
        $this->planner = $planner;
        $this->reader = $reader;
        $this->applier = $applier;
        $this->settlement = new Settlement($context, $families, $reader);
        $this->result = $result;
        $this->claims = $claims;
    }

    /**
     * Carries plans out in order until the budget is spent; at least one transaction's worth.
     *
     * @param Work[] $works
     *
     * @return Work[] Those not finished; the first may be half done.
     *
     * @throws \Dongbo\Lanes\FenceLost Another worker owns the run.
     */
    public function run(array $works, Budget $budget): array
    {
        try {
            return $this->carryOut($works, $budget);
        } catch (\Throwable $trouble) {
            Debts::end();
            throw $trouble;
        }
    }

    /**
     * Makes up for what was put off; to be called when the plans at hand were carried out.
     *
     * @param bool $done No more plans will follow; else only what has waited for a while is made up for.
     *
     * @throws \Dongbo\Lanes\FenceLost Another worker owns the run.
     */
    public function close(bool $done): void
    {
        if ($done || Debts::due()) {
            Debts::pay($this->context->connectionId(), $this->context->fence());
        }
    }

    /**
     * @param Work[] $works
     *
     * @return Work[]
     */
    private function carryOut(array $works, Budget $budget): array
    {
        $this->applier->prepare($works);
        while ($works !== []) {
            $deadly = $this->context->deadly();
            if ($deadly !== null) {
                $again = $this->watched(array_shift($works), $deadly);
            } elseif ($this->claims) {
                $again = $this->together($works);
            } else {
                $again = $this->single(array_shift($works));
            }
            foreach ($again as $work) {
                $this->alone($work);
            }
            Caches::release();
            if ($budget->spent()) {
                break;
            }
        }

        return $works;
    }

    /**
     * One family by itself, unless writing it ends PHP.
     *
     * @return Work[] It, if it has to be done again.
     */
    private function watched(Work $work, Deadly $deadly): array
    {
        if ($deadly->is($work->family->key)) {
            $this->giveUp($work, 'write-deadly');

            return [];
        }
        $deadly->tries($work->family->key);
        try {
            return $this->single($work);
        } finally {
            $deadly->passed();
        }
    }

    /** @return Work[] It, if it has to be done again. */
    private function single(Work $work): array
    {
        return ($this->claims ? $this->claimed($work) : $this->unclaimed($work)) ? [] : [$work];
    }

    /**
     * One transaction over the first works; takes what it finished off the list.
     *
     * @param Work[] $works
     *
     * @return Work[] Those to be done again, alone.
     */
    private function together(array &$works): array
    {
        $tally = new SliceResult('');
        $touched = [];
        try {
            $batch = new Batch($this->context->fence());
        } catch (TransactionLost $lost) {
            return $this->takeFirst($works);
        }
        try {
            $ahead = self::ahead($works);
            $fresh = $this->reader->byIds(array_map('intval', array_column($ahead, 'shop_id')));
            $batch->expectBarcodes(self::barcodes($ahead));
            $left = $works;
            foreach ($works as $work) {
                $touched[] = $work;
                if (!$this->operations($work, $fresh, $batch, $tally)) {
                    break;
                }
                array_shift($left);
                if (!$work->stale) {
                    $batch->finished[] = $work;
                }
            }
            $batch->ids = array_merge($batch->ids, $this->settlement->parents($batch->outcomes));
            $batch->settleDebts($this->context->connectionId());
            $this->settlement->outcomes($batch->outcomes);
            $this->settlement->finish($batch->finished);
            $batch->commit();
        } catch (TransactionLost $lost) {
            $batch->rollBack();
            $this->applier->forget();
            self::log($lost);
            array_splice($works, 0, max(1, count($touched)));

            return $touched === [] ? [] : $touched;
        } catch (\Throwable $trouble) {
            $batch->rollBack();
            throw $trouble;
        }
        $works = $left;
        $this->count($tally, $batch->finished);

        return array_values(array_filter($touched, static function (Work $work): bool {
            return $work->stale;
        }));
    }

    /**
     * The operations of one work, as far as the transaction has room.
     *
     * @param array<int, array<string, mixed>> $fresh
     *
     * @return bool The work is through, or stale.
     */
    private function operations(Work $work, array $fresh, Batch $batch, SliceResult $tally): bool
    {
        while (($step = $work->step()) !== []) {
            if ($batch->rows >= self::ROWS || ($batch->rows > 0 && $batch->seconds() > self::SECONDS)) {
                return false;
            }
            $work->next += count($step);
            if (!Outcome::writes($step[0])) {
                self::tally($tally, $step[0]);
                continue;
            }
            $batch->rows += count($step);
            foreach ($step as $operation) {
                $batch->ids[] = (int) ($operation['shop_id'] ?? 0);
            }
            try {
                $outcomes = $this->applier->together($work, $step, $fresh, $batch->transaction);
            } catch (Stale $stale) {
                $work->stale = true;

                return true;
            }
            if ($outcomes === []) {
                $tally->failed++;
                continue;
            }
            foreach ($outcomes as $outcome) {
                $batch->ids[] = $outcome->shopId;
                $batch->outcomes[] = $outcome;
                self::tally($tally, $outcome->operation);
            }
        }

        return true;
    }

    /** A family again from its beginning: gathered, planned and written by itself. */
    private function alone(Work $work): void
    {
        for ($try = 2; $try <= 4; $try++) {
            $next = $this->planned($work);
            if ($next === null) {
                return;
            }
            $work = $next;
            $this->applier->prepare([$work]);
            $claims = $this->claims && $try === 2;
            if ($claims ? $this->claimed($work) : $this->unclaimed($work)) {
                return;
            }
        }
        $this->giveUp($work, $work->stale ? 'changed-meanwhile' : 'write-lost');
    }

    /** The family's plan made anew; null when it has left the mirror. */
    private function planned(Work $work): ?Work
    {
        Caches::release();
        $this->applier->forget();

        return $this->planner->plan($this->families->gather([$work->family->key]))[0] ?? null;
    }

    private function claimed(Work $work): bool
    {
        $works = [$work];
        while ($works !== []) {
            if ($this->together($works) !== []) {
                return false;
            }
        }

        return true;
    }

    /**
     * Row by row, each linked before the next one is touched.
     *
     * @return bool False when the shop was not what the plan saw, or a statement failed.
     */
    private function unclaimed(Work $work): bool
    {
        $fence = $this->context->fence();
        $tally = new SliceResult('');
        $failed = false;
        Debts::end();
        while (($step = $work->step()) !== []) {
            $work->next += count($step);
            if (!Outcome::writes($step[0])) {
                self::tally($tally, $step[0]);
                continue;
            }
            // Nothing is written for a run that is another worker's by now.
            Commit::run($fence, static function (): void {
            });
            try {
                $failed = $this->rows($work, $step, $tally) || $failed;
            } catch (Stale $stale) {
                $work->stale = true;

                return false;
            }
        }
        try {
            Commit::run($fence, function () use ($work): void {
                $this->settlement->finish([$work]);
            });
        } catch (TransactionLost $lost) {
            self::log($lost);

            return false;
        }
        $this->count($tally, [$work]);

        return true;
    }

    /**
     * One step where no transaction is claimed.
     *
     * @param array<int, array<string, mixed>> $step
     *
     * @return bool A statement failed.
     */
    private function rows(Work $work, array $step, SliceResult $tally): bool
    {
        $fresh = $this->reader->byIds(array_map('intval', array_column($step, 'shop_id')));
        $outcomes = [];
        $suspect = ErrorWatch::during(function () use ($work, $step, $fresh, &$outcomes): void {
            $outcomes = $this->applier->together($work, $step, $fresh, null);
            $this->settlement->parents($outcomes);
        });
        if (count($outcomes) < count($step)) {
            $tally->failed++;
        }
        if ($outcomes === []) {
            return $suspect;
        }
        Commit::run($this->context->fence(), function () use ($outcomes, $suspect): void {
            $this->settlement->outcomes($outcomes, $suspect);
        });
        Caches::committed(array_map(static function (Outcome $outcome): int {
            return $outcome->shopId;
        }, $outcomes));
        foreach ($outcomes as $outcome) {
            self::tally($tally, $outcome->operation);
        }

        return $suspect;
    }

    /** Named, and left to the next run. */
    private function giveUp(Work $work, string $code): void
    {
        $good = $work->family->input['goods'][0] ?? [];
        $work->issue([
            'remote_kind' => 'good',
            'remote_id' => (string) ($good['id'] ?? $work->family->key),
            'label' => trim(($good['code'] ?? '') . ' ' . ($good['full_name'] ?? $good['name'] ?? '')),
        ], $code, []);
        $work->retry = true;
        Commit::run($this->context->fence(), function () use ($work): void {
            $this->settlement->finish([$work]);
        });
        $this->result->failed++;
        $this->result->rows += $work->family->rows();
    }

    /**
     * @param Work[] $works
     *
     * @return Work[]
     */
    private function takeFirst(array &$works): array
    {
        return [array_shift($works)];
    }

    /** @param Work[] $finished */
    private function count(SliceResult $tally, array $finished): void
    {
        foreach ($tally->counts() as $name => $count) {
            $this->result->$name += $count;
        }
        foreach ($finished as $work) {
            $this->result->rows += $work->family->rows();
        }
    }

    /** @param array<string, mixed> $operation */
    private static function tally(SliceResult $tally, array $operation): void
    {
        $names = ['create' => 'created', 'update' => 'updated', 'convert' => 'updated', 'release' => 'updated', 'link' => 'linked', 'unlink' => 'unlinked', 'skip' => 'skipped', 'review' => 'review'];
        $name = $names[$operation['kind']];
        $tally->$name++;
    }

    /**
     * The operations the next transaction can reach.
     *
     * @param Work[] $works
     *
     * @return array<int, array<string, mixed>>
     */
    private static function ahead(array $works): array
    {
        $ahead = [];
        $rows = 0;
        foreach ($works as $work) {
            foreach ($work->rest() as $operation) {
                $ahead[] = $operation;
                $rows += Outcome::writes($operation) ? 1 : 0;
                if ($rows > self::ROWS) {
                    return $ahead;
                }
            }
        }

        return $ahead;
    }

    /**
     * @param array<int, array<string, mixed>> $operations
     *
     * @return string[]
     */
    private static function barcodes(array $operations): array
    {
        $barcodes = [];
        foreach ($operations as $operation) {
            foreach ($operation['changes'] ?? [] as $change) {
                if ($change['field'] === 'barcode' && ($change['after'] ?? '') !== '') {
                    $barcodes[] = (string) $change['after'];
                }
            }
        }

        return $barcodes;
    }

    private static function log(TransactionLost $lost): void
    {
        if (function_exists('wc_get_logger')) {
            wc_get_logger()->warning('transaction lost, trying again: ' . $lost->getMessage(), ['source' => 'dongbo']);
        }
    }
}

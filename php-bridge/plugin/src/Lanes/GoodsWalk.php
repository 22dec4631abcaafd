<?php

declare(strict_types=1);

namespace Dongbo\Lanes;

use Dongbo\Sync\PlanGoods;
use Dongbo\Sync\Stopper;
use Dongbo\Sync\SyncContext;
use Dongbo\Tables\Goods;
use Dongbo\Tables\Issues;
use Dongbo\Tables\Runs;
use Dongbo\Tables\Seen;
use Dongbo\Tables\Touched;

/** A run's way over the families of the mirror: counted first, asked about when it is too much, then written. */
final class GoodsWalk
{
    /** Seconds between two looks at how far the planning is. */
    private const PART = 3.0;

    /** The name under which the families there is something to do for are kept among the ids a run has met. */
    private const CHANGED = 'changed';

    private RunRecord $record;
    private SyncContext $context;
    private Fence $fence;
    private Budget $budget;
    private Buffer $buffer;

    public function __construct(RunRecord $record, SyncContext $context, Fence $fence, Budget $budget, Buffer $buffer)
    {
        $this->record = $record;
        $this->context = $context;
        $this->fence = $fence;
        $this->budget = $budget;
        $this->buffer = $buffer;
    }

    /**
     * Plans in parts, so that people see how far it is and a killed worker repeats little.
     *
     * @param bool $touched Only the families that something arrived for, or that a date makes due.
     * @return bool Every family was planned.
     */
    public function goods(bool $touched): bool
    {
        $this->record->saveRows();
        $this->record->row['total'] = $touched ? 0 : Goods::count($this->context->connectionId());
        // The walk plans what arrived before it began, whatever touched it.
        if (!isset($this->record->summary['walk'])) {
            Touched::combos($this->context->connectionId());
            $this->record->summary['walk'] = $this->context->now();
        }
        if (!$this->mayWrite($touched)) {
            return false;
        }
        $changed = array_map('strval', array_keys(Seen::ids($this->record->row['id'], self::CHANGED, '')));
        sort($changed, SORT_STRING);
        // What is done of families that go one by one is stored one by one: the next may end the process.
        $part = $this->context->deadly() === null ? self::PART : 0.0;
        do {
            $result = PlanGoods::slice($this->context, $this->budget->part($part), $this->record->row['cursor_key'], $changed);
            $this->record->row['cursor_key'] = $result->cursor;
            $this->record->row['done'] += $result->rows;
            $counts = $result->counts();
            $this->record->count($counts);
            // Where nothing was written there is nothing to be repeated either.
            if (!$result->done && array_sum($counts) > $counts['unchanged'] && !$this->budget->spent()) {
                $this->record->save([]);
            }
            $this->arrived(false);
        } while (!$result->done && !$this->budget->spent());
        if ($result->done) {
            Touched::allPlanned($this->context->connectionId(), (int) $this->record->summary['walk']);
        }

        return $result->done;
    }

    /**
     * Everything is counted before the first write, and a person is asked when it is too much (D4).
     *
     * @param bool $touched As {@see goods}.
     * @return bool False while counting goes on, and when somebody has to say yes.
     */
    private function mayWrite(bool $touched): bool
    {
        $state = $this->record->summary['stopper'] ?? [];
        if ($state['go'] ?? false) {
            return true;
        }
        $id = $this->context->connectionId();
        $until = (int) $this->record->summary['walk'];
        $after = static function (string $cursor, int $limit) use ($id, $until): array {
            return Touched::after($id, $cursor, false, $until, $until, $limit);
        };
        $stopper = new Stopper($this->context, $state, $touched ? $after : null);
        $found = $stopper->count($this->budget);
        $this->buffer->see(self::CHANGED, '', $found['changed']);
        $this->record->row['done'] += $found['rows'];
        $this->record->summary['counts']['unchanged'] = ($this->record->summary['counts']['unchanged'] ?? 0) + $found['rows'];
        $go = false;
        if ($stopper->state()['done']) {
            $judged = $stopper->judge($this->record->row['kind'], !empty($this->record->summary['accepted']));
            $go = $judged['go'];
            $this->ask($judged['reasons']);
        }
        $this->record->summary['stopper'] = $stopper->state();
        if ($found['changed'] !== [] || !$go) {
            $this->record->save([]);
        }

        return $go;
    }

    /**
     * The run waits until somebody accepts or cancels it; without reasons it need not.
     *
     * @param array<int, array<string, mixed>> $reasons
     */
    private function ask(array $reasons): void
    {
        $item = ['kind' => 'run', 'id' => 'stopper', 'label' => ''];
        $issues = [];
        foreach ($reasons as $reason) {
            $issues[] = ['code' => $reason['code'], 'params' => $reason['params'] ?? [], 'item' => $item, 'severity' => 'stop'];
        }
        if ($issues !== [] || Issues::open($this->context->connectionId(), 'run')) {
            Commit::run($this->fence, function () use ($issues): void {
                Issues::report($this->context, $issues, 'plan');
                Issues::close($this->context, ['stopper'], $issues, ['run']);
            });
        }
        if ($reasons !== []) {
            $this->record->until = Runs::FOR_A_PERSON;
            $this->record->summary = ['asked' => $reasons[0]['code'], 'code' => $reasons[0]['code'], 'params' => $reasons[0]['params'] ?? []] + $this->record->summary;
        }
    }

    /** What notifications brought and what a date made due, while the run itself waits or reads. */
    public function arrived(bool $dates = true): void
    {
        $this->record->count((new Arrived($this->context, $this->budget->part(self::PART)))->plan($this->record->summary, $dates));
    }
}

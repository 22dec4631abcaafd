<?php

declare(strict_types=1);

namespace Dongbo\Lanes;

use Dongbo\Sync\PlanGoods;
use Dongbo\Sync\Stopper;
use Dongbo\Sync\SyncContext;
use Dongbo\Tables\ListReads;
use Dongbo\Tables\Touched;

/**
 * Plans what notifications brought and what a date made due in the middle of a run that waits or
 * reads, so that stock sold in the shop does not wait for the end of a long sweep. Under that run's
 * fence: goods have one writer at a time.
 *
 * What a run is reading itself is left to its own plan, and before the first full run has read every
 * good nothing is planned, because families are not whole.
 */
final class Arrived
{
    /** Families looked at in one go. */
    private const MOST = 400;

    private SyncContext $context;
    private Budget $budget;

    public function __construct(SyncContext $context, Budget $budget)
    {
        $this->context = $context;
        $this->budget = $budget;
    }

    /**
     * @param array<string, mixed> $summary The run's; what was counted for the stopper is kept in it (D4).
     * @param bool                 $dates   What a date makes due too; a run that walks all families comes to them itself.
     * @return array<string, int> What was done.
     */
    public function plan(array &$summary, bool $dates): array
    {
        $id = $this->context->connectionId();
        if (ListReads::at($id, 'goods') === 0 || !Touched::waiting($id, $this->context->now())) {
            return [];
        }
        Touched::combos($id);
        $began = $this->context->now();
        $keys = Touched::after($id, '', true, $began, $dates ? $began : 0, self::MOST);
        if ($keys === []) {
            return [];
        }
        $stopper = new Stopper(
            $this->context,
            array_intersect_key($summary['stopper'] ?? [], ['window' => true]),
            static function (string $cursor, int $limit) use ($keys): array {
                $rest = array_filter($keys, static function (string $key) use ($cursor): bool {
                    return strcmp($key, $cursor) > 0;
                });

                return array_slice(array_values($rest), 0, $limit);
            }
        );
        $changed = $this->count($stopper);
        if (!$stopper->judge('touched', !empty($summary['accepted']))['go']) {
            // The next run counts them again, and asks.
            Touched::hold($id, $keys);

            return [];
        }
        $summary['stopper'] = ['window' => $stopper->state()['window'] ?? []] + ($summary['stopper'] ?? []);

        return $this->write($keys, $changed, $began);
    }

    /** @return string[] The families there is something to do for. */
    private function count(Stopper $stopper): array
    {
        $changed = [];
        do {
            $changed = array_merge($changed, $stopper->count($this->budget)['changed']);
        } while (!$stopper->state()['done']);
        sort($changed, SORT_STRING);

        return $changed;
    }

    /**
     * @param string[] $keys
     * @param string[] $changed
     * @return array<string, int>
     */
    private function write(array $keys, array $changed, int $began): array
    {
        $counts = [];
        $cursor = '';
        do {
            $result = PlanGoods::slice($this->context, $this->budget, $cursor, $changed);
            $cursor = $result->cursor;
            foreach ($result->counts() as $name => $count) {
                $counts[$name] = ($counts[$name] ?? 0) + $count;
            }
        } while (!$result->done && !$this->budget->spent());
        $done = $result->done ? $keys : array_filter($keys, static function (string $key) use ($cursor): bool {
            return strcmp($key, $cursor) <= 0;
        });
        Touched::planned($this->context->connectionId(), array_values($done), $began);

        return $counts;
    }
}

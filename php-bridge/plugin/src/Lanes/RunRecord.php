<?php

declare(strict_types=1);

namespace Dongbo\Lanes;

use Dongbo\Sync\SyncContext;
use Dongbo\Tables\Issues;
use Dongbo\Tables\OpenIssues;
use Dongbo\Tables\Runs;

/** A run as a slice works on it: what it read, found and counted, stored together with where it stands. */
final class RunRecord
{
    /** The name under which marks of issues are kept among the ids a run has met. */
    public const ISSUES = 'issues';

    /** @var array<string, mixed> Columns. */
    public array $row;

    /** @var array<string, mixed> */
    public array $summary;

    /** @var array<string, mixed> The rules' record. */
    public array $state;

    /** Until when the run waits for something else than its own next slice. */
    public ?int $until = null;

    private SyncContext $context;
    private Fence $fence;
    private Buffer $buffer;
    private Counters $counters;

    /** @var array<int, array<string, mixed>> Found and not yet stored. */
    private array $issues = [];

    private float $saved;

    /** @param array<string, mixed> $row */
    public function __construct(array $row, SyncContext $context, Fence $fence, Buffer $buffer, Counters $counters)
    {
        $this->row = $row;
        $this->summary = self::summary($row);
        $this->state = $row['state'] ?? [];
        $this->context = $context;
        $this->fence = $fence;
        $this->buffer = $buffer;
        $this->counters = $counters;
        $this->saved = microtime(true);
    }

    /**
     * @param array<string, mixed> $row
     * @return array<string, mixed>
     */
    public static function summary(array $row): array
    {
        return ($row['summary'] ?? []) + ['counts' => [], 'complete' => [], 'began' => []];
    }

    /** How long ago the last commit was. @return float Seconds. */
    public function age(): float
    {
        return microtime(true) - $this->saved;
    }

    /** @param array<string, int> $counts */
    public function count(array $counts): void
    {
        foreach ($counts as $name => $count) {
            $this->summary['counts'][$name] = ($this->summary['counts'][$name] ?? 0) + $count;
        }
    }

    /** @param array<int, array<string, mixed>> $issues */
    public function report(array $issues): void
    {
        array_push($this->issues, ...$issues);
        $this->buffer->see(self::ISSUES, '', array_map([OpenIssues::class, 'mark'], $issues));
    }

    /** The plan reads the mirror: what was read must be there. */
    public function saveRows(): void
    {
        if (!$this->buffer->clean()) {
            $this->save([]);
        }
    }

    /**
     * Rows, issues and state in one commit.
     *
     * @param array<string, mixed> $values Columns beside the run's usual ones.
     */
    public function save(array $values, ?callable $more = null): void
    {
        unset($this->summary['stumbles'], $this->summary['slices']);
        $this->summary['began'] = $this->buffer->begins();
        $columns = $values + [
            'state' => $this->state,
            'phase' => $this->row['phase'],
            'cursor_key' => $this->row['cursor_key'],
            'done' => $this->row['done'],
            'total' => $this->row['total'],
            'summary' => $this->summary,
            'counters' => $this->counters->now(),
        ];
        Commit::run($this->fence, function () use ($columns, $more): void {
            $this->buffer->write();
            Issues::report($this->context, $this->issues);
            if ($more !== null) {
                $more();
            }
            Runs::update($this->row['id'], $columns);
        });
        $this->buffer->written();
        $this->issues = [];
        $this->saved = microtime(true);
    }
}

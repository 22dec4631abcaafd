<?php

declare(strict_types=1);

namespace Dongbo\Lanes;

use Dongbo\Pos\Http;

/** What a run has cost so far: API calls, SQL statements, memory above what the request held, seconds, and those of its longest slice. */
final class Counters
{
    /** @var array<string, int|float> */
    private array $before;

    private Http $http;
    private Budget $budget;
    private int $sql;
    private int $calls;
    private float $start;

    /** @param array<string, int|float>|null $before What earlier slices have cost. */
    public function __construct(?array $before, Http $http, Budget $budget)
    {
        global $wpdb;
        $this->before = ($before ?? []) + ['slices' => 0, 'calls' => 0, 'sql' => 0, 'memory' => 0, 'seconds' => 0, 'longest' => 0];
        $this->http = $http;
        $this->budget = $budget;
        $this->sql = (int) $wpdb->num_queries;
        $this->calls = $http->calls();
        $this->start = microtime(true);
        if (function_exists('memory_reset_peak_usage')) {
            memory_reset_peak_usage();
        }
    }

    /** @return array<string, int|float> */
    public function now(): array
    {
        global $wpdb;

        $seconds = microtime(true) - $this->start;

        return [
            'slices' => $this->before['slices'] + 1,
            'calls' => $this->before['calls'] + $this->http->calls() - $this->calls,
            'sql' => $this->before['sql'] + (int) $wpdb->num_queries - $this->sql,
            'memory' => max($this->before['memory'], memory_get_peak_usage() - $this->budget->heldAtStart()),
            'seconds' => round($this->before['seconds'] + $seconds, 3),
            'longest' => round(max($this->before['longest'], $seconds), 3),
        ];
    }
}

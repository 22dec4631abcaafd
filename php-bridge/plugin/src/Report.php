<?php

declare(strict_types=1);

namespace Dongbo;

use Dongbo\Tables\OpenIssues;

/** A run in words: how far it is, how it ended, what it cost. Plain text: escape on output. */
final class Report
{
    /** @param array<string, mixed> $run */
    public static function progress(array $run): string
    {
        $phase = $run['phase'] === '' ? __('starting', 'dongbo') : Texts::sentence($run['phase']);
        if ($run['total'] > 0) {
            /* translators: 1: what is being done, 2: rows done, 3: rows in all. */
            return sprintf(__('%1$s: %2$d of %3$d', 'dongbo'), $phase, min($run['done'], $run['total']), $run['total']);
        }

        return $phase;
    }

    /** @param array<string, mixed> $run */
    public static function outcome(array $run): string
    {
        $summary = $run['summary'] ?? [];
        if ($run['outcome'] !== 'done') {
            /* translators: %s: the cause and its remedy. */
            return sprintf(__('It did not succeed. %s', 'dongbo'), Texts::both((string) ($summary['code'] ?? 'unknown'), $summary['params'] ?? []));
        }

        return self::counts($summary['counts'] ?? [], OpenIssues::count((int) $run['connection_id']));
    }

    /**
     * @param array<string, int> $counts
     * @param int                $open   Issues in the list: what is named there is not called in step.
     */
    public static function counts(array $counts, int $open): string
    {
        $listed = $open === 0 ? '' : ' ' . sprintf(
            /* translators: %d: number of entries. */
            _n('%d item is listed with its cause.', '%d items are listed with their causes.', $open, 'dongbo'),
            $open
        );
        $counts += ['created' => 0, 'updated' => 0, 'linked' => 0, 'skipped' => 0, 'review' => 0, 'failed' => 0];
        if ($counts['created'] + $counts['updated'] + $counts['linked'] + $counts['review'] + $counts['failed'] === 0) {
            return ($open === 0 ? __('In step: nothing changed.', 'dongbo') : __('Done: nothing changed.', 'dongbo')) . $listed;
        }

        return sprintf(
            /* translators: numbers of products. */
            __('Done: %1$d created, %2$d updated, %3$d linked, %4$d skipped, %5$d for review, %6$d failed.', 'dongbo'),
            $counts['created'],
            $counts['updated'],
            $counts['linked'],
            $counts['skipped'],
            $counts['review'],
            $counts['failed']
        ) . $listed;
    }

    /** @param array<string, mixed> $run */
    public static function cost(array $run): string
    {
        $counters = ($run['counters'] ?? []) + ['slices' => 0, 'calls' => 0, 'sql' => 0, 'memory' => 0, 'seconds' => 0];

        return sprintf(
            /* translators: what a run has cost. */
            __('%1$s s in %2$d slices, %3$d calls to the POS, %4$d SQL statements, at most %5$s MB above what the request held.', 'dongbo'),
            number_format_i18n((float) $counters['seconds'], 1),
            (int) $counters['slices'],
            (int) $counters['calls'],
            (int) $counters['sql'],
            number_format_i18n($counters['memory'] / 1048576, 1)
        );
    }
}

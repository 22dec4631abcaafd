<?php

declare(strict_types=1);

namespace Dongbo\Report;

use Dongbo\Control\Steer;
use Dongbo\Report;
use Dongbo\Tables\Clock;

/** A run the way people see it (`Run` of js/admin/rest.d.ts; product.md H2). */
final class RunView
{
    /** A run that has not moved for so long is stuck; it heals itself (I1). */
    private const STUCK = 900000;

    private const COUNTS = ['created', 'updated', 'linked', 'unlinked', 'skipped', 'review', 'failed', 'unchanged'];
    private const COSTS = ['slices', 'calls', 'sql', 'memory', 'seconds'];

    /**
     * @param array<string, mixed> $run A row of {@see \Dongbo\Tables\Runs}.
     * @return array<string, mixed>
     */
    public static function of(array $run): array
    {
        $summary = $run['summary'] ?? [];
        $open = $run['ended'] === null;
        $state = self::state($run);
        [$rate, $left] = $state === 'running' ? self::pace($run) : [0.0, null];

        return [
            'id' => $run['id'],
            'lane' => (string) $run['lane'],
            'kind' => (string) $run['kind'],
            'state' => $state,
            'phase' => $run['phase'] === '' ? '' : Said::of((string) $run['phase'])['sentence'],
            'item' => (string) ($summary['item'] ?? ''),
            'done' => $run['done'],
            'total' => $run['total'],
            'rate' => $rate,
            'eta' => $left,
            'started' => $run['started'],
            'changed' => $run['changed'],
            'ended' => $run['ended'],
            'wait_until' => $state === 'waiting' ? $run['wait_until'] : null,
            'counts' => self::numbers($summary['counts'] ?? [], self::COUNTS),
            'cost' => self::numbers($run['counters'] ?? [], self::COSTS),
            'cause' => isset($summary['code']) && $state !== 'done' ? Said::of((string) $summary['code'], $summary['params'] ?? []) : null,
            'words' => $open ? Report::progress($run) : Report::outcome($run),
        ];
    }

    /** @param array<string, mixed> $run */
    private static function state(array $run): string
    {
        if ($run['ended'] !== null) {
            return in_array($run['outcome'], ['done', 'cancelled'], true) ? $run['outcome'] : 'failed';
        }
        $asked = (string) ($run['summary']['asked'] ?? '');
        if ($asked !== '') {
            return 'asked';
        }
        if (Steer::isPaused($run)) {
            return 'paused';
        }
        if ($run['wait_until'] !== null && $run['wait_until'] > Clock::now()) {
            return 'waiting';
        }

        return Clock::now() - $run['changed'] > self::STUCK ? 'stuck' : 'running';
    }

    /**
     * @param array<string, mixed> $run
     * @return array{float, int|null} Rows a second and seconds left.
     */
    private static function pace(array $run): array
    {
        $seconds = ($run['changed'] - $run['started']) / 1000;
        if ($run['done'] < 1 || $seconds < 1.0) {
            return [0.0, null];
        }
        $rate = $run['done'] / $seconds;

        return [round($rate, 1), $run['total'] > $run['done'] ? (int) ceil(($run['total'] - $run['done']) / $rate) : null];
    }

    /**
     * @param array<string, mixed> $given
     * @param string[]             $names
     * @return array<string, int|float>
     */
    private static function numbers(array $given, array $names): array
    {
        $numbers = [];
        foreach ($names as $name) {
            $numbers[$name] = isset($given[$name]) && is_numeric($given[$name]) ? $given[$name] + 0 : 0;
        }

        return $numbers;
    }
}

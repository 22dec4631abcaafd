<?php

declare(strict_types=1);

namespace Dongbo\Lanes;

use Dongbo\Tables\Connections;
use Dongbo\Tables\Marks;

/** What a run's end says beyond the run: about marks that are done with, and about the connection. */
final class RunEnd
{
    private function __construct()
    {
    }

    /**
     * What was marked to be read again and has been read.
     *
     * @param array<string, mixed> $run
     * @param array<string, mixed> $summary
     * @param array<string, mixed> $done
     */
    public static function clearMarks(array $run, array $summary, array $done): void
    {
        if ($done['outcome'] !== 'done') {
            return;
        }
        if ($run['kind'] === 'named') {
            Marks::clear($run['connection_id'], 'goods', $run['started'], $summary['named'] ?? []);
        } elseif (in_array($run['kind'], ['full', 'delta'], true)) {
            Marks::clear($run['connection_id'], Marks::LISTS, $run['started']);
        }
    }

    /**
     * What the run's end says about the connection.
     *
     * @param array<string, mixed> $connection
     * @param string               $kind       The run's.
     * @param array<string, mixed> $done
     */
    public static function judge(array $connection, string $kind, array $done): void
    {
        $id = $connection['id'];
        if ($done['outcome'] === 'done' && $connection['state'] !== 'active') {
            Connections::activate($id);
        } elseif (!empty($done['reconnect']) && $kind !== 'connect') {
            Alarm::stop($id, 'reconnect', (string) ($done['code'] ?? ''));
        }
    }
}

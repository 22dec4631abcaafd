<?php

declare(strict_types=1);

namespace Dongbo\Report;

use Dongbo\Control\PreflightJob;
use Dongbo\Tables\Findings;

/** What the pre-flight found, for people (`Preflight` of js/admin/rest.d.ts). */
final class PreflightReport
{
    /**
     * @param array<string, mixed> $connection
     * @return array<string, mixed>
     */
    public static function of(array $connection, string $code, int $offset, int $limit): array
    {
        $run = (new PreflightJob($connection))->run();
        $counts = [];
        foreach (Findings::counts($connection['id']) as $row) {
            $counts[] = ['code' => (string) $row->code, 'said' => Said::of((string) $row->code, Said::params($row->params)), 'severity' => (string) $row->severity, 'count' => (int) $row->n];
        }

        return [
            'run' => $run === null ? null : [
                'state' => $run['ended'] === null ? 'running' : 'done',
                'started' => $run['started'],
                'ended' => $run['ended'],
                'done' => $run['done'],
                'total' => $run['total'],
            ],
            'counts' => $counts,
            'findings' => self::findings(Findings::page($connection['id'], $code, $offset, $limit)),
        ];
    }

    /**
     * @param array<string, mixed> $connection
     * @return \Generator<int, array<string, mixed>> Every finding, the gravest first.
     */
    public static function each(array $connection): \Generator
    {
        $offset = 0;
        do {
            $rows = Findings::page($connection['id'], '', $offset, 500);
            foreach (self::findings($rows) as $finding) {
                yield $finding;
            }
            $offset += 500;
        } while (count($rows) === 500);
    }

    /**
     * @param array<int, \stdClass> $rows
     * @return array<int, array<string, mixed>>
     */
    private static function findings(array $rows): array
    {
        $edits = Editing::of(array_map('intval', array_column($rows, 'shop_id')));
        $findings = [];
        foreach ($rows as $row) {
            $findings[] = [
                'id' => (int) $row->id,
                'severity' => (string) $row->severity,
                'said' => Said::of((string) $row->code, Said::params($row->params)),
                'item_kind' => (string) $row->item_kind,
                'item_id' => (string) $row->item_id,
                'label' => (string) $row->label,
                'shop_id' => (int) $row->shop_id,
                'edit' => $edits[(int) $row->shop_id] ?? '',
            ];
        }

        return $findings;
    }
}

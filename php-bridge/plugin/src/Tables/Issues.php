<?php

declare(strict_types=1);

namespace Dongbo\Tables;

use Dongbo\Sync\SyncContext;

/**
 * What is not in step, by item and cause (src/model/issue.rs). One row an item and code.
 *
 * An issue that is merely found again is not written again, so that a run in which nothing changed
 * writes nothing; `last_seen` moves at most once a day.
 */
final class Issues
{
    private const DAY = 86400000;

    private function __construct()
    {
    }

    /**
     * Stores what was found.
     *
     * @param array<int, array<string, mixed>> $issues Issue records.
     * @param string                           $source Who found it: `read` (a page), `plan` (a family,
     *                                                 its writing included). Each closes its own only.
     *
     * @throws \Dongbo\Lanes\TransactionLost
     */
    public static function report(SyncContext $context, array $issues, string $source = 'read'): void
    {
        global $wpdb;
        $now = $context->now();
        $rows = [];
        foreach ($issues as $issue) {
            $row = self::row($issue);
            $rows[self::key($row)] = $row;
        }
        $stored = self::stored($context->connectionId(), array_column($rows, 'item_kind'), array_column($rows, 'item_id'));
        foreach ($rows as $key => $row) {
            $old = $stored[$key] ?? null;
            $same = $old !== null && $old->source === $source && $old->params === $row['params'] && $old->label === $row['label'] && $old->severity === $row['severity'];
            if ($same && (int) $old->last_seen > $now - self::DAY) {
                continue;
            }
            Query::write($wpdb->prepare(
                'INSERT INTO %i (connection_id, item_kind, item_id, code, label, params, severity, source, first_seen, last_seen, run_id)
                VALUES (%d, %s, %s, %s, %s, %s, %s, %s, %d, %d, %d)
                ON DUPLICATE KEY UPDATE label = VALUES(label), params = VALUES(params), severity = VALUES(severity), source = VALUES(source), last_seen = VALUES(last_seen), run_id = VALUES(run_id)',
                Schema::table('issue'),
                $context->connectionId(),
                $row['item_kind'],
                $row['item_id'],
                $row['code'],
                $row['label'],
                $row['params'],
                $row['severity'],
                $source,
                $now,
                $now,
                $context->runId()
            ));
        }
    }

    /**
     * Closes what a fresh plan of these items no longer found.
     *
     * What the reader of a page reported stays: it was found by looking at something else.
     *
     * @param string[]                         $items The rows' and families' ids.
     * @param array<int, array<string, mixed>> $found Issue records of the plan.
     * @param string[]                         $kinds The kinds of the items.
     * @param string                           $source Who planned: `plan`, or `images`.
     *
     * @throws \Dongbo\Lanes\TransactionLost
     */
    public static function close(SyncContext $context, array $items, array $found, array $kinds = ['good', 'family'], string $source = 'plan'): void
    {
        global $wpdb;
        $open = [];
        foreach ($found as $issue) {
            $open[self::key(self::row($issue))] = true;
        }
        foreach (self::stored($context->connectionId(), $kinds, $items) as $key => $row) {
            if ($row->source === $source && !isset($open[$key])) {
                Query::write($wpdb->prepare('DELETE FROM %i WHERE id = %d', Schema::table('issue'), $row->id));
            }
        }
    }

    /**
     * Closes everything of one source that it no longer finds: it looks at all there is each time.
     *
     * @param array<int, array<string, mixed>> $found Issue records.
     *
     * @throws \Dongbo\Lanes\TransactionLost
     */
    public static function closeAll(SyncContext $context, array $found, string $source): void
    {
        global $wpdb;
        $sql = 'SELECT DISTINCT item_kind, item_id FROM %i WHERE connection_id = %d AND source = %s';
        $items = (array) $wpdb->get_results($wpdb->prepare($sql, Schema::table('issue'), $context->connectionId(), $source));
        if ($items !== []) {
            self::close($context, array_column($items, 'item_id'), $found, array_column($items, 'item_kind'), $source);
        }
    }

    /** Whether any issue of this kind of item is open. */
    public static function open(int $connection, string $kind): bool
    {
        global $wpdb;

        return $wpdb->get_var($wpdb->prepare('SELECT 1 FROM %i WHERE connection_id = %d AND item_kind = %s LIMIT 1', Schema::table('issue'), $connection, $kind)) !== null;
    }

    /**
     * Closes issues of earlier writings that a later one has settled.
     *
     * @param array<int, array{kind: string, id: string, codes: string[]}> $settled
     *
     * @throws \Dongbo\Lanes\TransactionLost
     */
    public static function closeWritten(SyncContext $context, array $settled): void
    {
        global $wpdb;
        $codes = [];
        foreach ($settled as $item) {
            $codes[$item['kind'] . '|' . $item['id']] = $item['codes'];
        }
        foreach (self::stored($context->connectionId(), ['good', 'family'], array_column($settled, 'id')) as $row) {
            if ($row->source === 'write' && in_array($row->code, $codes[$row->item_kind . '|' . $row->item_id] ?? [], true)) {
                Query::write($wpdb->prepare('DELETE FROM %i WHERE id = %d', Schema::table('issue'), $row->id));
            }
        }
    }

    /**
     * @param string[] $kinds
     * @param string[] $items
     *
     * @return array<string, \stdClass>
     */
    private static function stored(int $connection, array $kinds, array $items): array
    {
        global $wpdb;
        $rows = [];
        $kinds = array_values(array_unique($kinds));
        foreach (array_chunk(array_values(array_unique(array_map('strval', $items))), 500) as $part) {
            $sql = 'SELECT id, item_kind, item_id, code, label, params, severity, source, last_seen FROM %i WHERE connection_id = %d'
                . ' AND item_kind IN (' . Query::places(count($kinds)) . ') AND item_id IN (' . Query::places(count($part)) . ')';
            foreach ($wpdb->get_results($wpdb->prepare($sql, Schema::table('issue'), $connection, ...$kinds, ...$part)) as $row) {
                $rows[self::key((array) $row)] = $row;
            }
        }

        return $rows;
    }

    /**
     * @param array<string, mixed> $issue An Issue record.
     *
     * @return array<string, string>
     */
    private static function row(array $issue): array
    {
        $label = (string) ($issue['item']['label'] ?? '');

        return [
            'item_kind' => substr((string) $issue['item']['kind'], 0, 20),
            // An item without an id is told by its label, else two of them would be one row.
            'item_id' => isset($issue['item']['id']) ? mb_substr((string) $issue['item']['id'], 0, 80) : 'label:' . md5($label),
            'code' => (string) $issue['code'],
            'label' => mb_substr($label, 0, 255),
            'params' => Query::json($issue['params'] ?? []),
            'severity' => (string) $issue['severity'],
        ];
    }

    /** @param array<string, mixed> $row */
    private static function key(array $row): string
    {
        return $row['item_kind'] . '|' . $row['item_id'] . '|' . $row['code'];
    }
}

<?php

declare(strict_types=1);

namespace Dongbo\Tables;

use Dongbo\Sync\SyncContext;

/** Every change that was made: who, what, when, from what to what, and why (Q1, Q2). */
final class History
{
    private const COLUMNS = ['remote_kind', 'remote_id', 'shop_id', 'label', 'field', 'before_value', 'after_value', 'reason', 'params'];

    private function __construct()
    {
    }

    /**
     * @param array<int, array<string, mixed>> $entries Records of {@see COLUMNS}.
     *
     * @throws \Dongbo\Lanes\TransactionLost
     */
    public static function add(SyncContext $context, array $entries): void
    {
        global $wpdb;
        foreach (array_chunk($entries, 100) as $part) {
            $places = [];
            $args = [Schema::table('history')];
            foreach ($part as $entry) {
                $place = ['%d', '%d', '%d', '%d'];
                array_push($args, $context->connectionId(), $context->runId(), $context->now(), $context->actor());
                $entry['label'] = mb_substr((string) $entry['label'], 0, 255);
                $entry['params'] = Query::json($entry['params'] ?? []);
                foreach (self::COLUMNS as $column) {
                    $place[] = isset($entry[$column]) ? '%s' : 'NULL';
                    if (isset($entry[$column])) {
                        $args[] = (string) $entry[$column];
                    }
                }
                $places[] = '(' . implode(', ', $place) . ')';
            }
            $sql = 'INSERT INTO %i (connection_id, run_id, at, actor, ' . implode(', ', self::COLUMNS) . ') VALUES ' . implode(', ', $places);
            Query::write($wpdb->prepare($sql, ...$args));
        }
    }
}

<?php

declare(strict_types=1);

namespace Dongbo\Tables;

/**
 * The ids a run has met in each list, a row a checkpoint. What a complete list did not show is
 * absent; that is computed from here, never by marking rows (design.md §1).
 */
final class Seen
{
    /** @param string[] $ids */
    public static function add(int $run, string $list, string $scope, array $ids): void
    {
        global $wpdb;
        if ($ids === []) {
            return;
        }
        $table = Schema::table('run_seen');
        Query::write(
            $wpdb->prepare(
                'INSERT INTO %i (run_id, list, scope, seq, ids) SELECT %d, %s, %s, COALESCE(MAX(seq), 0) + 1, %s'
                . ' FROM %i WHERE run_id = %d AND list = %s AND scope = %s',
                $table,
                $run,
                $list,
                $scope,
                implode("\n", $ids),
                $table,
                $run,
                $list,
                $scope
            )
        );
    }

    /** @return array<string, true> Every id met, as keys. */
    public static function ids(int $run, string $list, string $scope): array
    {
        global $wpdb;
        $rows = $wpdb->get_col(
            $wpdb->prepare(
                'SELECT ids FROM %i WHERE run_id = %d AND list = %s AND scope = %s',
                Schema::table('run_seen'),
                $run,
                $list,
                $scope
            )
        );
        $ids = [];
        foreach ($rows as $row) {
            $ids += array_fill_keys(explode("\n", (string) $row), true);
        }

        return $ids;
    }

    /** The list starts over: what was met of it no longer counts. */
    public static function forget(int $run, string $list, string $scope): void
    {
        global $wpdb;
        $wpdb->delete(Schema::table('run_seen'), ['run_id' => $run, 'list' => $list, 'scope' => $scope]);
    }

    /** The run has ended. */
    public static function forgetRun(int $run): void
    {
        global $wpdb;
        $wpdb->delete(Schema::table('run_seen'), ['run_id' => $run]);
    }
}

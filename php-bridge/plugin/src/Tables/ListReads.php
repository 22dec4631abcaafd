<?php

declare(strict_types=1);

namespace Dongbo\Tables;

/**
 * When a list was last read to its end, on this server's clock: every row of it in the mirror is at
 * least as new as that, also those that were not written because nothing had changed. And when a
 * poll last found a change in it.
 */
final class ListReads
{
    /** The list was read to its end; `at` is when its reading began. */
    public static function read(int $connection, string $list, string $scope, int $at): void
    {
        self::put($connection, $list, $scope, 'at', $at);
    }

    /** A poll found something new in the list. */
    public static function changed(int $connection, string $list, int $at): void
    {
        self::put($connection, $list, '', 'changed', $at);
    }

    /** @return int 0 when it never was. */
    public static function at(int $connection, string $list, string $scope = ''): int
    {
        global $wpdb;
        $sql = 'SELECT at FROM %i WHERE connection_id = %d AND list = %s AND scope = %s';

        return (int) $wpdb->get_var($wpdb->prepare($sql, Schema::table('list_read'), $connection, $list, $scope));
    }

    /** @return array<int, array{list: string, at: int}> When a poll last found a change, by list. */
    public static function changes(int $connection): array
    {
        global $wpdb;
        $sql = 'SELECT list, MAX(changed) AS at FROM %i WHERE connection_id = %d AND changed > 0 GROUP BY list';
        $changes = [];
        foreach ((array) $wpdb->get_results($wpdb->prepare($sql, Schema::table('list_read'), $connection)) as $row) {
            $changes[] = ['list' => (string) $row->list, 'at' => (int) $row->at];
        }

        return $changes;
    }

    private static function put(int $connection, string $list, string $scope, string $column, int $at): void
    {
        global $wpdb;
        $sql = 'INSERT INTO %i (connection_id, list, scope, %i) VALUES (%d, %s, %s, %d) ON DUPLICATE KEY UPDATE %i = VALUES(%i)';
        Query::write($wpdb->prepare($sql, Schema::table('list_read'), $column, $connection, $list, $scope, $at, $column, $column));
    }
}

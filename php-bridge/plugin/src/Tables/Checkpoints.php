<?php

declare(strict_types=1);

namespace Dongbo\Tables;

/** Up to when each list of the POS is known, on the POS's clock: changes from there on are asked for next (D3). */
final class Checkpoints
{
    /** @return array<int, array{list: string, scope: string, at: int}> */
    public static function all(int $connection): array
    {
        global $wpdb;
        $sql = 'SELECT list, scope, at FROM %i WHERE connection_id = %d ORDER BY list, scope';
        $rows = (array) $wpdb->get_results($wpdb->prepare($sql, Schema::table('checkpoint'), $connection), ARRAY_A);

        return array_map(static function (array $row): array {
            return ['at' => (int) $row['at']] + $row;
        }, $rows);
    }

    /** @param array<int, array{list: string, scope?: string, at: int}> $checkpoints */
    public static function put(int $connection, array $checkpoints): void
    {
        global $wpdb;
        foreach ($checkpoints as $checkpoint) {
            $sql = 'INSERT INTO %i (connection_id, list, scope, at) VALUES (%d, %s, %s, %d) ON DUPLICATE KEY UPDATE at = VALUES(at)';
            Query::write($wpdb->prepare(
                $sql,
                Schema::table('checkpoint'),
                $connection,
                $checkpoint['list'],
                $checkpoint['scope'] ?? '',
                $checkpoint['at']
            ));
        }
    }

    /** The next run of changes reads the list in full. */
    public static function forget(int $connection, string $list, string $scope): void
    {
        global $wpdb;
        $sql = 'DELETE FROM %i WHERE connection_id = %d AND list = %s AND scope = %s';
        Query::write($wpdb->prepare($sql, Schema::table('checkpoint'), $connection, $list, $scope));
    }
}

<?php

declare(strict_types=1);

namespace Dongbo\Tables;

/** What was put off for many products ({@see \Dongbo\Shop\Debts}), by kind and id. */
final class Owed
{
    private const BATCH = 500;

    private function __construct()
    {
    }

    /**
     * @param array<string, int[]> $owed Ids by kind.
     *
     * @throws \Dongbo\Lanes\TransactionLost
     */
    public static function add(int $connection, array $owed): void
    {
        global $wpdb;
        $rows = [];
        foreach ($owed as $kind => $ids) {
            foreach ($ids as $id) {
                $rows[] = $wpdb->prepare('(%d, %s, %d)', $connection, $kind, $id);
            }
        }
        foreach (array_chunk($rows, self::BATCH) as $part) {
            Query::write($wpdb->prepare('INSERT IGNORE INTO %i (connection_id, kind, object_id) VALUES ', Schema::table('owed')) . implode(', ', $part));
        }
    }

    /** @return array<string, int[]> Ids by kind, in order. */
    public static function all(int $connection): array
    {
        global $wpdb;
        $owed = [];
        foreach ($wpdb->get_results($wpdb->prepare('SELECT kind, object_id FROM %i WHERE connection_id = %d ORDER BY kind, object_id', Schema::table('owed'), $connection)) as $row) {
            $owed[(string) $row->kind][] = (int) $row->object_id;
        }

        return $owed;
    }

    /**
     * @param int[] $ids
     *
     * @throws \Dongbo\Lanes\TransactionLost
     */
    public static function drop(int $connection, string $kind, array $ids): void
    {
        global $wpdb;
        $sql = 'DELETE FROM %i WHERE connection_id = %d AND kind = %s AND object_id IN (' . Query::places(count($ids), '%d') . ')';
        Query::write($wpdb->prepare($sql, Schema::table('owed'), $connection, $kind, ...$ids));
    }
}

<?php

declare(strict_types=1);

namespace Dongbo\Tables;

/**
 * What is to be read again one by one, by list: `goods`, and for their own lanes `orders`,
 * `invoices`, `customers`. A mark that comes again while its item is being read stays.
 */
final class Marks
{
    /** Marks that a list itself is to be read again, not one of its items. */
    public const LISTS = 'lists';

    private const BATCH = 500;

    /** @param string[] $ids */
    public static function add(int $connection, string $list, array $ids, int $at): void
    {
        global $wpdb;
        foreach (array_chunk(array_values(array_unique($ids)), self::BATCH) as $part) {
            $args = [Schema::table('marked')];
            foreach ($part as $id) {
                array_push($args, $connection, $list, $id, $at);
            }
            $sql = 'INSERT INTO %i (connection_id, list, remote_id, at) VALUES ' . Query::places(count($part), '(%d, %s, %s, %d)')
                . ' ON DUPLICATE KEY UPDATE at = VALUES(at)';
            Query::write($wpdb->prepare($sql, ...$args));
        }
    }

    /** Everything marked under one name is marked under another from here on. */
    public static function move(int $connection, string $from, string $to): void
    {
        global $wpdb;
        $table = Schema::table('marked');
        Query::write($wpdb->prepare('INSERT IGNORE INTO %i (connection_id, list, remote_id, at) SELECT connection_id, %s, remote_id, at FROM %i WHERE connection_id = %d AND list = %s', $table, $to, $table, $connection, $from));
        Query::write($wpdb->prepare('DELETE FROM %i WHERE connection_id = %d AND list = %s', $table, $connection, $from));
    }

    public static function count(int $connection, string $list): int
    {
        global $wpdb;
        $sql = 'SELECT COUNT(*) FROM %i WHERE connection_id = %d AND list = %s';

        return (int) $wpdb->get_var($wpdb->prepare($sql, Schema::table('marked'), $connection, $list));
    }

    /** @return string[] The ids marked longest. */
    public static function oldest(int $connection, string $list, int $limit): array
    {
        global $wpdb;
        $sql = 'SELECT remote_id FROM %i WHERE connection_id = %d AND list = %s ORDER BY at, remote_id LIMIT %d';

        return array_map('strval', $wpdb->get_col($wpdb->prepare($sql, Schema::table('marked'), $connection, $list, $limit)));
    }

    /**
     * Takes marks away that are not newer than an instant.
     *
     * @param string[]|null $ids These only; null for all.
     * @return int How many.
     */
    public static function clear(int $connection, string $list, int $upTo, ?array $ids = null): int
    {
        global $wpdb;
        $sql = 'DELETE FROM %i WHERE connection_id = %d AND list = %s AND at <= %d';
        $args = [Schema::table('marked'), $connection, $list, $upTo];
        if ($ids === null) {
            return Query::write($wpdb->prepare($sql, ...$args));
        }
        $cleared = 0;
        foreach (array_chunk(array_values($ids), self::BATCH) as $part) {
            $cleared += Query::write($wpdb->prepare($sql . ' AND remote_id IN (' . Query::places(count($part)) . ')', ...$args, ...$part));
        }

        return $cleared;
    }
}

<?php

declare(strict_types=1);

namespace Dongbo\Tables;

/**
 * The POS's orders and invoices as lists showed them, for as long as they may matter: to know which of
 * them changed, and to find one that stands there twice (product.md E5, F). Without whose they are
 * and where they go.
 */
final class Sales
{
    public const ORDERS = 'orders';
    public const INVOICES = 'invoices';

    /** A row that no list has shown for so long is of no more use. */
    private const KEPT_MS = 2592000000;

    private const BATCH = 200;

    /** What a person is known by: not needed, so not kept. */
    private const PERSONAL = ['customer_name', 'delivery'];

    /**
     * The rows that are not known as they are.
     *
     * @param array<int, array<string, mixed>> $rows Sale records (src/model/sale.rs).
     * @return array<string, array{digest: string, row: string}> By id.
     */
    public static function differing(int $connection, string $list, array $rows): array
    {
        global $wpdb;
        $found = [];
        foreach ($rows as $row) {
            $found[(string) $row['id']] = ['digest' => md5(Query::json($row)), 'row' => Query::json(array_diff_key($row, array_flip(self::PERSONAL)))];
        }
        foreach (array_chunk(array_keys($found), self::BATCH) as $part) {
            $ids = array_map('strval', $part);
            $sql = 'SELECT remote_id, digest FROM %i WHERE connection_id = %d AND list = %s AND remote_id IN (' . Query::places(count($ids)) . ')';
            foreach ((array) $wpdb->get_results($wpdb->prepare($sql, Schema::table('sale'), $connection, $list, ...$ids)) as $known) {
                if ($found[$known->remote_id]['digest'] === $known->digest) {
                    unset($found[$known->remote_id]);
                }
            }
        }

        return $found;
    }

    /** @param array<int|string, array{digest: string, row: string}> $records What {@see differing} gave. */
    public static function write(int $connection, string $list, array $records, int $asOf): void
    {
        global $wpdb;
        foreach (array_chunk($records, self::BATCH, true) as $part) {
            $args = [Schema::table('sale')];
            foreach ($part as $id => $record) {
                array_push($args, $connection, $list, (string) $id, $record['digest'], $record['row'], $asOf);
            }
            $sql = 'INSERT INTO %i (connection_id, list, remote_id, digest, `row`, as_of) VALUES ' . Query::places(count($part), '(%d, %s, %s, %s, %s, %d)')
                . ' ON DUPLICATE KEY UPDATE digest = VALUES(digest), `row` = VALUES(`row`), as_of = VALUES(as_of)';
            Query::write($wpdb->prepare($sql, ...$args));
        }
    }

    /** @return array<string, mixed>|null A Sale record without whose it is. */
    public static function find(int $connection, string $list, string $id): ?array
    {
        global $wpdb;
        $sql = 'SELECT `row` FROM %i WHERE connection_id = %d AND list = %s AND remote_id = %s';
        $row = json_decode((string) $wpdb->get_var($wpdb->prepare($sql, Schema::table('sale'), $connection, $list, $id)), true);

        return is_array($row) ? $row : null;
    }

    /**
     * What lists have shown since, in parts: a shop has many.
     *
     * @return \Generator<int, array<string, mixed>> Sale records.
     */
    public static function since(int $connection, string $list, int $since): \Generator
    {
        global $wpdb;
        $after = '';
        do {
            $sql = 'SELECT remote_id, `row` FROM %i WHERE connection_id = %d AND list = %s AND as_of >= %d AND remote_id > %s ORDER BY remote_id LIMIT %d';
            $rows = (array) $wpdb->get_results($wpdb->prepare($sql, Schema::table('sale'), $connection, $list, $since, $after, self::BATCH));
            foreach ($rows as $row) {
                $after = (string) $row->remote_id;
                yield json_decode((string) $row->row, true) ?: ['id' => $after];
            }
        } while (count($rows) === self::BATCH);
    }

    public static function prune(int $connection, int $now): void
    {
        global $wpdb;
        foreach ([self::ORDERS, self::INVOICES] as $list) {
            $sql = 'DELETE FROM %i WHERE connection_id = %d AND list = %s AND as_of < %d LIMIT 5000';
            Query::write($wpdb->prepare($sql, Schema::table('sale'), $connection, $list, $now - self::KEPT_MS));
        }
    }
}

<?php

declare(strict_types=1);

namespace Dongbo\Tables;

/** The mirror of the POS's customers, found by phone and e-mail address as the rules compare them (product.md E4, G2). */
final class Customers
{
    public const LIST = 'customers';

    private const BATCH = 200;
    private const KEYS = ['phone_key' => 40, 'second_key' => 40, 'email_key' => 191];

    /**
     * The rows that are not in the mirror as they are.
     *
     * @param array<int, array<string, mixed>> $rows PosCustomer records (src/model/customer.rs).
     * @return array<string, array<string, mixed>> By id.
     */
    public static function differing(int $connection, array $rows): array
    {
        $rows = array_column($rows, null, 'id');
        foreach (self::find($connection, array_map('strval', array_keys($rows))) as $id => $known) {
            if ($known === $rows[$id]) {
                unset($rows[$id]);
            }
        }

        return $rows;
    }

    /** @param array<int|string, array<string, mixed>> $rows By id. */
    public static function write(int $connection, array $rows, int $asOf): void
    {
        global $wpdb;
        foreach (array_chunk($rows, self::BATCH, true) as $part) {
            $args = [Schema::table('customer')];
            foreach ($part as $id => $row) {
                array_push($args, $connection, (string) $id);
                foreach (self::KEYS as $key => $length) {
                    $args[] = mb_substr((string) ($row[$key] ?? ''), 0, $length);
                }
                array_push($args, Query::json($row), $asOf);
            }
            $sql = 'INSERT INTO %i (connection_id, remote_id, phone_key, second_key, email_key, `row`, as_of) VALUES ' . Query::places(count($part), '(%d, %s, %s, %s, %s, %s, %d)')
                . ' ON DUPLICATE KEY UPDATE phone_key = VALUES(phone_key), second_key = VALUES(second_key), email_key = VALUES(email_key), `row` = VALUES(`row`), as_of = VALUES(as_of)';
            Query::write($wpdb->prepare($sql, ...$args));
        }
    }

    /**
     * @param string[] $ids
     * @return array<string, array<string, mixed>> PosCustomer records by id.
     */
    public static function find(int $connection, array $ids): array
    {
        return self::select($connection, 'remote_id', $ids);
    }

    /**
     * Those who have one of these as phone, second phone or e-mail address.
     *
     * @param string[] $keys
     * @return array<string, array<string, mixed>> PosCustomer records by id.
     */
    public static function byKeys(int $connection, array $keys): array
    {
        $found = [];
        foreach (array_keys(self::KEYS) as $column) {
            $found += self::select($connection, $column, array_filter($keys, 'strlen'));
        }

        return $found;
    }

    /** @param string[] $ids */
    public static function drop(int $connection, array $ids): void
    {
        global $wpdb;
        foreach (array_chunk($ids, self::BATCH) as $part) {
            $sql = 'DELETE FROM %i WHERE connection_id = %d AND remote_id IN (' . Query::places(count($part)) . ')';
            Query::write($wpdb->prepare($sql, Schema::table('customer'), $connection, ...$part));
        }
    }

    /**
     * The ids in the mirror that a complete list did not show.
     *
     * @param array<int|string, true> $seen
     * @return string[]
     */
    public static function gone(int $connection, array $seen): array
    {
        global $wpdb;
        $stored = $wpdb->get_col($wpdb->prepare('SELECT remote_id FROM %i WHERE connection_id = %d', Schema::table('customer'), $connection));

        return array_values(array_filter(array_map('strval', $stored), static function (string $id) use ($seen): bool {
            return !isset($seen[$id]);
        }));
    }

    /**
     * @param string[] $values
     * @return array<string, array<string, mixed>>
     */
    private static function select(int $connection, string $column, array $values): array
    {
        global $wpdb;
        $found = [];
        foreach (array_chunk(array_values(array_unique($values)), self::BATCH) as $part) {
            $sql = 'SELECT remote_id, `row` FROM %i WHERE connection_id = %d AND %i IN (' . Query::places(count($part)) . ')';
            foreach ((array) $wpdb->get_results($wpdb->prepare($sql, Schema::table('customer'), $connection, $column, ...$part)) as $row) {
                $found[(string) $row->remote_id] = json_decode((string) $row->row, true) ?: [];
            }
        }

        return $found;
    }
}

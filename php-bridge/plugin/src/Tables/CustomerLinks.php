<?php

declare(strict_types=1);

namespace Dongbo\Tables;

/** Which POS customer each of the site's users is (product.md E4). */
final class CustomerLinks
{
    public static function ofUser(int $connection, int $user): ?string
    {
        global $wpdb;
        if ($user === 0) {
            return null;
        }
        $sql = 'SELECT remote_id FROM %i WHERE connection_id = %d AND user_id = %d ORDER BY id DESC LIMIT 1';
        $id = $wpdb->get_var($wpdb->prepare($sql, Schema::table('customer_link'), $connection, $user));

        return $id === null ? null : (string) $id;
    }

    /** @return int The user, 0 for none. */
    public static function ofCustomer(int $connection, string $customer): int
    {
        global $wpdb;
        $sql = 'SELECT user_id FROM %i WHERE connection_id = %d AND remote_id = %s';

        return (int) $wpdb->get_var($wpdb->prepare($sql, Schema::table('customer_link'), $connection, $customer));
    }

    /**
     * @param string   $column `remote_id` or `user_id`.
     * @param string[] $values
     * @return array<string, array{remote_id: string, user_id: int, fields: array<int, array<string, string>>}> By that column.
     */
    public static function by(int $connection, string $column, array $values): array
    {
        global $wpdb;
        $links = [];
        foreach (array_chunk(array_values(array_unique($values)), 200) as $part) {
            $sql = 'SELECT remote_id, user_id, fields FROM %i WHERE connection_id = %d AND %i IN (' . Query::places(count($part)) . ') ORDER BY id';
            foreach ((array) $wpdb->get_results($wpdb->prepare($sql, Schema::table('customer_link'), $connection, $column, ...$part), ARRAY_A) as $row) {
                $links[(string) $row[$column]] = ['user_id' => (int) $row['user_id'], 'fields' => json_decode((string) $row['fields'], true) ?: []] + $row;
            }
        }

        return $links;
    }

    /**
     * Both are one, and this is what each had in its fields then. A user has one customer.
     *
     * @param array<int, array<string, string>> $fields LinkField records.
     * @throws \Dongbo\Lanes\TransactionLost
     */
    public static function keep(int $connection, int $user, string $customer, array $fields, bool $createdHere, int $now): void
    {
        global $wpdb;
        $table = Schema::table('customer_link');
        Query::write($wpdb->prepare('DELETE FROM %i WHERE connection_id = %d AND user_id = %d AND remote_id <> %s', $table, $connection, $user, $customer));
        $sql = 'INSERT INTO %i (connection_id, remote_id, user_id, fields, created_here, created, changed) VALUES (%d, %s, %d, %s, %d, %d, %d)'
            . ' ON DUPLICATE KEY UPDATE user_id = VALUES(user_id), fields = VALUES(fields), changed = VALUES(changed)';
        Query::write($wpdb->prepare($sql, $table, $connection, $customer, $user, Query::json($fields), (int) $createdHere, $now, $now));
    }

    /**
     * The POS has these customers no more; the site's accounts stay (Q1).
     *
     * @param string[] $customers
     */
    public static function gone(int $connection, array $customers): void
    {
        global $wpdb;
        foreach (array_chunk($customers, 200) as $part) {
            $sql = 'DELETE FROM %i WHERE connection_id = %d AND remote_id IN (' . Query::places(count($part)) . ')';
            Query::write($wpdb->prepare($sql, Schema::table('customer_link'), $connection, ...$part));
        }
    }

    /** @throws \Dongbo\Lanes\TransactionLost */
    public static function put(int $connection, int $user, string $customer, int $now): void
    {
        global $wpdb;
        $sql = 'INSERT INTO %i (connection_id, remote_id, user_id, created, changed) VALUES (%d, %s, %d, %d, %d)'
            . ' ON DUPLICATE KEY UPDATE user_id = VALUES(user_id), changed = VALUES(changed)';
        Query::write($wpdb->prepare($sql, Schema::table('customer_link'), $connection, $customer, $user, $now, $now));
    }

    /** The POS has the customer no more. */
    public static function drop(int $connection, int $user): void
    {
        global $wpdb;
        Query::write($wpdb->prepare('DELETE FROM %i WHERE connection_id = %d AND user_id = %d', Schema::table('customer_link'), $connection, $user));
    }
}

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

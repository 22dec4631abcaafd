<?php

declare(strict_types=1);

namespace Dongbo\Tables;

/**
 * Who works in which lane (design.md §1): one row a lane, taken by compare-and-set under the
 * database's clock, so that two workers never run one lane, on however many web servers.
 */
final class Leases
{
    /**
     * Takes the lane when it is free or its holder's time has run out.
     *
     * @return string|null The holder's name to give back later; null when somebody works there.
     */
    public static function acquire(int $connection, string $lane, int $seconds): ?string
    {
        global $wpdb;
        $holder = bin2hex(random_bytes(16));
        $table = Schema::table('lease');
        $sql = 'UPDATE %i SET holder = %s, fence = fence + 1, lease_until = ' . Clock::SQL . ' + %d'
            . ' WHERE connection_id = %d AND lane = %s AND lease_until < ' . Clock::SQL;
        // phpcs:ignore WordPress.DB.PreparedSQL -- the clock is a constant.
        $update = $wpdb->prepare($sql, $table, $holder, $seconds * 1000, $connection, $lane);
        if ($wpdb->query($update) === 1) {
            return $holder;
        }
        $insert = $wpdb->prepare(
            'INSERT IGNORE INTO %i (connection_id, lane, holder, lease_until, fence) SELECT %d, %s, %s, '
            . Clock::SQL . ' + %d, 1 FROM DUAL WHERE NOT EXISTS (SELECT 1 FROM %i WHERE connection_id = %d AND lane = %s)',
            $table,
            $connection,
            $lane,
            $holder,
            $seconds * 1000,
            $table,
            $connection,
            $lane
        );

        return $wpdb->query($insert) === 1 ? $holder : null;
    }

    /** Whether the last holder's time has run out without the lane being given back: nobody is there any more. */
    public static function abandoned(int $connection, string $lane): bool
    {
        global $wpdb;
        $sql = 'SELECT 1 FROM %i WHERE connection_id = %d AND lane = %s AND lease_until > 0 AND lease_until < ' . Clock::SQL;

        return $wpdb->get_var($wpdb->prepare($sql, Schema::table('lease'), $connection, $lane)) !== null;
    }

    /** Keeps the lane; false when it was taken over meanwhile. */
    public static function renew(int $connection, string $lane, string $holder, int $seconds): bool
    {
        global $wpdb;
        $sql = 'UPDATE %i SET lease_until = ' . Clock::SQL . ' + %d WHERE connection_id = %d AND lane = %s AND holder = %s';

        return $wpdb->query($wpdb->prepare($sql, Schema::table('lease'), $seconds * 1000, $connection, $lane, $holder)) === 1;
    }

    public static function release(int $connection, string $lane, string $holder): void
    {
        global $wpdb;
        $wpdb->query(
            $wpdb->prepare(
                'UPDATE %i SET lease_until = 0 WHERE connection_id = %d AND lane = %s AND holder = %s',
                Schema::table('lease'),
                $connection,
                $lane,
                $holder
            )
        );
    }

    /** Somebody works in the lane at this moment. */
    public static function held(int $connection, string $lane): bool
    {
        global $wpdb;
        $sql = 'SELECT 1 FROM %i WHERE connection_id = %d AND lane = %s AND lease_until >= ' . Clock::SQL;

        return $wpdb->get_var($wpdb->prepare($sql, Schema::table('lease'), $connection, $lane)) !== null;
    }
}

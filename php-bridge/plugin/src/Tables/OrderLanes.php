<?php

declare(strict_types=1);

namespace Dongbo\Tables;

/** What the orders' lane of a connection knows: this site's half of every mark, the last sweep, when the settings changed. */
final class OrderLanes
{
    /** Of 36 letters and digits: enough that two sites of one POS account never share a mark. */
    private const SITE_LENGTH = 10;

    /**
     * The row; made when it is first asked for. The settings' change is noticed here, because only
     * their revision is kept with the connection.
     *
     * @return array{site: string, swept: int|null, settings_changed: int}
     */
    public static function of(int $connection, int $revision, int $now): array
    {
        global $wpdb;
        $table = Schema::table('order_lane');
        $sql = $wpdb->prepare('SELECT site, swept, settings_revision, settings_changed FROM %i WHERE connection_id = %d', $table, $connection);
        $row = $wpdb->get_row($sql, ARRAY_A);
        if ($row === null) {
            Query::write($wpdb->prepare(
                'INSERT IGNORE INTO %i (connection_id, site, settings_revision, settings_changed) VALUES (%d, %s, %d, %d)',
                $table,
                $connection,
                self::code(),
                $revision,
                $now
            ));
            $row = $wpdb->get_row($sql, ARRAY_A);
        }
        if ((int) $row['settings_revision'] !== $revision) {
            Query::write($wpdb->prepare('UPDATE %i SET settings_revision = %d, settings_changed = %d WHERE connection_id = %d', $table, $revision, $now, $connection));
            Outbox::wakeAll($connection, $now);
            $row['settings_changed'] = $now;
        }

        return [
            'site' => (string) $row['site'],
            'swept' => $row['swept'] === null ? null : (int) $row['swept'],
            'settings_changed' => (int) $row['settings_changed'],
        ];
    }

    /** Whether a sweep or a change of the settings waits; without a row, everything does. */
    public static function waits(int $connection, int $revision, int $now): bool
    {
        global $wpdb;
        $sql = 'SELECT 1 FROM %i WHERE connection_id = %d AND settings_revision = %d AND next_sweep > %d';

        return $wpdb->get_var($wpdb->prepare($sql, Schema::table('order_lane'), $connection, $revision, $now)) === null;
    }

    /** @param int|null $swept When it was swept; null when only the next time was asked for. */
    public static function nextSweep(int $connection, int $next, ?int $swept): void
    {
        global $wpdb;
        $sql = 'UPDATE %i SET next_sweep = %d' . ($swept === null ? '' : ', swept = ' . $swept) . ' WHERE connection_id = %d';
        // phpcs:ignore WordPress.DB.PreparedSQL -- a number.
        Query::write($wpdb->prepare($sql, Schema::table('order_lane'), $next, $connection));
    }

    private static function code(): string
    {
        $code = '';
        while (strlen($code) < self::SITE_LENGTH) {
            $code .= base_convert((string) random_int(0, 35), 10, 36);
        }

        return $code;
    }
}

<?php

declare(strict_types=1);

namespace Dongbo\Tables;

/** What was asked of the POS, by minute and for all workers together, and how it went of late (I2). */
final class ApiCalls
{
    private const HOUR_MINUTES = 60;

    /** Minutes are kept for the chart of the last 30 days. */
    private const KEEP_MINUTES = 45000;

    public static function count(int $connection, int $now): void
    {
        global $wpdb;
        $sql = 'INSERT INTO %i (connection_id, minute, calls) VALUES (%d, %d, 1) ON DUPLICATE KEY UPDATE calls = calls + 1';
        Query::write($wpdb->prepare($sql, Schema::table('api_call'), $connection, intdiv($now, 60000)));
    }

    /**
     * What the rules judge the next call by.
     *
     * @return array<string, int>
     */
    public static function facts(int $connection, int $now): array
    {
        global $wpdb;
        $sql = 'SELECT COALESCE(SUM(calls), 0) AS used, COALESCE(MIN(minute), 0) AS first FROM %i WHERE connection_id = %d AND minute > %d AND calls > 0';
        $calls = $wpdb->get_row($wpdb->prepare($sql, Schema::table('api_call'), $connection, intdiv($now, 60000) - self::HOUR_MINUTES));
        $sql = 'SELECT streak, failed_at, tried_at, limited_until FROM %i WHERE connection_id = %d';
        $breaker = (array) $wpdb->get_row($wpdb->prepare($sql, Schema::table('breaker'), $connection), ARRAY_A);

        return array_map('intval', $breaker) + ['used' => (int) $calls->used, 'first' => (int) $calls->first * 60000]
            + ['streak' => 0, 'failed_at' => 0, 'tried_at' => 0, 'limited_until' => 0];
    }

    public static function failed(int $connection, int $now): void
    {
        global $wpdb;
        $sql = 'INSERT INTO %i (connection_id, streak, failed_at) VALUES (%d, 1, %d)'
            . ' ON DUPLICATE KEY UPDATE streak = streak + 1, failed_at = VALUES(failed_at)';
        Query::write($wpdb->prepare($sql, Schema::table('breaker'), $connection, $now));
        $sql = 'INSERT INTO %i (connection_id, minute, failures) VALUES (%d, %d, 1) ON DUPLICATE KEY UPDATE failures = failures + 1';
        Query::write($wpdb->prepare($sql, Schema::table('api_call'), $connection, intdiv($now, 60000)));
    }

    public static function succeeded(int $connection): void
    {
        global $wpdb;
        Query::write($wpdb->prepare('UPDATE %i SET streak = 0 WHERE connection_id = %d', Schema::table('breaker'), $connection));
    }

    /** The POS wants to be left alone until then. */
    public static function limited(int $connection, int $until): void
    {
        global $wpdb;
        $sql = 'INSERT INTO %i (connection_id, limited_until) VALUES (%d, %d)'
            . ' ON DUPLICATE KEY UPDATE limited_until = GREATEST(limited_until, VALUES(limited_until))';
        Query::write($wpdb->prepare($sql, Schema::table('breaker'), $connection, $until));
    }

    /** @return bool This worker may try whether the POS is back; another one has not taken the try. */
    public static function takeTrial(int $connection, int $seen, int $now): bool
    {
        global $wpdb;
        $sql = 'UPDATE %i SET tried_at = %d WHERE connection_id = %d AND tried_at = %d';

        return Query::write($wpdb->prepare($sql, Schema::table('breaker'), $now, $connection, $seen)) === 1;
    }

    public static function prune(int $connection, int $now): void
    {
        global $wpdb;
        $sql = 'DELETE FROM %i WHERE connection_id = %d AND minute < %d';
        $wpdb->query($wpdb->prepare($sql, Schema::table('api_call'), $connection, intdiv($now, 60000) - self::KEEP_MINUTES));
    }
}

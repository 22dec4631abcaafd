<?php

declare(strict_types=1);

namespace Dongbo\Tables;

/**
 * How this site hears of the POS: the end of its addresses and the secret that signs, and what is
 * known of each type of webhook. `beside`: whether two of one type can stand beside each other.
 */
final class Hearing
{
    /** @return array{path_key: string, secret: string, beside: bool|null, checked: int, unverified: int}|null */
    public static function of(int $connection): ?array
    {
        global $wpdb;
        $sql = 'SELECT path_key, secret, beside, checked, unverified FROM %i WHERE connection_id = %d';
        $row = $wpdb->get_row($wpdb->prepare($sql, Schema::table('hearing'), $connection), ARRAY_A);
        if (!is_array($row)) {
            return null;
        }
        $beside = $row['beside'] === null ? null : (bool) $row['beside'];

        return ['beside' => $beside, 'checked' => (int) $row['checked'], 'unverified' => (int) $row['unverified']] + $row;
    }

    /** A new address and secret; what was registered with the old ones is void. */
    public static function renew(int $connection, string $pathKey, string $sealed): void
    {
        global $wpdb;
        $sql = 'INSERT INTO %i (connection_id, path_key, secret) VALUES (%d, %s, %s)'
            . ' ON DUPLICATE KEY UPDATE path_key = VALUES(path_key), secret = VALUES(secret), unverified = 0';
        Query::write($wpdb->prepare($sql, Schema::table('hearing'), $connection, $pathKey, $sealed));
        $wpdb->delete(Schema::table('webhook'), ['connection_id' => $connection]);
    }

    /** @param array<string, int> $values */
    public static function update(int $connection, array $values): void
    {
        global $wpdb;
        $wpdb->update(Schema::table('hearing'), $values, ['connection_id' => $connection]);
    }

    /** @return array<string, array{type: string, state: string, registered: int, received: int}> By type. */
    public static function types(int $connection): array
    {
        global $wpdb;
        $sql = 'SELECT type, state, registered, received FROM %i WHERE connection_id = %d ORDER BY type';
        $types = [];
        foreach ((array) $wpdb->get_results($wpdb->prepare($sql, Schema::table('webhook'), $connection), ARRAY_A) as $row) {
            $types[(string) $row['type']] = ['registered' => (int) $row['registered'], 'received' => (int) $row['received']] + $row;
        }

        return $types;
    }

    /** How it stands with a type; `$registered` when it was just registered. */
    public static function state(int $connection, string $type, string $state, int $registered = 0): void
    {
        global $wpdb;
        $sql = 'INSERT INTO %i (connection_id, type, state, registered) VALUES (%d, %s, %s, %d)'
            . ' ON DUPLICATE KEY UPDATE state = VALUES(state), registered = GREATEST(registered, VALUES(registered))';
        Query::write($wpdb->prepare($sql, Schema::table('webhook'), $connection, $type, $state, $registered));
    }

    /** A genuine notification of a type was worked on. */
    public static function heard(int $connection, string $type, int $received): void
    {
        global $wpdb;
        $sql = 'UPDATE %i SET received = GREATEST(received, %d) WHERE connection_id = %d AND type = %s';
        Query::write($wpdb->prepare($sql, Schema::table('webhook'), $received, $connection, $type));
    }

    /** @param string[] $types Only these are still of interest. */
    public static function keep(int $connection, array $types): void
    {
        global $wpdb;
        foreach (array_diff(array_keys(self::types($connection)), $types) as $type) {
            $wpdb->delete(Schema::table('webhook'), ['connection_id' => $connection, 'type' => $type]);
        }
    }
}

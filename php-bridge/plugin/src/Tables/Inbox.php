<?php

declare(strict_types=1);

namespace Dongbo\Tables;

/**
 * Notifications of the POS as they came in, byte by byte. `state`: `new` · `done` · `unverified`
 * (not signed with this site's secret) · `failed` (could not be worked on).
 */
final class Inbox
{
    /** @return bool False when this delivery is there already. */
    public static function store(int $connection, string $delivery, string $type, string $signature, string $body, int $received): bool
    {
        global $wpdb;
        $sql = 'INSERT IGNORE INTO %i (connection_id, delivery, type, signature, body, received) VALUES (%d, %s, %s, %s, %s, %d)';
        $values = [Schema::table('inbox'), $connection, $delivery, substr($type, 0, 60), substr($signature, 0, 255), $body, $received];

        return Query::write($wpdb->prepare($sql, ...$values)) === 1;
    }

    public static function count(int $connection): int
    {
        global $wpdb;

        return (int) $wpdb->get_var($wpdb->prepare('SELECT COUNT(*) FROM %i WHERE connection_id = %d AND state = %s', Schema::table('inbox'), $connection, 'new'));
    }

    public static function waiting(int $connection): bool
    {
        global $wpdb;
        $sql = "SELECT 1 FROM %i WHERE connection_id = %d AND state = 'new' LIMIT 1";

        return $wpdb->get_var($wpdb->prepare($sql, Schema::table('inbox'), $connection)) !== null;
    }

    /**
     * The next in order of receipt; each is noted as tried.
     *
     * @return array<int, array{id: int, type: string, signature: string, body: string, received: int, tries: int}>
     */
    public static function next(int $connection, int $limit): array
    {
        global $wpdb;
        $table = Schema::table('inbox');
        $sql = "SELECT id, type, signature, body, received, tries FROM %i WHERE connection_id = %d AND state = 'new' ORDER BY id LIMIT %d";
        $rows = [];
        foreach ((array) $wpdb->get_results($wpdb->prepare($sql, $table, $connection, $limit), ARRAY_A) as $row) {
            $rows[] = ['id' => (int) $row['id'], 'received' => (int) $row['received'], 'tries' => (int) $row['tries']] + $row;
        }
        if ($rows !== []) {
            $ids = array_column($rows, 'id');
            $sql = 'UPDATE %i SET tries = tries + 1 WHERE id IN (' . Query::places(count($ids), '%d') . ')';
            Query::write($wpdb->prepare($sql, $table, ...$ids));
        }

        return $rows;
    }

    /**
     * Ends one that waits; inside the transaction that does what it says.
     *
     * @return bool False when another worker has ended it.
     */
    public static function settle(int $id, string $state): bool
    {
        global $wpdb;
        // One that was not genuine must not stand in the way of a genuine one with the same id.
        $sql = "UPDATE %i SET state = %s, delivery = IF(%s = 'unverified', MD5(CONCAT('unverified', id)), delivery) WHERE id = %d AND state = 'new'";

        return Query::write($wpdb->prepare($sql, Schema::table('inbox'), $state, $state, $id)) === 1;
    }

    /** Bodies older than an instant go (H6). */
    public static function prune(int $connection, int $before): void
    {
        global $wpdb;
        $sql = "DELETE FROM %i WHERE connection_id = %d AND received < %d AND state <> 'new' LIMIT 5000";
        Query::write($wpdb->prepare($sql, Schema::table('inbox'), $connection, $before));
    }
}

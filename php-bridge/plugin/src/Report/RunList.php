<?php

declare(strict_types=1);

namespace Dongbo\Report;

use Dongbo\Tables\Runs;
use Dongbo\Tables\Schema;

/** Runs of a connection: open ones, and those kept to look back on. */
final class RunList
{
    /** Lanes in the order in which people want to see them. */
    private const LANES = "FIELD(lane, 'orders', 'sales', 'inbox', 'catalogue', 'push', 'images')";

    /** @return array<int, array<string, mixed>> Rows of {@see Runs}. */
    public static function open(int $connection): array
    {
        global $wpdb;
        // phpcs:ignore WordPress.DB.PreparedSQL -- a constant of this class.
        $sql = $wpdb->prepare('SELECT * FROM %i WHERE connection_id = %d AND ended IS NULL ORDER BY ' . self::LANES . ', id LIMIT 20', Schema::table('run'), $connection);

        return array_map([Runs::class, 'row'], $wpdb->get_results($sql, ARRAY_A));
    }

    /**
     * @return array<string, mixed>|null The one that ended last and looked at goods: images follow
     *         it within seconds and would stand in front of what it did.
     */
    public static function last(int $connection): ?array
    {
        global $wpdb;
        $sql = $wpdb->prepare("SELECT * FROM %i WHERE connection_id = %d AND ended IS NOT NULL AND lane = 'catalogue' ORDER BY ended DESC LIMIT 1", Schema::table('run'), $connection);
        $row = $wpdb->get_row($sql, ARRAY_A);

        return is_array($row) ? Runs::row($row) : null;
    }

    /** @return array{rows: array<int, array<string, mixed>>, total: int} The latest first. */
    public static function page(int $connection, string $lane, int $offset, int $limit): array
    {
        global $wpdb;
        $table = Schema::table('run');
        $where = 'connection_id = %d' . ($lane === '' ? '' : ' AND lane = %s');
        $args = array_merge([$table, $connection], $lane === '' ? [] : [$lane]);
        // phpcs:ignore WordPress.DB.PreparedSQL -- built above of constants.
        $rows = $wpdb->get_results($wpdb->prepare("SELECT * FROM %i WHERE $where ORDER BY id DESC LIMIT %d OFFSET %d", ...array_merge($args, [$limit, $offset])), ARRAY_A);

        return [
            'rows' => array_map([Runs::class, 'row'], $rows),
            // phpcs:ignore WordPress.DB.PreparedSQL -- built above of constants.
            'total' => (int) $wpdb->get_var($wpdb->prepare("SELECT COUNT(*) FROM %i WHERE $where", ...$args)),
        ];
    }
}

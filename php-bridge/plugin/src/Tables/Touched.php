<?php

declare(strict_types=1);

namespace Dongbo\Tables;

/**
 * Families that something arrived for and that are to be planned. `ready` ones may be planned at
 * once; what a run is still reading waits for the run's own plan, because a family's rows lie on
 * different pages.
 */
final class Touched
{
    private const BATCH = 500;

    /** How long a family that a date made due, but that could not be brought into step, is let alone. */
    public const AGAIN_MS = 900000;

    /**
     * The families of these goods, as the mirror has them now.
     *
     * @param string[] $goods
     */
    public static function goods(int $connection, array $goods, bool $ready): void
    {
        foreach (array_chunk(array_values($goods), self::BATCH) as $part) {
            self::add($connection, $ready, 'remote_id IN (' . Query::places(count($part)) . ')', ...array_map('strval', $part));
        }
    }

    /** The families with a price in a book. */
    public static function book(int $connection, string $book, bool $ready): void
    {
        $sql = 'remote_id IN (SELECT remote_id FROM %i WHERE connection_id = %d AND list = %s AND scope = %s)';
        self::add($connection, $ready, $sql, Schema::table('list_row'), $connection, 'prices', $book);
    }

    /** Every family: a branch opened or closed. */
    public static function everything(int $connection, bool $ready): void
    {
        self::add($connection, $ready, '1 = 1');
    }

    /** @param int|string ...$args */
    private static function add(int $connection, bool $ready, string $where, ...$args): void
    {
        global $wpdb;
        $sql = 'INSERT INTO %i (connection_id, family_key, at, ready) SELECT DISTINCT connection_id, family_key, %d, %d FROM %i'
            . " WHERE connection_id = %d AND $where ON DUPLICATE KEY UPDATE at = VALUES(at), ready = GREATEST(ready, VALUES(ready))";
        // phpcs:ignore WordPress.DB.PreparedSQL -- conditions come from this class.
        Query::write($wpdb->prepare($sql, Schema::table('touched'), Clock::now(), $ready ? 1 : 0, Schema::table('good'), $connection, ...$args));
    }

    /**
     * Combos take their stock from their components (B1): those of touched goods are touched too.
     */
    public static function combos(int $connection): void
    {
        global $wpdb;
        $sql = 'SELECT g.remote_id FROM %i t JOIN %i g ON g.connection_id = t.connection_id AND g.family_key = t.family_key WHERE t.connection_id = %d';
        $goods = $wpdb->get_col($wpdb->prepare($sql, Schema::table('touched'), Schema::table('good'), $connection));
        if ($goods === []) {
            return;
        }
        $touched = array_fill_keys(array_map('strval', $goods), true);
        $combos = [];
        $like = '%' . $wpdb->esc_like('"materials":[{') . '%';
        $sql = 'SELECT remote_id, `row` FROM %i WHERE connection_id = %d AND `row` LIKE %s';
        foreach ($wpdb->get_results($wpdb->prepare($sql, Schema::table('good'), $connection, $like)) as $row) {
            foreach ((array) (json_decode((string) $row->row, true)['materials'] ?? []) as $component) {
                if (isset($touched[(string) ($component['id'] ?? '')])) {
                    $combos[] = (string) $row->remote_id;
                    break;
                }
            }
        }
        self::goods($connection, array_values(array_diff($combos, array_keys($touched))), true);
    }

    /** Something waits that may be planned at once: it arrived by itself, or a date made it due (C4). */
    public static function waiting(int $connection, int $now): bool
    {
        global $wpdb;
        $sql = 'SELECT EXISTS (SELECT 1 FROM %i WHERE connection_id = %d AND ready = 1)'
            . ' OR EXISTS (SELECT 1 FROM %i WHERE connection_id = %d AND due <= %d)';

        return (bool) $wpdb->get_var($wpdb->prepare($sql, Schema::table('touched'), $connection, Schema::table('family'), $connection, $now));
    }

    /** @return int|null When the next date makes a family due. */
    public static function nextDue(int $connection): ?int
    {
        global $wpdb;
        $due = $wpdb->get_var($wpdb->prepare('SELECT MIN(due) FROM %i WHERE connection_id = %d', Schema::table('family'), $connection));

        return $due === null ? null : (int) $due;
    }

    /**
     * The next families to plan, in order of their keys.
     *
     * @param bool $ready Only what may be planned at once, not what a run has read and not planned yet.
     * @param int  $until What was touched until this instant.
     * @param int  $due   What a date makes due until this instant; 0 for none.
     * @return string[]
     */
    public static function after(int $connection, string $cursor, bool $ready, int $until, int $due, int $limit): array
    {
        global $wpdb;
        $sql = 'SELECT family_key FROM %i WHERE connection_id = %d AND family_key > %s AND ready >= %d AND at <= %d'
            . ' UNION SELECT family_key FROM %i WHERE connection_id = %d AND family_key > %s AND due <= %d ORDER BY family_key LIMIT %d';
        $touched = [Schema::table('touched'), $connection, $cursor, $ready ? 1 : 0, $until];
        $dates = [Schema::table('family'), $connection, $cursor, $due];

        return array_map('strval', $wpdb->get_col($wpdb->prepare($sql, ...array_merge($touched, $dates, [$limit]))));
    }

    /**
     * These wait for a run of their own.
     *
     * @param string[] $keys
     */
    public static function hold(int $connection, array $keys): void
    {
        global $wpdb;
        foreach (array_chunk($keys, self::BATCH) as $part) {
            $sql = 'UPDATE %i SET ready = 0 WHERE connection_id = %d AND family_key IN (' . Query::places(count($part)) . ')';
            Query::write($wpdb->prepare($sql, Schema::table('touched'), $connection, ...$part));
        }
    }

    /**
     * These were planned from what the mirror held at an instant; what arrived later stays.
     *
     * @param string[] $keys
     */
    public static function planned(int $connection, array $keys, int $began): void
    {
        global $wpdb;
        foreach (array_chunk($keys, self::BATCH) as $part) {
            $places = Query::places(count($part));
            $sql = "DELETE FROM %i WHERE connection_id = %d AND at <= %d AND family_key IN ($places)";
            Query::write($wpdb->prepare($sql, Schema::table('touched'), $connection, $began, ...$part));
            // Still due although it was planned: it is not in step and is named, and must not be planned in a circle.
            $sql = "UPDATE %i SET due = %d WHERE connection_id = %d AND (due <= %d OR due <= planned) AND family_key IN ($places)";
            Query::write($wpdb->prepare($sql, Schema::table('family'), $began + self::AGAIN_MS, $connection, $began, ...$part));
        }
    }

    /** Everything was planned that arrived, or was due, until an instant. */
    public static function allPlanned(int $connection, int $until): void
    {
        global $wpdb;
        Query::write($wpdb->prepare('DELETE FROM %i WHERE connection_id = %d AND at <= %d', Schema::table('touched'), $connection, $until));
        $late = ' WHERE connection_id = %d AND (due <= %d OR due <= planned)';
        $table = Schema::table('family');
        // Looked first: where all is in step, nothing is written.
        if ($wpdb->get_var($wpdb->prepare("SELECT 1 FROM %i $late LIMIT 1", $table, $connection, $until)) !== null) {
            Query::write($wpdb->prepare("UPDATE %i SET due = %d $late", $table, Clock::now() + self::AGAIN_MS, $connection, $until));
        }
    }
}

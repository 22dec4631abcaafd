<?php

declare(strict_types=1);

namespace Dongbo\Tables;

/**
 * Runs: what was started, how far it is, how it ended. `state` is the rules' own record, stored as
 * it is; nothing here looks inside.
 */
final class Runs
{
    /** Until then a run waits that only a person lets go on: paused, or asking (D4). Milliseconds UTC. */
    public const FOR_A_PERSON = 9000000000000000;

    /** Ended runs of each kind kept for the last-run summary and for looking back. */
    private const KEEP = 50;

    /**
     * Starts a run unless one is open in the lane.
     *
     * @param array<string, mixed> $with What the rules are told at its start: `ids`, `accept_short_list`, `by_hand`.
     * @return int The open run, new or not.
     */
    public static function start(int $connection, string $lane, string $kind, array $with = []): int
    {
        global $wpdb;
        $open = self::open($connection, $lane);
        if ($open !== null) {
            return $open['id'];
        }
        $table = Schema::table('run');
        $now = Clock::now();
        $started = $wpdb->query(
            $wpdb->prepare(
                'INSERT INTO %i (connection_id, lane, kind, started, changed, summary) SELECT %d, %s, %s, %d, %d, %s FROM DUAL'
                . ' WHERE NOT EXISTS (SELECT 1 FROM %i WHERE connection_id = %d AND lane = %s AND ended IS NULL)',
                $table,
                $connection,
                $lane,
                $kind,
                $now,
                $now,
                Query::json($with === [] ? [] : ['start' => $with]),
                $table,
                $connection,
                $lane
            )
        );
        $id = (int) $wpdb->insert_id;
        if ($started === 1 && $id > 0) {
            return $id;
        }
        $open = self::open($connection, $lane);
        if ($open === null) {
            throw new \RuntimeException('no run could be started: ' . $wpdb->last_error);
        }

        return $open['id'];
    }

    /** @return array<string, mixed>|null The run that has not ended. */
    public static function open(int $connection, string $lane): ?array
    {
        return self::one('connection_id = %d AND lane = %s AND ended IS NULL ORDER BY id', $connection, $lane);
    }

    /** @return array<string, mixed>|null */
    public static function find(int $id): ?array
    {
        return self::one('id = %d', $id);
    }

    /** @return array<string, mixed>|null The run that ended last. */
    public static function last(int $connection, string $lane, string $kind): ?array
    {
        return self::one(
            'connection_id = %d AND lane = %s AND kind = %s AND ended IS NOT NULL ORDER BY id DESC',
            $connection,
            $lane,
            $kind
        );
    }

    /** When the latest run of the lane that did its work ended. */
    public static function lastDone(int $connection, string $lane): ?int
    {
        global $wpdb;
        $sql = "SELECT MAX(ended) FROM %i WHERE connection_id = %d AND lane = %s AND outcome = 'done'";
        $ended = $wpdb->get_var($wpdb->prepare($sql, Schema::table('run'), $connection, $lane));

        return $ended === null ? null : (int) $ended;
    }

    /**
     * What the runs before this one left, the latest first.
     *
     * @return array<int, array<string, mixed>> Summaries.
     */
    public static function before(int $connection, int $run): array
    {
        global $wpdb;
        $sql = 'SELECT summary FROM %i WHERE connection_id = %d AND id < %d ORDER BY id DESC LIMIT 20';
        $summaries = [];
        foreach ($wpdb->get_col($wpdb->prepare($sql, Schema::table('run'), $connection, $run)) as $text) {
            $summaries[] = json_decode((string) $text, true) ?: [];
        }

        return $summaries;
    }

    /** @param array<string, mixed> $values Arrays are stored as JSON. */
    public static function update(int $id, array $values): void
    {
        global $wpdb;
        $sets = [];
        $args = [Schema::table('run')];
        foreach ($values + ['changed' => Clock::now()] as $name => $value) {
            $sets[] = '%i = ' . ($value === null ? 'NULL' : '%s');
            $args[] = $name;
            if ($value !== null) {
                $args[] = is_array($value) ? Query::json($value) : $value;
            }
        }
        $args[] = $id;
        Query::write($wpdb->prepare('UPDATE %i SET ' . implode(', ', $sets) . ' WHERE id = %d', ...$args));
    }

    /**
     * Keeps something beside the run that is no progress of it.
     *
     * @param array<string, mixed> $summary
     */
    public static function note(int $id, array $summary): void
    {
        global $wpdb;
        Query::write($wpdb->prepare('UPDATE %i SET summary = %s WHERE id = %d AND ended IS NULL', Schema::table('run'), Query::json($summary), $id));
    }

    /**
     * When each kind of a lane's runs last started.
     *
     * @param bool $done Those that ended well only.
     * @return array<int, array{kind: string, at: int}>
     */
    public static function lastOfKinds(int $connection, bool $done, string $lane): array
    {
        global $wpdb;
        // A run that only read, for the preview, is not the first sync a person has to start (A1).
        $sql = "SELECT kind, MAX(started) AS at FROM %i WHERE connection_id = %d AND lane = %s AND kind <> 'read'" . ($done ? " AND outcome = 'done'" : '') . ' GROUP BY kind';
        // phpcs:ignore WordPress.DB.PreparedSQL -- built from constants.
        $rows = $wpdb->get_results($wpdb->prepare($sql, Schema::table('run'), $connection, $lane), ARRAY_A);

        return array_map(static function (array $row): array {
            return ['kind' => (string) $row['kind'], 'at' => (int) $row['at']];
        }, (array) $rows);
    }

    /** Drops all but the latest ended runs of a kind: frequent kinds never push out the seldom ones. */
    public static function prune(int $connection, string $kind): void
    {
        global $wpdb;
        $table = Schema::table('run');
        $sql = 'SELECT id FROM %i WHERE connection_id = %d AND kind = %s AND ended IS NOT NULL ORDER BY id DESC LIMIT 1 OFFSET %d';
        $limit = $wpdb->get_var($wpdb->prepare($sql, $table, $connection, $kind, self::KEEP));
        if ($limit !== null) {
            $sql = 'DELETE FROM %i WHERE connection_id = %d AND kind = %s AND ended IS NOT NULL AND id <= %d';
            $wpdb->query($wpdb->prepare($sql, $table, $connection, $kind, (int) $limit));
        }
    }

    /**
     * @param int|string ...$args
     * @return array<string, mixed>|null
     */
    private static function one(string $where, ...$args): ?array
    {
        global $wpdb;
        // phpcs:ignore WordPress.DB.PreparedSQL -- conditions come from this class.
        $sql = $wpdb->prepare("SELECT * FROM %i WHERE $where LIMIT 1", Schema::table('run'), ...$args);
        $row = $wpdb->get_row($sql, ARRAY_A);

        return is_array($row) ? self::row($row) : null;
    }

    /**
     * A row of the table with its numbers and records as such.
     *
     * @param array<string, string|null> $row
     * @return array<string, mixed>
     */
    public static function row(array $row): array
    {
        foreach (['id', 'connection_id', 'done', 'total', 'started', 'changed'] as $name) {
            $row[$name] = (int) $row[$name];
        }
        foreach (['ended', 'wait_until'] as $name) {
            $row[$name] = $row[$name] === null ? null : (int) $row[$name];
        }
        foreach (['state', 'summary', 'counters'] as $name) {
            $value = json_decode((string) $row[$name], true);
            $row[$name] = is_array($value) ? $value : null;
        }

        return $row;
    }
}

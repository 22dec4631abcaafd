<?php

declare(strict_types=1);

namespace Dongbo\Tables;

/**
 * Orders that are to be sent: one row an order and intent, never content (product.md E5).
 *
 * Two write here without knowing of each other: the recorder, in a shopper's request, and the
 * orders' lane. The lane's writes go by `version`, which only they count; the recorder's mark is
 * `recorded`, which a row that is put to rest is compared by, so that no change is slept over.
 *
 * @phpstan-type Row array{id: int, order_id: int, intent: string, state: string, version: int, recorded: int,
 *     next_try: int, by_hand: bool, tries: int, cause: string, failed_at: int|null, in_doubt: bool, doing: string,
 *     sending: array<string, mixed>|null, label: string}
 */
final class Outbox
{
    /** `next_try` of a row that rests until something happens to its order, to the settings, or a sweep comes. */
    public const RESTS = 9000000000000000;

    private const OPEN = "('waiting', 'sending', 'failed')";
    private const COLUMNS = 'id, order_id, intent, state, version, recorded, next_try, by_hand, tries, cause, failed_at, in_doubt, doing, sending, label';

    /**
     * Something happened to an order. One statement: the connection of use and whether the order is
     * in the POS are found by it too. The label goes in hexadecimal: for a text that is not ASCII
     * WordPress would ask the table for its columns first, and every Vietnamese name is one.
     *
     * @param int $next When to look at it.
     * @return string The database's words when it refused, else an empty text.
     */
    public static function record(int $order, string $label, int $now, int $next): string
    {
        global $wpdb;
        $quiet = $wpdb->suppress_errors(true);
        $done = $wpdb->query($wpdb->prepare(
            "INSERT INTO %i (connection_id, order_id, intent, recorded, next_try, label, changed)
            SELECT c.id, %d, IF(EXISTS (SELECT 1 FROM %i l WHERE l.connection_id = c.id AND l.order_id = %d), 'update', 'create'), %d, %d, CONVERT(UNHEX(%s) USING utf8mb4), %d
            FROM %i c WHERE c.state NOT IN ('new', 'closed') ORDER BY c.id DESC LIMIT 1 " . self::again(),
            Schema::table('outbox'),
            $order,
            Schema::table('order_link'),
            $order,
            $now,
            $next,
            bin2hex(mb_substr($label, 0, 255)),
            $now,
            Schema::table('connection')
        ));
        $wpdb->suppress_errors($quiet);

        return $done === false ? (string) $wpdb->last_error : '';
    }

    /** Records `create` for orders nobody recorded (E7). @param int[] $orders */
    public static function recordMissed(int $connection, array $orders, int $now): void
    {
        global $wpdb;
        foreach (array_chunk($orders, 200) as $part) {
            $args = [Schema::table('outbox')];
            foreach ($part as $order) {
                array_push($args, $connection, $order, 'create', $now, $now, $now);
            }
            $sql = 'INSERT IGNORE INTO %i (connection_id, order_id, intent, recorded, next_try, changed) VALUES ' . Query::places(count($part), '(%d, %d, %s, %d, %d, %d)');
            Query::write($wpdb->prepare($sql, ...$args));
        }
    }

    /**
     * The row was sent. What happened to the order while it was being sent is a change to be sent.
     *
     * @param Row $row  As it was stored last.
     * @param int $seen `recorded` when the order was read.
     */
    public static function changedMeanwhile(array $row, int $seen, int $now): void
    {
        global $wpdb;
        $table = Schema::table('outbox');
        if ($row['intent'] !== 'create') {
            $sql = "UPDATE %i SET state = 'waiting', next_try = %d WHERE id = %d AND recorded <> %d";
            Query::write($wpdb->prepare($sql, $table, $now, $row['id'], $seen));

            return;
        }
        Query::write($wpdb->prepare(
            "INSERT INTO %i (connection_id, order_id, intent, recorded, next_try, label, changed)
            SELECT o.connection_id, o.order_id, 'update', %d, %d, o.label, %d FROM %i o WHERE o.id = %d AND o.recorded <> %d " . self::again(),
            $table,
            $now,
            $now,
            $now,
            $table,
            $row['id'],
            $seen
        ));
    }

    /**
     * What a further event makes of a row that is there. In this order: each line sees what the lines
     * before it have set. Who waits for the POS, waits on; what a person put aside stays there.
     */
    private static function again(): string
    {
        // The statement selects from tables that have columns of these names too.
        $of = '`' . Schema::table('outbox') . '`.';
        $over = "{$of}state IN ('sent', 'dropped')";
        $waits = "({$of}state = 'sending' OR {$of}in_doubt = 1 OR ({$of}state = 'failed' AND {$of}cause = 'time' AND {$of}next_try < " . self::RESTS . '))';

        return "ON DUPLICATE KEY UPDATE recorded = VALUES(recorded), next_try = IF($waits, {$of}next_try, VALUES(next_try)),
            tries = IF($over, 0, {$of}tries), code = IF($over, '', {$of}code), params = IF($over, NULL, {$of}params),
            changed = IF($over, VALUES(changed), {$of}changed), label = IF(VALUES(label) = '', {$of}label, VALUES(label)), state = IF($over, 'waiting', {$of}state)";
    }

    /** @return int|null When the next row is to be looked at. */
    public static function nextDue(int $connection): ?int
    {
        global $wpdb;
        $sql = 'SELECT MIN(next_try) FROM %i WHERE connection_id = %d AND state IN ' . self::OPEN . ' AND next_try < %d';
        $next = $wpdb->get_var($wpdb->prepare($sql, Schema::table('outbox'), $connection, self::RESTS));

        return $next === null ? null : (int) $next;
    }

    /** Whether there is a row that was to be looked at after one moment and not after another. */
    public static function becameDue(int $connection, int $after, int $until): bool
    {
        global $wpdb;
        $sql = 'SELECT 1 FROM %i WHERE connection_id = %d AND state IN ' . self::OPEN . ' AND next_try > %d AND next_try <= %d LIMIT 1';

        return $wpdb->get_var($wpdb->prepare($sql, Schema::table('outbox'), $connection, $after, $until)) !== null;
    }

    /** @return Row[] Those to be looked at now, the longest waiting first. */
    public static function due(int $connection, int $now, int $limit): array
    {
        return self::select('connection_id = %d AND state IN ' . self::OPEN . ' AND next_try <= %d ORDER BY by_hand DESC, next_try, id LIMIT %d', $connection, $now, $limit);
    }

    /** @return Row|null */
    public static function find(int $id): ?array
    {
        return self::select('id = %d LIMIT 1', $id)[0] ?? null;
    }

    /**
     * Stores a turn of the row, if nobody else has stored one since it was read.
     *
     * @param Row                  $row    As it was read; its version counts on.
     * @param array<string, mixed> $values Columns; `params` and `sending` as records.
     * @param bool                 $still  Only if nothing was recorded since, either.
     * @return bool False: another worker has taken it over, or something happened to the order.
     * @throws \Dongbo\Lanes\TransactionLost
     */
    public static function store(array &$row, array $values, int $now, bool $still = false): bool
    {
        global $wpdb;
        $sets = ['version = version + 1', 'changed = %d'];
        $args = [Schema::table('outbox'), $now];
        foreach ($values as $column => $value) {
            $sets[] = "`$column` = " . ($value === null ? 'NULL' : '%s');
            if ($value !== null) {
                $args[] = is_array($value) ? Query::json($value) : (is_bool($value) ? (int) $value : $value);
            }
        }
        array_push($args, $row['id'], $row['version']);
        $where = 'id = %d AND version = %d';
        if ($still) {
            $where .= ' AND recorded = %d';
            $args[] = $row['recorded'];
        }
        // phpcs:ignore WordPress.DB.PreparedSQL -- columns are named by callers.
        if (Query::write($wpdb->prepare('UPDATE %i SET ' . implode(', ', $sets) . " WHERE $where", ...$args)) !== 1) {
            return false;
        }
        $row = array_intersect_key($values, $row) + ['version' => $row['version'] + 1] + $row;

        return true;
    }

    /** Whether the row is still as this worker stored it. @param Row $row */
    public static function own(array $row): bool
    {
        global $wpdb;
        $sql = 'SELECT version FROM %i WHERE id = %d';

        return (int) $wpdb->get_var($wpdb->prepare($sql, Schema::table('outbox'), $row['id'])) === $row['version'];
    }

    /**
     * A person wants these sent, whatever became of them; what is under way or done is left alone.
     *
     * @param int[] $orders
     * @return int How many.
     */
    public static function byHand(int $connection, array $orders, int $now): int
    {
        // A person has looked at what is to be reviewed, so it counts as failed from here on.
        return self::act(
            $connection,
            $orders,
            "by_hand = 1, next_try = $now, version = version + 1, state = IF(state = 'waiting', state, 'failed')",
            "state NOT IN ('sent', 'sending') AND NOT (state = 'dropped' AND intent <> 'create')"
        );
    }

    /**
     * A person says that these are not to be sent.
     *
     * @param int[] $orders
     * @return int How many.
     */
    public static function ignore(int $connection, array $orders, int $now): int
    {
        return self::act($connection, $orders, "state = 'ignored', by_hand = 0, version = version + 1, changed = $now", "state IN ('waiting', 'failed', 'review')");
    }

    /** @param int[] $orders */
    private static function act(int $connection, array $orders, string $sets, string $where): int
    {
        global $wpdb;
        $done = 0;
        foreach (array_chunk($orders, 500) as $part) {
            $sql = "UPDATE %i SET $sets WHERE connection_id = %d AND $where AND order_id IN (" . Query::places(count($part), '%d') . ')';
            // phpcs:ignore WordPress.DB.PreparedSQL -- words of this class and numbers.
            $done += Query::write($wpdb->prepare($sql, Schema::table('outbox'), $connection, ...$part));
        }

        return $done;
    }

    /** @return int[] Orders that failed or need review. */
    public static function failed(int $connection): array
    {
        global $wpdb;
        $sql = "SELECT DISTINCT order_id FROM %i WHERE connection_id = %d AND state IN ('failed', 'review') ORDER BY order_id LIMIT 5000";

        return array_map('intval', $wpdb->get_col($wpdb->prepare($sql, Schema::table('outbox'), $connection)));
    }

    /** Every row that rests is looked at again: something may have changed for all of them. */
    public static function wakeAll(int $connection, int $now): void
    {
        global $wpdb;
        $sql = 'UPDATE %i SET next_try = %d WHERE connection_id = %d AND state IN ' . self::OPEN . ' AND next_try >= %d';
        Query::write($wpdb->prepare($sql, Schema::table('outbox'), $now, $connection, self::RESTS));
    }

    /**
     * Which of these orders have a row.
     *
     * @param int[] $orders
     * @return array<int, true>
     */
    public static function recorded(int $connection, array $orders): array
    {
        global $wpdb;
        $known = [];
        foreach (array_chunk($orders, 500) as $part) {
            $sql = 'SELECT DISTINCT order_id FROM %i WHERE connection_id = %d AND order_id IN (' . Query::places(count($part), '%d') . ')';
            foreach ($wpdb->get_col($wpdb->prepare($sql, Schema::table('outbox'), $connection, ...$part)) as $order) {
                $known[(int) $order] = true;
            }
        }

        return $known;
    }

    /**
     * @param int|string ...$args
     * @return Row[]
     */
    private static function select(string $where, ...$args): array
    {
        global $wpdb;
        // phpcs:ignore WordPress.DB.PreparedSQL -- conditions of this class.
        $rows = (array) $wpdb->get_results($wpdb->prepare('SELECT ' . self::COLUMNS . " FROM %i WHERE $where", Schema::table('outbox'), ...$args), ARRAY_A);

        return array_map(static function (array $row): array {
            foreach (['id', 'order_id', 'version', 'recorded', 'next_try', 'tries'] as $number) {
                $row[$number] = (int) $row[$number];
            }
            $row['by_hand'] = (bool) $row['by_hand'];
            $row['in_doubt'] = (bool) $row['in_doubt'];
            $row['failed_at'] = $row['failed_at'] === null ? null : (int) $row['failed_at'];
            // A state that cannot be read is one all the same: the rules look up what it may have asked for.
            $row['sending'] = $row['sending'] === null ? null : (json_decode((string) $row['sending'], true) ?: ['version' => 0]);

            return $row;
        }, $rows);
    }
}

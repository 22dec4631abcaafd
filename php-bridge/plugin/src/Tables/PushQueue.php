<?php

declare(strict_types=1);

namespace Dongbo\Tables;

/**
 * Products on their way to the POS, one row a product and never content (product.md G1, Q3).
 *
 * Two write here without knowing of each other: whoever notes that a product changed or is to be sent,
 * and the lane. The lane's writes go by `version`; `recorded` says that something happened meanwhile.
 *
 * @phpstan-type Row array{id: int, shop_id: int, state: string, version: int, recorded: int, next_try: int,
 *     by_hand: bool, tries: int, pushing: array<string, mixed>|null, label: string}
 */
final class PushQueue
{
    /** `next_try` of a row that rests until something happens to its product. */
    public const RESTS = 9000000000000000;

    /** The row that stands for the category tree as a whole (G2): no product has this id. */
    public const CATEGORIES = 0;

    /** States of rows the lane has still to do with. */
    private const OPEN = "('waiting', 'sending', 'failed')";
    private const COLUMNS = 'id, shop_id, state, version, recorded, next_try, by_hand, tries, pushing, label';

    /**
     * Something happened to products, or somebody wants them sent. What is under way goes on and is looked
     * at once more afterwards.
     *
     * @param int[] $products Never variations.
     * @param int   $next     When to look at them.
     * @return int How many.
     */
    public static function record(int $connection, array $products, bool $byHand, int $now, int $next): int
    {
        global $wpdb;
        $count = 0;
        foreach (array_chunk(array_values(array_unique($products)), 200) as $part) {
            $args = [Schema::table('push')];
            foreach ($part as $product) {
                array_push($args, $connection, $product, $now, $next, $byHand ? 1 : 0, $now);
            }
            // In this order: each line sees what the lines before it have set.
            $sql = 'INSERT INTO %i (connection_id, shop_id, recorded, next_try, by_hand, changed) VALUES ' . Query::places(count($part), '(%d, %d, %d, %d, %d, %d)')
                . " ON DUPLICATE KEY UPDATE recorded = VALUES(recorded), by_hand = GREATEST(by_hand, VALUES(by_hand)),
                next_try = IF(state = 'sending', next_try, VALUES(next_try)), tries = IF(state IN ('sending', 'failed'), tries, 0),
                changed = VALUES(changed), state = IF(state = 'sending', state, 'waiting')";
            Query::write($wpdb->prepare($sql, ...$args));
            $count += count($part);
        }

        return $count;
    }

    /** @return int|null When the next row is to be looked at. */
    public static function nextDue(int $connection): ?int
    {
        global $wpdb;
        $sql = 'SELECT MIN(next_try) FROM %i WHERE connection_id = %d AND state IN ' . self::OPEN . ' AND next_try < %d';
        $next = $wpdb->get_var($wpdb->prepare($sql, Schema::table('push'), $connection, self::RESTS));

        return $next === null ? null : (int) $next;
    }

    /** @return Row[] Those to be looked at now, the longest waiting first. */
    public static function due(int $connection, int $now, int $limit): array
    {
        return self::select('connection_id = %d AND state IN ' . self::OPEN . ' AND next_try <= %d ORDER BY by_hand DESC, next_try, id LIMIT %d', $connection, $now, $limit);
    }

    /**
     * Stores a turn of the row, if nobody else has stored one since it was read.
     *
     * @param Row                  $row    As it was read; its version counts on.
     * @param array<string, mixed> $values Columns; records as such.
     * @return bool False: another worker has taken it over.
     * @throws \Dongbo\Lanes\TransactionLost
     */
    public static function store(array &$row, array $values, int $now): bool
    {
        global $wpdb;
        $sets = ['version = version + 1', 'changed = %d'];
        $args = [Schema::table('push'), $now];
        foreach ($values as $column => $value) {
            $sets[] = "`$column` = " . ($value === null ? 'NULL' : '%s');
            if ($value !== null) {
                $args[] = is_array($value) ? Query::json($value) : (is_bool($value) ? (int) $value : $value);
            }
        }
        array_push($args, $row['id'], $row['version']);
        // phpcs:ignore WordPress.DB.PreparedSQL -- columns are named by callers.
        if (Query::write($wpdb->prepare('UPDATE %i SET ' . implode(', ', $sets) . ' WHERE id = %d AND version = %d', ...$args)) !== 1) {
            return false;
        }
        $row = array_intersect_key($values, $row) + ['version' => $row['version'] + 1] + $row;

        return true;
    }

    /**
     * The row has ended. What happened to the product while it was being sent is looked at once more.
     *
     * @param Row $row  As it was stored last.
     * @param int $seen `recorded` when the product was read first.
     */
    public static function changedMeanwhile(array $row, int $seen, int $now): void
    {
        global $wpdb;
        $sql = "UPDATE %i SET state = 'waiting', next_try = %d WHERE id = %d AND recorded <> %d";
        Query::write($wpdb->prepare($sql, Schema::table('push'), $now, $row['id'], $seen));
    }

    /** Whether the row is still as this worker stored it. @param Row $row */
    public static function own(array $row): bool
    {
        global $wpdb;
        $sql = 'SELECT version FROM %i WHERE id = %d';

        return (int) $wpdb->get_var($wpdb->prepare($sql, Schema::table('push'), $row['id'])) === $row['version'];
    }

    /** Drops what was only noted, of products or of categories: they do not go to the POS by themselves. */
    public static function dropNoted(int $connection, bool $categories): void
    {
        global $wpdb;
        $which = $categories ? '=' : '<>';
        // phpcs:ignore WordPress.DB.PreparedSQL -- one of two operators.
        Query::write($wpdb->prepare("DELETE FROM %i WHERE connection_id = %d AND shop_id $which %d AND state = 'waiting' AND by_hand = 0 AND pushing IS NULL", Schema::table('push'), $connection, self::CATEGORIES));
    }

    /** How many are still to be done. */
    public static function open(int $connection): int
    {
        global $wpdb;

        return (int) $wpdb->get_var($wpdb->prepare('SELECT COUNT(*) FROM %i WHERE connection_id = %d AND state IN ' . self::OPEN, Schema::table('push'), $connection));
    }

    /** @return array<string, int> Rows by state that are through since an instant, or have failed for now. */
    public static function endedSince(int $connection, int $since): array
    {
        global $wpdb;
        $sql = "SELECT state, COUNT(*) AS n FROM %i WHERE connection_id = %d AND changed >= %d AND state NOT IN ('waiting', 'sending') GROUP BY state";
        $rows = $wpdb->get_results($wpdb->prepare($sql, Schema::table('push'), $connection, $since), ARRAY_A);

        return array_map('intval', array_column((array) $rows, 'n', 'state'));
    }

    /**
     * @param int|string ...$args
     * @return Row[]
     */
    private static function select(string $where, ...$args): array
    {
        global $wpdb;
        // phpcs:ignore WordPress.DB.PreparedSQL -- conditions of this class.
        $rows = (array) $wpdb->get_results($wpdb->prepare('SELECT ' . self::COLUMNS . " FROM %i WHERE $where", Schema::table('push'), ...$args), ARRAY_A);

        return array_map(static function (array $row): array {
            foreach (['id', 'shop_id', 'version', 'recorded', 'next_try', 'tries'] as $number) {
                $row[$number] = (int) $row[$number];
            }
            $row['by_hand'] = (bool) $row['by_hand'];
            // A state that cannot be read is one all the same: the rules look up what it may have asked for.
            $row['pushing'] = $row['pushing'] === null ? null : (json_decode((string) $row['pushing'], true) ?: ['version' => 0]);

            return $row;
        }, $rows);
    }
}

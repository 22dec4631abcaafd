<?php

declare(strict_types=1);

namespace Dongbo\Tables;

use Dongbo\Shop\Origins;

/**
 * Which POS row belongs to which product, and what was last written (src/model/link.rs).
 *
 * Unique both ways. A row here also carries what the rules need not know: its id, whether Dongbo
 * made the product, which rules wrote it.
 *
 * @phpstan-type Row array{id: int, created_here: bool, link: array<string, mixed>}
 */
final class Links
{
    private function __construct()
    {
    }

    /**
     * Links of these goods and of these families, and of every row of the families.
     *
     * @param string[] $goods    Remote ids.
     * @param string[] $families Families' own ids.
     *
     * @return array<int, Row> By link id, oldest first.
     */
    public static function of(int $connection, array $goods, array $families): array
    {
        $rows = [];
        foreach (array_chunk(array_values(array_unique($goods)), 500) as $part) {
            $rows += self::select('connection_id = %d AND kind = %s AND remote_id IN (' . Query::places(count($part)) . ')', [$connection, 'good'], $part);
        }
        foreach (array_chunk(array_values(array_unique($families)), 500) as $part) {
            $rows += self::select('connection_id = %d AND family IN (' . Query::places(count($part)) . ')', [$connection], $part);
        }
        ksort($rows);

        return $rows;
    }

    /**
     * Links of these families' other unit levels: own ids `<key>|<unit>`.
     *
     * @param string[] $families
     *
     * @return array<int, Row>
     */
    public static function ofUnits(int $connection, array $families): array
    {
        global $wpdb;
        $rows = [];
        foreach (array_chunk(array_values(array_unique($families)), 50) as $part) {
            $likes = array_map(static function (string $family) use ($wpdb): string {
                return $wpdb->esc_like($family) . '|%';
            }, $part);
            $rows += self::select('connection_id = %d AND (' . implode(' OR ', array_fill(0, count($part), 'family LIKE %s')) . ')', [$connection], $likes);
        }

        return $rows;
    }

    /**
     * Links of these products and variations.
     *
     * @param int[] $shopIds
     *
     * @return array<int, Row> By link id, oldest first.
     */
    public static function toProducts(int $connection, array $shopIds): array
    {
        $rows = [];
        foreach (array_chunk(array_values(array_unique($shopIds)), 500) as $part) {
            $rows += self::select('connection_id = %d AND shop_id IN (' . Query::places(count($part), '%d') . ')', [$connection], $part);
        }

        return $rows;
    }

    /**
     * Which of these products are linked.
     *
     * @param int[] $shopIds
     *
     * @return array<int, string> The row's or family's id by product.
     */
    public static function ofProducts(int $connection, array $shopIds): array
    {
        global $wpdb;
        $linked = [];
        foreach (array_chunk(array_values(array_unique($shopIds)), 500) as $part) {
            $sql = 'SELECT shop_id, remote_id FROM %i WHERE connection_id = %d AND shop_id IN (' . Query::places(count($part), '%d') . ')';
            foreach ($wpdb->get_results($wpdb->prepare($sql, Schema::table('link'), $connection, ...$part)) as $row) {
                $linked[(int) $row->shop_id] = (string) $row->remote_id;
            }
        }

        return $linked;
    }

    /**
     * Which of these products a good's followed link holds.
     *
     * @param int[] $shopIds
     *
     * @return array<int, true>
     */
    public static function active(int $connection, array $shopIds): array
    {
        global $wpdb;
        $active = [];
        foreach (array_chunk($shopIds, 500) as $part) {
            $sql = 'SELECT shop_id FROM %i WHERE connection_id = %d AND kind = %s AND state = %s AND shop_id IN (' . Query::places(count($part), '%d') . ')';
            foreach ($wpdb->get_col($wpdb->prepare($sql, Schema::table('link'), $connection, 'good', 'active', ...$part)) as $id) {
                $active[(int) $id] = true;
            }
        }

        return $active;
    }

    /** How many goods are linked and kept in step. */
    public static function count(int $connection): int
    {
        global $wpdb;
        $sql = 'SELECT COUNT(*) FROM %i WHERE connection_id = %d AND kind = %s AND state = %s';

        return (int) $wpdb->get_var($wpdb->prepare($sql, Schema::table('link'), $connection, 'good', 'active'));
    }

    /**
     * Stores a link: a new one, or an older one with this id.
     *
     * @param int|null             $id   The stored row, null for a new one.
     * @param array<string, mixed> $link A Link record.
     *
     * @throws \Dongbo\Lanes\TransactionLost When the database refuses: the product or the row is linked already.
     */
    public static function put(int $connection, ?int $id, array $link, bool $createdHere, string $rules, int $now): void
    {
        global $wpdb;
        $fields = Query::json($link['fields']);
        if ($id === null) {
            Query::write($wpdb->prepare(
                'INSERT INTO %i (connection_id, kind, remote_id, shop_id, family, state, created_here, fields, rules_version, created, changed)
                VALUES (%d, %s, %s, %d, %s, %s, %d, %s, %s, %d, %d)',
                Schema::table('link'),
                $connection,
                $link['kind'],
                $link['remote_id'],
                $link['shop_id'],
                $link['family'],
                $link['state'] ?? 'active',
                $createdHere ? 1 : 0,
                $fields,
                substr($rules, 0, 20),
                $now,
                $now
            ));
            return;
        }
        Query::write($wpdb->prepare(
            'UPDATE %i SET shop_id = %d, family = %s, fields = %s, rules_version = %s, changed = %d WHERE id = %d',
            Schema::table('link'),
            $link['shop_id'],
            $link['family'],
            $fields,
            substr($rules, 0, 20),
            $now,
            $id
        ));
    }

    /**
     * @param string $state `active`, `paused` or `excluded`.
     *
     * @throws \Dongbo\Lanes\TransactionLost
     */
    public static function setState(int $connection, int $id, string $state): void
    {
        global $wpdb;
        Query::write($wpdb->prepare('UPDATE %i SET state = %s WHERE connection_id = %d AND id = %d', Schema::table('link'), $state, $connection, $id));
    }

    /** @throws \Dongbo\Lanes\TransactionLost */
    public static function drop(int $id): void
    {
        self::end('id = %d', $id);
    }

    /**
     * @return int How many there were.
     * @throws \Dongbo\Lanes\TransactionLost
     */
    public static function dropAll(int $connection): int
    {
        return self::end('connection_id = %d', $connection);
    }

    private static function end(string $where, int $value): int
    {
        global $wpdb;
        // phpcs:ignore WordPress.DB.PreparedSQL -- conditions of this class.
        $products = $wpdb->get_col($wpdb->prepare("SELECT shop_id FROM %i WHERE $where", Schema::table('link'), $value));
        Origins::leave(array_map('intval', $products));

        // phpcs:ignore WordPress.DB.PreparedSQL -- conditions of this class.
        return Query::write($wpdb->prepare("DELETE FROM %i WHERE $where", Schema::table('link'), $value));
    }

    /**
     * @param array<int, int|string> $fixed
     * @param string[]               $list
     *
     * @return array<int, Row>
     */
    private static function select(string $where, array $fixed, array $list): array
    {
        global $wpdb;
        $sql = 'SELECT id, kind, remote_id, shop_id, family, state, created_here, fields FROM %i WHERE ' . $where;
        $rows = [];
        foreach ($wpdb->get_results($wpdb->prepare($sql, Schema::table('link'), ...$fixed, ...$list)) as $row) {
            $rows[(int) $row->id] = [
                'id' => (int) $row->id,
                'created_here' => (bool) $row->created_here,
                'link' => [
                    'kind' => (string) $row->kind,
                    'remote_id' => (string) $row->remote_id,
                    'shop_id' => (int) $row->shop_id,
                    'family' => (string) $row->family,
                    'state' => (string) $row->state,
                    'fields' => json_decode((string) $row->fields, true) ?: [],
                ],
            ];
        }

        return $rows;
    }
}

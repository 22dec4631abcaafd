<?php

declare(strict_types=1);

namespace Dongbo\Report;

use Dongbo\Control\UndoOne;
use Dongbo\Tables\Schema;

/** The history for people (product.md H6): who, what, when, from what to what, and why. */
final class HistoryList
{
    private const COLUMNS = 'h.id, h.at, h.run_id, h.actor, h.remote_kind, h.remote_id, h.shop_id, h.label, h.field, h.before_value, h.after_value, h.reason, h.params';

    /**
     * @param array<string, int|string> $filter `search`, `field`, `good`, `shop_id`, `run`, `from`, `to`, `id`.
     * @return array{rows: array<int, array<string, mixed>>, total: int} The latest first.
     */
    public static function page(int $connection, array $filter, int $offset, int $limit): array
    {
        global $wpdb;
        [$where, $args] = self::where($connection, $filter);
        // phpcs:ignore WordPress.DB.PreparedSQL -- conditions of this class.
        $total = (int) $wpdb->get_var($wpdb->prepare("SELECT COUNT(*) FROM %i h WHERE $where", ...array_merge([Schema::table('history')], $args)));

        return ['rows' => self::entries(self::rows($where, $args, 'h.at DESC, h.id DESC', $limit, $offset)), 'total' => $total];
    }

    /**
     * The whole history in parts, for an export: the latest first, without an OFFSET that grows.
     *
     * @param array<string, int|string> $filter
     * @return \Generator<int, array<string, mixed>>
     */
    public static function each(int $connection, array $filter, int $part = 500): \Generator
    {
        [$where, $args] = self::where($connection, $filter);
        $last = PHP_INT_MAX;
        do {
            $rows = self::rows($where . ' AND h.id < %d', array_merge($args, [$last]), 'h.id DESC', $part, 0);
            foreach (self::entries($rows) as $entry) {
                yield $entry;
            }
            $last = $rows === [] ? 0 : (int) end($rows)->id;
        } while (count($rows) === $part);
    }

    /**
     * @param array<int, int|string> $args
     * @return array<int, \stdClass>
     */
    private static function rows(string $where, array $args, string $order, int $limit, int $offset): array
    {
        global $wpdb;
        $sql = 'SELECT ' . self::COLUMNS . ", d.id AS hold FROM %i h LEFT JOIN %i d ON d.connection_id = h.connection_id AND d.remote_id = h.remote_id AND d.field = h.field
            WHERE $where ORDER BY $order LIMIT %d OFFSET %d";

        // phpcs:ignore WordPress.DB.PreparedSQL -- conditions of this class.
        return $wpdb->get_results($wpdb->prepare($sql, ...array_merge([Schema::table('history'), Schema::table('hold')], $args, [$limit, $offset])));
    }

    /**
     * @param array<string, int|string> $filter
     * @return array{string, array<int, int|string>}
     */
    private static function where(int $connection, array $filter): array
    {
        global $wpdb;
        $where = 'h.connection_id = %d';
        $args = [$connection];
        foreach (['field' => 'field', 'good' => 'remote_id', 'shop_id' => 'shop_id', 'run' => 'run_id', 'id' => 'id'] as $name => $column) {
            if (!empty($filter[$name])) {
                $where .= " AND h.$column = %s";
                $args[] = $filter[$name];
            }
        }
        foreach (['from' => '>=', 'to' => '<'] as $name => $sign) {
            if (!empty($filter[$name])) {
                $where .= " AND h.at $sign %d";
                $args[] = (int) $filter[$name];
            }
        }
        if (!empty($filter['search'])) {
            $where .= ' AND h.label COLLATE utf8mb4_unicode_ci LIKE %s';
            $args[] = '%' . $wpdb->esc_like((string) $filter['search']) . '%';
        }

        return [$where, $args];
    }

    /**
     * @param array<int, \stdClass> $rows
     * @return array<int, array<string, mixed>>
     */
    private static function entries(array $rows): array
    {
        $names = self::names(array_map('intval', array_column($rows, 'actor')));
        $entries = [];
        foreach ($rows as $row) {
            $entries[] = [
                'id' => (int) $row->id,
                'at' => (int) $row->at,
                'run' => (int) $row->run_id,
                'actor' => $names[(int) $row->actor] ?? '',
                'actor_id' => (int) $row->actor,
                'remote_kind' => (string) $row->remote_kind,
                'remote_id' => (string) $row->remote_id,
                'shop_id' => (int) $row->shop_id,
                'label' => (string) $row->label,
                'field' => (string) $row->field,
                'field_label' => FieldNames::of((string) $row->field),
                'before' => $row->before_value,
                'after' => $row->after_value,
                'said' => Said::of((string) $row->reason, Said::params($row->params)),
                'undoable' => $row->hold === null && (int) $row->shop_id > 0 && in_array($row->field, UndoOne::FIELDS, true),
                'hold' => $row->hold === null ? null : (int) $row->hold,
            ];
        }

        return $entries;
    }

    /**
     * @param int[] $ids
     * @return array<int, string> Display names.
     */
    private static function names(array $ids): array
    {
        $ids = array_values(array_unique(array_filter($ids)));
        if ($ids === []) {
            return [];
        }

        return array_column(get_users(['include' => $ids, 'fields' => ['ID', 'display_name'], 'blog_id' => 0]), 'display_name', 'ID');
    }
}

<?php

declare(strict_types=1);

namespace Dongbo\Report;

use Dongbo\Shop\Orders;
use Dongbo\Tables\Schema;

/**
 * Orders and where each stands on its way into the POS (product.md H8): one line an order, by the row
 * of the outbox that tells most: a change that is not through yet, else the order itself.
 */
final class OrderList
{
    /** What the outbox calls its states, and people. */
    private const STATES = [
        'waiting' => ['waiting', 'sending'],
        'sent' => ['sent'],
        'failed' => ['failed'],
        'review' => ['review'],
        'ignored' => ['ignored'],
        'left' => ['dropped'],
    ];

    private const TELLING = "NOT EXISTS (SELECT 1 FROM %i x WHERE x.connection_id = o.connection_id AND x.order_id = o.order_id
        AND IF(o.intent = 'create', x.intent = 'update' AND x.state NOT IN ('sent', 'dropped'), o.state IN ('sent', 'dropped') AND x.intent = 'create'))";

    private const COLUMNS = 'o.order_id, o.state, o.code AS cause, o.params, o.tries, o.next_try, o.label, o.changed, l.code, l.remote_id, l.total';

    /**
     * @param array{search?: string, state?: string} $filter
     * @return array{rows: array<int, array<string, mixed>>, total: int} The latest change first.
     */
    public static function page(int $connection, array $filter, int $offset, int $limit): array
    {
        global $wpdb;
        [$where, $args] = self::where($connection, $filter);
        $tables = [Schema::table('outbox'), Schema::table('order_link')];
        $from = 'FROM %i o LEFT JOIN %i l ON l.connection_id = o.connection_id AND l.order_id = o.order_id';
        // phpcs:disable WordPress.DB.PreparedSQL -- conditions of this class.
        $rows = (array) $wpdb->get_results($wpdb->prepare('SELECT ' . self::COLUMNS . " $from WHERE $where ORDER BY o.changed DESC, o.id DESC LIMIT %d OFFSET %d", ...array_merge($tables, $args, [$limit, $offset])));
        $total = (int) $wpdb->get_var($wpdb->prepare("SELECT COUNT(*) $from WHERE $where", ...array_merge($tables, $args)));
        // phpcs:enable

        return ['rows' => self::rows($rows), 'total' => $total];
    }

    /** @return array<string, mixed>|null */
    public static function find(int $connection, int $order): ?array
    {
        return self::page($connection, ['order' => $order], 0, 1)['rows'][0] ?? null;
    }

    /**
     * Where orders stand, without reading them.
     *
     * @param int[] $orders
     * @return array<int, array{state: string, pos_code: string, cause: array<string, mixed>|null}> By order; those that were never recorded are left out.
     */
    public static function standing(int $connection, array $orders): array
    {
        global $wpdb;
        if ($orders === []) {
            return [];
        }
        [$where, $args] = self::where($connection, []);
        $sql = 'SELECT ' . self::COLUMNS . " FROM %i o LEFT JOIN %i l ON l.connection_id = o.connection_id AND l.order_id = o.order_id WHERE $where AND o.order_id IN ("
            . \Dongbo\Tables\Query::places(count($orders), '%d') . ')';
        // phpcs:ignore WordPress.DB.PreparedSQL -- conditions of this class.
        $rows = (array) $wpdb->get_results($wpdb->prepare($sql, Schema::table('outbox'), Schema::table('order_link'), ...array_merge($args, array_values($orders))));
        $standing = [];
        foreach ($rows as $row) {
            $cause = (string) $row->cause;
            $standing[(int) $row->order_id] = [
                'state' => self::state((string) $row->state),
                'pos_code' => (string) $row->code,
                'cause' => $cause === '' ? null : Said::of($cause, Said::params($row->params)),
            ];
        }

        return $standing;
    }

    /** The statement that gives the ids of all orders in a state. */
    public static function inState(int $connection, string $state): string
    {
        global $wpdb;
        [$where, $args] = self::where($connection, ['state' => $state]);

        // phpcs:ignore WordPress.DB.PreparedSQL -- conditions of this class.
        return $wpdb->prepare("SELECT o.order_id FROM %i o WHERE $where", Schema::table('outbox'), ...$args);
    }

    /** @return string[] What a list may be narrowed to. */
    public static function states(): array
    {
        return array_keys(self::STATES);
    }

    /**
     * @param array<string, mixed> $filter
     * @return array{string, array<int, int|string>}
     */
    private static function where(int $connection, array $filter): array
    {
        global $wpdb;
        $where = 'o.connection_id = %d AND ' . self::TELLING;
        $args = [$connection, Schema::table('outbox')];
        if (isset($filter['order'])) {
            $where .= ' AND o.order_id = %d';
            $args[] = (int) $filter['order'];
        }
        if (($filter['state'] ?? '') !== '') {
            $states = self::STATES[$filter['state']] ?? [];
            $where .= ' AND o.state IN (' . \Dongbo\Tables\Query::places(count($states)) . ')';
            array_push($args, ...$states);
        }
        $search = trim((string) ($filter['search'] ?? ''));
        if ($search !== '') {
            $where .= ' AND (o.label COLLATE utf8mb4_unicode_ci LIKE %s OR l.code = %s OR o.order_id = %d)';
            array_push($args, '%' . $wpdb->esc_like($search) . '%', $search, (int) $search);
        }

        return [$where, $args];
    }

    /**
     * @param \stdClass[] $rows
     * @return array<int, array<string, mixed>> OrderRow of js/admin/rest.d.ts.
     */
    private static function rows(array $rows): array
    {
        $orders = Orders::of(array_map('intval', array_column($rows, 'order_id')));
        $list = [];
        foreach ($rows as $row) {
            $order = $orders[(int) $row->order_id] ?? null;
            $cause = (string) $row->cause;
            $list[] = [
                'id' => (int) $row->order_id,
                'number' => $order === null ? (string) $row->order_id : (string) $order->get_order_number(),
                'pos_code' => (string) $row->code,
                'customer' => $order === null ? (string) $row->label : trim($order->get_formatted_billing_full_name()),
                'total' => $order === null ? '' : (string) $order->get_total(),
                'pos_total' => $row->total === null ? '' : Orders::amount((int) $row->total),
                'state' => self::state((string) $row->state),
                'cause' => $cause === '' ? null : Said::of($cause, Said::params($row->params)),
                'tries' => (int) $row->tries,
                'changed' => (int) $row->changed,
                'edit' => $order === null || !current_user_can('edit_shop_orders') ? '' : (string) $order->get_edit_order_url(),
            ];
        }

        return $list;
    }

    private static function state(string $state): string
    {
        foreach (self::STATES as $name => $states) {
            if (in_array($state, $states, true)) {
                return $name;
            }
        }

        return $state;
    }
}

<?php

declare(strict_types=1);

namespace Dongbo\Report;

use Dongbo\Tables\Query;
use Dongbo\Tables\Schema;

/** Customers of both sides (`CustomerRow` of js/admin/rest.d.ts): linked, only in the POS, only on the site; three statements a page. */
final class CustomerList
{
    public const LINKED = 'linked';
    public const STATES = [self::LINKED, 'pos', 'site'];

    /** @return array{rows: array<int, array<string, mixed>>, total: int} */
    public static function page(int $connection, string $state, string $search, int $offset, int $limit): array
    {
        global $wpdb;
        [$from, $args, $order] = self::from($connection, $state, $search);
        // phpcs:disable WordPress.DB.PreparedSQL -- built in this class.
        $rows = (array) $wpdb->get_results($wpdb->prepare("SELECT u.ID, u.display_name, u.user_email, c.remote_id, c.`row` $from ORDER BY $order LIMIT %d OFFSET %d", ...array_merge($args, [$limit, $offset])));
        $total = (int) $wpdb->get_var($wpdb->prepare("SELECT COUNT(*) $from", ...$args));
        // phpcs:enable
        $causes = self::causes($connection, array_merge(array_column($rows, 'ID'), array_column($rows, 'remote_id')));

        return ['rows' => array_map(static function (\stdClass $row) use ($state, $causes): array {
            return self::row($row, $state, $causes);
        }, $rows), 'total' => $total];
    }

    /** @return array{string, array<int, int|string>, string} */
    private static function from(int $connection, string $state, string $search): array
    {
        global $wpdb;
        [$links, $customers] = [Schema::table('customer_link'), Schema::table('customer')];
        $like = '%' . $wpdb->esc_like(trim($search)) . '%';
        $ofUser = "(u.display_name LIKE %s OR u.user_email LIKE %s)";
        $ofRow = 'c.`row` COLLATE utf8mb4_unicode_ci LIKE %s';
        if ($state === 'site') {
            $args = [$links, $connection, '%"customer"%', $like, $like];

            return ["FROM {$wpdb->users} u JOIN {$wpdb->usermeta} m ON m.user_id = u.ID AND m.meta_key = '{$wpdb->prefix}capabilities' LEFT JOIN %i l ON l.connection_id = %d AND l.user_id = u.ID
                LEFT JOIN (SELECT '' AS remote_id, '' AS `row`) c ON 1 = 1 WHERE l.id IS NULL AND m.meta_value LIKE %s AND $ofUser", $args, 'u.ID DESC'];
        }
        if ($state === 'pos') {
            return ["FROM %i c LEFT JOIN %i l ON l.connection_id = c.connection_id AND l.remote_id = c.remote_id LEFT JOIN {$wpdb->users} u ON u.ID = 0
                WHERE c.connection_id = %d AND l.id IS NULL AND $ofRow", [$customers, $links, $connection, $like], 'c.remote_id DESC'];
        }

        return ["FROM %i l JOIN {$wpdb->users} u ON u.ID = l.user_id LEFT JOIN %i c ON c.connection_id = l.connection_id AND c.remote_id = l.remote_id
            WHERE l.connection_id = %d AND ($ofUser OR $ofRow)", [$links, $customers, $connection, $like, $like, $like], 'l.changed DESC, l.id DESC'];
    }

    /**
     * @param array<int, string|null> $ids
     * @return array<string, array<string, mixed>> The open issue of each.
     */
    private static function causes(int $connection, array $ids): array
    {
        global $wpdb;
        $ids = array_values(array_unique(array_filter(array_map('strval', $ids), 'strlen')));
        $causes = [];
        if ($ids !== []) {
            $sql = "SELECT item_id, code, params FROM %i WHERE connection_id = %d AND item_kind = 'customer' AND item_id IN (" . Query::places(count($ids)) . ')';
            foreach ((array) $wpdb->get_results($wpdb->prepare($sql, Schema::table('issue'), $connection, ...$ids)) as $issue) {
                $causes[(string) $issue->item_id] = Said::of((string) $issue->code, Said::params($issue->params));
            }
        }

        return $causes;
    }

    /**
     * @param array<string, array<string, mixed>> $causes
     * @return array<string, mixed>
     */
    private static function row(\stdClass $row, string $state, array $causes): array
    {
        $customer = json_decode((string) $row->row, true) ?: [];
        $user = (int) $row->ID;

        return [
            'user' => $user,
            'name' => $user === 0 ? '' : (string) $row->display_name,
            'email' => $user === 0 ? '' : (string) $row->user_email,
            'pos_id' => (string) $row->remote_id,
            'pos_code' => (string) ($customer['code'] ?? ''),
            'pos_name' => (string) ($customer['name'] ?? ''),
            'phone' => (string) ($customer['phone'] ?? ''),
            'state' => $state,
            'cause' => $causes[(string) $row->remote_id] ?? $causes[(string) $user] ?? null,
        ];
    }
}

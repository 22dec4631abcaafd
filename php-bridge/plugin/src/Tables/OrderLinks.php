<?php

declare(strict_types=1);

namespace Dongbo\Tables;

/** Which POS order each order of the site became; kept for good, so that it is never sent again (product.md E5). */
final class OrderLinks
{
    /**
     * @param int[] $orders
     * @return array<int, array<string, mixed>> OrderLink records (src/orders/protocol.rs) by order.
     */
    public static function of(int $connection, array $orders): array
    {
        global $wpdb;
        $links = [];
        foreach (array_chunk(array_values(array_unique($orders)), 500) as $part) {
            $sql = 'SELECT order_id, remote_id, code, branch_id, customer_id, total, merged, sent, accepted FROM %i WHERE connection_id = %d AND order_id IN ('
                . Query::places(count($part), '%d') . ')';
            foreach ((array) $wpdb->get_results($wpdb->prepare($sql, Schema::table('order_link'), $connection, ...$part), ARRAY_A) as $row) {
                $link = ['order_id' => (int) $row['order_id'], 'total' => (int) $row['total'], 'accepted' => (int) $row['accepted'], 'merged' => (bool) $row['merged'], 'sent' => (string) $row['sent']] + $row;
                if ($link['customer_id'] === '') {
                    unset($link['customer_id']);
                }
                $links[$link['order_id']] = $link;
            }
        }

        return $links;
    }

    /**
     * Which of the site's orders became this POS order.
     *
     * @param string $column `remote_id` or `code`.
     */
    public static function orderOf(int $connection, string $column, string $value): ?int
    {
        global $wpdb;
        $sql = 'SELECT order_id FROM %i WHERE connection_id = %d AND %i = %s ORDER BY id LIMIT 1';
        $order = $wpdb->get_var($wpdb->prepare($sql, Schema::table('order_link'), $connection, $column, $value));

        return $order === null ? null : (int) $order;
    }

    /**
     * @param array<string, mixed> $link An OrderLink record; it takes the place of an earlier one.
     * @throws \Dongbo\Lanes\TransactionLost
     */
    public static function put(int $connection, array $link, int $now): void
    {
        global $wpdb;
        Query::write($wpdb->prepare(
            'INSERT INTO %i (connection_id, order_id, remote_id, code, branch_id, customer_id, total, merged, sent, accepted, changed)
            VALUES (%d, %d, %s, %s, %s, %s, %d, %d, %s, %d, %d)
            ON DUPLICATE KEY UPDATE remote_id = VALUES(remote_id), code = VALUES(code), branch_id = VALUES(branch_id),
            customer_id = VALUES(customer_id), total = VALUES(total), merged = VALUES(merged), sent = VALUES(sent), accepted = VALUES(accepted), changed = VALUES(changed)',
            Schema::table('order_link'),
            $connection,
            (int) $link['order_id'],
            (string) $link['remote_id'],
            (string) $link['code'],
            (string) $link['branch_id'],
            (string) ($link['customer_id'] ?? ''),
            (int) $link['total'],
            (int) ($link['merged'] ?? false),
            (string) ($link['sent'] ?? ''),
            (int) $link['accepted'],
            $now
        ));
    }
}

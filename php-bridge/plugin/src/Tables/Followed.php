<?php

declare(strict_types=1);

namespace Dongbo\Tables;

/**
 * How far each order of the site has followed its POS order or invoice (product.md F1, F3): what was
 * seen last, the waybill in its notes, and since when the POS's own stock shows all of it (D5).
 *
 * @phpstan-type Row array{order_id: int, origin: string, memory: array<string, mixed>}
 */
final class Followed
{
    /** What a POS order is named here and on orders that were made from one. */
    public static function order(string $remote): string
    {
        return "order:$remote";
    }

    /** What a POS invoice is named. */
    public static function invoice(string $remote): string
    {
        return "invoice:$remote";
    }

    /** @return Row|null */
    public static function ofOrigin(int $connection, string $origin): ?array
    {
        return self::one('origin = %s', $connection, $origin);
    }

    /** @return Row|null */
    public static function ofOrder(int $connection, int $order): ?array
    {
        return self::one('order_id = %d', $connection, $order);
    }

    /**
     * @param array<string, mixed> $memory A StatusMemory record (src/orders/status.rs).
     * @param int|null             $over   Since when stock shows it; null leaves what is known.
     * @throws \Dongbo\Lanes\TransactionLost
     */
    public static function put(int $connection, int $order, string $origin, array $memory, ?int $over, int $now): void
    {
        global $wpdb;
        $sql = 'INSERT INTO %i (connection_id, order_id, origin, memory, over_at, changed) VALUES (%d, %d, %s, %s, ' . ($over === null ? 'NULL' : '%d') . ', %d)
            ON DUPLICATE KEY UPDATE origin = VALUES(origin), memory = VALUES(memory), over_at = COALESCE(over_at, VALUES(over_at)), changed = VALUES(changed)';
        $args = [Schema::table('followed'), $connection, $order, $origin, Query::json($memory)];
        if ($over !== null) {
            $args[] = $over;
        }
        // phpcs:ignore WordPress.DB.PreparedSQL -- built from constants.
        Query::write($wpdb->prepare($sql, ...array_merge($args, [$now])));
    }

    /**
     * @param int|string $value
     * @return Row|null
     */
    private static function one(string $where, int $connection, $value): ?array
    {
        global $wpdb;
        // phpcs:ignore WordPress.DB.PreparedSQL -- conditions of this class.
        $row = $wpdb->get_row($wpdb->prepare("SELECT order_id, origin, memory FROM %i WHERE connection_id = %d AND $where", Schema::table('followed'), $connection, $value));

        return $row === null ? null : ['order_id' => (int) $row->order_id, 'origin' => (string) $row->origin, 'memory' => json_decode((string) $row->memory, true) ?: []];
    }
}

<?php

declare(strict_types=1);

namespace Dongbo\Orders;

use Dongbo\Shop\Orders;
use Dongbo\Tables\OrderLinks;
use Dongbo\Tables\Query;
use Dongbo\Tables\Schema;

/** What the rules need to say which orders are due: OrderFacts records (src/orders/due.rs). */
final class Facts
{
    private int $connection;

    public function __construct(int $connection)
    {
        $this->connection = $connection;
    }

    /**
     * @param array<int, \WC_Order> $orders
     * @param int[]                 $failed Of these it is also asked when their goods changed.
     * @return array<int, array<string, mixed>> By order.
     */
    public function of(array $orders, array $failed = []): array
    {
        $facts = Orders::facts($orders);
        $links = OrderLinks::of($this->connection, array_keys($facts));
        foreach ($facts as $id => $fact) {
            $facts[$id]['linked'] = isset($links[$id]);
            if (in_array($id, $failed, true)) {
                $facts[$id] += $this->changes(Orders::products($orders[$id]));
            }
        }

        return $facts;
    }

    /**
     * @param int[] $products
     * @return array{goods_changed?: int, stock_changed?: int}
     */
    private function changes(array $products): array
    {
        global $wpdb;
        if ($products === []) {
            return [];
        }
        $sql = 'SELECT MAX(GREATEST(l.changed, COALESCE(g.as_of, 0))) AS goods, MAX(g.stock_as_of) AS stock FROM %i l
            LEFT JOIN %i g ON g.connection_id = l.connection_id AND g.remote_id = l.remote_id
            WHERE l.connection_id = %d AND l.shop_id IN (' . Query::places(count($products), '%d') . ')';
        $row = $wpdb->get_row($wpdb->prepare($sql, Schema::table('link'), Schema::table('good'), $this->connection, ...$products));

        return array_filter(['goods_changed' => (int) ($row->goods ?? 0), 'stock_changed' => (int) ($row->stock ?? 0)]);
    }
}

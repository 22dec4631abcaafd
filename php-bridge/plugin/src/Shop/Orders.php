<?php

declare(strict_types=1);

namespace Dongbo\Shop;

use Dongbo\Orders\Recorder;

/**
 * The one door to WooCommerce's orders: read by its own calls, so that it works with tables of their
 * own and with posts alike (product.md F2). What an order means is for the rules.
 */
final class Orders
{
    /** Who made an order that Dongbo brought from the POS: `order:<id>`, `invoice:<id>`. */
    public const ORIGIN = '_dongbo_origin';

    private const BATCH = 100;

    /** States WooCommerce's own list leaves out. */
    private const HIDDEN = ['trash', 'auto-draft', 'draft', 'checkout-draft'];

    /**
     * @param int[] $ids
     * @return array<int, \WC_Order> Those that are there, in the trash too.
     */
    public static function of(array $ids): array
    {
        $orders = [];
        foreach (array_chunk(array_values(array_unique($ids)), self::BATCH) as $part) {
            $found = wc_get_orders([
                'type' => 'shop_order',
                'post__in' => $part,
                'status' => array_merge(array_keys(wc_get_order_statuses()), self::HIDDEN),
                'limit' => count($part),
            ]);
            foreach ($found as $order) {
                $orders[$order->get_id()] = $order;
            }
            // A status of another plugin is on nobody's list.
            foreach (array_diff($part, array_keys($orders)) as $id) {
                $order = wc_get_order($id);
                if ($order instanceof \WC_Order && !$order instanceof \WC_Order_Refund) {
                    $orders[$id] = $order;
                }
            }
        }

        return $orders;
    }

    /**
     * The latest orders, without reading them.
     *
     * @param int $since Milliseconds UTC.
     * @return int[]
     */
    public static function latest(int $count, int $since): array
    {
        return array_map('intval', wc_get_orders([
            'type' => 'shop_order',
            'status' => array_keys(wc_get_order_statuses()),
            'date_created' => '>=' . intdiv($since, 1000),
            'limit' => $count,
            'orderby' => 'date',
            'order' => 'DESC',
            'return' => 'ids',
        ]));
    }

    /**
     * What is known of orders without reading them whole.
     *
     * @param array<int, \WC_Order> $orders
     * @return array<int, array<string, mixed>> OrderFacts records (src/orders/due.rs) by order, without what is Dongbo's own.
     */
    public static function facts(array $orders): array
    {
        $lines = self::lineCounts(array_keys($orders));
        $facts = [];
        foreach ($orders as $id => $order) {
            $facts[$id] = [
                'id' => $id,
                'status' => $order->get_status(),
                'created' => self::instant($order->get_date_created()),
                'modified' => self::instant($order->get_date_modified()),
                'lines' => $lines[$id] ?? 0,
                'origin' => (string) $order->get_meta(self::ORIGIN),
            ];
        }

        return $facts;
    }

    /**
     * @param int[] $orders
     * @return array<int, int>
     */
    private static function lineCounts(array $orders): array
    {
        global $wpdb;
        if ($orders === []) {
            return [];
        }
        $sql = "SELECT order_id, COUNT(*) AS n FROM {$wpdb->prefix}woocommerce_order_items WHERE order_item_type = 'line_item' AND order_id IN ("
            . \Dongbo\Tables\Query::places(count($orders), '%d') . ') GROUP BY order_id';
        $counts = [];
        foreach ((array) $wpdb->get_results($wpdb->prepare($sql, ...$orders)) as $row) {
            $counts[(int) $row->order_id] = (int) $row->n;
        }

        return $counts;
    }

    /**
     * The products and variations of an order's lines.
     *
     * @return int[]
     */
    public static function products(\WC_Order $order): array
    {
        $products = [];
        foreach ($order->get_items() as $item) {
            if ($item instanceof \WC_Order_Item_Product) {
                array_push($products, $item->get_product_id(), $item->get_variation_id());
            }
        }

        return array_values(array_unique(array_filter($products)));
    }

    /** What people find an order by: its number and whose it is. */
    public static function label(\WC_Order $order): string
    {
        return trim($order->get_order_number() . ' ' . trim($order->get_formatted_billing_full_name()));
    }

    /** A note for the shop's people; not for the shopper. */
    public static function note(\WC_Order $order, string $text): void
    {
        Recorder::quietly(static function () use ($order, $text): void {
            $order->add_order_note($text);
        });
    }

    /** 1/100 of the rules as the text of an amount. */
    public static function amount(int $hundredths): string
    {
        return Texts::decimal($hundredths * 10);
    }

    /** @param \WC_DateTime|null $date */
    public static function instant($date): int
    {
        return $date === null ? 0 : 1000 * $date->getTimestamp();
    }
}

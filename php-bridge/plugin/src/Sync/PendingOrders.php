<?php

declare(strict_types=1);

namespace Dongbo\Sync;

use Dongbo\Tables\Goods;
use Dongbo\Tables\Links;
use Dongbo\Tables\Query;
use Dongbo\Tables\Schema;

/**
 * What orders of the site hold of goods while the POS does not know of it (product.md D5). What counts
 * and until when, the rules say (`pending_stock`, src/orders/pending.rs); here the orders that may hold
 * anything are gathered: each with the lines WooCommerce has reduced stock for (`_reduced_stock`), when
 * the POS accepted it and since when the POS's own stock shows it. An order that was never recorded for
 * sending, or is left out of it, is not among them: nobody will tell the POS of it but people.
 */
final class PendingOrders
{
    /** An order that the POS shows is looked at so long; its stock was read many times by then. */
    private const SHOWN_MS = 86400000;

    private SyncContext $context;
    private int $connectionId;

    /** @var array<string, int>|null Thousandths by good; null where no order was ever recorded. */
    private ?array $held = null;

    private bool $read = false;

    public function __construct(SyncContext $context)
    {
        $this->context = $context;
        $this->connectionId = $context->connectionId();
    }

    /**
     * @param string[] $goods The rows of a family and the components of its combos.
     *
     * @return array<int, array{good_id: string, quantity: int}>|null Pending records (src/plan/goods.rs);
     *                                                                null: orders are not counted here.
     */
    public function of(array $goods): ?array
    {
        if (!$this->read) {
            $this->held = $this->counts() ? $this->sum($this->orders()) : null;
            $this->read = true;
        }
        if ($this->held === null) {
            return null;
        }
        $pending = [];
        foreach ($goods as $good) {
            if (($this->held[$good] ?? 0) > 0) {
                $pending[] = ['good_id' => $good, 'quantity' => $this->held[$good]];
            }
        }

        return $pending;
    }

    /** Reads again at the next question: orders arrive while goods are planned. */
    public function forget(): void
    {
        $this->read = false;
    }

    /** Orders go to the POS by this connection: at least one was recorded. */
    private function counts(): bool
    {
        global $wpdb;

        return $wpdb->get_var($wpdb->prepare('SELECT 1 FROM %i WHERE connection_id = %d LIMIT 1', Schema::table('outbox'), $this->connectionId)) !== null;
    }

    /**
     * Orders whose stock the POS may not show yet.
     *
     * @return array<int, array{accepted: int|null, over: int|null, lines: array<int, array{product: int, quantity: int}>}> By order.
     */
    private function orders(): array
    {
        global $wpdb;
        $shown = empty($this->context->settings()['count_reserved'] ?? true) ? 'f.over_at' : 'l.accepted';
        // phpcs:ignore WordPress.DB.PreparedSQL -- one of two columns.
        $rows = $wpdb->get_results($wpdb->prepare(
            "SELECT o.order_id, l.accepted, f.over_at FROM %i o LEFT JOIN %i l ON l.connection_id = o.connection_id AND l.order_id = o.order_id
            LEFT JOIN %i f ON f.connection_id = o.connection_id AND f.order_id = o.order_id
            WHERE o.connection_id = %d AND o.intent = 'create' AND (l.accepted IS NOT NULL OR o.state NOT IN ('dropped', 'ignored')) AND ($shown IS NULL OR $shown > %d)",
            Schema::table('outbox'),
            Schema::table('order_link'),
            Schema::table('followed'),
            $this->connectionId,
            $this->context->now() - self::SHOWN_MS
        ));
        $orders = [];
        foreach ($rows as $row) {
            $orders[(int) $row->order_id] = ['accepted' => $row->accepted === null ? null : (int) $row->accepted, 'over' => $row->over_at === null ? null : (int) $row->over_at, 'lines' => []];
        }
        foreach (array_chunk(array_keys($orders), 500) as $part) {
            $sql = "SELECT i.order_id, m.meta_key, m.meta_value, m.order_item_id FROM {$wpdb->prefix}woocommerce_order_items i
                JOIN {$wpdb->prefix}woocommerce_order_itemmeta m ON m.order_item_id = i.order_item_id
                WHERE i.order_item_type = 'line_item' AND m.meta_key IN ('_product_id', '_variation_id', '_reduced_stock')
                AND i.order_id IN (" . Query::places(count($part), '%d') . ')';
            $items = [];
            foreach ($wpdb->get_results($wpdb->prepare($sql, ...$part)) as $row) {
                $items[(int) $row->order_item_id][$row->meta_key] = (string) $row->meta_value;
                $items[(int) $row->order_item_id]['order'] = (int) $row->order_id;
            }
            foreach ($items as $item) {
                $quantity = (int) \Dongbo\Shop\Texts::thousandths($item['_reduced_stock'] ?? '');
                if ($quantity !== 0) {
                    $product = (int) ($item['_variation_id'] ?? 0) ?: (int) ($item['_product_id'] ?? 0);
                    $orders[$item['order']]['lines'][] = ['product' => $product, 'quantity' => $quantity];
                }
            }
        }

        return array_filter($orders, static function (array $order): bool {
            return $order['lines'] !== [];
        });
    }

    /**
     * @param array<int, array{accepted: int|null, over: int|null, lines: array<int, array{product: int, quantity: int}>}> $orders
     *
     * @return array<string, int>
     */
    private function sum(array $orders): array
    {
        if ($orders === []) {
            return [];
        }
        $goods = Links::ofProducts($this->connectionId, array_column(array_merge(...array_column($orders, 'lines')), 'product'));
        $holding = [];
        foreach ($orders as $id => $order) {
            $held = [];
            foreach ($order['lines'] as $line) {
                if (isset($goods[$line['product']])) {
                    $held[] = ['good_id' => (string) $goods[$line['product']], 'quantity' => $line['quantity']];
                }
            }
            $holding[] = ['order_id' => $id, 'reduced' => true, 'goods' => $held] + array_filter(['accepted' => $order['accepted'], 'over' => $order['over']]);
        }
        $times = [];
        foreach ($this->stockRead(array_values($goods)) as $good => $read) {
            $times[] = ['good_id' => (string) $good] + ($read > 0 ? ['as_of' => $read] : []);
        }
        $pending = $this->context->rules('pending_stock', ['settings' => $this->context->settings(), 'orders' => $holding, 'times' => $times])['pending'];

        return array_column($pending, 'quantity', 'good_id');
    }

    /**
     * When the POS was asked for the stock of these goods; of a unit, for its base row's, which its
     * stock is computed from (B3).
     *
     * @param string[] $goods
     *
     * @return array<string, int>
     */
    private function stockRead(array $goods): array
    {
        $bases = [];
        foreach ((new Mirror($this->connectionId))->goodsById($goods) as $id => $good) {
            $bases[(string) $id] = (string) ($good['base_id'] ?? $id);
        }
        $read = Goods::stockRead($this->connectionId, array_values($bases));

        return array_map(static function (string $base) use ($read): int {
            return (int) ($read[$base] ?? 0);
        }, $bases);
    }
}

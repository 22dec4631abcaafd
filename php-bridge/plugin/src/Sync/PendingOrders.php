<?php

declare(strict_types=1);

namespace Dongbo\Sync;

use Dongbo\Tables\Links;
use Dongbo\Tables\Query;
use Dongbo\Tables\Schema;

/**
 * What orders of the site hold of goods while the POS does not know of it (product.md D5).
 *
 * A line counts from the moment WooCommerce has reduced stock for it (`_reduced_stock`) until the
 * mirror's stock row was read after the POS had accepted the order. An order that was never recorded
 * for sending, or is left out of it, is not counted: nobody will tell the POS of it but people.
 */
final class PendingOrders
{
    /** An accepted order is looked at so long; its stock was read many times by then. */
    private const SENT_MS = 86400000;

    private int $connectionId;
    private int $now;

    /** @var array<string, int>|null Thousandths by good; null where no order was ever recorded. */
    private ?array $held = null;

    private bool $read = false;

    public function __construct(int $connectionId, int $now)
    {
        $this->connectionId = $connectionId;
        $this->now = $now;
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
            $this->held = $this->counts() ? $this->sum($this->lines()) : null;
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
     * Lines for which WooCommerce has reduced stock, of orders the POS may not know of.
     *
     * @return array<int, array{product: int, quantity: int, accepted: int|null}>
     */
    private function lines(): array
    {
        global $wpdb;
        $orders = [];
        $rows = $wpdb->get_results($wpdb->prepare(
            "SELECT o.order_id, l.accepted FROM %i o LEFT JOIN %i l ON l.connection_id = o.connection_id AND l.order_id = o.order_id
            WHERE o.connection_id = %d AND o.intent = 'create' AND o.state NOT IN ('dropped', 'ignored') AND (l.accepted IS NULL OR l.accepted > %d)",
            Schema::table('outbox'),
            Schema::table('order_link'),
            $this->connectionId,
            $this->now - self::SENT_MS
        ));
        foreach ($rows as $row) {
            $orders[(int) $row->order_id] = $row->accepted === null ? null : (int) $row->accepted;
        }
        $lines = [];
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
                $quantity = \Dongbo\Shop\Texts::thousandths($item['_reduced_stock'] ?? '');
                if ($quantity !== null && $quantity > 0) {
                    $product = (int) ($item['_variation_id'] ?? 0) ?: (int) ($item['_product_id'] ?? 0);
                    $lines[] = ['product' => $product, 'quantity' => $quantity, 'accepted' => $orders[$item['order']]];
                }
            }
        }

        return $lines;
    }

    /**
     * @param array<int, array{product: int, quantity: int, accepted: int|null}> $lines
     *
     * @return array<string, int>
     */
    private function sum(array $lines): array
    {
        if ($lines === []) {
            return [];
        }
        $goods = Links::ofProducts($this->connectionId, array_column($lines, 'product'));
        $read = $this->stockRead(array_values($goods));
        $held = [];
        foreach ($lines as $line) {
            $good = $goods[$line['product']] ?? null;
            if ($good !== null && ($line['accepted'] === null || ($read[$good] ?? 0) <= $line['accepted'])) {
                $held[$good] = ($held[$good] ?? 0) + $line['quantity'];
            }
        }

        return $held;
    }

    /**
     * When the POS was asked for the stock of these goods.
     *
     * @param string[] $goods
     *
     * @return array<string, int>
     */
    private function stockRead(array $goods): array
    {
        global $wpdb;
        $read = [];
        foreach (array_chunk(array_values(array_unique($goods)), 500) as $part) {
            $sql = 'SELECT remote_id, stock_as_of FROM %i WHERE connection_id = %d AND remote_id IN (' . Query::places(count($part)) . ')';
            foreach ($wpdb->get_results($wpdb->prepare($sql, Schema::table('good'), $this->connectionId, ...$part)) as $row) {
                $read[(string) $row->remote_id] = (int) $row->stock_as_of;
            }
        }

        return $read;
    }
}

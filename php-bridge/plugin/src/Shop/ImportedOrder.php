<?php

declare(strict_types=1);

namespace Dongbo\Shop;

use Dongbo\Orders\Recorder;

/**
 * An order of the site that was born in the POS (product.md F4): made by WooCommerce's own calls in one
 * save, with its stock counted as reduced already, because the POS's own number shows the sale. It comes
 * into being with its status, so nobody is mailed of something that happened elsewhere.
 */
final class ImportedOrder
{
    /** Who made it, where WooCommerce shows it. */
    private const VIA = 'dongbo';

    /** The site's order that was made from this POS sale before, in a transaction that told nobody. */
    public static function find(string $origin): ?int
    {
        $ids = wc_get_orders(['type' => 'shop_order', 'limit' => 1, 'return' => 'ids', 'meta_key' => Orders::ORIGIN, 'meta_value' => $origin, 'status' => array_merge(array_keys(wc_get_order_statuses()), ['trash'])]);

        return isset($ids[0]) ? (int) $ids[0] : null;
    }

    /** @param array<string, mixed> $import An ImportOrder record (src/orders/import.rs). */
    public static function make(array $import, string $status, string $currency): \WC_Order
    {
        $order = new \WC_Order();
        // A status that is set while an order is read changes nothing elsewhere.
        $order->set_object_read(false);
        $order->set_status($status);
        $order->set_object_read(true);
        $order->set_created_via(self::VIA);
        $order->set_currency($currency);
        $order->set_customer_id((int) $import['user_id']);
        if (isset($import['created'])) {
            $order->set_date_created((string) intdiv((int) $import['created'], 1000));
        }
        self::addresses($order, $import);
        foreach ($import['lines'] as $line) {
            $order->add_item(self::line($line));
        }
        foreach ($import['fees'] ?? [] as $fee) {
            $order->add_item(self::fee((string) $fee['name'], (int) $fee['total']));
        }
        if ((int) $import['rest'] !== 0) {
            $order->add_item(self::fee((int) $import['rest'] < 0 ? __('Discount', 'dongbo') : __('Other charges', 'dongbo'), (int) $import['rest']));
        }
        $order->set_total(Orders::amount((int) $import['total']));
        $order->set_order_stock_reduced(true);
        $order->update_meta_data(Orders::ORIGIN, (string) $import['origin']);
        Recorder::quietly(static function () use ($order, $import): void {
            $order->save();
            /* translators: %s: the code KiotViet gave the order or invoice, like DH000123. */
            $order->add_order_note(sprintf(__('Made in KiotViet as %s, and taken over from there.', 'dongbo'), (string) $import['code']));
        });

        return $order;
    }

    /** @param array<string, mixed> $import */
    private static function addresses(\WC_Order $order, array $import): void
    {
        $order->set_billing_first_name((string) $import['name']);
        $order->set_billing_phone((string) ($import['phone'] ?? ''));
        if (is_email((string) ($import['email'] ?? ''))) {
            $order->set_billing_email((string) $import['email']);
        }
        $to = $import['delivery'] ?? null;
        if ($to === null) {
            return;
        }
        $order->set_shipping_first_name((string) ($to['receiver'] ?? ''));
        $order->set_shipping_phone((string) ($to['phone'] ?? ''));
        $order->set_shipping_address_1((string) ($to['address'] ?? ''));
        $order->set_shipping_address_2((string) ($to['ward'] ?? ''));
        $order->set_shipping_city((string) ($to['location'] ?? ''));
        $order->set_shipping_country('VN');
    }

    /** @param array<string, mixed> $line An ImportLine record. */
    private static function line(array $line): \WC_Order_Item_Product
    {
        $item = new \WC_Order_Item_Product();
        $product = (int) $line['shop_id'] === 0 ? false : wc_get_product((int) $line['shop_id']);
        if ($product instanceof \WC_Product) {
            $item->set_product($product);
        }
        $quantity = Texts::decimal((int) $line['quantity']);
        $kept = (string) wc_stock_amount((float) $quantity);
        // A shop that sells whole pieces only says what it cannot count.
        $whole = $kept === $quantity;
        $item->set_name($whole ? (string) $line['name'] : $line['name'] . " × $quantity");
        $item->set_quantity($whole ? (float) $quantity : 1);
        $item->set_subtotal(Orders::amount((int) $line['total']));
        $item->set_total(Orders::amount((int) $line['total']));

        return $item;
    }

    private static function fee(string $name, int $total): \WC_Order_Item_Fee
    {
        $fee = new \WC_Order_Item_Fee();
        $fee->set_name($name);
        $fee->set_tax_status('none');
        $fee->set_amount(Orders::amount($total));
        $fee->set_total(Orders::amount($total));

        return $fee;
    }
}

<?php

declare(strict_types=1);

namespace Dongbo\Shop;

use Dongbo\Orders\Recorder;
use Dongbo\Texts;

/**
 * What the POS says of an order, written through WooCommerce's own calls, so that its hooks, mails and
 * stock happen as if a person had done it (product.md F2). What Dongbo writes here is no news to itself.
 */
final class FollowedOrder
{
    /** The waybill and the carrier, for themes and plugins to show (F3). */
    public const WAYBILL = '_dongbo_waybill';
    public const CARRIER = '_dongbo_carrier';

    /**
     * @param array<string, mixed> $plan A StatusPlan record (src/orders/status.rs).
     * @return array<string, mixed>|null An Issue record when WooCommerce would not take the status.
     */
    public static function write(\WC_Order $order, array $plan): ?array
    {
        $issue = null;
        Recorder::quietly(static function () use ($order, $plan, &$issue): void {
            if (!empty($plan['delivery_note'])) {
                self::delivery($order, (string) ($plan['memory']['waybill'] ?? ''), (string) ($plan['memory']['carrier'] ?? ''));
            }
            if (isset($plan['status'])) {
                $issue = self::status($order, (string) $plan['status'], Texts::sentence((string) $plan['reason'], self::named($plan['params'] ?? [])));
            }
        });

        return $issue;
    }

    private static function delivery(\WC_Order $order, string $waybill, string $carrier): void
    {
        $order->update_meta_data(self::WAYBILL, $waybill);
        $order->update_meta_data(self::CARRIER, $carrier);
        $order->save();
        $order->add_order_note($carrier === ''
            /* translators: %s: the waybill's number. */
            ? sprintf(__('KiotViet: on its way, waybill %s.', 'dongbo'), $waybill)
            /* translators: 1: the waybill's number, 2: the carrier. */
            : sprintf(__('KiotViet: on its way with %2$s, waybill %1$s.', 'dongbo'), $waybill, $carrier));
    }

    /** @return array<string, mixed>|null */
    private static function status(\WC_Order $order, string $status, string $note): ?array
    {
        // WooCommerce takes a status it does not know for “pending”.
        $known = isset(wc_get_order_statuses()["wc-$status"]);
        if ($known && $order->update_status($status, $note)) {
            return null;
        }
        $id = (string) $order->get_id();

        return ['code' => 'status-not-taken', 'params' => [['name' => 'to', 'value' => $status]], 'severity' => 'review', 'item' => ['kind' => 'order', 'id' => $id, 'label' => (string) $order->get_order_number()]];
    }

    /**
     * Statuses by the names people know.
     *
     * @param array<int, array{name: string, value: string}> $params
     * @return array<int, array{name: string, value: string}>
     */
    private static function named(array $params): array
    {
        return array_map(static function (array $param): array {
            return ['name' => $param['name'], 'value' => (string) (wc_get_order_statuses()['wc-' . $param['value']] ?? $param['value'])];
        }, $params);
    }
}

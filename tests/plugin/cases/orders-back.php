<?php

declare(strict_types=1);

namespace Dongbo\PluginTests;

use Dongbo\Lanes\Budget;
use Dongbo\Lanes\Lane;
use Dongbo\Orders\Recorder;
use Dongbo\Shop\FollowedOrder;
use Dongbo\Shop\Orders;
use Dongbo\Tables\Marks;
use Dongbo\Tables\OrderLanes;
use Dongbo\Tables\OrderLinks;
use Dongbo\Tables\Outbox;
use Dongbo\Tables\Runs;
use Dongbo\Tables\Schema;

if (!class_exists('WC_Order') || !method_exists('WC_Order', 'set_order_stock_reduced')) {
    echo "skipped orders-back: the stand-in has no orders\n";

    return [];
}

/** A connected shop with the goods 1 and 2 on both sides. */
$shop = static function (array $orders = []): array {
    global $wpdb;
    foreach (wc_get_orders(['limit' => -1, 'status' => array_merge(array_keys(wc_get_order_statuses()), ['trash'])]) as $old) {
        $old->delete(true);
    }
    Recorder::rest();
    $connection = Shop::connected(['branches' => ['7'], 'order_branch' => '7', 'orders' => $orders + ['start' => 1]]);
    $products = Shop::synced($connection, [Shop::good('1'), Shop::good('2', ['price' => 5000000])]);
    $wpdb->query('TRUNCATE ' . Schema::table('outbox'));

    return [$connection, $products];
};

/** An order of two pieces of good 1, in processing and in the POS as 700. */
$sent = static function (array $connection, array $products): \WC_Order {
    $order = wc_create_order();
    $order->set_currency('VND');
    $order->add_product(wc_get_product($products['1']), 2);
    $order->calculate_totals();
    $order->update_status('processing');
    Recorder::rest();
    OrderLinks::put($connection['id'], ['order_id' => $order->get_id(), 'remote_id' => '700', 'code' => 'DH000700', 'branch_id' => '7', 'total' => 20000000, 'accepted' => 5], 5);

    return wc_get_order($order->get_id());
};

/** The POS's order 700 as it is. */
$sale = static function (int $status, string $label, array $more = []): array {
    return $more + ['id' => 700, 'code' => 'DH000700', 'branchId' => 7, 'status' => $status, 'statusValue' => $label, 'total' => 200000, 'totalPayment' => 0, 'description' => '',
        'createdDate' => '2026-08-12T10:00:00', 'modifiedDate' => '2026-08-12T11:00:00', 'orderDetails' => [['productId' => 1, 'productCode' => 'R1', 'productName' => 'Áo số 1', 'quantity' => 2, 'price' => 100000]]];
};

$list = static function (array $rows): array {
    return ['total' => count($rows), 'pageSize' => 100, 'data' => $rows, 'timestamp' => '2026-08-12T12:00:00.0000000+07:00'];
};

/** A POS with these orders and invoices. */
$answers = static function (array $orders, array $invoices = [], array $more = []) use ($list): void {
    $prepared = $more + [
        '/connect/token' => ['access_token' => 'test-token', 'expires_in' => 86400, 'token_type' => 'Bearer'],
        '/orders' => $list($orders),
        '/invoices' => $list($invoices),
    ];
    foreach ($orders as $order) {
        $prepared += ['/orders/' . $order['id'] => $order, '/orders/code/' . $order['code'] => $order];
    }
    foreach ($invoices as $invoice) {
        $prepared += ['/invoices/' . $invoice['id'] => $invoice];
    }
    Answers::prepare($prepared);
};

/** A run of the lane, by whatever is due. */
$run = static function (array $connection, string $kind = 'orders'): array {
    $id = Runs::start($connection['id'], Lane::SALES, $kind);
    Lane::slice(Lane::SALES, Budget::ofRequest());
    $run = Runs::find($id);
    Expect::same('done', $run['outcome'], (string) json_encode($run['summary']));
    Recorder::rest();

    return $run;
};

$stock = static function (array $products): int {
    return (int) wc_get_product($products['1'])->get_stock_quantity();
};

$issues = static function (): array {
    global $wpdb;

    return $wpdb->get_col('SELECT code FROM ' . Schema::table('issue') . " WHERE severity <> 'notice' ORDER BY code");
};

return [
    'an order that is cancelled in the POS is cancelled here, and its stock comes back once (F1, F2)' => static function () use ($shop, $sent, $sale, $answers, $run, $stock): void {
        [$connection, $products] = $shop();
        $order = $sent($connection, $products);
        Expect::same(8, $stock($products));
        $hooks = 0;
        add_action('woocommerce_order_status_cancelled', static function () use (&$hooks): void {
            $hooks++;
        });
        $answers([$sale(4, 'Đã hủy')]);
        $run($connection);
        Expect::same('cancelled', wc_get_order($order->get_id())->get_status());
        Expect::same([10, 1], [$stock($products), $hooks]);
        $answers([$sale(4, 'Đã Hủy', ['modifiedDate' => '2026-08-12T11:05:00'])]);
        $run($connection);
        Expect::same([10, 1], [$stock($products), $hooks], 'told twice');
        global $wpdb;
        Expect::same([], $wpdb->get_col("SELECT intent FROM " . Schema::table('outbox') . " WHERE intent <> 'create' AND state = 'waiting'"), 'what was followed is no news');
        $history = $wpdb->get_row('SELECT field, before_value, after_value, reason FROM ' . Schema::table('history') . " WHERE remote_kind = 'order'", ARRAY_A);
        Expect::same(['field' => 'status', 'before_value' => 'processing', 'after_value' => 'cancelled', 'reason' => 'status-follows'], $history);
    },
    'an order is complete when its invoices cover it; waybill and carrier stand in its notes and fields (F3)' => static function () use ($shop, $sent, $sale, $answers, $run): void {
        [$connection, $products] = $shop();
        $id = $sent($connection, $products)->get_id();
        $invoice = static function (int $status, int $delivery, string $at): array {
            return ['id' => 800, 'code' => 'HD800', 'branchId' => 7, 'status' => $status, 'statusValue' => '', 'total' => 200000, 'totalPayment' => 0, 'orderCode' => 'DH000700',
                'modifiedDate' => $at, 'invoiceDetails' => [['productId' => 1, 'productCode' => 'R1', 'productName' => 'Áo', 'quantity' => 2, 'price' => 100000]],
                'invoiceDelivery' => ['deliveryCode' => 'GHN77', 'status' => $delivery, 'statusValue' => '', 'partnerDelivery' => ['code' => 'GHN', 'name' => 'Giao Hàng Nhanh']]];
        };
        $answers([$sale(2, 'Đang giao hàng')], [$invoice(3, 2, '2026-08-12T11:10:00')]);
        $run($connection);
        $order = wc_get_order($id);
        Expect::same(['processing', 'GHN77', 'Giao Hàng Nhanh'], [$order->get_status(), $order->get_meta(FollowedOrder::WAYBILL), $order->get_meta(FollowedOrder::CARRIER)]);
        $notes = static function () use ($id): array {
            return array_values(preg_grep('/GHN77/', array_column(wc_get_order_notes(['order_id' => $id]), 'content')));
        };
        Expect::same(1, count($notes()));
        $answers([$sale(2, 'Đang giao hàng', ['modifiedDate' => '2026-08-12T11:20:00'])], [$invoice(1, 3, '2026-08-12T11:20:00')]);
        $run($connection);
        Expect::same(['completed', 1], [wc_get_order($id)->get_status(), count($notes())]);
    },
];

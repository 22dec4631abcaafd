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
    'an order is cancelled, and its stock comes back once, although the database loses the transaction in the middle (F2, Q3)' => static function () use ($shop, $sent, $sale, $answers, $run, $stock): void {
        global $wpdb;
        foreach (['woocommerce_order_status_cancelled', 'woocommerce_order_status_changed'] as $hook) {
            [$connection, $products] = $shop();
            $order = $sent($connection, $products);
            Expect::same(8, $stock($products));
            // What a deadlock does: all is undone, what follows is no transaction any more.
            $lose = static function () use (&$lose, $hook, $wpdb): void {
                remove_action($hook, $lose, 99);
                $wpdb->query('ROLLBACK');
            };
            add_action($hook, $lose, 99);
            $answers([$sale(4, 'Đã hủy')]);
            $run($connection);
            wp_cache_flush();
            Expect::same(['cancelled', 10], [wc_get_order($order->get_id())->get_status(), $stock($products)], $hook);
            Expect::same(1, (int) $wpdb->get_var('SELECT COUNT(*) FROM ' . Schema::table('history') . " WHERE remote_kind = 'order' AND shop_id = " . $order->get_id()), 'on record once');
        }
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
    'what the POS calls otherwise or newly is left alone and listed, and completed never goes back (F1, F2)' => static function () use ($shop, $sent, $sale, $answers, $run, $issues): void {
        [$connection, $products] = $shop();
        $id = $sent($connection, $products)->get_id();
        foreach ([[9, 'Lạ', 'status-unknown'], [4, 'Hoàn thành', 'status-label-differs']] as $place => [$status, $label, $code]) {
            $answers([$sale($status, $label, ['modifiedDate' => "2026-08-12T11:0$place:00"])]);
            $run($connection);
            Expect::same(['processing', [$code]], [wc_get_order($id)->get_status(), $issues()]);
        }
        $answers([$sale(3, 'hoàn THÀNH', ['modifiedDate' => '2026-08-12T11:10:00'])]);
        $run($connection);
        Expect::same(['completed', []], [wc_get_order($id)->get_status(), $issues()], 'and the issue is closed');
        $answers([$sale(1, 'Phiếu tạm', ['modifiedDate' => '2026-08-12T11:20:00'])]);
        $run($connection);
        Expect::same('completed', wc_get_order($id)->get_status());
    },
    'the owner’s table decides, and a status nobody knows is not written (F1)' => static function () use ($shop, $sent, $sale, $answers, $run, $issues): void {
        [$connection, $products] = $shop(['status_rules' => [['of' => 'order', 'code' => 5, 'status' => 'on-hold', 'backwards' => true], ['of' => 'order', 'code' => 2, 'status' => 'gone-plugin', 'backwards' => false]]]);
        $id = $sent($connection, $products)->get_id();
        $answers([$sale(5, 'Đã xác nhận')]);
        $run($connection);
        Expect::same('on-hold', wc_get_order($id)->get_status());
        $answers([$sale(2, 'Đang giao hàng', ['modifiedDate' => '2026-08-12T11:30:00'])]);
        $run($connection);
        Expect::same(['on-hold', ['status-not-taken']], [wc_get_order($id)->get_status(), $issues()]);
    },
    'an order of the POS comes to the site once: lines, buyer, total, no stock, no mail, never sent back (F4)' => static function () use ($shop, $sale, $answers, $run, $stock, $issues): void {
        global $wpdb;
        [$connection, $products] = $shop(['import' => true, 'import_start' => 1]);
        $mails = 0;
        add_filter('pre_wp_mail', static function () use (&$mails): bool {
            $mails++;

            return true;
        });
        $born = $sale(5, 'Đã xác nhận', ['id' => 701, 'code' => 'DH000701', 'customerId' => 60, 'customerName' => 'Trần Bình', 'total' => 270000, 'discount' => 30000,
            'orderDetails' => [['productId' => 1, 'productCode' => 'R1', 'productName' => 'Áo số 1', 'quantity' => 2.5, 'price' => 100000], ['productId' => 99, 'productCode' => 'X', 'productName' => 'Lạ', 'quantity' => 1, 'price' => 50000]]]);
        $answers([$born], [], ['/customers/60' => ['id' => 60, 'code' => 'KH1', 'name' => 'Trần Bình', 'contactNumber' => '0909', 'email' => 'b@example.vn']]);
        $first = $run($connection);
        $run($connection);
        $orders = array_values(wc_get_orders(['limit' => -1]));
        Expect::same([1, 1], [count($orders), $first['summary']['counts']['created']]);
        $order = $orders[0];
        Expect::same(['processing', 'order:701', 'Trần Bình', '0909', 'b@example.vn'], [$order->get_status(), $order->get_meta(Orders::ORIGIN), $order->get_billing_first_name(), $order->get_billing_phone(), $order->get_billing_email()]);
        $items = array_map(static function ($item): array {
            return [$item->get_product_id(), (float) $item->get_quantity(), (int) $item->get_total()];
        }, array_values($order->get_items()));
        Expect::same([[$products['1'], 1.0, 250000], [0, 1.0, 50000]], $items);
        Expect::same([270000, -30000], [(int) $order->get_total(), (int) array_values($order->get_items('fee'))[0]->get_total()]);
        Expect::same([10, 0], [$stock($products), $mails]);
        Expect::same('0', $wpdb->get_var("SELECT COUNT(*) FROM " . Schema::table('outbox')));
        $answers([['status' => 4, 'statusValue' => 'Đã hủy', 'modifiedDate' => '2026-08-12T11:50:00'] + $born]);
        $run($connection);
        Expect::same(['cancelled', 10], [wc_get_order($order->get_id())->get_status(), $stock($products)]);
    },
    'an invoice that no order was made for comes too; before the date, and while it is off, nothing does (F4)' => static function () use ($shop, $sale, $answers, $run, $issues): void {
        $invoice = ['id' => 900, 'code' => 'HD900', 'branchId' => 7, 'status' => 1, 'statusValue' => 'Hoàn thành', 'total' => 100000, 'totalPayment' => 100000, 'createdDate' => '2026-08-12T10:00:00',
            'invoiceDetails' => [['productId' => 1, 'productCode' => 'R1', 'productName' => 'Áo', 'quantity' => 1, 'price' => 100000]]];
        $made = static function (array $settings) use ($shop, $answers, $run, $invoice, $sale): array {
            [$connection] = $shop($settings);
            $answers([$sale(1, 'Phiếu tạm', ['id' => 702, 'code' => 'DH702'])], [$invoice]);
            $run($connection);
            $run($connection);

            return array_map(static function ($order): string {
                return $order->get_meta(Orders::ORIGIN) . ' ' . $order->get_status();
            }, array_values(wc_get_orders(['limit' => -1, 'orderby' => 'ID', 'order' => 'ASC'])));
        };
        Expect::same(['order:702 processing', 'invoice:900 completed'], $made(['import' => true, 'import_start' => 1]));
        $invoice = ['status' => 2, 'statusValue' => 'Đã hủy', 'modifiedDate' => '2026-08-12T12:00:00'] + $invoice;
        $answers([], [$invoice]);
        $run((array) \Dongbo\Tables\Connections::current());
        Expect::same(['completed', ['status-cancelled-late']], [wc_get_orders(['meta_key' => Orders::ORIGIN, 'meta_value' => 'invoice:900'])[0]->get_status(), $issues()], 'a sale that was done is a person’s to undo');
        Expect::same([], $made([]));
        Expect::same([], preg_grep('~^/orders/70~', Answers::$asked), 'nobody is read who matters to nobody');
        Expect::same([], $made(['import' => true, 'import_start' => 1900000000000]));
        Expect::same(['order:702 processing', 'invoice:900 completed'], $made(['handler' => 'site', 'import_start' => 1]), 'who lets the site decide gets them too');
    },
    'a POS order with this site’s mark is linked, never imported; while an outcome is open, unknown ones of that branch wait (E5, F4)' => static function () use ($shop, $sale, $answers, $run): void {
        global $wpdb;
        [$connection, $products] = $shop(['import' => true, 'import_start' => 1]);
        $order = wc_create_order();
        $order->add_product(wc_get_product($products['1']), 2);
        $order->update_status('processing');
        Recorder::rest();
        $site = OrderLanes::of($connection['id'], (int) $connection['settings_revision'], 1)['site'];
        $marked = $sale(5, 'Đã xác nhận', ['description' => 'Đơn web #1 [DB:' . $site . ':' . $order->get_id() . ']']);
        $unknown = $sale(1, 'Phiếu tạm', ['id' => 703, 'code' => 'DH703']);
        $wpdb->query('UPDATE ' . Schema::table('outbox') . " SET in_doubt = 1, sending = '{\"expected\":{\"branch_id\":\"7\"}}'");
        $answers([$marked, $unknown]);
        $run($connection);
        Expect::same([1, []], [count(wc_get_orders(['limit' => -1])), OrderLinks::of($connection['id'], [$order->get_id()])], 'its sender looks for it itself');
        Expect::same(['703'], Marks::oldest($connection['id'], 'waiting-orders', 5));
        $wpdb->query('UPDATE ' . Schema::table('outbox') . ' SET in_doubt = 0');
        $answers([['modifiedDate' => '2026-08-12T11:01:00'] + $marked, $unknown]);
        $run($connection);
        Expect::same('700', OrderLinks::of($connection['id'], [$order->get_id()])[$order->get_id()]['remote_id']);
        Expect::same(2, count(wc_get_orders(['limit' => -1])), 'and the other one is made');
    },
    'orders that stand in the POS twice are listed once a day, the later one to be cancelled (E5)' => static function () use ($shop, $sent, $sale, $answers, $run, $issues): void {
        global $wpdb;
        [$connection, $products] = $shop();
        $order = $sent($connection, $products);
        $site = OrderLanes::of($connection['id'], (int) $connection['settings_revision'], 1)['site'];
        $mark = ['description' => '[DB:' . $site . ':' . $order->get_id() . ']'];
        $answers([$sale(1, 'Phiếu tạm', $mark), $sale(1, 'Phiếu tạm', $mark + ['id' => 710, 'code' => 'DH710'])]);
        $run($connection);
        Expect::same(['order-doubled'], $issues());
        Expect::that(strpos((string) $wpdb->get_var('SELECT params FROM ' . Schema::table('issue') . " WHERE code = 'order-doubled'"), 'DH710') !== false, 'the later one is named');
        $answers([$sale(1, 'Phiếu tạm', $mark), $sale(4, 'Đã hủy', $mark + ['id' => 710, 'code' => 'DH710', 'modifiedDate' => '2026-08-12T12:00:00'])]);
        $wpdb->query('DELETE FROM ' . Schema::table('checkpoint') . " WHERE list = 'doubles'");
        $run($connection);
        Expect::same([], $issues());
    },
    'a POS that refuses one order and one that is down: the others go on, and nothing is lost (I2, Q4)' => static function () use ($shop, $sent, $sale, $answers): void {
        global $wpdb;
        [$connection, $products] = $shop();
        $id = $sent($connection, $products)->get_id();
        $wpdb->query('TRUNCATE ' . Schema::table('marked'));
        Marks::add($connection['id'], 'orders', ['699', '700'], 1);
        $gone = Answers::json(['responseStatus' => ['errorCode' => 'KvValidateOrderException', 'message' => 'Không tồn tại']], 420);
        $answers([], [], ['/orders/699' => $gone, '/orders/700' => Answers::json('', 502)]);
        $first = Runs::start($connection['id'], Lane::SALES, 'marked-orders');
        Lane::slice(Lane::SALES, Budget::ofRequest());
        Expect::that(Runs::find($first)['wait_until'] !== null, 'it waits for the POS');
        Expect::same(['700'], Marks::oldest($connection['id'], 'orders', 5));
        remove_all_filters('pre_http_request');
        $answers([$sale(4, 'Đã hủy')]);
        Runs::update($first, ['wait_until' => null]);
        $wpdb->query($wpdb->prepare('UPDATE %i SET state = %s WHERE id = %d', Schema::table('run'), str_replace('"wait_until":' . (Runs::find($first)['state']['wait_until'] ?? 0), '"wait_until":1', (string) json_encode(Runs::find($first)['state'])), $first));
        Lane::slice(Lane::SALES, Budget::ofRequest());
        Expect::same(['cancelled', 'done'], [wc_get_order($id)->get_status(), Runs::find($first)['outcome']]);
    },
    'edits, refunds and the trash are recorded as changes, and what is deleted for good is a person’s (E6)' => static function () use ($shop, $sent): void {
        global $wpdb;
        [$connection, $products] = $shop();
        $order = $sent($connection, $products);
        $recorded = static function (callable $change) use ($wpdb): array {
            $wpdb->query('TRUNCATE ' . Schema::table('outbox'));
            $change();
            Recorder::rest();

            return array_map('array_values', $wpdb->get_results('SELECT intent, state FROM ' . Schema::table('outbox'), ARRAY_A));
        };
        $changes = [
            static function () use ($order): void {
                $edited = wc_get_order($order->get_id());
                $edited->set_shipping_address_1('5 Hàng Bông');
                $edited->save();
            },
            static function () use ($order): void {
                Expect::that(wc_create_refund(['order_id' => $order->get_id(), 'amount' => '50000', 'reason' => 'Hỏng']) instanceof \WC_Order_Refund, 'refunded');
            },
            static function () use ($order): void {
                wc_get_order($order->get_id())->delete(false);
            },
            static function () use ($order): void {
                wc_get_order($order->get_id())->delete(true);
            },
        ];
        foreach ($changes as $place => $change) {
            Expect::same([['update', 'waiting']], $recorded($change), "change $place");
        }
        $clock = static function (int $now): int {
            return $now + 12000;
        };
        add_filter('dongbo_now', $clock);
        Lane::slice(Lane::ORDERS, Budget::ofRequest());
        remove_filter('dongbo_now', $clock);
        Expect::same('review', $wpdb->get_var('SELECT state FROM ' . Schema::table('outbox')));
    },
    'where reserved is not counted, an order holds its stock until the POS has invoiced it (D5)' => static function () use ($shop, $sent, $sale, $answers, $run): void {
        global $wpdb;
        [$connection, $products] = $shop();
        $order = $sent($connection, $products);
        $held = static function (bool $reserved) use ($connection): int {
            $context = new \Dongbo\Sync\SyncContext($connection['id'], ['count_reserved' => $reserved] + $connection['settings'], 1, 0, null);

            return array_column((new \Dongbo\Sync\PendingOrders($context))->of(['1']) ?? [], 'quantity', 'good_id')['1'] ?? 0;
        };
        $read = static function () use ($wpdb): void {
            $wpdb->query('UPDATE ' . Schema::table('good') . ' SET stock_as_of = ' . (\Dongbo\Tables\Clock::now() + 1));
        };
        $wpdb->query('UPDATE ' . Schema::table('order_link') . ' SET accepted = ' . \Dongbo\Tables\Clock::now());
        Expect::same([2000, 2000], [$held(true), $held(false)], 'the stock was read before the POS took it');
        $read();
        Expect::same([0, 2000], [$held(true), $held(false)]);
        $answers([$sale(4, 'Đã hủy')]);
        $wpdb->query('UPDATE ' . Schema::table('connection') . " SET settings = '" . json_encode(['orders' => ['status_to_site' => false, 'start' => 1]] + $connection['settings']) . "'");
        $run($connection);
        Expect::same(2000, $held(false), 'cancelled just now');
        usleep(2000);
        $read();
        Expect::same(0, $held(false), 'and read since');
        Expect::same('processing', wc_get_order($order->get_id())->get_status());
    },
];

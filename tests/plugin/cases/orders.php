<?php

declare(strict_types=1);

namespace Dongbo\PluginTests;

use Dongbo\Orders\Recorder;
use Dongbo\Shop\OrderRecord;
use Dongbo\Shop\Orders;
use Dongbo\Tables\Connections;
use Dongbo\Tables\OrderLinks;
use Dongbo\Tables\Outbox;
use Dongbo\Tables\Schema;

if (!class_exists('WC_Order')) {
    echo "skipped orders: the stand-in has no orders\n";

    return [];
}

/** @see OrderShop */
$shop = [OrderShop::class, 'open'];
$order = [OrderShop::class, 'order'];
$rows = [OrderShop::class, 'rows'];
$answers = [OrderShop::class, 'answers'];
$work = [OrderShop::class, 'work'];
$bodies = [OrderShop::class, 'bodies'];

return [
    'an order costs its shopper at most three statements and no call to the POS (E1, I6)' => static function () use ($shop, $order, $rows): void {
        [, $products] = $shop();
        Answers::prepare([]);
        wp_unschedule_hook('dongbo_wake');
        // As in a request that has written nothing yet, of a shopper with a Vietnamese name.
        (function (): void {
            $this->col_meta = [];
            $this->table_charset = [];
        })->call($GLOBALS['wpdb']);
        $own = [];
        $look = static function (string $sql) use (&$own): string {
            foreach (debug_backtrace(DEBUG_BACKTRACE_IGNORE_ARGS) as $call) {
                if (($call['class'] ?? '') === Recorder::class) {
                    $own[] = $sql;
                    break;
                }
            }

            return $sql;
        };
        add_filter('query', $look);
        $made = $order($products);
        remove_filter('query', $look);
        Expect::that(count($own) >= 1 && count($own) <= 3, implode("\n", $own));
        Expect::same([], preg_grep('~^/(orders|customers|connect|products)~', Answers::$asked));
        Expect::same([(string) $made->get_id(), 'create', 'waiting'], array_values(array_slice($rows()[0], 0, 3)));
        Expect::that((int) wp_next_scheduled('dongbo_wake', ['order']) >= time() + 10, 'the wake-up that follows');
    },
    'a paused connection and a lost key: orders are recorded all the same (A2, E1)' => static function () use ($shop, $order, $rows): void {
        [$connection, $products] = $shop();
        Connections::setState($connection['id'], 'paused', 'secret-lost');
        $order($products);
        Expect::same(['create', 'waiting'], [$rows()[0]['intent'], $rows()[0]['state']]);
        Connections::setState($connection['id'], 'closed');
        $order($products);
        Expect::same(1, count($rows()), 'no connection of use, nothing to send to');
    },
    'an order is sent as it is: body, link, note; and its own note is no news (E2, E5)' => static function () use ($shop, $order, $answers, $work, $rows, $bodies): void {
        [$connection, $products] = $shop();
        $made = $order($products);
        $answers();
        Expect::same('waiting', $work(5000), 'not before 10 s are over');
        Expect::same([], $bodies('POST', '/orders'));
        $work();
        [$sent] = $bodies('POST', '/orders');
        Expect::same([7, [[1, 2, 100000], [2, 1, 50000]]], [$sent['branchId'], array_map(static function (array $line): array {
            return [$line['productId'], $line['quantity'], $line['price']];
        }, $sent['orderDetails'])]);
        Expect::that(strpos($sent['description'], '#' . $made->get_order_number() . ' [DB:') !== false, $sent['description']);
        $link = OrderLinks::of($connection['id'], [$made->get_id()])[$made->get_id()];
        Expect::same(['700', 'DH000700', 25000000, '60'], [$link['remote_id'], $link['code'], $link['total'], $link['customer_id']]);
        Expect::same([['create', 'sent', '']], array_map(static function (array $row): array {
            return [$row['intent'], $row['state'], $row['code']];
        }, $rows()));
        $notes = implode("\n", array_column(wc_get_order_notes(['order_id' => $made->get_id()]), 'content'));
        Expect::that(strpos($notes, 'DH000700') !== false, $notes);
    },
    'what happens later is a change, in the trash and out of it too (E6)' => static function () use ($shop, $order, $answers, $work, $rows): void {
        [, $products] = $shop();
        $made = $order($products);
        $id = $made->get_id();
        $answers();
        $work();
        foreach ([static function () use ($made): void {
            $made->set_customer_note('Gọi trước');
            $made->save();
        }, static function () use ($made): void {
            $made->delete(false);
        }, static function () use ($id): void {
            Orders::of([$id])[$id]->update_status('processing');
        }] as $change) {
            global $wpdb;
            $wpdb->query('UPDATE ' . Schema::table('outbox') . " SET state = 'sent' WHERE intent = 'update'");
            $change();
            Recorder::rest();
            Expect::same([['create', 'sent'], ['update', 'waiting']], array_map(static function (array $row): array {
                return [$row['intent'], $row['state']];
            }, $rows()));
        }
    },
    'of two workers that read one row, one stores its turn and the other stops (E5)' => static function () use ($shop, $order): void {
        [$connection, $products] = $shop();
        $order($products);
        [$one] = Outbox::due($connection['id'], PHP_INT_MAX, 5);
        $other = $one;
        Expect::same(true, Outbox::store($one, ['state' => 'sending'], 5));
        Expect::same(true, Outbox::own($one));
        Expect::same(false, Outbox::store($other, ['state' => 'sending'], 6));
        Expect::same(false, Outbox::own($other));
    },
    'a row is not put to rest when its order has changed meanwhile (E7)' => static function () use ($shop, $order): void {
        [$connection, $products] = $shop();
        $made = $order($products);
        [$row] = Outbox::due($connection['id'], PHP_INT_MAX, 5);
        Outbox::record($made->get_id(), '', $row['recorded'] + 1, $row['next_try'] + 1);
        Expect::same(false, Outbox::store($row, ['next_try' => Outbox::RESTS], 6, true));
        [$row] = Outbox::due($connection['id'], PHP_INT_MAX, 5);
        Expect::same(true, Outbox::store($row, ['next_try' => Outbox::RESTS], 7, true));
        Expect::same(null, Outbox::nextDue($connection['id']));
        Outbox::record($made->get_id(), '', $row['recorded'] + 5, 99);
        Expect::same(99, Outbox::nextDue($connection['id']), 'and wakes when something happens');
    },
    'an order whose product is not linked is listed with its name, and is sent once it is (E3, E7, Q4)' => static function () use ($shop, $order, $answers, $work, $rows, $bodies): void {
        global $wpdb;
        [$connection, $products] = $shop();
        $made = $order($products);
        $links = Schema::table('link');
        $wpdb->query("UPDATE $links SET shop_id = shop_id + 1000000 WHERE remote_id = '2' AND kind = 'good'");
        $answers();
        $work();
        Expect::same(['failed'], array_column($rows(), 'state'));
        Ask::as('administrator');
        $list = Ask::declaredRoute('GET', '/orders', ['state' => 'failed']);
        Expect::that(strpos($list[0]->cause->sentence, 'Áo số 2') !== false, $list[0]->cause->sentence);
        $detail = Ask::declaredRoute('GET', '/orders/' . $made->get_id(), [], '/orders/{id}');
        Expect::same([true, false], array_column($detail->lines, 'linked'));
        Expect::same([], $bodies('POST', '/orders'));
        $wpdb->query("UPDATE $links SET shop_id = shop_id - 1000000 WHERE remote_id = '2' AND kind = 'good'");
        Ask::declaredRoute('POST', '/orders/' . $made->get_id() . '/retry', [], '/orders/{id}/retry');
        Ask::declaredRoute('POST', '/orders/' . $made->get_id() . '/retry', [], '/orders/{id}/retry');
        $work();
        $work();
        Expect::same(1, count($bodies('POST', '/orders')), 'the button pressed twice');
        Expect::same(['sent'], array_column($rows(), 'state'));
        Expect::same('0', $wpdb->get_var($wpdb->prepare("SELECT COUNT(*) FROM %i WHERE source = 'orders' AND severity = 'review'", Schema::table('issue'))), 'the issue is closed');
    },
    'lists of orders: search, filter, pages, few statements; leave and all that failed (H8)' => static function () use ($shop, $order, $answers, $work): void {
        [$connection, $products] = $shop();
        $made = [];
        for ($i = 0; $i < 3; $i++) {
            $made[] = $order($products)->get_id();
        }
        $answers(['/orders' => static function () {
            return Answers::json(['responseStatus' => ['errorCode' => 'KvException', 'message' => 'Không được phép']], 420);
        }]);
        $work();
        Ask::as('shop_manager');
        $page = Ask::route('GET', '/orders', ['per_page' => 2]);
        Expect::same([200, 2, '3'], [$page['status'], count($page['body']), (string) $page['headers']['X-WP-Total']]);
        Expect::that(Ask::$statements <= 25, 'statements: ' . Ask::$statements);
        Expect::same([$made[1]], array_column(Ask::declaredRoute('GET', '/orders', ['search' => (string) $made[1]]), 'id'));
        Expect::same(3, count(Ask::declaredRoute('GET', '/orders', ['search' => 'nguyễn', 'state' => 'failed'])));
        Expect::same('ignored', Ask::declaredRoute('POST', '/orders/' . $made[0] . '/ignore', [], '/orders/{id}/ignore')->state);
        Expect::same(2, Ask::declaredRoute('POST', '/orders/bulk', ['action' => 'retry', 'all_failed' => true])->done);
        $answers();
        $work();
        $states = array_column(Ask::declaredRoute('GET', '/orders'), 'state');
        sort($states);
        Expect::same(['ignored', 'sent', 'sent'], $states);
        Ask::as('customer');
        Expect::same(403, Ask::route('GET', '/orders')['status']);
    },
    'the sweep finds orders that nobody recorded, and only those (E7)' => static function () use ($shop, $order, $answers, $work, $rows): void {
        global $wpdb;
        [$connection, $products] = $shop();
        $answers();
        $work();
        $made = $order($products);
        $wpdb->query('TRUNCATE ' . Schema::table('outbox'));
        $work();
        Expect::same([], $rows(), 'not before its time');
        $work(3700000);
        $work(3720000);
        $found = array_values(array_filter($rows(), static function (array $row) use ($made): bool {
            return (int) $row['order_id'] === $made->get_id();
        }));
        Expect::same([['create', 'sent']], array_map(static function (array $row): array {
            return [$row['intent'], $row['state']];
        }, $found));
    },
    'an order as the rules see it: lines, discounts, shipping, fees, pick-up place, ward and district (E2, A4)' => static function () use ($shop, $order): void {
        [, $products] = $shop();
        $made = $order($products, static function (\WC_Order $order): void {
            $shipping = new \WC_Order_Item_Shipping();
            $shipping->set_method_title('Nhận tại cửa hàng');
            $shipping->set_method_id('pickup_location');
            $shipping->set_instance_id('0');
            $shipping->set_total('15000');
            $shipping->add_meta_data('pickup_location', 'Chi nhánh 2');
            $order->add_item($shipping);
            $fee = new \WC_Order_Item_Fee();
            $fee->set_name('Giảm thành viên');
            $fee->set_total('-7000');
            $order->add_item($fee);
            $order->update_meta_data('_billing_ward', 'Phường Bến Nghé');
            $order->update_meta_data('_billing_district', 'Quận 1');
            $order->set_customer_note('Gọi trước');
        });
        $record = OrderRecord::of($made);
        Expect::same([[2, '200000'], [1, '50000']], array_map(static function (array $line): array {
            return [(int) $line['quantity'], $line['total']];
        }, $record['lines']));
        Expect::same([$products['1'], 0, 'R1'], [$record['lines'][0]['product_id'], $record['lines'][0]['variation_id'], $record['lines'][0]['sku']]);
        Expect::same([['name' => 'Nhận tại cửa hàng', 'total' => '15000', 'tax' => '0', 'method' => 'pickup_location:0', 'place' => 'Chi nhánh 2']], $record['shippings']);
        Expect::same(['Giảm thành viên', '-7000'], [$record['fees'][0]['name'], $record['fees'][0]['total']]);
        Expect::same(['Phường Bến Nghé', 'Quận 1', '0901 234 567', 'An Nguyễn'], [$record['billing']['ward'], $record['billing']['district'], $record['billing']['phone'], $record['billing']['name']]);
        Expect::same(['VND', 'processing', 'Gọi trước', 'cod', false], [$record['currency'], $record['status'], $record['note'], $record['payment'], $record['paid']]);
        Expect::same(258000, (int) $record['total']);
    },
];

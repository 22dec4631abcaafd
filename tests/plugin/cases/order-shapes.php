<?php
// Orders the POS cannot take, or takes in an odd way: each does what product.md says, and says so in words a clerk understands.

declare(strict_types=1);

namespace Dongbo\PluginTests;

use Dongbo\Orders\Recorder;
use Dongbo\Shop\Orders;
use Dongbo\Tables\Schema;

if (!class_exists('WC_Order')) {
    echo "skipped order-shapes: the stand-in has no orders\n";

    return [];
}

/** Nothing went to the POS, and the list says why in both languages. */
$refused = static function (\WC_Order $order, string $state, string $code, string $name = ''): void {
    Expect::same([], OrderShop::bodies('POST', '/orders'));
    $told = OrderShop::told($order->get_id());
    Expect::same([$state, $code], [$told['state'], $told['code']]);
    foreach (['en', 'vi'] as $language) {
        Expect::that($name === '' || strpos($told[$language], $name) !== false, $told[$language]);
    }
};

/** What was sent, of the one order that was. */
$sent = static function (\WC_Order $order): array {
    Expect::same('sent', OrderShop::told($order->get_id())['state']);
    $bodies = OrderShop::bodies('POST', '/orders');
    Expect::same(1, count($bodies), (string) json_encode($bodies, JSON_UNESCAPED_UNICODE));

    return $bodies[0];
};

$fee = static function (\WC_Order $order, string $name, string $total): void {
    $fee = new \WC_Order_Item_Fee();
    $fee->set_name($name);
    $fee->set_total($total);
    $order->add_item($fee);
};

return [
    'no phone: a walk-in, with the name in the note (E4)' => static function () use ($sent): void {
        [, $products] = OrderShop::open();
        $order = OrderShop::order($products, static function (\WC_Order $order): void {
            $order->set_billing_phone('');
            $order->set_billing_email('');
        });
        OrderShop::answers();
        OrderShop::work();
        $body = $sent($order);
        Expect::same([false, false], [isset($body['customerId']), isset($body['customer'])]);
        Expect::that(strpos($body['description'], 'An Nguyễn') !== false, $body['description']);
        Expect::same([], OrderShop::bodies('POST', '/customers'));
    },
    'a paused and an excluded product: not sent, named (E3)' => static function () use ($refused): void {
        global $wpdb;
        foreach (['paused' => 'line-paused', 'excluded' => 'line-excluded'] as $state => $code) {
            [, $products] = OrderShop::open();
            $order = OrderShop::order($products);
            $wpdb->query($wpdb->prepare('UPDATE %i SET state = %s WHERE remote_id = %s', Schema::table('link'), $state, '2'));
            OrderShop::answers();
            OrderShop::work();
            $refused($order, 'failed', $code, 'Áo số 2');
        }
    },
    'a product deleted on the site: not sent, named (E3)' => static function () use ($refused): void {
        [, $products] = OrderShop::open();
        $order = OrderShop::order($products);
        wc_get_product($products['2'])->delete(true);
        OrderShop::answers();
        OrderShop::work();
        $refused($order, 'failed', 'line-product-gone', 'Áo số 2');
    },
    'from before the start date: left, and says so; by hand neither (E1)' => static function () use ($refused): void {
        [, $products] = OrderShop::open(['start' => 1000 * (time() + 3600)]);
        $order = OrderShop::order($products);
        OrderShop::answers();
        OrderShop::work();
        $refused($order, 'left', 'order-before-start');
    },
    'cancelled before it was sent: left, and says so (E1)' => static function () use ($refused): void {
        [, $products] = OrderShop::open();
        $order = OrderShop::order($products);
        $order->update_status('cancelled');
        Recorder::rest();
        OrderShop::answers();
        OrderShop::work();
        $refused($order, 'left', 'order-over');
    },
    'a foreign currency: not sent, named; with the owner\'s rate it goes, and the description tells it (E8)' => static function () use ($refused, $sent): void {
        $foreign = static function (\WC_Order $order): void {
            $order->set_currency('USD');
            foreach ($order->get_items() as $item) {
                $item->set_subtotal('4');
                $item->set_total('4');
            }
        };
        [, $products] = OrderShop::open();
        $order = OrderShop::order($products, $foreign);
        OrderShop::answers();
        OrderShop::work();
        $refused($order, 'failed', 'order-currency', 'USD');

        [, $products] = OrderShop::open(['rates' => [['currency' => 'USD', 'rate' => '25000']]]);
        $order = OrderShop::order($products, $foreign);
        Expect::same('8', (string) (int) $order->get_total());
        OrderShop::answers();
        OrderShop::work();
        $body = $sent($order);
        $goods = array_sum(array_map(static function (array $line): float {
            return $line['price'] * $line['quantity'];
        }, $body['orderDetails']));
        Expect::same(200000, (int) ($goods - ($body['discount'] ?? 0)), '8 USD at 25,000');
        Expect::that(strpos($body['description'], 'USD') !== false, $body['description']);
    },
    'a total of 0, by a coupon of 100 %: sent as such, the coupon named (E2)' => static function () use ($sent): void {
        [, $products] = OrderShop::open();
        $order = OrderShop::order($products, static function (\WC_Order $order): void {
            foreach ($order->get_items() as $item) {
                $item->set_total('0');
            }
            $coupon = new \WC_Order_Item_Coupon();
            $coupon->set_code('TANGHET');
            $coupon->set_discount('250000');
            $order->add_item($coupon);
        });
        Expect::same(0, (int) $order->get_total());
        OrderShop::answers();
        OrderShop::work();
        $body = $sent($order);
        Expect::same([0, 0], array_map('intval', array_column($body['orderDetails'], 'price')));
        Expect::that(stripos($body['description'], 'TANGHET') !== false, $body['description']);
    },
    'fees: above 0 a surcharge, below 0 into the discount; more discount than goods is not sent (E2)' => static function () use ($refused, $sent, $fee): void {
        [, $products] = OrderShop::open();
        $order = OrderShop::order($products, static function (\WC_Order $order) use ($fee): void {
            $fee($order, 'Gói quà', '12000');
            $fee($order, 'Thành viên', '-20000');
        });
        OrderShop::answers();
        OrderShop::work();
        $body = $sent($order);
        Expect::same([12000, 20000], [(int) array_sum(array_column($body['surchages'], 'price')), (int) $body['discount']]);

        [, $products] = OrderShop::open();
        $order = OrderShop::order($products, static function (\WC_Order $order) use ($fee): void {
            $fee($order, 'Ship hỏa tốc', '400000');
            $fee($order, 'Điểm thưởng', '-300000');
        });
        OrderShop::answers();
        OrderShop::work();
        $refused($order, 'failed', 'order-discount-too-large');
    },
    'no branch for orders, and one that is closed: the order waits for a person, named (A4)' => static function () use ($refused): void {
        global $wpdb;
        [$connection, $products] = OrderShop::open();
        \Dongbo\Tables\Rows::write($connection['id'], 'branches', '', ['7' => '{"id":"7","name":"Chính","active":false}'], 2);
        $order = OrderShop::order($products);
        OrderShop::answers();
        OrderShop::work();
        $refused($order, 'failed', 'order-branch-closed', 'Chính');
    },
];

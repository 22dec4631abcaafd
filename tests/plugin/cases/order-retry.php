<?php
// Trying again without a person, and giving up (E7): its switch, its interval, its number of orders, its end.

declare(strict_types=1);

namespace Dongbo\PluginTests;

use Dongbo\Control\SettingsStore;
use Dongbo\Tables\Connections;
use Dongbo\Tables\OrderLanes;
use Dongbo\Tables\Outbox;
use Dongbo\Tables\Schema;

if (!class_exists('WC_Order')) {
    echo "skipped order-retry: the stand-in has no orders\n";

    return [];
}

const HOUR = 3600000;

/** The POS does not work, in a way that passes. */
$broken = ['/orders' => static function (string $url, array $arguments) {
    return $arguments['method'] === 'GET' ? ['total' => 0, 'pageSize' => 100] : Answers::json(['responseStatus' => ['errorCode' => 'KvException', 'message' => 'Danh sách sản phẩm cập nhật rỗng']], 420);
}];

/** It refuses for a reason that is a person's to mend. */
$forbidden = ['/orders' => static function (string $url, array $arguments) {
    return $arguments['method'] === 'GET' ? ['total' => 0, 'pageSize' => 100] : Answers::json(['responseStatus' => ['errorCode' => 'KvException', 'message' => 'Không được phép']], 420);
}];

$row = static function (): array {
    global $wpdb;

    return (array) $wpdb->get_row('SELECT state, tries, next_try, cause, code FROM ' . Schema::table('outbox') . ' ORDER BY id LIMIT 1', ARRAY_A);
};

return [
    'failures that pass are tried again after an hour, two, four …, then given up, with the cause still told (E7)' => static function () use ($broken, $row): void {
        [, $products] = OrderShop::open(['retry_tries' => 3]);
        $order = OrderShop::order($products);
        OrderShop::answers($broken);
        $later = 12000;
        foreach ([1, 2, 3] as $try) {
            OrderShop::work($later);
            $stands = $row();
            Expect::same(['failed', (string) $try], [$stands['state'], $stands['tries']]);
            $pause = (int) $stands['next_try'] - (int) (1000 * microtime(true)) - $later;
            Expect::that(abs($pause - HOUR * 2 ** ($try - 1)) < 120000, "after failure $try it waits $pause ms");
            Expect::same($try, count(OrderShop::bodies('POST', '/orders')));
            // Neither the sweep nor anything else tries it sooner.
            OrderShop::work($later + $pause - 60000);
            Expect::same($try, count(OrderShop::bodies('POST', '/orders')));
            $later += $pause + 1000;
        }
        OrderShop::work($later);
        Expect::same(3, count(OrderShop::bodies('POST', '/orders')));
        Expect::same('review', $row()['state']);
        $told = OrderShop::told($order->get_id());
        Expect::that(strpos($told['en'], 'cập nhật rỗng') !== false, 'why it failed: ' . $told['en']);
        $issues = array_map(static function (\stdClass $issue): string {
            return $issue->said->code;
        }, Ask::declaredRoute('GET', '/issues'));
        Expect::that(in_array('order-given-up', $issues, true), implode(', ', $issues));
        // A person: once more, and it goes.
        OrderShop::answers();
        Ask::declaredRoute('POST', '/orders/' . $order->get_id() . '/retry', [], '/orders/{id}/retry');
        OrderShop::work($later + 2000);
        Expect::same('sent', $row()['state']);
    },
    'what a person has to mend is not tried again, whatever the sweeps; a change of the order is tried (E7)' => static function () use ($forbidden, $row): void {
        global $wpdb;
        [, $products] = OrderShop::open();
        $order = OrderShop::order($products);
        OrderShop::answers($forbidden);
        OrderShop::work();
        foreach ([2, 5, 30] as $hours) {
            OrderShop::work($hours * HOUR);
        }
        Expect::same([1, 'failed'], [count(OrderShop::bodies('POST', '/orders')), $row()['state']]);
        OrderShop::answers();
        // The lane's clock was ahead of the shop's.
        $wpdb->query('UPDATE ' . Schema::table('outbox') . ' SET failed_at = failed_at - 60000');
        $order->set_customer_note('Gọi trước');
        $order->save();
        \Dongbo\Orders\Recorder::rest();
        OrderShop::work(31 * HOUR);
        Expect::same('sent', $row()['state']);
    },
    'the switch off: nothing is tried again or looked for; on again, it is (E7)' => static function () use ($broken, $row): void {
        [$connection, $products] = OrderShop::open(['retry' => false]);
        OrderShop::order($products);
        OrderShop::answers($broken);
        OrderShop::work();
        OrderShop::answers();
        foreach ([2, 5, 30] as $hours) {
            OrderShop::work($hours * HOUR);
        }
        Expect::same(['failed', []], [$row()['state'], OrderShop::bodies('POST', '/orders')]);
        (new SettingsStore((array) Connections::find($connection['id'])))->save(['orders.retry' => true]);
        OrderShop::work(31 * HOUR);
        OrderShop::work(33 * HOUR);
        Expect::same('sent', $row()['state']);
    },
    'the interval is an hour at least, and the sweep keeps to it (E7)' => static function (): void {
        global $wpdb;
        [$connection, $products] = OrderShop::open(['retry_minutes' => 5]);
        $store = new SettingsStore((array) Connections::find($connection['id']));
        Expect::that($store->save(['orders.retry_minutes' => 5]) !== [], 'five minutes are refused');
        Expect::same([], $store->save(['orders.retry_minutes' => 120]));
        OrderShop::answers();
        OrderShop::work();
        $revision = (int) Connections::find($connection['id'])['settings_revision'];
        $swept = (int) OrderLanes::of($connection['id'], $revision, 0)['swept'];
        $next = (int) $wpdb->get_var('SELECT next_sweep FROM ' . Schema::table('order_lane'));
        Expect::same(2 * HOUR, $next - $swept);
    },
    'a sweep looks at the last N orders only (E7)' => static function (): void {
        global $wpdb;
        [, $products] = OrderShop::open(['retry_last' => 2]);
        OrderShop::answers();
        OrderShop::work();
        $made = [];
        for ($i = 0; $i < 4; $i++) {
            $made[] = OrderShop::order($products, static function (\WC_Order $order) use ($i): void {
                $order->set_date_created(time() - 1000 + 100 * $i);
            })->get_id();
        }
        $wpdb->query('TRUNCATE ' . Schema::table('outbox'));
        OrderShop::work(HOUR + 60000);
        $found = array_map('intval', array_column(OrderShop::rows(), 'order_id'));
        sort($found);
        Expect::same(array_slice($made, 2), $found);
    },
    'a limit of calls waits and counts as no try (E7, I2)' => static function () use ($row): void {
        [, $products] = OrderShop::open();
        OrderShop::order($products);
        OrderShop::answers(['/orders' => static function (string $url, array $arguments) {
            return $arguments['method'] === 'GET' ? ['total' => 0, 'pageSize' => 100] : Answers::json(['responseStatus' => ['errorCode' => 'RateLimited', 'message' => 'slow down']], 429);
        }]);
        OrderShop::work();
        Expect::same('0', $row()['tries']);
        Expect::that((int) $row()['next_try'] < Outbox::RESTS, 'and goes on by itself');
        OrderShop::answers();
        OrderShop::work(2 * HOUR);
        Expect::same('sent', $row()['state']);
    },
    'a line that was not linked is tried again by itself once it is (E3, E7)' => static function () use ($row): void {
        global $wpdb;
        [, $products] = OrderShop::open();
        $links = Schema::table('link');
        $wpdb->query("UPDATE $links SET shop_id = shop_id + 1000000 WHERE remote_id = '2' AND kind = 'good'");
        OrderShop::order($products);
        OrderShop::answers();
        OrderShop::work();
        OrderShop::work(2 * HOUR);
        Expect::same(['failed', 'line-unlinked'], [$row()['state'], $row()['code']]);
        $wpdb->query($wpdb->prepare("UPDATE $links SET shop_id = shop_id - 1000000, changed = %d WHERE remote_id = '2' AND kind = 'good'", (int) (1000 * microtime(true)) + 3 * HOUR));
        OrderShop::work(4 * HOUR);
        Expect::same('sent', $row()['state']);
    },
];

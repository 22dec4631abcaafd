<?php

declare(strict_types=1);

namespace Dongbo\PluginTests;

use Dongbo\Lanes\Budget;
use Dongbo\Lanes\Lane;
use Dongbo\Orders\Recorder;
use Dongbo\Tables\Schema;

/** A shop that has orders, a POS that takes them, and the lane between the two. */
final class OrderShop
{
    /**
     * A connected shop with the goods 1 and 2 on both sides and no orders.
     *
     * @param array<string, mixed> $orders Settings of orders.
     * @return array{array<string, mixed>, array<string, int>} The connection, product ids by good.
     */
    public static function open(array $orders = []): array
    {
        global $wpdb;
        foreach (wc_get_orders(['limit' => -1, 'status' => array_merge(array_keys(wc_get_order_statuses()), ['trash'])]) as $old) {
            $old->delete(true);
        }
        Recorder::rest();
        $connection = Shop::connected(['branches' => ['7'], 'order_branch' => '7', 'orders' => $orders + ['start' => 1]]);
        $products = Shop::synced($connection, [Shop::good('1'), Shop::good('2', ['price' => 5000000])]);
        $wpdb->query('TRUNCATE ' . Schema::table('outbox'));

        return [$connection, $products];
    }

    /**
     * An order of two lines in processing.
     *
     * @param array<string, int>           $products
     * @param null|callable(\WC_Order): void $more Before its totals are counted.
     */
    public static function order(array $products, ?callable $more = null): \WC_Order
    {
        $order = wc_create_order();
        $order->set_currency('VND');
        $order->add_product(wc_get_product($products['1']), 2);
        $order->add_product(wc_get_product($products['2']), 1);
        $order->set_address(['first_name' => 'An', 'last_name' => 'Nguyễn', 'phone' => '0901 234 567', 'email' => 'an@example.vn', 'address_1' => '12 Lê Lợi', 'city' => 'Quận 1', 'country' => 'VN'], 'billing');
        $order->set_payment_method('cod');
        if ($more !== null) {
            $more($order);
        }
        $order->calculate_totals();
        $order->update_status('processing');
        // The request ends.
        Recorder::rest();

        return wc_get_order($order->get_id());
    }

    /** @return array<int, array<string, string>> The outbox. */
    public static function rows(): array
    {
        global $wpdb;

        return $wpdb->get_results('SELECT order_id, intent, state, code, by_hand FROM ' . Schema::table('outbox') . ' ORDER BY id', ARRAY_A);
    }

    /**
     * A POS that takes every order.
     *
     * @param array<string, mixed> $more Other answers, by path.
     */
    public static function answers(array $more = []): void
    {
        Answers::prepare($more + [
            '/connect/token' => ['access_token' => 'test-token', 'expires_in' => 86400, 'token_type' => 'Bearer'],
            '/customers' => static function (string $url, array $arguments): array {
                return $arguments['method'] === 'GET'
                    ? ['total' => 0, 'pageSize' => 100]
                    : ['message' => 'ok', 'data' => ['id' => 60, 'code' => 'KH1', 'name' => 'An', 'contactNumber' => '0901234567']];
            },
            '/surchages' => static function (string $url, array $arguments): array {
                $sent = json_decode((string) $arguments['body'], true);

                return $arguments['method'] === 'GET' ? ['total' => 0, 'pageSize' => 100] : ['message' => 'ok', 'data' => ['id' => 9, 'surchargeCode' => $sent['code'] ?? '', 'surchargeName' => $sent['name'] ?? '']];
            },
            '/orders' => static function (string $url, array $arguments): array {
                $sent = (array) json_decode((string) $arguments['body'], true);
                $goods = array_sum(array_map(static function (array $line): float {
                    return $line['price'] * $line['quantity'];
                }, $sent['orderDetails'] ?? []));
                $total = $goods - ($sent['discount'] ?? 0) + array_sum(array_column($sent['surchages'] ?? [], 'price'));

                return ['id' => 700, 'code' => 'DH000700', 'branchId' => 7, 'status' => 1, 'statusValue' => 'Phiếu tạm', 'total' => $total, 'totalPayment' => $sent['totalPayment'] ?? 0,
                    'description' => $sent['description'] ?? '', 'orderDetails' => $sent['orderDetails'] ?? []];
            },
        ]);
    }

    /** The lane works, so many milliseconds from now. */
    public static function work(int $later = 12000): string
    {
        $clock = static function (int $now) use ($later): int {
            return $now + $later;
        };
        add_filter('dongbo_now', $clock);
        try {
            return Lane::slice(Lane::ORDERS, Budget::ofRequest())->outcome;
        } finally {
            remove_filter('dongbo_now', $clock);
        }
    }

    /** @return array<int, array<string, mixed>> What was sent there. */
    public static function bodies(string $method, string $path): array
    {
        $bodies = [];
        foreach (Answers::$asked as $place => $asked) {
            if (strtok($asked, '?') === $path && Answers::$arguments[$place]['method'] === $method) {
                $bodies[] = json_decode((string) Answers::$arguments[$place]['body'], true);
            }
        }

        return $bodies;
    }

    /**
     * What a clerk reads of an order in the list, in English and Vietnamese.
     *
     * @return array{state: string, code: string, en: string, vi: string}
     */
    public static function told(int $order): array
    {
        Ask::as('shop_manager');
        $row = Ask::declaredRoute('GET', '/orders/' . $order, [], '/orders/{id}')->order;
        $told = ['state' => $row->state, 'code' => $row->cause->code ?? '', 'en' => self::sentence($row), 'vi' => ''];
        load_textdomain('dongbo', dirname(DONGBO_FILE) . '/languages/dongbo-vi.mo', determine_locale());
        try {
            $told['vi'] = self::sentence(Ask::declaredRoute('GET', '/orders/' . $order, [], '/orders/{id}')->order);
        } finally {
            unload_textdomain('dongbo', true);
        }
        foreach (['en', 'vi'] as $language) {
            Expect::that(strpos($told[$language], '{') === false, 'a place nobody filled: ' . $told[$language]);
        }
        Expect::that($told['en'] === '' || $told['en'] !== $told['vi'], 'no Vietnamese for ' . $told['code']);

        return $told;
    }

    private static function sentence(\stdClass $row): string
    {
        return trim(($row->cause->sentence ?? '') . ' ' . ($row->cause->remedy ?? ''));
    }
}

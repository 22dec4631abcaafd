<?php

declare(strict_types=1);

namespace Dongbo\Cli;

use Dongbo\Control\SendOrders;
use Dongbo\Lanes\Budget;
use Dongbo\Lanes\Lane;
use Dongbo\Lanes\Slice;
use Dongbo\Report\OrderList;
use Dongbo\Report\OrderView;
use WP_CLI;

/** Orders on their way into the POS: `orders`, `retry`. */
final class OrdersCommand
{
    /**
     * Lists orders and where each stands: what was sent, what waits, what failed and why.
     *
     * ## OPTIONS
     *
     * [--state=<state>]
     * : Only `waiting`, `sent`, `failed`, `review`, `ignored` or `left`.
     *
     * [--search=<text>]
     * : Only orders with this number, customer or POS code.
     *
     * [--limit=<number>]
     * : At most so many.
     * ---
     * default: 50
     * ---
     *
     * [--ignore=<ids>]
     * : Leave these orders, separated by commas: they are not sent.
     *
     * [--format=<format>]
     * : How it is printed.
     * ---
     * default: table
     * options:
     *   - table
     *   - json
     *   - csv
     * ---
     *
     * ## EXAMPLES
     *
     *     $ wp dongbo orders --state=failed
     *     $ wp dongbo orders --ignore=1234
     *
     * @param string[]              $args
     * @param array<string, string> $options
     */
    public static function orders(array $args, array $options): void
    {
        if (isset($options['ignore'])) {
            $count = SendOrders::ignore(Ready::writable()['id'], self::ids([$options['ignore']]));
            WP_CLI::success("$count left as they are.");

            return;
        }
        $filter = ['state' => (string) ($options['state'] ?? ''), 'search' => (string) ($options['search'] ?? '')];
        if (!in_array($filter['state'], array_merge([''], OrderList::states()), true)) {
            WP_CLI::error('--state is one of ' . implode(', ', OrderList::states()) . '.');
        }
        $page = OrderList::page(Ready::connection()['id'], $filter, 0, max(1, (int) ($options['limit'] ?? 50)));
        $rows = [];
        foreach ($page['rows'] as $order) {
            $rows[] = ['id' => $order['id'], 'number' => $order['number'], 'pos' => $order['pos_code'], 'customer' => $order['customer'], 'total' => $order['total'],
                'state' => $order['state'], 'cause' => $order['cause']['sentence'] ?? ''];
        }
        $format = $options['format'] ?? 'table';
        Out::items($format, $rows, ['id', 'number', 'pos', 'customer', 'total', 'state', 'cause'], 'No orders.');
        if ($format === 'table' && $page['total'] > count($rows)) {
            WP_CLI::log(sprintf('%d of %d. More with --limit.', count($rows), $page['total']));
        }
    }

    /**
     * Sends orders now: failed ones again, ones that were never sent, ones that wait to be sent by hand.
     *
     * ## OPTIONS
     *
     * [<id>...]
     * : The orders' ids.
     *
     * [--all]
     * : Every order that failed or needs review.
     *
     * ## EXAMPLES
     *
     *     $ wp dongbo retry 1234 1240
     *     $ wp dongbo retry --all
     *
     * @param string[]              $args
     * @param array<string, string> $options
     */
    public static function retry(array $args, array $options): void
    {
        $connection = Ready::writable();
        if ($args === [] && !isset($options['all'])) {
            WP_CLI::error('Which orders? Name their ids, or --all for every one that failed.');
        }
        if (!isset($options['all'])) {
            self::nameUnlinked($connection, self::ids($args));
        }
        $count = isset($options['all']) ? SendOrders::failed($connection['id']) : SendOrders::send($connection['id'], self::ids($args));
        if ($count === 0) {
            WP_CLI::success('There is nothing to send.');

            return;
        }
        $slice = Lane::slice(Lane::ORDERS, Budget::ofRequest(), get_current_user_id());
        WP_CLI::success("$count marked." . ($slice->outcome === Slice::DONE ? '' : ' Sending goes on in the background.') . ' How they stand: wp dongbo orders');
    }

    /**
     * Lines that are linked with no good, before anything is sent (product.md H8). With `--all` the list of failed ones names them.
     *
     * @param array<string, mixed> $connection
     * @param int[]                $orders
     */
    private static function nameUnlinked(array $connection, array $orders): void
    {
        foreach ($orders as $order) {
            $lines = array_filter(OrderView::of($connection, $order)['lines'] ?? [], static function (array $line): bool {
                return !$line['linked'];
            });
            foreach ($lines as $line) {
                WP_CLI::warning("order $order: “{$line['label']}” is not linked with a good of KiotViet.");
            }
        }
    }

    /**
     * @param string[] $words
     * @return int[]
     */
    private static function ids(array $words): array
    {
        return array_values(array_filter(array_map('intval', explode(',', implode(',', $words)))));
    }
}

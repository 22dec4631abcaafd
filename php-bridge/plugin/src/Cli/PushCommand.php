<?php

declare(strict_types=1);

namespace Dongbo\Cli;

use Dongbo\Control\PushGoods;
use Dongbo\Lanes\Budget;
use Dongbo\Lanes\Lane;
use Dongbo\Lanes\Slice;
use Dongbo\Report\PushList;
use Dongbo\Tables\Clock;
use Dongbo\Tables\PushQueue;
use Dongbo\Texts;
use WP_CLI;

/** Products from the site to the POS: `push`. */
final class PushCommand
{
    /**
     * Sends products of the website to the POS, or shows what that would do.
     *
     * ## OPTIONS
     *
     * [<id>...]
     * : The products' ids.
     *
     * [--all]
     * : Every published product that is not linked yet.
     *
     * [--dry-run]
     * : Only show what would be sent, and what would not and why.
     *
     * [--wait]
     * : Stay until all of it is through.
     *
     * [--state=<state>]
     * : Without ids: list products with this state.
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
     *     $ wp dongbo push --all --dry-run
     *     $ wp dongbo push 123 124
     *     $ wp dongbo push --state=refused
     *
     * @param string[]              $args
     * @param array<string, string> $options
     */
    public static function push(array $args, array $options): void
    {
        $ids = array_values(array_filter(array_map('intval', explode(',', implode(',', $args)))));
        $format = $options['format'] ?? 'table';
        if (isset($options['dry-run'])) {
            self::preview(Ready::connection(), isset($options['all']) ? null : $ids, $format);

            return;
        }
        if ($ids === [] && !isset($options['all'])) {
            self::list(Ready::connection()['id'], (string) ($options['state'] ?? ''), $format);

            return;
        }
        $connection = Ready::writable()['id'];
        $count = isset($options['all']) ? PushGoods::sendAll($connection) : PushGoods::send($connection, $ids);
        do {
            $slice = Lane::slice(Lane::PUSH, Budget::ofRequest(), get_current_user_id());
            if (isset($options['wait']) && $slice->outcome === Slice::WAITING) {
                sleep(min(30, max(1, intdiv($slice->until - Clock::now(), 1000))));
            }
        } while (isset($options['wait']) && in_array($slice->outcome, [Slice::MORE, Slice::WAITING, Slice::BUSY], true) && PushQueue::nextDue($connection) !== null);
        WP_CLI::success("$count marked." . (PushQueue::nextDue($connection) === null ? '' : ' Sending goes on in the background.') . ' How they stand: wp dongbo push');
    }

    /**
     * @param array<string, mixed> $connection
     * @param int[]|null           $ids Null for all.
     */
    private static function preview(array $connection, ?array $ids, string $format): void
    {
        $rows = [];
        $after = 0;
        do {
            $part = $ids === null ? PushGoods::unlinked($connection['id'], $after, PushGoods::AT_ONCE) : array_splice($ids, 0, PushGoods::AT_ONCE);
            $after = $part === [] ? $after : max($part);
            foreach (PushGoods::preview($connection, $part) as $row) {
                $sends = [];
                foreach ($row['sends'] ?? [] as $field) {
                    $sends[] = $field['name'] . ': ' . $field['value'];
                }
                $rows[] = ['id' => $row['shop_id'], 'product' => $row['label'], 'turn' => $row['turn'], 'sends' => implode('; ', $sends),
                    'cause' => ($row['code'] ?? '') === '' ? '' : Texts::both($row['code'], $row['params'] ?? [])];
            }
        } while ($part !== [] && count($part) === PushGoods::AT_ONCE);
        Out::items($format, $rows, ['id', 'product', 'turn', 'sends', 'cause'], 'There is nothing to send.');
    }

    private static function list(int $connection, string $state, string $format): void
    {
        if (!in_array($state, array_merge([''], PushList::states()), true)) {
            WP_CLI::error('--state is one of ' . implode(', ', PushList::states()) . '.');
        }
        $rows = [];
        foreach (PushList::page($connection, $state, '', 0, 1000)['rows'] as $product) {
            foreach ($product['rows'] === [] ? [$product + ['pos_code' => '']] : $product['rows'] as $row) {
                $rows[] = ['id' => $row['id'], 'product' => $product['name'], 'state' => $row['state'], 'pos' => $row['pos_code'],
                    'cause' => $row['cause']['sentence'] ?? $product['cause']['sentence'] ?? ''];
            }
        }
        Out::items($format, $rows, ['id', 'product', 'state', 'pos', 'cause'], 'No products.');
    }
}

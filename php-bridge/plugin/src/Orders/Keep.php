<?php

declare(strict_types=1);

namespace Dongbo\Orders;

use Dongbo\Sync\SyncContext;
use Dongbo\Tables\CustomerLinks;
use Dongbo\Tables\Goods;
use Dongbo\Tables\Issues;
use Dongbo\Tables\Links;
use Dongbo\Tables\OrderLinks;
use Dongbo\Tables\Rows;

/** Keeps what the rules tell to keep after a turn of sending (OrderAdvanced), inside the transaction that stores the turn. */
final class Keep
{
    /** Who reported an issue of this lane. */
    public const SOURCE = 'orders';

    private SyncContext $context;

    public function __construct(SyncContext $context)
    {
        $this->context = $context;
    }

    /**
     * @param array<string, mixed>             $told   An OrderAdvanced record.
     * @param array<int, array<string, mixed>> $goods  Goods of the turn's replies, as the reader gave them.
     * @param int                              $asOf   When the POS was asked for them.
     */
    public function told(array $told, \WC_Order $order, array $goods, int $asOf): void
    {
        $connection = $this->context->connectionId();
        $now = $this->context->now();
        if (isset($told['link'])) {
            OrderLinks::put($connection, $told['link'], $now);
        }
        if (!empty($told['customer_gone'])) {
            CustomerLinks::drop($connection, (int) $order->get_customer_id());
        }
        if (($told['customer']['user_id'] ?? 0) > 0) {
            CustomerLinks::put($connection, $told['customer']['user_id'], $told['customer']['remote_id'], $now);
        }
        if (isset($told['goods'])) {
            $this->goods($told['goods'], $goods, $asOf);
        }
        if (isset($told['surcharges'])) {
            Rows::write($connection, 'surcharges', '', Rows::differing($connection, 'surcharges', '', $told['surcharges']), $now);
        }
        $this->issues($told, $order);
    }

    /**
     * @param array<int, array<string, mixed>> $found FoundGood records.
     * @param array<int, array<string, mixed>> $rows
     */
    private function goods(array $found, array $rows, int $asOf): void
    {
        $connection = $this->context->connectionId();
        $issues = [];
        Goods::write($connection, Goods::differing($connection, $rows, $asOf, $this->context->rulesVersion(), $issues));
        $families = array_column($rows, 'family_key', 'id');
        $linked = Links::ofProducts($connection, array_column($found, 'shop_id'));
        $taken = array_column(array_column(Links::of($connection, array_column($found, 'good_id'), []), 'link'), 'remote_id');
        foreach ($found as $good) {
            if (isset($linked[$good['shop_id']]) || in_array($good['good_id'], $taken, true)) {
                continue;
            }
            $link = ['kind' => 'good', 'remote_id' => $good['good_id'], 'shop_id' => $good['shop_id'], 'family' => $families[$good['good_id']] ?? $good['good_id'], 'fields' => []];
            Links::put($connection, null, $link, false, $this->context->rulesVersion(), $this->context->now());
        }
    }

    /**
     * What people are told. What an earlier try told and this one no longer does, is over.
     *
     * @param array<string, mixed> $told
     */
    private function issues(array $told, \WC_Order $order): void
    {
        $issues = $told['issues'] ?? [];
        $done = $told['done'] ?? null;
        if ($done !== null && in_array($done['outcome'], ['failed', 'review'], true) && !in_array($done['code'], array_column($issues, 'code'), true)) {
            $issues[] = self::issue($order->get_id(), (string) $order->get_order_number(), $done['code'], $done['params'] ?? []);
        }
        Issues::report($this->context, $issues, self::SOURCE);
        if ($done !== null) {
            Issues::close($this->context, [(string) $order->get_id()], $issues, ['order'], self::SOURCE);
        }
    }

    /**
     * @param array<int, array{name: string, value: string}> $params
     * @return array<string, mixed> An Issue record.
     */
    public static function issue(int $order, string $number, string $code, array $params = []): array
    {
        return ['code' => $code, 'params' => $params, 'severity' => 'review', 'item' => ['kind' => 'order', 'id' => (string) $order, 'label' => $number]];
    }
}

<?php

declare(strict_types=1);

namespace Dongbo\Report;

use Dongbo\Connection\Settings;
use Dongbo\Orders\Gather;
use Dongbo\Shop\Orders;
use Dongbo\Sync\SyncContext;
use Dongbo\Tables\OrderLanes;
use Dongbo\Tables\OrderLinks;

/** One order in full (product.md H8): what was sent, what would be sent now, and each line with the good it goes to. */
final class OrderView
{
    /**
     * @param array<string, mixed> $connection
     * @return array<string, mixed>|null OrderDetail of js/admin/rest.d.ts; null where there is no such order.
     */
    public static function of(array $connection, int $id): ?array
    {
        $row = OrderList::find($connection['id'], $id);
        if ($row === null) {
            return null;
        }
        $order = Orders::of([$id])[$id] ?? null;
        $sent = OrderLinks::of($connection['id'], [$id])[$id]['sent'] ?? '';
        $plan = $order === null ? ['lines' => [], 'unknown' => [], 'issues' => []] : self::plan($connection, $order);

        return [
            'order' => $row,
            'sent' => $sent === '' ? null : json_decode($sent),
            'lines' => self::lines($plan),
            'reasons' => array_map(static function (array $issue): array {
                return Said::of($issue['code'], $issue['params'] ?? []);
            }, $plan['issues'] ?? []),
        ];
    }

    /**
     * @param array<string, mixed> $connection
     * @return array<string, mixed> An OrderPlan record (src/orders/plan.rs): what it would be in the POS as it now is.
     */
    private static function plan(array $connection, \WC_Order $order): array
    {
        $context = new SyncContext($connection['id'], Settings::forRules($connection['settings']), (int) $connection['settings_revision'], 0, null);
        $site = OrderLanes::of($connection['id'], $context->settingsRevision(), $context->now())['site'];

        return $context->rules('plan_order', ['settings' => $context->settings(), 'context' => (new Gather($connection['id'], $site))->context($order)]);
    }

    /**
     * @param array<string, mixed> $plan
     * @return array<int, array<string, mixed>>
     */
    private static function lines(array $plan): array
    {
        $lines = [];
        foreach ($plan['lines'] ?? [] as $line) {
            $lines[] = [
                'label' => $line['name'],
                'good' => $line['code'] ?? $line['good_id'],
                'quantity' => \Dongbo\Shop\Texts::decimal($line['quantity']),
                'price' => Orders::amount($line['price']),
                'linked' => true,
            ];
        }
        foreach ($plan['unknown'] ?? [] as $line) {
            $lines[] = ['label' => $line['name'], 'good' => '', 'quantity' => '', 'price' => Orders::amount($line['price']), 'linked' => false];
        }

        return $lines;
    }
}

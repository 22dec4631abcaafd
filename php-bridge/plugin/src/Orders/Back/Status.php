<?php

declare(strict_types=1);

namespace Dongbo\Orders\Back;

use Dongbo\Lanes\Commit;
use Dongbo\Shop\Caches;
use Dongbo\Shop\FollowedOrder;
use Dongbo\Shop\Orders;
use Dongbo\Sync\SyncContext;
use Dongbo\Tables\Followed;
use Dongbo\Tables\History;
use Dongbo\Tables\Issues;

/** Lets one order of the site follow what the POS says of it (product.md F1–F3; src/orders/status.rs). */
final class Status
{
    /** Who reported an issue here. */
    private const SOURCE = 'follow';

    /** Invoices of one order that are looked at. */
    private const INVOICES = '100';

    private SyncContext $context;
    private Asking $asking;

    public function __construct(SyncContext $context, Asking $asking)
    {
        $this->context = $context;
        $this->asking = $asking;
    }

    /**
     * @param array<string, mixed>|null        $sale     The POS order as just read; null where there is none.
     * @param array<int, array<string, mixed>> $invoices Of a sale that is no order.
     * @return string `updated`, `unchanged`, or `skipped` when the site has no such order any more.
     * @throws Refused|Interrupted
     */
    public function follow(int $order, string $origin, ?array $sale, array $invoices): string
    {
        $asOf = $this->asking->asOf();
        if ($sale !== null) {
            $invoices = $this->invoices((string) $sale['id']);
        }
        $outcome = 'skipped';
        $found = null;
        Commit::run($this->context->fence(), function () use (&$outcome, &$found, $order, $origin, $sale, $invoices, $asOf): void {
            $found = Orders::of([$order])[$order] ?? null;
            $outcome = $found === null ? 'skipped' : $this->write($found, $origin, $sale, $invoices, $asOf);
        }, [Caches::class, 'unsure']);
        if ($outcome === 'updated') {
            Caches::orderCommitted($found);
        }

        return $outcome;
    }

    /**
     * What the POS would not give.
     *
     * @param array<string, mixed> $failure
     */
    public function refused(string $list, string $id, array $failure): void
    {
        $params = array_merge([['name' => 'cause', 'value' => (string) $failure['code']]], $failure['params'] ?? []);
        $kind = $list === 'orders' ? 'pos-order' : 'pos-invoice';
        Issues::report($this->context, [[
            'code' => 'sale-refused', 'params' => $params, 'severity' => 'notice', 'item' => ['kind' => $kind, 'id' => $id, 'label' => $id],
        ]], self::SOURCE);
    }

    /**
     * What a sale asks a new order to be.
     *
     * @param array<string, mixed>             $sale
     * @param array<int, array<string, mixed>> $invoices
     * @return array<string, mixed> A StatusPlan record.
     */
    public function first(?array $sale, array $invoices): array
    {
        return $this->plan(['order_id' => 0, 'number' => '', 'status' => 'pending', 'made' => true], $sale, $invoices, $this->asking->asOf());
    }

    /**
     * The invoices of a POS order, each by its own detail: only there does it name its order.
     *
     * @return array<int, array<string, mixed>>
     */
    public function invoices(string $remote): array
    {
        $listed = $this->asking->get('/invoices', 'read_invoices', ['orderId' => $remote, 'pageSize' => self::INVOICES, 'includeInvoiceDelivery' => 'true']);
        $invoices = [];
        foreach ($listed as $invoice) {
            array_push($invoices, ...$this->asking->get('/invoices/' . $invoice['id'], 'read_invoice'));
        }

        return $invoices;
    }

    /**
     * @param array<string, mixed>|null        $sale
     * @param array<int, array<string, mixed>> $invoices
     */
    private function write(\WC_Order $order, string $origin, ?array $sale, array $invoices, int $asOf): string
    {
        $connection = $this->context->connectionId();
        $known = Followed::ofOrder($connection, $order->get_id());
        $memory = ($known['memory'] ?? []) === [] ? [] : ['memory' => $known['memory']];
        $plan = $this->plan(['order_id' => $order->get_id(), 'number' => (string) $order->get_order_number(), 'status' => $order->get_status()] + $memory, $sale, $invoices, $asOf);
        $issues = $plan['issues'] ?? [];
        $before = $order->get_status();
        if (isset($plan['status']) || !empty($plan['delivery_note'])) {
            $issue = FollowedOrder::write($order, $plan);
            $this->context->fence()->stands();
            if ($issue !== null) {
                $issues[] = $issue;
            }
        }
        Followed::put($connection, $order->get_id(), $origin, $plan['memory'], $plan['over'] ?? null, $this->context->now());
        Issues::report($this->context, $issues, self::SOURCE);
        Issues::close($this->context, [(string) $order->get_id()], $issues, ['order'], self::SOURCE);
        if ($order->get_status() === $before) {
            return empty($plan['delivery_note']) ? 'unchanged' : 'updated';
        }
        History::add($this->context, [[
            'remote_kind' => 'order', 'remote_id' => substr($origin, strpos($origin, ':') + 1), 'shop_id' => $order->get_id(), 'label' => Orders::label($order),
            'field' => 'status', 'before_value' => $before, 'after_value' => $order->get_status(), 'reason' => $plan['reason'], 'params' => $plan['params'] ?? [],
        ]]);

        return 'updated';
    }

    /**
     * @param array<string, mixed>             $order    What the site knows of it.
     * @param array<string, mixed>|null        $sale
     * @param array<int, array<string, mixed>> $invoices
     * @return array<string, mixed>
     */
    private function plan(array $order, ?array $sale, array $invoices, int $asOf): array
    {
        $told = ['sale' => $sale];
        if ($sale === null) {
            $told = ['goods' => array_map(static function (array $line): array {
                return ['good_id' => $line['good_id'], 'quantity' => $line['quantity']];
            }, $invoices[0]['lines'] ?? [])];
        }

        return $this->context->rules('plan_status', $order + $told + ['settings' => $this->context->settings(), 'invoices' => $invoices, 'read' => $asOf]);
    }
}

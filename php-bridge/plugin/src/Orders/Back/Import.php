<?php

declare(strict_types=1);

namespace Dongbo\Orders\Back;

use Dongbo\Customers\Pairs;
use Dongbo\Lanes\Commit;
use Dongbo\Shop\Caches;
use Dongbo\Shop\ImportedOrder;
use Dongbo\Shop\Orders;
use Dongbo\Sync\SyncContext;
use Dongbo\Tables\CustomerLinks;
use Dongbo\Tables\Followed;
use Dongbo\Tables\History;
use Dongbo\Tables\Issues;
use Dongbo\Tables\Links;
use Dongbo\Tables\OrderLanes;
use Dongbo\Tables\OrderLinks;

/** POS orders and invoices that no order of the site is known to be: linked, made, or left (product.md F4; src/orders/import.rs). */
final class Import
{
    /** Who reported an issue here. */
    private const SOURCE = 'import';

    private SyncContext $context;
    private Asking $asking;
    private Status $status;
    private ?string $site = null;

    public function __construct(SyncContext $context, Asking $asking, Status $status)
    {
        $this->context = $context;
        $this->asking = $asking;
        $this->status = $status;
    }

    /**
     * Whether nothing is to be done with a sale as its list shows it, so that it need not be read whole.
     *
     * @param string               $kind `order` or `invoice`.
     * @param array<string, mixed> $sale
     */
    public function passes(string $kind, array $sale): bool
    {
        return $this->judge($kind, $sale, [])['imports'][0]['turn'] === 'skip';
    }

    /**
     * @param array<string, mixed> $sale As its detail says.
     * @return array{outcome: string, order?: int} `order`: the site's order that follows it from here on.
     * @throws Refused|Interrupted
     */
    public function take(string $kind, array $sale): array
    {
        $judged = $this->judge($kind, $sale, []);
        $import = $judged['imports'][0];
        switch ($import['turn']) {
            case 'link':
                return $this->link($import['order_id'], $sale) ? ['outcome' => 'linked', 'order' => $import['order_id']] : ['outcome' => 'skipped'];
            case 'wait':
                return ['outcome' => 'waits'];
            case 'make':
                return $this->make($kind, $sale);
            default:
                return ['outcome' => 'skipped'];
        }
    }

    /**
     * @param array<string, mixed>             $sale
     * @param array<int, array<string, mixed>> $customers PosCustomer records.
     * @return array<string, mixed> An Imports record.
     */
    private function judge(string $kind, array $sale, array $customers): array
    {
        $connection = $this->context->connectionId();
        $this->site = $this->site ?? OrderLanes::of($connection, $this->context->settingsRevision(), $this->context->now())['site'];
        $user = isset($sale['customer_id']) ? CustomerLinks::ofCustomer($connection, (string) $sale['customer_id']) : 0;
        if ($user === 0 && $customers !== []) {
            $user = (new Pairs($this->context))->userOf($customers[0]);
        }

        return $this->context->rules('plan_import', [
            'settings' => $this->context->settings(),
            'site' => $this->site,
            'arrived' => [['kind' => $kind, 'sale' => $sale]],
            'linked' => [],
            'origins' => [],
            'open_branches' => OpenIntents::branches($connection),
            'links' => array_column(Links::of($connection, array_column($sale['lines'] ?? [], 'good_id'), []), 'link'),
            'customers' => $customers,
            'users' => $user === 0 ? [] : [['user_id' => $user, 'remote_id' => (string) $sale['customer_id']]],
        ]);
    }

    /**
     * It carries the mark of an order that has no POS order: a sending whose answer was lost.
     *
     * @param array<string, mixed> $sale
     */
    private function link(int $order, array $sale): bool
    {
        $connection = $this->context->connectionId();
        if (OpenIntents::isOpen($connection, $order)) {
            // Its sender looks for it by itself and would be crossed.
            return false;
        }
        $linked = false;
        Commit::run($this->context->fence(), function () use (&$linked, $connection, $order, $sale): void {
            $linked = Orders::of([$order]) !== [] && OrderLinks::of($connection, [$order]) === [];
            if ($linked) {
                OrderLinks::put($connection, $this->linkOf($order, $sale), $this->context->now());
            }
        });

        return $linked;
    }

    /**
     * @param array<string, mixed> $sale
     * @return array{outcome: string}
     */
    private function make(string $kind, array $sale): array
    {
        $customers = isset($sale['customer_id']) ? $this->customers((string) $sale['customer_id']) : [];
        $judged = $this->judge($kind, $sale, $customers);
        $import = $judged['imports'][0]['order'];
        $status = $kind === 'order'
            ? $this->status->first($sale, $this->status->invoices((string) $sale['id']))
            : $this->status->first(null, [$sale]);
        $connection = $this->context->connectionId();
        $outcome = 'skipped';
        Commit::run($this->context->fence(), function () use (&$outcome, $connection, $kind, $sale, $import, $status, $judged): void {
            if (ImportedOrder::find($import['origin']) !== null) {
                return;
            }
            $order = ImportedOrder::make($import, $status['status'] ?? 'pending', (string) ($this->context->settings()['orders']['currency'] ?? 'VND'));
            $this->context->fence()->stands();
            if ($kind === 'order') {
                OrderLinks::put($connection, $this->linkOf($order->get_id(), $sale), $this->context->now());
            }
            Followed::put($connection, $order->get_id(), $import['origin'], $status['memory'], $status['over'] ?? null, $this->context->now());
            Issues::report($this->context, $judged['issues'] ?? [], self::SOURCE);
            History::add($this->context, [[
                'remote_kind' => 'order', 'remote_id' => (string) $sale['id'], 'shop_id' => $order->get_id(), 'label' => Orders::label($order),
                'field' => 'order', 'before_value' => null, 'after_value' => (string) $sale['code'], 'reason' => 'import-made',
            ]]);
            $outcome = 'created';
        }, [Caches::class, 'unsure']);

        return ['outcome' => $outcome];
    }

    /**
     * The buyer as the POS knows them now.
     *
     * @return array<int, array<string, mixed>>
     * @throws Interrupted
     */
    private function customers(string $id): array
    {
        try {
            return $this->asking->get("/customers/$id", 'read_customer', [], 'customers');
        } catch (Refused $refused) {
            // Without their number the order still stands.
            return [];
        }
    }

    /**
     * @param array<string, mixed> $sale
     * @return array<string, mixed> An OrderLink record.
     */
    private function linkOf(int $order, array $sale): array
    {
        return [
            'order_id' => $order,
            'remote_id' => (string) $sale['id'],
            'code' => (string) $sale['code'],
            'branch_id' => (string) ($sale['branch_id'] ?? ''),
            'customer_id' => (string) ($sale['customer_id'] ?? ''),
            'total' => (int) $sale['total'],
            'accepted' => (int) ($sale['created'] ?? $this->context->now()),
        ];
    }
}

<?php

declare(strict_types=1);

namespace Dongbo\Orders\Back;

use Dongbo\Lanes\Budget;
use Dongbo\Orders\Courier;
use Dongbo\Sync\SyncContext;
use Dongbo\Tables\Clock;
use Dongbo\Tables\Followed;
use Dongbo\Tables\Marks;
use Dongbo\Tables\OrderLinks;
use Dongbo\Tables\Sales;

/**
 * Every POS order and invoice that is marked is read anew, and the site's order follows it or is made
 * from it (product.md F). One sale is one commit; a mark goes with it, so that a worker who dies
 * repeats one sale at most.
 */
final class FollowOrders implements Follower
{
    /** Sales that wait for an order of unknown outcome (F4); each run of the lists looks at them again. */
    private const WAITING = ['orders' => 'waiting-orders', 'invoices' => 'waiting-invoices'];

    private SyncContext $context;
    private Budget $budget;
    private Asking $asking;
    private Import $import;
    private Status $status;

    /** @var array<string, int> */
    private array $counts = ['unchanged' => 0, 'updated' => 0, 'created' => 0, 'linked' => 0, 'skipped' => 0];

    public function __construct(SyncContext $context, Courier $courier, Budget $budget)
    {
        $this->context = $context;
        $this->budget = $budget;
        $this->asking = new Asking($courier, $budget);
        $this->status = new Status($context, $this->asking);
        $this->import = new Import($context, $this->asking, $this->status);
    }

    /** With lists it is also the time for what waits, and for a look for doubles. */
    public function run(bool $lists): array
    {
        $connection = $this->context->connectionId();
        if ($lists) {
            foreach (self::WAITING as $list => $waiting) {
                Marks::move($connection, $waiting, $list);
            }
            (new DoublesPass($this->context))->run();
        }
        try {
            foreach ([Sales::ORDERS, Sales::INVOICES] as $list) {
                while (($id = Marks::oldest($connection, $list, 1)[0] ?? null) !== null) {
                    if ($this->budget->spent()) {
                        return ['done' => false, 'counts' => $this->counts];
                    }
                    $this->one($list, $id, Clock::now());
                }
            }
        } catch (Interrupted $trouble) {
            return ['done' => false, 'counts' => $this->counts, 'failure' => $trouble->failure()];
        }

        return ['done' => true, 'counts' => $this->counts];
    }

    private function one(string $list, string $id, int $began): void
    {
        try {
            $outcome = $list === Sales::ORDERS ? $this->order($id) : $this->invoice($id);
        } catch (Refused $refused) {
            $this->status->refused($list, $id, $refused->failure());
            $outcome = 'skipped';
        }
        $this->counts[$outcome === 'waits' ? 'skipped' : $outcome]++;
        $connection = $this->context->connectionId();
        if ($outcome === 'waits') {
            Marks::add($connection, self::WAITING[$list], [$id], $began);
        }
        Marks::clear($connection, $list, $began, [$id]);
    }

    private function order(string $id): string
    {
        $connection = $this->context->connectionId();
        $order = OrderLinks::orderOf($connection, 'remote_id', $id) ?? Followed::ofOrigin($connection, Followed::order($id))['order_id'] ?? null;
        if ($order === null) {
            $listed = Sales::find($connection, Sales::ORDERS, $id);
            if ($listed !== null && $this->import->passes('order', $listed)) {
                return 'skipped';
            }
        }
        $sale = $this->asking->get("/orders/$id", 'read_order')[0] ?? [];
        if ($order === null) {
            $judged = $this->import->take('order', $sale);
            if (!isset($judged['order'])) {
                return $judged['outcome'];
            }
            $this->status->follow($judged['order'], Followed::order($id), $sale, []);

            return $judged['outcome'];
        }

        return $this->status->follow($order, Followed::order($id), $sale, []);
    }

    private function invoice(string $id): string
    {
        $connection = $this->context->connectionId();
        $sale = $this->asking->get("/invoices/$id", 'read_invoice')[0] ?? [];
        $remote = $this->orderOf($sale);
        if ($remote !== '') {
            // Its order tells all there is to tell; this one is read with it.
            return $this->order($remote);
        }
        $known = Followed::ofOrigin($connection, Followed::invoice($id));
        if ($known === null) {
            $judged = $this->import->take('invoice', $sale);

            return $judged['outcome'];
        }

        return $this->status->follow($known['order_id'], Followed::invoice($id), null, [$sale]);
    }

    /**
     * The POS order an invoice was made from; empty when it was made by itself.
     *
     * @param array<string, mixed> $invoice
     */
    private function orderOf(array $invoice): string
    {
        if (($invoice['order_id'] ?? '') !== '') {
            return (string) $invoice['order_id'];
        }
        $code = (string) ($invoice['order_code'] ?? '');

        return $code === '' ? '' : (string) ($this->asking->get('/orders/code/' . rawurlencode($code), 'read_order')[0]['id'] ?? '');
    }
}

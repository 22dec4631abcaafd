<?php

declare(strict_types=1);

namespace Dongbo\Sync;

use Dongbo\Lanes\Fence;
use Dongbo\Shop\Caches;
use Dongbo\Shop\Debts;
use Dongbo\Shop\Fast;
use Dongbo\Shop\Transients;

/** One transaction under way: what was done in it, and how to end it. */
final class Batch
{
    public Transaction $transaction;

    /** @var Outcome[] */
    public array $outcomes = [];

    /** @var Work[] Works carried out to their end. */
    public array $finished = [];

    /** @var int[] Products touched. */
    public array $ids = [];

    /** Operations that write. */
    public int $rows = 0;

    private float $begun;
    private Transients $transients;

    /** Null where products are saved the plain way. */
    private ?Fast $fast;

    /**
     * @throws \Dongbo\Lanes\FenceLost
     * @throws \Dongbo\Lanes\TransactionLost
     */
    public function __construct(Fence $fence)
    {
        $this->begun = microtime(true);
        $this->transaction = Transaction::begin($fence);
        Debts::begin();
        $this->transients = Transients::hold();
        $this->fast = Transaction::readCommitted() ? Fast::begin() : null;
    }

    /** @param string[] $barcodes Those it is about to give to products. */
    public function expectBarcodes(array $barcodes): void
    {
        if ($this->fast !== null && $barcodes !== []) {
            $this->fast->expectBarcodes($barcodes);
        }
    }

    public function seconds(): float
    {
        return microtime(true) - $this->begun;
    }

    /**
     * What was put off while products were saved: noted to be made up for, else made up for now.
     *
     * @throws \Dongbo\Lanes\TransactionLost
     */
    public function settleDebts(int $connection): void
    {
        if ($this->fast === null) {
            Debts::end();

            return;
        }
        $this->fast->end();
        Debts::note($connection, $this->fast->owed());
    }

    /** @throws \Dongbo\Lanes\TransactionLost */
    public function commit(): void
    {
        $this->transaction->commit();
        $this->transients->replay();
        if ($this->ids() !== []) {
            Caches::committed($this->ids());
        }
    }

    public function rollBack(): void
    {
        $this->transients->release();
        if ($this->fast !== null) {
            $this->fast->end();
        }
        $this->transaction->rollBack();
        Caches::rolledBack($this->ids());
    }

    /** @return int[] */
    private function ids(): array
    {
        return array_values(array_unique(array_filter($this->ids)));
    }
}

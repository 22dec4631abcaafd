<?php

declare(strict_types=1);

namespace Dongbo\Sync;

use Dongbo\Lanes\Fence;
use Dongbo\Shop\Caches;
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

    /**
     * @throws \Dongbo\Lanes\FenceLost
     * @throws \Dongbo\Lanes\TransactionLost
     */
    public function __construct(Fence $fence)
    {
        $this->begun = microtime(true);
        $this->transaction = Transaction::begin($fence);
        wp_defer_term_counting(true);
        $this->transients = Transients::hold();
    }

    public function seconds(): float
    {
        return microtime(true) - $this->begun;
    }

    /** Term counts were put off; they are made now, within the transaction. */
    public function countTerms(): void
    {
        wp_defer_term_counting(false);
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
        $this->transaction->rollBack();
        wp_defer_term_counting(false);
        Caches::rolledBack($this->ids());
    }

    /** @return int[] */
    private function ids(): array
    {
        return array_values(array_unique(array_filter($this->ids)));
    }
}

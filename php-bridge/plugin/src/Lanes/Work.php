<?php

declare(strict_types=1);

namespace Dongbo\Lanes;

/**
 * What is done in a lane. A new lane is one class of this and one line in {@see Lanes}: lease,
 * budget, guard and wake-ups are the same for all.
 */
interface Work
{
    /** The lane's name; its lease goes by it. */
    public function lane(): string;

    /**
     * Whether there is something to do, found with a statement or two and without the lease:
     * {@see Slice::IDLE}, {@see Slice::WAITING} until when, or {@see Slice::MORE}.
     *
     * @param array<string, mixed> $connection
     */
    public function waiting(array $connection): Slice;

    /**
     * Works while the lane is this worker's, until nothing is left or the budget is spent.
     *
     * @param array<string, mixed> $connection
     * @param int                  $actor      The user who asked, 0 for the background.
     * @throws FenceLost Another worker has taken over.
     */
    public function slice(array $connection, Budget $budget, int $actor): Slice;
}

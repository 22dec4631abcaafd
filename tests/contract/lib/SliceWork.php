<?php

declare(strict_types=1);

namespace Dongbo\Contract;

use Dongbo\Lanes\Budget;
use Dongbo\Lanes\Slice;
use Dongbo\Lanes\Work;

/** A slice of a {@see World} as a lane does it: under its lease. */
final class SliceWork implements Work
{
    private int $run;

    public function __construct(int $run)
    {
        $this->run = $run;
    }

    public function lane(): string
    {
        return 'catalogue';
    }

    public function waiting(array $connection): Slice
    {
        return new Slice(Slice::MORE);
    }

    public function slice(array $connection, Budget $budget, int $actor): Slice
    {
        $world = World::joined($connection['id'], $this->run, [Script::class, 'follow']);
        $result = $world->slice();

        return new Slice($result->done && $result->failed === 0 ? Slice::DONE : Slice::MORE);
    }
}

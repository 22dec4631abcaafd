<?php

declare(strict_types=1);

namespace Dongbo\Lanes;

use Dongbo\Tables\Clock;
use Dongbo\Tables\Runs;
use Dongbo\Tables\Touched;

/** Runs of the rules (`src/run`): the catalogue's, and the test of a connection. */
final class RunWork implements Work
{
    /** A run that is cut so often without a commit, and for so long, will not get on by itself. */
    private const CUTS = 5;
    private const STUCK_MS = 900000;

    private string $lane;

    public function __construct(string $lane)
    {
        $this->lane = $lane;
    }

    public function lane(): string
    {
        return $this->lane;
    }

    public function waiting(array $connection): Slice
    {
        $run = Runs::open($connection['id'], $this->lane);
        if ($run === null) {
            return new Slice(Slice::IDLE);
        }
        if (self::rests($run) && !$this->arrived($connection)) {
            return new Slice(Slice::WAITING, (int) $run['wait_until']);
        }

        return new Slice(Slice::MORE);
    }

    public function slice(array $connection, Budget $budget, int $actor): Slice
    {
        $run = Runs::open($connection['id'], $this->lane);
        if ($run === null) {
            return new Slice(Slice::IDLE);
        }
        $fence = Fence::take($run['id']);
        $run = Runs::find($run['id']);
        if ($run === null || $run['ended'] !== null) {
            return new Slice(Slice::IDLE);
        }
        $loop = new RunLoop($connection, $run, $fence, $budget, $actor);
        if (self::rests($run)) {
            $loop->arrived();

            return new Slice(Slice::WAITING, (int) $run['wait_until']);
        }
        $cuts = (int) ($run['summary']['slices'] ?? 0);
        if ($cuts >= self::CUTS && Clock::now() - $run['changed'] > self::STUCK_MS) {
            return $loop->giveUp($cuts);
        }
        // Taken back with the first commit; not a change of the run, so `changed` stays.
        Runs::note($run['id'], ['slices' => $cuts + 1] + ($run['summary'] ?? []));

        return $loop->work();
    }

    /** @param array<string, mixed> $run */
    private static function rests(array $run): bool
    {
        return $run['wait_until'] !== null && $run['wait_until'] > Clock::now();
    }

    /** @param array<string, mixed> $connection */
    private function arrived(array $connection): bool
    {
        return $this->lane === Lane::CATALOGUE && Touched::waiting($connection['id'], Clock::now());
    }
}

<?php

declare(strict_types=1);

namespace Dongbo\Lanes;

/** How a slice of work ended, and so when the next one is due. */
final class Slice
{
    /** There is nothing to do. */
    public const IDLE = 'idle';

    /** Another worker is at it. */
    public const BUSY = 'busy';

    /** The budget is spent, there is more to do at once. */
    public const MORE = 'more';

    /** Not before {@see $until}. */
    public const WAITING = 'waiting';

    /** The run has ended. */
    public const DONE = 'done';

    public string $outcome;

    /** Milliseconds UTC, when waiting. */
    public int $until;

    /**
     * The one that asks for the soonest wake-up.
     *
     * @param self[] $slices
     */
    public static function first(array $slices): self
    {
        $order = [self::DONE => 0, self::MORE => 1, self::WAITING => 2, self::BUSY => 3, self::IDLE => 4];
        usort($slices, static function (self $one, self $other) use ($order): int {
            return [$order[$one->outcome], $one->until] <=> [$order[$other->outcome], $other->until];
        });

        return $slices[0] ?? new self(self::IDLE);
    }

    public function __construct(string $outcome, int $until = 0)
    {
        $this->outcome = $outcome;
        $this->until = $until;
    }
}

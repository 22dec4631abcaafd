<?php

declare(strict_types=1);

namespace Dongbo\Lanes;

/** Every lane, in the order in which a wake-up serves them: orders first (I1). */
final class Lanes
{
    /** @return Work[] */
    public static function all(): array
    {
        return [new OrdersWork(), new InboxWork(), new PushWork(), new RunWork(Lane::SALES), new RunWork(Lane::CATALOGUE), new ImagesWork()];
    }

    public static function of(string $lane): Work
    {
        foreach (self::all() as $work) {
            if ($work->lane() === $lane) {
                return $work;
            }
        }

        return new RunWork($lane);
    }
}

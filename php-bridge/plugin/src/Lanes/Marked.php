<?php

declare(strict_types=1);

namespace Dongbo\Lanes;

use Dongbo\Tables\Clock;
use Dongbo\Tables\Marks;

/** Goods that somebody doubts: they are read from the POS again, soon and by what costs least (D3). */
final class Marked
{
    /** @param string[] $ids POS ids of goods. */
    public static function add(int $connection, array $ids): void
    {
        if ($ids !== []) {
            Marks::add($connection, 'goods', $ids, Clock::now());
        }
    }
}

<?php

declare(strict_types=1);

namespace Dongbo\Tables\Versions;

/**
 * Version 2: what staying in step, images, orders and customers keep. One class an area, so that
 * each stands beside nothing but its own.
 */
final class Second
{
    /** @return array<string, string> Columns and keys by table. */
    public static function tables(): array
    {
        return Inbox::tables() + Findings::tables() + Images::tables() + Holds::tables() + Orders::tables() + Following::tables() + Customers::tables() + Owed::tables() + Prints::tables() + KnownPages::tables() + Push::tables();
    }
}

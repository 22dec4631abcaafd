<?php

declare(strict_types=1);

namespace Dongbo\StandIn;

/** Marks of time by which cached answers about products become stale, all at once. */
final class Versions
{
    public static function product(): void
    {
        set_transient('product-transient-version', (string) time());
    }

    public static function query(): void
    {
        set_transient('product_query-transient-version', (string) time());
    }
}

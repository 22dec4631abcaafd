<?php

declare(strict_types=1);

namespace Dongbo\Tables;

/** The database's clock: the only one that several web servers share. */
final class Clock
{
    /** Milliseconds UTC as an SQL expression; independent of the session's time zone. */
    public const SQL = "(TIMESTAMPDIFF(MICROSECOND, '1970-01-01', UTC_TIMESTAMP(6)) DIV 1000)";

    /**
     * Milliseconds UTC of this server: what rules are told, and what is shown or compared roughly.
     *
     * The filter lets a test try what happens tomorrow without waiting for it.
     */
    public static function now(): int
    {
        return (int) apply_filters('dongbo_now', (int) (microtime(true) * 1000));
    }
}

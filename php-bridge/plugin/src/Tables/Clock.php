<?php

declare(strict_types=1);

namespace Dongbo\Tables;

/** The database's clock: the only one that several web servers share. */
final class Clock
{
    /** Milliseconds UTC as an SQL expression; independent of the session's time zone. */
    public const SQL = "(TIMESTAMPDIFF(MICROSECOND, '1970-01-01', UTC_TIMESTAMP(6)) DIV 1000)";

    /** Milliseconds UTC of this server, for records that are only shown or compared roughly. */
    public static function now(): int
    {
        return (int) (microtime(true) * 1000);
    }
}

<?php

declare(strict_types=1);

namespace Dongbo\Tables;

/**
 * How much the database takes in one statement (`max_allowed_packet`: 1 MB on small hosts, 4 to 64
 * elsewhere). A statement beyond it is refused whole, so one endless text would stop all the rest (Q4).
 */
final class Packet
{
    /** Every server takes this much: what is shorter is not asked about. */
    private const ALWAYS = 200000;

    private function __construct()
    {
    }

    /** Whether a text can be stored: at half the limit, since it travels quoted and with its row. */
    public static function holds(string $text): bool
    {
        return strlen($text) <= self::ALWAYS || strlen(addslashes($text)) <= self::longest();
    }

    /** Bytes a text may have. */
    public static function longest(): int
    {
        global $wpdb;

        return max(self::ALWAYS, intdiv((int) $wpdb->get_var('SELECT @@max_allowed_packet'), 2));
    }
}

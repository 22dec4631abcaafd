<?php

declare(strict_types=1);

namespace Dongbo\Report;

use Dongbo\Tables\Clock;
use Dongbo\Tables\Schema;

/** How the POS's notifications come in (product.md I3). */
final class Hooks
{
    /** No notification for so long is worth a word. */
    private const SILENT = 86400000;

    /**
     * @param array<string, mixed>|null $connection
     * @return array{state: string, registered: int, last_received: int|null, waiting: int, cause: array<string, mixed>|null}
     */
    public static function state(?array $connection): array
    {
        global $wpdb;
        $sql = "SELECT MAX(received) AS last, SUM(state = 'new') AS waiting FROM %i WHERE connection_id = %d";
        $row = $wpdb->get_row($wpdb->prepare($sql, Schema::table('inbox'), $connection['id'] ?? 0));
        $last = $row->last === null ? null : (int) $row->last;
        $state = $last === null ? 'off' : ($last < Clock::now() - self::SILENT ? 'silent' : 'on');

        return ['state' => $state, 'registered' => 0, 'last_received' => $last, 'waiting' => (int) $row->waiting, 'cause' => null];
    }
}

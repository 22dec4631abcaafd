<?php

declare(strict_types=1);

namespace Dongbo\Control;

use Dongbo\Activation\Requirements;
use Dongbo\Tables\Clock;
use Dongbo\Tables\Connections;
use Dongbo\Tables\Query;
use Dongbo\Tables\Schema;

/**
 * What is not kept for ever (product.md H6): the history by age and by number, bodies of notifications
 * that were worked on. Once a day, in small statements, so that nothing waits for it.
 */
final class Retention
{
    public const HOOK = 'dongbo_daily';

    private const DAY = 86400000;

    /** Days a notification that was worked on is kept. */
    private const INBOX_DAYS = 7;

    /** Rows a statement, and statements a day: what is left is for tomorrow. */
    private const BATCH = 2000;
    private const STATEMENTS = 100;

    /** Sets the daily job up. */
    public static function schedule(): void
    {
        if (!wp_next_scheduled(self::HOOK)) {
            wp_schedule_event(time() + 3600, 'daily', self::HOOK);
        }
    }

    /** The daily job. */
    public static function daily(): void
    {
        $connection = Requirements::unmet() === [] && Schema::ready() ? Connections::current() : null;
        if ($connection !== null) {
            self::prune($connection);
        }
    }

    /**
     * @param array<string, mixed> $connection
     * @return array{history: int, inbox: int} Rows removed.
     */
    public static function prune(array $connection): array
    {
        $shell = (array) (new SettingsStore($connection))->read()['values']->shell;
        $id = $connection['id'];
        $now = Clock::now();
        $removed = ['history' => 0, 'inbox' => 0];
        $removed['history'] += self::batches('DELETE FROM %i WHERE connection_id = %d AND at < %d LIMIT %d', [Schema::table('history'), $id, $now - self::DAY * (int) $shell['history_days']]);
        $oldest = self::oldestKept($id, (int) $shell['history_rows']);
        if ($oldest !== null) {
            $removed['history'] += self::batches('DELETE FROM %i WHERE connection_id = %d AND id < %d LIMIT %d', [Schema::table('history'), $id, $oldest]);
        }
        $removed['inbox'] += self::batches("DELETE FROM %i WHERE connection_id = %d AND state <> 'new' AND received < %d LIMIT %d", [Schema::table('inbox'), $id, $now - self::DAY * self::INBOX_DAYS]);

        return $removed;
    }

    /** The first of the latest rows that are kept; null when there are not so many. */
    private static function oldestKept(int $connection, int $rows): ?int
    {
        global $wpdb;
        $sql = 'SELECT id FROM %i WHERE connection_id = %d ORDER BY id DESC LIMIT 1 OFFSET %d';
        $id = $wpdb->get_var($wpdb->prepare($sql, Schema::table('history'), $connection, $rows - 1));

        return $id === null ? null : (int) $id;
    }

    /** @param array<int, int|string> $args */
    private static function batches(string $sql, array $args): int
    {
        global $wpdb;
        $removed = 0;
        for ($i = 0; $i < self::STATEMENTS; $i++) {
            $count = Query::write($wpdb->prepare($sql, ...array_merge($args, [self::BATCH])));
            $removed += $count;
            if ($count < self::BATCH) {
                break;
            }
        }

        return $removed;
    }
}

<?php

declare(strict_types=1);

namespace Dongbo\Lanes;

use Dongbo\Tables\Clock;

/**
 * How late this host's jobs run (E7, I1): the guard rings every minute, so every ring that comes
 * later was late. The real delay is kept, the longest of each hour for a day.
 */
final class Punctuality
{
    private const OPTION = 'dongbo_rings';
    private const EXPECTED_MS = 60000;
    private const HOUR_MS = 3600000;
    private const HOURS = 24;

    /** Minutes behind from which on people are told. */
    private const LATE_MINUTES = 10;

    /** A wake-up by the guard. */
    public static function ring(): void
    {
        $now = Clock::now();
        $seen = self::seen();
        $delay = $seen['last'] === 0 ? 0 : max(0, $now - $seen['last'] - self::EXPECTED_MS);
        $hour = intdiv($now, self::HOUR_MS);
        $hours = array_filter($seen['hours'], static function (int $known) use ($hour): bool {
            return $known > $hour - self::HOURS;
        }, ARRAY_FILTER_USE_KEY);
        $hours[$hour] = max($hours[$hour] ?? 0, $delay);
        update_option(self::OPTION, ['last' => $now, 'delay' => $delay, 'hours' => $hours], false);
    }

    /** The connection is new or was paused: nobody was expected to ring. */
    public static function forget(): void
    {
        delete_option(self::OPTION);
    }

    /** @return array{last: int, delay: int, hours: array<int, int>} The last ring, how late it was, the latest by hour; milliseconds. */
    public static function seen(): array
    {
        $seen = get_option(self::OPTION);

        return (is_array($seen) ? $seen : []) + ['last' => 0, 'delay' => 0, 'hours' => []];
    }

    /** @return int Milliseconds: the longest delay of the last 24 hours, the present one included. */
    public static function worst(): int
    {
        $seen = self::seen();
        $present = $seen['last'] === 0 ? 0 : max(0, Clock::now() - $seen['last'] - self::EXPECTED_MS);

        return max(array_merge([$present], array_values($seen['hours'])));
    }

    /** @return array<int, array<string, mixed>> Issue records. */
    public static function issues(): array
    {
        $minutes = intdiv(self::seen()['delay'], 60000);

        return $minutes < self::LATE_MINUTES ? [] : [Alarm::issue('cron-late', 'notice', ['minutes' => (string) $minutes], 'cron')];
    }
}

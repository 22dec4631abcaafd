<?php

declare(strict_types=1);

namespace Dongbo\Report;

use Dongbo\Tables\Clock;
use Dongbo\Tables\Schema;

/** The last thirty days in numbers (product.md H2), days as the site's owner counts them. */
final class Days
{
    private const DAY = 86400000;

    /** @return array<int, array<string, int|string>> Oldest first; every day is there. */
    public static function last30(int $connection): array
    {
        $shift = (int) (new \DateTimeImmutable('now', wp_timezone()))->getOffset() * 1000;
        $today = intdiv(Clock::now() + $shift, self::DAY);
        $days = [];
        for ($day = $today - 29; $day <= $today; $day++) {
            $days[$day] = ['day' => gmdate('Y-m-d', $day * 86400), 'writes' => 0, 'created' => 0, 'undone' => 0, 'issues' => 0, 'calls' => 0, 'call_failures' => 0];
        }
        $from = ($today - 29) * self::DAY - $shift;
        self::add($days, self::sums('history', 'at', "COUNT(*) AS writes, SUM(field = 'created') AS created, SUM(reason = 'undone') AS undone", $connection, $from, $shift));
        self::add($days, self::sums('issue', 'first_seen', 'COUNT(*) AS issues', $connection, $from, $shift));
        self::add($days, self::sums('api_call', '(minute * 60000)', 'SUM(calls) AS calls, SUM(failures) AS call_failures', $connection, $from, $shift, 'minute >= %d', intdiv($from, 60000)));

        return array_values($days);
    }

    /**
     * @param string $at   The column of the instant, a constant of this class.
     * @param string $sums What is summed, a constant of this class.
     * @return array<int, \stdClass> By day.
     */
    private static function sums(string $table, string $at, string $sums, int $connection, int $from, int $shift, string $bound = '', int $least = 0): array
    {
        global $wpdb;
        $bound = $bound === '' ? "$at >= %d" : $bound;
        $sql = "SELECT ($at + %d) DIV " . self::DAY . " AS day, $sums FROM %i WHERE connection_id = %d AND $bound GROUP BY day";

        // phpcs:ignore WordPress.DB.PreparedSQL -- constants of this class.
        return (array) $wpdb->get_results($wpdb->prepare($sql, $shift, Schema::table($table), $connection, $least === 0 ? $from : $least), OBJECT_K);
    }

    /**
     * @param array<int, array<string, int|string>> $days
     * @param array<int, \stdClass>                 $sums
     */
    private static function add(array &$days, array $sums): void
    {
        foreach ($sums as $day => $row) {
            foreach (get_object_vars($row) as $name => $value) {
                if ($name !== 'day' && isset($days[$day])) {
                    $days[$day][$name] = (int) $value;
                }
            }
        }
    }
}

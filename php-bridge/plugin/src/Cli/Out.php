<?php

declare(strict_types=1);

namespace Dongbo\Cli;

use WP_CLI;

/** How answers are printed: tables for people, JSON and CSV for programs. */
final class Out
{
    /** @param mixed $value */
    public static function json($value): void
    {
        WP_CLI::line((string) wp_json_encode($value, JSON_PRETTY_PRINT | JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES));
    }

    /**
     * @param array<int, array<string, mixed>> $rows
     * @param string[]                         $columns
     */
    public static function items(string $format, array $rows, array $columns, string $none): void
    {
        if ($rows === [] && $format === 'table') {
            WP_CLI::success($none);

            return;
        }
        WP_CLI\Utils\format_items($format, $rows, $columns);
    }

    /**
     * Sentence and remedy of a `Said`, for one cell.
     *
     * @param array<string, mixed> $said
     */
    public static function both(array $said): string
    {
        return trim($said['sentence'] . ' ' . $said['remedy']);
    }
}

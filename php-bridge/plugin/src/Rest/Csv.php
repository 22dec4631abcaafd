<?php

declare(strict_types=1);

namespace Dongbo\Rest;

/** A table as a file for spreadsheets: streamed, so that its size does not matter. */
final class Csv
{
    /**
     * @param string[]                            $columns
     * @param iterable<int, array<string, mixed>> $rows
     */
    public static function response(string $name, array $columns, iterable $rows): \WP_REST_Response
    {
        $response = new \WP_REST_Response(null);
        $response->header('Content-Type', 'text/csv; charset=utf-8');
        $response->header('Content-Disposition', 'attachment; filename="' . $name . '"');
        add_filter('rest_pre_serve_request', static function (bool $served, \WP_HTTP_Response $result) use ($response, $columns, $rows): bool {
            if ($served || $result !== $response) {
                return $served;
            }
            $file = fopen('php://output', 'w');
            if ($file !== false) {
                self::write($file, $columns, $rows);
                fclose($file);
            }

            return true;
        }, 10, 2);

        return $response;
    }

    /**
     * @param resource                            $file
     * @param string[]                            $columns
     * @param iterable<int, array<string, mixed>> $rows
     */
    public static function write($file, array $columns, iterable $rows): void
    {
        // Spreadsheets take a file without it for one of another encoding.
        fwrite($file, "\xEF\xBB\xBF");
        fputcsv($file, $columns, ',', '"', '');
        foreach ($rows as $row) {
            $cells = [];
            foreach ($columns as $column) {
                $cells[] = self::safe((string) ($row[$column] ?? ''));
            }
            fputcsv($file, $cells, ',', '"', '');
        }
    }

    /** A cell that begins like a formula would be run by a spreadsheet. */
    private static function safe(string $cell): string
    {
        $number = preg_match('/^-?\d+([.,]\d+)?$/', $cell) === 1;

        return !$number && $cell !== '' && strpos("=+-@\t\r", $cell[0]) !== false ? "'" . $cell : $cell;
    }
}

<?php

declare(strict_types=1);

namespace Dongbo\Cli;

use Dongbo\Control\Again;
use Dongbo\Lanes\Guard;
use Dongbo\Linking\LinkImport;
use Dongbo\Linking\Moving;
use Dongbo\Report\LinksExport;
use Dongbo\Rest\Csv;
use Dongbo\Texts;
use WP_CLI;

/**
 * Which good of the POS is which product of the website: out to a file, and in again.
 */
final class LinksCommand
{
    /**
     * Writes every link to a CSV file.
     *
     * ## OPTIONS
     *
     * [--file=<file>]
     * : Where to. Without it, it is printed.
     *
     * ## EXAMPLES
     *
     *     $ wp dongbo links export --file=links.csv
     *
     * @param string[]              $args
     * @param array<string, string> $options
     */
    public function export(array $args, array $options): void
    {
        $connection = Ready::connection();
        $path = (string) ($options['file'] ?? 'php://stdout');
        $file = @fopen($path, 'w');
        if ($file === false) {
            WP_CLI::error("{$path} cannot be written.");
        }
        Csv::write($file, LinksExport::COLUMNS, LinksExport::rows($connection['id']));
        fclose($file);
        if ($path !== 'php://stdout') {
            WP_CLI::success("Written to {$path}.");
        }
    }

    /**
     * Brings links in from a CSV file. Columns: good_id or good_code, product_id or product_sku, and state.
     *
     * ## OPTIONS
     *
     * <file>
     * : The file, in UTF-8, its cells divided by commas, semicolons or tabs.
     *
     * [--dry-run]
     * : Only tell what each line would do.
     *
     * [--move]
     * : A good that is linked already may move to the product its line names.
     *
     * [--format=<format>]
     * : How the lines are printed.
     * ---
     * default: table
     * options:
     *   - table
     *   - json
     *   - csv
     * ---
     *
     * ## EXAMPLES
     *
     *     $ wp dongbo links import links.csv --dry-run
     *     $ wp dongbo links import links.csv
     *
     * @param string[]              $args
     * @param array<string, string> $options
     */
    public function import(array $args, array $options): void
    {
        $dry = isset($options['dry-run']);
        $connection = $dry ? Ready::connection() : Ready::writable();
        $text = @file_get_contents((string) ($args[0] ?? ''));
        if ($text === false) {
            WP_CLI::error(($args[0] ?? 'The file') . ' cannot be read.');
        }
        $import = new LinkImport($connection, isset($options['move']));
        $lines = [];
        for ($from = 0; $from !== null; $from = $part['next']) {
            $part = $import->run((string) $text, $from, $dry);
            if ($part['refused'] !== null) {
                WP_CLI::error(Out::both($part['refused']));
            }
            $lines = array_merge($lines, $part['lines']);
        }
        self::show($lines, (string) ($options['format'] ?? 'table'));
        $changed = array_values(array_unique(array_column(array_filter($lines, static function (array $line): bool {
            return in_array($line['deed'], ['link', 'move', 'state'], true);
        }), 'good')));
        if (!$dry && $changed !== []) {
            Again::goods($connection['id'], $changed);
        }
        $refused = count(array_keys(array_column($lines, 'deed'), 'refuse', true));
        $words = ($dry ? 'Would change ' : 'Changed ') . count($changed) . ' links; ' . $refused . ' lines refused.';
        if ($refused > 0) {
            WP_CLI::warning($words);
            WP_CLI::halt(2);
        }
        WP_CLI::success($words);
    }

    /**
     * Takes over what KiotViet Sync has paired: goods, orders it has sent, categories. Nothing of it is changed.
     *
     * ## OPTIONS
     *
     * [--part=<part>]
     * : Only this part.
     * ---
     * options:
     *   - goods
     *   - orders
     *   - categories
     * ---
     *
     * [--dry-run]
     * : Only tell what each row would do.
     *
     * [--format=<format>]
     * : How the rows are printed.
     * ---
     * default: table
     * options:
     *   - table
     *   - json
     *   - csv
     * ---
     *
     * ## EXAMPLES
     *
     *     $ wp dongbo links adopt --dry-run
     *     $ wp dongbo links adopt
     *
     * @param string[]              $args
     * @param array<string, string> $options
     */
    public function adopt(array $args, array $options): void
    {
        $dry = isset($options['dry-run']);
        $connection = Ready::connection();
        $why = Guard::refusal($connection);
        if (!$dry && $why !== null && $why !== 'kiotviet-sync-active') {
            WP_CLI::error(Texts::both($why));
        }
        $moving = new Moving($connection);
        if (!$moving->status()['present']) {
            WP_CLI::error('KiotViet Sync has left no tables on this website.');
        }
        $linked = 0;
        foreach (isset($options['part']) ? [(string) $options['part']] : Moving::PARTS as $part) {
            $lines = [];
            for ($after = 0; $after !== null; $after = $page['next']) {
                $page = $moving->page($part, $after, !$dry);
                $lines = array_merge($lines, $page['lines']);
                $linked += $page['counts']['link'];
            }
            self::show($lines, (string) ($options['format'] ?? 'table'));
        }
        WP_CLI::success(($dry ? 'Would link ' : 'Linked ') . $linked . '. Nothing of KiotViet Sync was changed.');
    }

    /** @param array<int, array<string, mixed>> $lines */
    private static function show(array $lines, string $format): void
    {
        $rows = array_map(static function (array $line): array {
            return ['line' => $line['line'], 'does' => $line['deed'], 'good' => $line['label'] === '' ? $line['good'] : $line['label'],
                'product' => trim(($line['shop_id'] > 0 ? $line['shop_id'] : '') . ' ' . $line['product']), 'why' => Out::both($line['said'])];
        }, $lines);
        Out::items($format, $rows, ['line', 'does', 'good', 'product', 'why'], 'The file has no lines.');
    }
}

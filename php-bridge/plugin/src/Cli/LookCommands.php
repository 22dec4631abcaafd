<?php

declare(strict_types=1);

namespace Dongbo\Cli;

use Dongbo\Control\PreflightJob;
use Dongbo\Control\Repair;
use Dongbo\Lanes\Budget;
use Dongbo\Report\DriftScan;
use Dongbo\Report\PreflightReport;
use Dongbo\Report\WhyReport;
use Dongbo\Tables\Schema;
use WP_CLI;

/** Commands that tell how things stand: `why`, `drift`, `preflight`. */
final class LookCommands
{
    /**
     * Tells why one good is as it is on the website: every field, and the rule that decided it.
     *
     * ## OPTIONS
     *
     * <good>
     * : The good's code (SKU) or its id in the POS.
     *
     * [--format=<format>]
     * : How it is printed.
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
     *     $ wp dongbo why SP000123
     *
     * @param string[]              $args
     * @param array<string, string> $options
     */
    public static function why(array $args, array $options): void
    {
        $connection = Ready::connection();
        $good = (string) ($args[0] ?? '');
        $why = WhyReport::of($connection, self::id($connection['id'], $good));
        if ($why === null) {
            WP_CLI::error("KiotViet has no good “{$good}”, as far as it was read. Read again: wp dongbo sync");
        }
        $format = $options['format'] ?? 'table';
        if ($format === 'json') {
            Out::json($why);

            return;
        }
        if ($format === 'table') {
            WP_CLI::log($why['label'] . ($why['shop_id'] === null ? '' : ' → product ' . $why['shop_id']));
            foreach ($why['steps'] as $step) {
                WP_CLI::log('- ' . Out::both($step['said']));
            }
            WP_CLI::log('');
        }
        $rows = [];
        foreach (array_merge($why['fields'], $why['family']['fields'] ?? []) as $field) {
            $rows[] = [
                'field' => $field['label'],
                'pos' => $field['pos'],
                'website' => $field['shop'],
                'last written' => $field['last']['pos'] ?? '',
                'decision' => $field['decision_words'],
                'because' => $field['reason']['sentence'],
            ];
        }
        Out::items($format, $rows, ['field', 'pos', 'website', 'last written', 'decision', 'because'], 'No field was looked at.');
    }

    /**
     * Shows where KiotViet and the website differ, with the likely cause, and repairs it if asked.
     *
     * Compares what was last read from KiotViet with what the website holds now. To have it compared with
     * KiotViet as it is this minute, sync first.
     *
     * ## OPTIONS
     *
     * [--repair]
     * : Write what KiotViet says wherever that is possible.
     *
     * [--good=<good>]
     * : Only this good, by code or POS id.
     *
     * [--check]
     * : End with exit code 2 when anything differs.
     *
     * [--format=<format>]
     * : How it is printed.
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
     *     $ wp dongbo drift
     *     $ wp dongbo drift --good=SP000123 --repair
     *
     * @param string[]              $args
     * @param array<string, string> $options
     */
    public static function drift(array $args, array $options): void
    {
        $connection = empty($options['repair']) ? Ready::connection() : Ready::writable();
        $only = isset($options['good']) ? self::id($connection['id'], (string) $options['good']) : null;
        $rows = [];
        foreach (DriftScan::each($connection) as $item) {
            if ($only === null || $item['id'] === $only) {
                $rows[] = ['item' => $item['label'], 'field' => $item['field_label'], 'pos' => $item['pos'], 'website' => $item['shop'], 'cause' => Out::both($item['said']), 'id' => $item['id'], 'repairable' => $item['repairable'] ? 'yes' : 'no'];
            }
        }
        $format = $options['format'] ?? 'table';
        $format === 'json' ? Out::json($rows) : Out::items($format, $rows, ['item', 'field', 'pos', 'website', 'cause'], 'In step: nothing differs.');
        if (!empty($options['repair']) && $rows !== []) {
            self::repair($connection, $rows, $format);
        } elseif (!empty($options['check']) && $rows !== []) {
            WP_CLI::halt(2);
        }
    }

    /**
     * Looks for what would go wrong: SKUs twice or missing, stock that is not managed, orders that would fail.
     *
     * Nothing is written. The findings are kept and stand on the screens too.
     *
     * ## OPTIONS
     *
     * [--check]
     * : End with exit code 2 when anything graver than a notice was found.
     *
     * [--format=<format>]
     * : How it is printed.
     * ---
     * default: table
     * options:
     *   - table
     *   - json
     *   - csv
     * ---
     *
     * @param string[]              $args
     * @param array<string, string> $options
     */
    public static function preflight(array $args, array $options): void
    {
        $connection = Ready::connection();
        $job = new PreflightJob($connection);
        do {
            $done = $job->work(Budget::ofRequest());
        } while (!$done);
        $rows = [];
        $grave = false;
        foreach (PreflightReport::each($connection) as $finding) {
            $grave = $grave || $finding['severity'] !== 'notice';
            $rows[] = ['severity' => $finding['severity'], 'item' => $finding['label'], 'cause' => $finding['said']['sentence'], 'remedy' => $finding['said']['remedy'], 'product' => $finding['shop_id'] ?: ''];
        }
        $format = $options['format'] ?? 'table';
        $format === 'json' ? Out::json($rows) : Out::items($format, $rows, ['severity', 'item', 'cause', 'remedy', 'product'], 'Nothing stands in the way.');
        if (!empty($options['check']) && $grave) {
            WP_CLI::halt(2);
        }
    }

    /**
     * @param array<string, mixed>             $connection
     * @param array<int, array<string, mixed>> $rows
     */
    private static function repair(array $connection, array $rows, string $format): void
    {
        $ids = [];
        foreach ($rows as $row) {
            if ($row['repairable'] === 'yes') {
                $ids[$row['id']] = (string) $row['id'];
            }
        }
        $repaired = 0;
        foreach (array_chunk(array_values($ids), 200) as $part) {
            $repaired += Repair::some($connection, $part)['repaired'];
        }
        if ($format === 'table') {
            WP_CLI::success("$repaired products were set to what KiotViet says.");
        }
    }

    /** A good by its code or its POS id. */
    private static function id(int $connection, string $given): string
    {
        global $wpdb;
        $sql = 'SELECT remote_id FROM %i WHERE connection_id = %d AND (remote_id = %s OR sku_key = %s) ORDER BY remote_id = %s DESC LIMIT 2';
        $key = \Dongbo\Shop\Texts::loose($given);

        return (string) ($wpdb->get_col($wpdb->prepare($sql, Schema::table('good'), $connection, $given, $key, $given))[0] ?? $given);
    }
}

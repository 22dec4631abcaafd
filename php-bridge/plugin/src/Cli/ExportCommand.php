<?php

declare(strict_types=1);

namespace Dongbo\Cli;

use Dongbo\Control\SettingsStore;
use Dongbo\Report\DriftScan;
use Dongbo\Report\HistoryExport;
use Dongbo\Report\PreflightReport;
use Dongbo\Report\SupportBundle;
use Dongbo\Rest\Csv;
use WP_CLI;

/** `wp dongbo export` */
final class ExportCommand
{
    /**
     * Writes settings, history, drift, pre-flight or a support bundle to a file. Never a secret.
     *
     * ## OPTIONS
     *
     * <what>
     * : `settings` (JSON), `history`, `drift`, `preflight` (CSV) or `support` (JSON: versions, checks, settings, runs, issues; no secrets, no personal data).
     *
     * [--file=<file>]
     * : Where to. Without it, it is printed.
     *
     * ## EXAMPLES
     *
     *     $ wp dongbo export settings --file=dongbo.json
     *     $ wp dongbo export history --file=history.csv
     *
     * @param string[]              $args
     * @param array<string, string> $options
     */
    public static function export(array $args, array $options): void
    {
        $connection = Ready::connection();
        $path = (string) ($options['file'] ?? 'php://stdout');
        $file = @fopen($path, 'w');
        if ($file === false) {
            WP_CLI::error("{$path} cannot be written.");
        }
        self::write($file, $connection, (string) ($args[0] ?? ''));
        fclose($file);
        if ($path !== 'php://stdout') {
            WP_CLI::success("Written to {$path}.");
        }
    }

    /**
     * @param resource             $file
     * @param array<string, mixed> $connection
     */
    private static function write($file, array $connection, string $what): void
    {
        switch ($what) {
            case 'settings':
                self::json($file, (new SettingsStore($connection))->export());
                break;
            case 'support':
                self::json($file, SupportBundle::of($connection));
                break;
            case 'history':
                Csv::write($file, HistoryExport::COLUMNS, HistoryExport::rows($connection['id'], []));
                break;
            case 'drift':
                Csv::write($file, ['id', 'label', 'field', 'pos', 'shop', 'cause'], DriftScan::each($connection));
                break;
            case 'preflight':
                Csv::write($file, ['severity', 'item_kind', 'item_id', 'label', 'shop_id'], PreflightReport::each($connection));
                break;
            default:
                WP_CLI::error('What shall be exported? settings, history, drift, preflight or support.');
        }
    }

    /**
     * @param resource $file
     * @param mixed    $value
     */
    private static function json($file, $value): void
    {
        fwrite($file, wp_json_encode($value, JSON_PRETTY_PRINT | JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES) . "\n");
    }
}

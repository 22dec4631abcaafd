<?php

declare(strict_types=1);

namespace Dongbo\Lanes;

use Dongbo\Report\Scrubbed;
use Dongbo\Tables\Connections;

/** WooCommerce's log, WooCommerce → Status → Logs (I4). Never a secret, never a person's data. */
final class Log
{
    /** How grave, the gravest first; the setting `shell.log_level` says from where on nothing is written. */
    private const LEVELS = ['error', 'warning', 'info', 'debug'];

    public static function error(string $message): void
    {
        self::write('error', $message);
    }

    /** Something of note that needs nobody: a run that ended, a wait. */
    public static function info(string $message): void
    {
        self::write('info', $message);
    }

    private static function write(string $level, string $message): void
    {
        if (function_exists('wc_get_logger') && self::wanted($level)) {
            wc_get_logger()->log($level, Scrubbed::text($message), ['source' => 'dongbo']);
        }
    }

    private static function wanted(string $level): bool
    {
        $connection = $level === 'error' ? null : Connections::current();
        $chosen = (string) ($connection['settings']['shell']['log_level'] ?? 'warning');

        return array_search($level, self::LEVELS, true) <= array_search($chosen, self::LEVELS, true);
    }
}

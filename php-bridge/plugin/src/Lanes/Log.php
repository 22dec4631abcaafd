<?php

declare(strict_types=1);

namespace Dongbo\Lanes;

/** WooCommerce's log, WooCommerce → Status → Logs (I4). Never a secret, never a person's data. */
final class Log
{
    public static function error(string $message): void
    {
        if (function_exists('wc_get_logger')) {
            wc_get_logger()->log('error', $message, ['source' => 'dongbo']);
        }
    }
}

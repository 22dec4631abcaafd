<?php

declare(strict_types=1);

namespace Dongbo\Cli;

use Dongbo\Report\Checkup;
use WP_CLI;

/** `wp dongbo doctor` */
final class DoctorCommand
{
    /**
     * Checks whether everything Dongbo needs is in order, and says how to mend what is not.
     *
     * The exit code is 1 when something keeps Dongbo from working.
     *
     * ## OPTIONS
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
    public static function doctor(array $args, array $options): void
    {
        $checks = Checkup::all();
        Out::items($options['format'] ?? 'table', $checks, ['name', 'state', 'said', 'remedy'], '');
        if (in_array('bad', array_column($checks, 'state'), true)) {
            WP_CLI::halt(1);
        }
    }
}

<?php

declare(strict_types=1);

namespace Dongbo\Cli;

use Dongbo\Connection\Choices;
use Dongbo\Connection\Connect;
use Dongbo\Lanes\Wake;
use Dongbo\Tables\Connections;
use Dongbo\Texts;
use WP_CLI;

/** `wp dongbo connect` */
final class ConnectCommand
{
    /** @param array<string, string> $options */
    public static function run(array $options): void
    {
        $why = Connect::to(
            (string) ($options['shop'] ?? ''),
            (string) ($options['client-id'] ?? ''),
            (string) ($options['client-secret'] ?? ''),
            get_current_user_id()
        );
        if ($why !== null) {
            WP_CLI::error('Not connected. ' . Texts::both($why['code'], $why['params']));
        }
        $connection = (array) Connections::current();
        self::choose($connection, $options);
        // No page of wp-admin may ever be opened on a shop that is run from the shell.
        Wake::heal();
        WP_CLI::success("Connected to {$connection['shop']}. Next: wp dongbo sync");
    }

    /**
     * @param array<string, mixed>  $connection
     * @param array<string, string> $options
     */
    private static function choose(array $connection, array $options): void
    {
        $choices = new Choices($connection);
        $asked = array_filter(
            [
                'branches' => $options['branch'] ?? null,
                'match_key' => $options['match'] ?? null,
                'regular_book' => $options['regular-book'] ?? null,
                'sale_book' => $options['sale-book'] ?? null,
            ],
            'is_string'
        );
        foreach ($asked as $name => $value) {
            $why = $choices->set($name, $value);
            if ($why !== null) {
                WP_CLI::error($why);
            }
        }
        if (!isset($asked['branches'])) {
            $choices->onlyBranch();
        }
        $choices->save();
        if ($choices->branches() === []) {
            WP_CLI::warning(
                'No branch is chosen, so no stock is written. Choose with --branch=<names> or --branch=all. Branches: '
                . implode(', ', $choices->names('branches'))
            );
        }
    }
}

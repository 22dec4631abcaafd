<?php

declare(strict_types=1);

namespace Dongbo\Cli;

use WP_CLI;

/** Every command of `wp dongbo`. */
final class Commands
{
    public static function register(): void
    {
        WP_CLI::add_command('dongbo', Command::class);
        WP_CLI::add_command('dongbo why', [LookCommands::class, 'why']);
        WP_CLI::add_command('dongbo drift', [LookCommands::class, 'drift']);
        WP_CLI::add_command('dongbo preflight', [LookCommands::class, 'preflight']);
        WP_CLI::add_command('dongbo orders', [OrdersCommand::class, 'orders']);
        WP_CLI::add_command('dongbo retry', [OrdersCommand::class, 'retry']);
        WP_CLI::add_command('dongbo customers', [CustomersCommand::class, 'customers']);
        WP_CLI::add_command('dongbo push', [PushCommand::class, 'push']);
        WP_CLI::add_command('dongbo issues', [ListCommands::class, 'issues']);
        WP_CLI::add_command('dongbo history', [ListCommands::class, 'history']);
        WP_CLI::add_command('dongbo undo', [ListCommands::class, 'undo']);
        WP_CLI::add_command('dongbo settings', [SettingsCommand::class, 'settings']);
        WP_CLI::add_command('dongbo accept', [SteerCommands::class, 'accept']);
        WP_CLI::add_command('dongbo pause', [SteerCommands::class, 'pause']);
        WP_CLI::add_command('dongbo resume', [SteerCommands::class, 'resume']);
        WP_CLI::add_command('dongbo cancel', [SteerCommands::class, 'cancel']);
        WP_CLI::add_command('dongbo links', LinksCommand::class);
        WP_CLI::add_command('dongbo export', [ExportCommand::class, 'export']);
        WP_CLI::add_command('dongbo doctor', [DoctorCommand::class, 'doctor']);
    }
}

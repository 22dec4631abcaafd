<?php

declare(strict_types=1);

namespace Dongbo\Cli;

use Dongbo\Control\Steer;
use Dongbo\Lanes\FenceLost;
use Dongbo\Lanes\Lane;
use Dongbo\Texts;
use Dongbo\Tables\Runs;
use WP_CLI;

/** The run that is open: `accept`, `pause`, `resume`, `cancel`. */
final class SteerCommands
{
    /**
     * Says yes to what the open run asks: do it all the same.
     *
     * A run asks before it sets very many products to out of stock or changes very many prices.
     *
     * @param string[]              $args
     * @param array<string, string> $options
     */
    public static function accept(array $args, array $options): void
    {
        $run = self::run(Ready::writable());
        if (empty($run['summary']['asked'])) {
            WP_CLI::error('The open run asks nothing. See how far it is: wp dongbo status');
        }
        self::steer(static function () use ($run): void {
            Steer::accept($run);
        });
        WP_CLI::success('Accepted. It goes on in the background, or at once with: wp dongbo sync --wait');
    }

    /**
     * Pauses the open run. What it has written stays; resume it with `wp dongbo resume`.
     *
     * @param string[]              $args
     * @param array<string, string> $options
     */
    public static function pause(array $args, array $options): void
    {
        $run = self::run(Ready::connection());
        self::steer(static function () use ($run): void {
            Steer::pause($run['id']);
        });
        WP_CLI::success('Paused. Go on with: wp dongbo resume');
    }

    /**
     * Lets the paused run go on.
     *
     * @param string[]              $args
     * @param array<string, string> $options
     */
    public static function resume(array $args, array $options): void
    {
        $run = self::run(Ready::writable());
        self::steer(static function () use ($run): void {
            Steer::resume($run['id']);
        });
        WP_CLI::success('It goes on in the background, or at once with: wp dongbo sync --wait');
    }

    /**
     * Ends the open run where it stands. The next run finds what it left undone.
     *
     * @param string[]              $args
     * @param array<string, string> $options
     */
    public static function cancel(array $args, array $options): void
    {
        $run = self::run(Ready::connection());
        self::steer(static function () use ($run): void {
            Steer::cancel($run['id']);
        });
        WP_CLI::success('Cancelled.');
    }

    /**
     * @param array<string, mixed> $connection
     * @return array<string, mixed>
     */
    private static function run(array $connection): array
    {
        $run = Runs::open($connection['id'], Lane::CATALOGUE);
        if ($run === null) {
            WP_CLI::error('No run is open. Start one: wp dongbo sync');
        }

        return (array) $run;
    }

    private static function steer(callable $work): void
    {
        try {
            $work();
        } catch (FenceLost $lost) {
            WP_CLI::error(Texts::both('run-busy'));
        }
    }
}

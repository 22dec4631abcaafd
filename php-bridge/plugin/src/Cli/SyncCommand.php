<?php

declare(strict_types=1);

namespace Dongbo\Cli;

use Dongbo\Lanes\Budget;
use Dongbo\Lanes\Guard;
use Dongbo\Lanes\Lane;
use Dongbo\Lanes\Slice;
use Dongbo\Lanes\Wake;
use Dongbo\Report;
use Dongbo\Tables\Clock;
use Dongbo\Tables\Connections;
use Dongbo\Tables\Runs;
use Dongbo\Texts;
use WP_CLI;

/** `wp dongbo sync` */
final class SyncCommand
{
    /** Seconds another worker may stand still before this command stops waiting for it. */
    private const STILL = 900;

    /**
     * @param array<string, mixed>  $connection
     * @param array<string, string> $options
     */
    public static function run(array $connection, array $options): void
    {
        if ($connection['state'] !== 'active') {
            $why = $connection['state_code'] === '' ? '' : ' ' . Texts::both($connection['state_code']);
            WP_CLI::error("The connection is not of use ({$connection['state']}).{$why} Connect again: wp dongbo connect --shop={$connection['shop']}");
        }
        self::refuse($connection);
        $wait = !empty($options['wait']);
        $id = Wake::start($connection['id'], 'full', !$wait);
        if (!$wait) {
            WP_CLI::success('Started in the background. See how far it is: wp dongbo status');

            return;
        }
        self::wait($id);
        $run = (array) Runs::find($id);
        if (($options['format'] ?? 'text') === 'json') {
            WP_CLI::line((string) wp_json_encode(StatusCommand::describe($run), JSON_PRETTY_PRINT | JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES));
            WP_CLI::halt($run['outcome'] === 'done' ? 0 : 1);

            return;
        }
        WP_CLI::log(Report::cost($run));
        if ($run['outcome'] !== 'done') {
            WP_CLI::error(Report::outcome($run));
        }
        WP_CLI::success(Report::outcome($run));
    }

    /**
     * Ends with the reason when the lanes would not work: on a copied site, with a lost key (A7, A2).
     *
     * @param array<string, mixed> $connection
     */
    private static function refuse(array $connection): void
    {
        $why = $connection === [] ? 'not-connected' : Guard::refusal($connection);
        if ($why !== null) {
            WP_CLI::error(Texts::both($why));
        }
    }

    private static function wait(int $id): void
    {
        $said = '';
        while (true) {
            $slice = Lane::slice(Lane::CATALOGUE, Budget::ofRequest(), get_current_user_id());
            $run = Runs::find($id);
            if ($run === null || $run['ended'] !== null) {
                Wake::after(new Slice(Slice::DONE), '');

                return;
            }
            $words = Report::progress($run);
            if ($words !== $said) {
                WP_CLI::log($words);
                $said = $words;
            }
            if (!empty($run['summary']['asked'])) {
                WP_CLI::error(Texts::both((string) $run['summary']['code'], $run['summary']['params'] ?? []));
            }
            if ($slice->outcome === Slice::WAITING) {
                usleep(1000 * min(2000, max(100, $slice->until - Clock::now())));
            } elseif ($slice->outcome === Slice::IDLE) {
                // Between two slices the site may have become one that may not go on.
                self::refuse((array) Connections::current());
                sleep(1);
            } elseif ($slice->outcome === Slice::BUSY) {
                if (Clock::now() - $run['changed'] > self::STILL * 1000) {
                    WP_CLI::error('Another worker holds the run and has not moved for 15 minutes. Look at WooCommerce → Status → Logs (dongbo).');
                }
                sleep(1);
            }
        }
    }
}

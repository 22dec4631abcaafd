<?php

declare(strict_types=1);

namespace Dongbo\Cli;

use Dongbo\Lanes\Guard;
use Dongbo\Lanes\Lane;
use Dongbo\Report;
use Dongbo\Tables\Connections;
use Dongbo\Tables\Goods;
use Dongbo\Tables\OpenIssues;
use Dongbo\Tables\Runs;
use Dongbo\Texts;
use WP_CLI;

/** `wp dongbo status` */
final class StatusCommand
{
    /** @param array<string, string> $options */
    public static function run(array $options): void
    {
        $status = self::status();
        if (($options['format'] ?? 'text') === 'json') {
            WP_CLI::line((string) wp_json_encode($status, JSON_PRETTY_PRINT | JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES));

            return;
        }
        if ($status['shop'] === null) {
            WP_CLI::log('Not connected. Connect first: wp dongbo connect --shop=<shop> --client-id=<id> --client-secret=<secret>');

            return;
        }
        WP_CLI::log("Shop:        {$status['shop']} ({$status['state']})");
        if ($status['cause'] !== '') {
            WP_CLI::log("Cause:       {$status['cause']}");
        }
        WP_CLI::log("Goods read:  {$status['goods']}");
        WP_CLI::log("Issues open: {$status['issues']}");
        WP_CLI::log('Running:     ' . ($status['running']['words'] ?? 'no'));
        WP_CLI::log('Last run:    ' . ($status['last']['words'] ?? 'none yet'));
        if (isset($status['last'])) {
            WP_CLI::log('             ' . $status['last']['cost']);
        }
    }

    /** @return array<string, mixed> */
    private static function status(): array
    {
        $connection = Connections::current();
        if ($connection === null) {
            return ['shop' => null];
        }
        $id = $connection['id'];
        $open = self::describe(Runs::open($id, Lane::CATALOGUE));
        $last = self::describe(Runs::last($id, Lane::CATALOGUE, 'full'));

        return [
            'shop' => $connection['shop'],
            'state' => $connection['state'],
            'cause' => self::cause($connection),
            'goods' => Goods::count($id),
            'issues' => OpenIssues::count($id),
            'running' => $open,
            'progress_text' => $open['words'] ?? '',
            'last' => $last,
            'outcome' => $last['outcome'] ?? '',
            'summary_text' => $last === null ? '' : $last['words'] . ' ' . $last['cost'],
        ];
    }

    /** @param array<string, mixed> $connection Why nothing is done, also where only this site says no (a copy, a lost key). */
    private static function cause(array $connection): string
    {
        $code = $connection['state_code'];
        if ($code === '' && $connection['state'] === 'active') {
            $code = (string) Guard::refusal($connection);
        }

        return $code === '' ? '' : Texts::both($code);
    }

    /**
     * @param array<string, mixed>|null $run
     * @return array<string, mixed>|null
     */
    public static function describe(?array $run): ?array
    {
        if ($run === null) {
            return null;
        }

        return [
            'id' => $run['id'],
            'phase' => $run['phase'],
            'done' => $run['done'],
            'total' => $run['total'],
            'wait_until' => $run['wait_until'],
            'outcome' => $run['outcome'],
            'summary' => $run['summary'],
            'counters' => $run['counters'],
            'words' => $run['ended'] === null ? Report::progress($run) : Report::outcome($run),
            'cost' => Report::cost($run),
        ];
    }
}

<?php

declare(strict_types=1);

namespace Dongbo\Report;

use Dongbo\Control\SettingsStore;
use Dongbo\Tables\Clock;
use Dongbo\Tables\Schema;

/**
 * What somebody who helps needs to see (product.md I4): versions, checks, settings, runs, what is
 * open. Chosen field by field, and scrubbed on top: no secret, no customer, no name of a good.
 */
final class SupportBundle
{
    private const RUNS = 20;

    /**
     * @param array<string, mixed>|null $connection
     * @return array<string, mixed> `SupportFile` of js/admin/rest.d.ts.
     */
    public static function of(?array $connection): array
    {
        $status = Overview::now();
        $id = $connection['id'] ?? 0;

        return (array) Scrubbed::tree([
            'dongbo' => 'support',
            'version' => 1,
            'made' => Clock::now(),
            'versions' => $status['versions'] + self::host(),
            'checks' => Checkup::all(),
            'connection' => $connection === null ? null : ['pos' => (string) $connection['pos'], 'state' => (string) $connection['state'], 'code' => (string) $connection['state_code'], 'created' => $connection['created']],
            'settings' => $connection === null ? (object) [] : (object) self::settings($connection),
            'counts' => $status['counts'],
            'issues' => self::issues($id),
            'runs' => array_map([self::class, 'run'], $connection === null ? [] : RunList::page($id, '', 0, self::RUNS)['rows']),
            'webhooks' => array_diff_key($status['webhooks'], ['cause' => null]),
            'budget' => $status['budget'],
            'cron' => array_diff_key($status['cron'], ['cause' => null]),
            'days' => $status['days'],
            'tables' => self::tables(),
            'plugins' => array_values((array) get_option('active_plugins', [])),
        ]);
    }

    /** @return array<string, mixed> */
    private static function host(): array
    {
        global $wpdb;

        return [
            'database' => (string) $wpdb->db_version(),
            'memory_limit' => (string) ini_get('memory_limit'),
            'max_execution_time' => (string) ini_get('max_execution_time'),
            'object_cache' => (bool) wp_using_ext_object_cache(),
            'multisite' => is_multisite(),
            'environment' => wp_get_environment_type(),
        ];
    }

    /**
     * What was changed, without whom it is told to.
     *
     * @param array<string, mixed> $connection
     * @return array<string, mixed>
     */
    private static function settings(array $connection): array
    {
        $settings = json_decode((string) wp_json_encode((new SettingsStore($connection))->export()['settings']), true);
        $settings = is_array($settings) ? $settings : [];
        unset($settings['shell']['email']);

        return $settings;
    }

    /** @return array<int, array{code: string, severity: string, count: int}> */
    private static function issues(int $connection): array
    {
        return array_map(static function (array $issue): array {
            return ['code' => $issue['code'], 'severity' => $issue['severity'], 'count' => $issue['count']];
        }, IssueList::counts($connection));
    }

    /**
     * A run without the names of what it went through.
     *
     * @param array<string, mixed> $run
     * @return array<string, mixed>
     */
    private static function run(array $run): array
    {
        $kept = array_intersect_key($run, array_flip(['id', 'lane', 'kind', 'state', 'done', 'total', 'started', 'ended', 'counts', 'cost']));

        return $kept + ['code' => (string) ($run['cause']['code'] ?? '')];
    }

    /** @return array<string, int> Rows by table, as the database estimates them. */
    private static function tables(): array
    {
        global $wpdb;
        $like = $wpdb->esc_like(Schema::table('')) . '%';
        $rows = $wpdb->get_results($wpdb->prepare('SELECT TABLE_NAME AS name, TABLE_ROWS AS n FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME LIKE %s', $like));
        $counts = [];
        foreach ($rows as $row) {
            $counts[substr((string) $row->name, strlen(Schema::table('')))] = (int) $row->n;
        }

        return $counts;
    }
}

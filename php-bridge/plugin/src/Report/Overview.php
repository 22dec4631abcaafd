<?php

declare(strict_types=1);

namespace Dongbo\Report;

use Dongbo\Connection\Credentials;
use Dongbo\Engine\Engine;
use Dongbo\Engine\RulesError;
use Dongbo\Lanes\Due;
use Dongbo\Lanes\Guard;
use Dongbo\Tables\Clock;
use Dongbo\Tables\Connections;
use Dongbo\Tables\Goods;
use Dongbo\Tables\Schema;

/** What the dashboard shows (`Status` of js/admin/rest.d.ts; product.md H2), in a fixed number of statements. */
final class Overview
{
    /** What KiotViet allows an hour (kiotviet-api.md §1.4). */
    private const CALLS_AN_HOUR = 5000;
    private const HOUR = 3600000;

    /** @return array<string, mixed> */
    public static function now(): array
    {
        $connection = Connections::current();
        $id = $connection['id'] ?? 0;
        $last = $connection === null ? null : RunList::last($id);

        return [
            'now' => Clock::now(),
            'connection' => $connection === null ? null : self::connection($connection),
            'guards' => self::guards($connection),
            'runs' => $connection === null ? [] : array_map([RunView::class, 'of'], RunList::open($id)),
            'last' => $last === null ? null : RunView::of($last),
            'next' => $connection === null ? [] : self::next($connection),
            'webhooks' => Hooks::state($connection),
            'budget' => self::budget($id),
            'counts' => self::counts($id),
            'cron' => Lateness::of(),
            'versions' => self::versions(),
            'days' => Days::last30($id),
        ];
    }

    /**
     * @param array<string, mixed> $connection
     * @return array<string, mixed> Never a secret.
     */
    public static function connection(array $connection): array
    {
        return [
            'id' => $connection['id'],
            'pos' => (string) $connection['pos'],
            'shop' => (string) $connection['shop'],
            'state' => (string) $connection['state'],
            'cause' => (string) $connection['state_code'] === '' ? null : Said::of((string) $connection['state_code']),
            'client_id' => Credentials::clientId($connection),
            'has_secret' => Credentials::fixed('DONGBO_CLIENT_SECRET') || (string) $connection['secret'] !== '',
            'client_id_fixed' => Credentials::fixed('DONGBO_CLIENT_ID'),
            'secret_fixed' => Credentials::fixed('DONGBO_CLIENT_SECRET'),
            'created' => $connection['created'],
        ];
    }

    /**
     * @param array<string, mixed>|null $connection
     * @return array<int, array<string, mixed>>
     */
    private static function guards(?array $connection): array
    {
        $why = $connection === null ? 'not-connected' : Guard::refusal($connection);

        return $why === null ? [] : [Said::of($why)];
    }

    /**
     * What wake-ups will start: goods, and the orders and customers beside them.
     *
     * @param array<string, mixed> $connection
     * @return array<int, array{kind: string, at: int}> `kind` is empty where only the instant is known.
     */
    private static function next(array $connection): array
    {
        try {
            $due = Due::ask($connection);
        } catch (RulesError $error) {
            return [];
        }
        $next = [];
        foreach (array_merge($due['runs'] ?? [], $due['beside'] ?? []) as $kind) {
            $next[] = ['kind' => (string) $kind, 'at' => Clock::now()];
        }
        if (isset($due['next'])) {
            $next[] = ['kind' => '', 'at' => (int) $due['next']];
        }

        return $next;
    }

    /** @return array{used: int, failed: int, limit: int} */
    private static function budget(int $connection): array
    {
        global $wpdb;
        $sql = 'SELECT COALESCE(SUM(calls), 0) AS used, COALESCE(SUM(failures), 0) AS failed FROM %i WHERE connection_id = %d AND minute >= %d';
        $row = $wpdb->get_row($wpdb->prepare($sql, Schema::table('api_call'), $connection, intdiv(Clock::now() - self::HOUR, 60000)));

        return ['used' => (int) $row->used, 'failed' => (int) $row->failed, 'limit' => self::CALLS_AN_HOUR];
    }

    /** @return array<string, mixed> */
    private static function counts(int $connection): array
    {
        global $wpdb;
        $issues = ['stop' => 0, 'review' => 0, 'notice' => 0];
        $drift = 0;
        $sql = "SELECT severity, COUNT(*) AS n, SUM(code = 'stock-drift') AS drift FROM %i WHERE connection_id = %d GROUP BY severity";
        foreach ($wpdb->get_results($wpdb->prepare($sql, Schema::table('issue'), $connection)) as $row) {
            $issues[(string) $row->severity] = (int) $row->n;
            $drift += (int) $row->drift;
        }
        $orders = ['waiting' => 0, 'failed' => 0, 'review' => 0];
        $sql = 'SELECT state, COUNT(*) AS n FROM %i WHERE connection_id = %d GROUP BY state';
        foreach ($wpdb->get_results($wpdb->prepare($sql, Schema::table('outbox'), $connection)) as $row) {
            if (isset($orders[(string) $row->state])) {
                $orders[(string) $row->state] = (int) $row->n;
            }
        }
        $links = (int) $wpdb->get_var($wpdb->prepare("SELECT COUNT(*) FROM %i WHERE connection_id = %d AND kind = 'good'", Schema::table('link'), $connection));

        return ['goods' => Goods::count($connection), 'links' => $links, 'issues' => $issues, 'drift' => $drift, 'orders' => $orders];
    }

    /** @return array<string, string|int> */
    public static function versions(): array
    {
        try {
            $rules = (string) (Engine::call('version', [])['rules'] ?? '');
        } catch (RulesError $error) {
            $rules = '';
        }

        return [
            'plugin' => defined('DONGBO_VERSION') ? (string) constant('DONGBO_VERSION') : '',
            'rules' => $rules,
            'schema' => Schema::installed(),
            'wordpress' => (string) get_bloginfo('version'),
            'woocommerce' => defined('WC_VERSION') ? (string) constant('WC_VERSION') : '',
            'php' => PHP_VERSION,
        ];
    }
}

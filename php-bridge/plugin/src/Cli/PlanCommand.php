<?php

declare(strict_types=1);

namespace Dongbo\Cli;

use Dongbo\Connection\Settings;
use Dongbo\Sync\PlanGoods;
use Dongbo\Sync\SyncContext;
use Dongbo\Tables\Goods;
use Dongbo\Texts;
use WP_CLI;

/** `wp dongbo plan` */
final class PlanCommand
{
    private const COLUMNS = ['action', 'item', 'field', 'before', 'after', 'reason'];

    /**
     * @param array<string, mixed>  $connection
     * @param array<string, string> $options
     */
    public static function run(array $connection, array $options): void
    {
        if (Goods::count($connection['id']) === 0) {
            WP_CLI::error('Nothing was read from the POS yet. Read first: wp dongbo sync');
        }
        $limit = (int) ($options['limit'] ?? 50);
        if ($limit < 1) {
            WP_CLI::error('--limit must be a number from 1 on.');
        }
        $context = new SyncContext(
            $connection['id'],
            Settings::forRules($connection['settings']),
            $connection['settings_revision'],
            0,
            null,
            get_current_user_id()
        );
        $plans = PlanGoods::preview($context, '', $limit);
        $format = $options['format'] ?? 'table';
        if ($format === 'json') {
            WP_CLI::line((string) wp_json_encode($plans, JSON_PRETTY_PRINT | JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES));

            return;
        }
        $rows = [];
        foreach ($plans as $plan) {
            array_push($rows, ...self::rows($plan));
        }
        if ($rows === [] && $format === 'table') {
            WP_CLI::success('Nothing would change.');

            return;
        }
        WP_CLI\Utils\format_items($format, $rows, self::COLUMNS);
    }

    /**
     * @param array<string, mixed> $plan
     * @return array<int, array<string, string>>
     */
    private static function rows(array $plan): array
    {
        $rows = [];
        foreach ($plan['operations'] as $operation) {
            $base = ['action' => $operation['kind'], 'item' => $operation['label']];
            foreach ($operation['changes'] ?? [] as $change) {
                $rows[] = $base + [
                    'field' => $change['field'],
                    'before' => (string) ($change['before'] ?? ''),
                    'after' => (string) ($change['after'] ?? ''),
                    'reason' => Texts::sentence($change['reason']),
                ];
            }
            if (($operation['changes'] ?? []) === []) {
                $reason = Texts::sentence($operation['reason']['code'], $operation['reason']['params'] ?? []);
                $rows[] = $base + ['field' => '', 'before' => '', 'after' => '', 'reason' => $reason];
            }
        }
        foreach ($plan['issues'] ?? [] as $issue) {
            $reason = Texts::both($issue['code'], $issue['params'] ?? []);
            $rows[] = ['action' => $issue['severity'], 'item' => $issue['item']['label'], 'field' => '', 'before' => '', 'after' => '', 'reason' => $reason];
        }

        return $rows;
    }
}

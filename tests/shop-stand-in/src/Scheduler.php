<?php

declare(strict_types=1);

namespace Dongbo\StandIn;

/** Jobs in a table, worked off by WP-Cron every minute. */
final class Scheduler
{
    private const BATCH = 25;
    private const SECONDS = 30;

    public static function hook(): void
    {
        add_filter('cron_schedules', static function ($schedules) {
            $schedules['every_minute'] = ['interval' => 60, 'display' => 'Every minute'];

            return $schedules;
        });
        add_action('init', static function (): void {
            if (!wp_next_scheduled('action_scheduler_run_queue', ['WP Cron'])) {
                wp_schedule_event(time(), 'every_minute', 'action_scheduler_run_queue', ['WP Cron']);
            }
            do_action('action_scheduler_init');
        }, 1);
        add_action('action_scheduler_run_queue', [self::class, 'work']);
    }

    private static function table(): string
    {
        global $wpdb;

        return $wpdb->prefix . 'actionscheduler_actions';
    }

    /** @param mixed[] $args */
    public static function add(string $hook, array $args, string $group, int $due, ?int $every, bool $unique): int
    {
        global $wpdb;
        $json = wp_json_encode($args);
        if ($unique && self::pending($hook, $json, $group) !== null) {
            return 0;
        }
        $wpdb->insert(self::table(), [
            'hook' => $hook, 'status' => 'pending', 'args' => $json, 'group_slug' => $group,
            'due_gmt' => $due === 0 ? '0000-00-00 00:00:00' : gmdate('Y-m-d H:i:s', $due), 'recurs_every' => $every,
        ]);

        return (int) $wpdb->insert_id;
    }

    /** The earliest job that waits or runs; args null = any, group '' = any. */
    public static function pending(string $hook, ?string $args, string $group): ?object
    {
        global $wpdb;
        $where = $wpdb->prepare('hook = %s', $hook);
        if ($args !== null) {
            $where .= $wpdb->prepare(' AND args = %s', $args);
        }
        if ($group !== '') {
            $where .= $wpdb->prepare(' AND group_slug = %s', $group);
        }

        return $wpdb->get_row('SELECT * FROM ' . self::table() . " WHERE $where AND status IN ('pending', 'in-progress') ORDER BY status = 'in-progress' DESC, due_gmt, action_id LIMIT 1");
    }

    public static function cancel(int $id): void
    {
        self::mark($id, 'canceled');
    }

    /** One pass of the queue. */
    public static function work(): void
    {
        global $wpdb;
        do_action('action_scheduler_before_process_queue');
        $began = microtime(true);
        $wpdb->query('DELETE FROM ' . self::table() . " WHERE status = 'canceled'");
        do {
            $due = $wpdb->get_results($wpdb->prepare('SELECT * FROM ' . self::table() . " WHERE status = 'pending' AND due_gmt <= %s ORDER BY due_gmt, action_id LIMIT %d", gmdate('Y-m-d H:i:s'), self::BATCH));
            foreach ($due as $job) {
                self::run($job);
            }
        } while (count($due) === self::BATCH && microtime(true) - $began < self::SECONDS);
        do_action('action_scheduler_after_process_queue');
    }

    private static function run(object $job): void
    {
        global $wpdb;
        $claimed = $wpdb->update(self::table(), ['status' => 'in-progress'], ['action_id' => $job->action_id, 'status' => 'pending']);
        if (!$claimed) {
            return;
        }
        try {
            do_action_ref_array($job->hook, array_values(json_decode($job->args, true)));
            self::mark((int) $job->action_id, 'complete');
        } catch (\Throwable $failure) {
            $wpdb->update(self::table(), ['failure' => $failure->getMessage()], ['action_id' => $job->action_id]);
            self::mark((int) $job->action_id, 'failed');
        }
        if ($job->recurs_every) {
            self::add($job->hook, json_decode($job->args, true), $job->group_slug, time() + (int) $job->recurs_every, (int) $job->recurs_every, false);
        }
    }

    private static function mark(int $id, string $status): void
    {
        global $wpdb;
        $wpdb->update(self::table(), ['status' => $status], ['action_id' => $id]);
    }
}

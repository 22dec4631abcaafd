<?php

declare(strict_types=1);

namespace Dongbo\Lanes;

use Dongbo\Activation\Requirements;
use Dongbo\Tables\Connections;
use Dongbo\Tables\Runs;
use Dongbo\Tables\Schema;

/**
 * When background work runs (product.md I1). Own tables are the queue; WP-Cron and, where it is
 * present, Action Scheduler only wake it, so a wake-up too many does no harm and a lost one is
 * made good by the guard that rings every minute while a run is open.
 */
final class Wake
{
    /** Rings for a slice. Its argument says who rang, so that one ringer never hides another. */
    public const HOOK = 'dongbo_wake';

    /** Rings for a full run. */
    public const FULL = 'dongbo_full';

    private const GROUP = 'dongbo';
    private const GUARD = ['guard'];

    /** Two marks in turn: an action that is running would otherwise count as its own successor. */
    private const MARKS = [['a'], ['b']];

    /** Hours between full runs, adjustable (I7). */
    public const FULL_HOURS = 12;

    /** @param mixed $mark Who rang. */
    public static function ring($mark = ''): void
    {
        if (Requirements::unmet() !== [] || !self::prepared()) {
            return;
        }
        self::after(Lane::slice(Lane::CATALOGUE, Budget::ofRequest()), (string) $mark);
    }

    /** Starts a full run, when the connection is of use. */
    public static function full(): void
    {
        if (Requirements::unmet() !== [] || !self::prepared()) {
            return;
        }
        $connection = Connections::current();
        if ($connection !== null && $connection['state'] === 'active') {
            self::start($connection['id'], 'full');
        }
    }

    /**
     * Starts a run, or finds the one that is open.
     *
     * @param bool $ring False when the caller does the work itself; the guard is set all the same.
     * @return int The run's id.
     */
    public static function start(int $connection, string $kind, bool $ring = true): int
    {
        $run = Runs::start($connection, Lane::CATALOGUE, $kind);
        self::guard();
        if ($ring) {
            self::soon('');
        }

        return $run;
    }

    /** What a slice's end asks for. */
    public static function after(Slice $slice, string $mark): void
    {
        switch ($slice->outcome) {
            case Slice::MORE:
                self::soon($mark);
                break;
            case Slice::WAITING:
                self::at($slice->until);
                break;
            case Slice::BUSY:
                self::guard();
                break;
            default:
                wp_clear_scheduled_hook(self::HOOK, self::GUARD);
        }
    }

    /** A run is open but nothing would ring for it (a lost schedule): makes that good. */
    public static function heal(): void
    {
        $connection = Connections::current();
        if ($connection === null) {
            return;
        }
        if ($connection['state'] === 'active' && !wp_next_scheduled(self::FULL)) {
            wp_schedule_event(time() + self::FULL_HOURS * 3600, 'dongbo_full', self::FULL);
        }
        if (!wp_next_scheduled(self::HOOK, self::GUARD) && Runs::open($connection['id'], Lane::CATALOGUE) !== null) {
            self::guard();
            self::soon('');
        }
    }

    /** Takes everything off the schedules. */
    public static function stop(): void
    {
        wp_unschedule_hook(self::HOOK);
        wp_unschedule_hook(self::FULL);
        if (function_exists('as_unschedule_all_actions')) {
            // With a group it would look for actions without arguments only.
            as_unschedule_all_actions(self::HOOK);
        }
    }

    private static function guard(): void
    {
        if (!wp_next_scheduled(self::HOOK, self::GUARD)) {
            wp_schedule_event(time() + 60, 'dongbo_minute', self::HOOK, self::GUARD);
        }
    }

    /** As soon as may be: both schedulers, and a request of our own once this one is over. */
    private static function soon(string $mark): void
    {
        self::single(time());
        if (function_exists('as_enqueue_async_action') && function_exists('as_has_scheduled_action')) {
            self::enqueue($mark);
        }
        if (!has_action('shutdown', [self::class, 'ping'])) {
            // WP-Cron holds its lock until its own request has ended.
            add_action('shutdown', [self::class, 'ping'], 100);
        }
    }

    /**
     * Asks for WP-Cron without waiting for the answer. WordPress's own spawn_cron() refuses inside a
     * cron request, which is where a slice ends; wp-cron.php takes its lock by itself.
     */
    public static function ping(): void
    {
        $request = [
            'url' => site_url('wp-cron.php'),
            'key' => '',
            'args' => ['timeout' => 0.01, 'blocking' => false, 'sslverify' => apply_filters('https_local_ssl_verify', false)],
        ];
        // Hosts behind a password tell WordPress so by this filter.
        $request = (array) apply_filters('cron_request', $request, '');
        wp_remote_post((string) $request['url'], (array) $request['args']);
    }

    private static function enqueue(string $mark): void
    {
        $free = null;
        foreach (self::MARKS as $args) {
            if ($args[0] === $mark) {
                continue;
            }
            if (as_has_scheduled_action(self::HOOK, $args, self::GROUP)) {
                return;
            }
            $free = $free ?? $args;
        }
        if ($free !== null) {
            as_enqueue_async_action(self::HOOK, $free, self::GROUP);
        }
    }

    private static function at(int $milliseconds): void
    {
        self::single(max(time(), intdiv($milliseconds, 1000) + 1));
    }

    /** WordPress drops a single event near another of the same name, so a later one has to go first. */
    private static function single(int $seconds): void
    {
        $next = wp_next_scheduled(self::HOOK);
        if ($next !== false && $next <= $seconds) {
            return;
        }
        if ($next !== false) {
            wp_unschedule_event($next, self::HOOK);
        }
        wp_schedule_single_event($seconds, self::HOOK);
    }

    private static function prepared(): bool
    {
        return Schema::ready() || (!Schema::newer() && Schema::migrate() === '');
    }
}

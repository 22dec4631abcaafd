<?php

declare(strict_types=1);

namespace Dongbo\Lanes;

use Dongbo\Activation\Requirements;
use Dongbo\Tables\Clock;
use Dongbo\Tables\Connections;
use Dongbo\Tables\Runs;
use Dongbo\Tables\Schema;
use Dongbo\Tables\Touched;

/**
 * When background work runs (product.md I1). Own tables are the queue; WP-Cron and, where it is
 * present, Action Scheduler only wake it, so a wake-up too many does no harm and a lost one is
 * made good by the guard that rings every minute.
 */
final class Wake
{
    /** Rings for a slice. Its argument says who rang, so that one ringer never hides another. */
    public const HOOK = 'dongbo_wake';

    /** An older version rang for a full run by itself. */
    private const FORMER = 'dongbo_full';

    private const GROUP = 'dongbo';
    private const GUARD = ['guard'];
    private const ORDER = ['order'];

    /** Two marks in turn: an action that is running would otherwise count as its own successor. */
    private const MARKS = [['a'], ['b']];

    /** Rounds of one wake-up: a run that ends may make another one due. */
    private const ROUNDS = 8;

    /** @param mixed $mark Who rang. */
    public static function ring($mark = ''): void
    {
        if (Requirements::unmet() !== [] || !self::prepared()) {
            return;
        }
        if ([$mark] === self::GUARD) {
            Punctuality::ring();
        }
        self::after(self::work(Budget::ofRequest()), (string) $mark);
    }

    /** One wake-up: asks what is due and serves every lane within one budget, orders first (I1). */
    public static function work(Budget $budget): Slice
    {
        $connection = Connections::current();
        if ($connection === null || Guard::refusal($connection) !== null) {
            return new Slice(Slice::IDLE);
        }
        Alarm::set($connection['id'], Alarm::HOST, Punctuality::issues());
        $first = new OrdersFirst($connection['id']);
        for ($round = 0; $round < self::ROUNDS; $round++) {
            $slices = self::round((array) Connections::find($connection['id']), $budget, $first);
            $most = Slice::first($slices);
            if (!$first->due() && ($most->outcome !== Slice::DONE || $budget->tooShort())) {
                return $most->outcome === Slice::DONE ? new Slice(Slice::MORE) : $most;
            }
            if ($budget->tooShort()) {
                break;
            }
        }

        return new Slice(Slice::MORE);
    }

    /**
     * @param array<string, mixed> $connection
     * @return Slice[]
     */
    private static function round(array $connection, Budget $budget, OrdersFirst $first): array
    {
        $slices = [];
        $behind = $budget->behind($first);
        foreach (Lanes::all() as $work) {
            if ($work->lane() === Lane::ORDERS) {
                $slices[] = Lane::serve($work, $connection, $budget);
                $first->served();
                continue;
            }
            if ($work->lane() === Lane::SALES && !$budget->tooShort()) {
                // After the inbox: what it brought is due now.
                self::startDue($connection);
            }
            $slices[] = Lane::serve($work, $connection, $behind);
        }

        return $slices;
    }

    /** @param array<string, mixed> $connection */
    private static function startDue(array $connection): void
    {
        try {
            Due::start($connection);
        } catch (\Throwable $trouble) {
            // What is open already goes on all the same; the next wake-up asks again.
            Log::error('what is due could not be told: ' . $trouble->getMessage());
        }
    }

    /**
     * Starts a run, or finds the one that is open. For people: what they start counts as by hand (I7).
     *
     * @param bool                 $ring False when the caller does the work itself; the guard is set all the same.
     * @param array<string, mixed> $with `ids` of a named run, `accept_short_list` (B8).
     * @return int The run's id.
     */
    public static function start(int $connection, string $kind, bool $ring = true, array $with = [], string $lane = Lane::CATALOGUE): int
    {
        $run = Runs::start($connection, $lane, $kind, $with + ['by_hand' => true]);
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
            default:
        }
        self::heal();
    }

    /**
     * The guard rings every minute as long as there is a connection of use, whether or not anything is
     * to do: prices change at their hour, lost schedules are made good, and how late it rings is how
     * late this host is.
     */
    public static function heal(): void
    {
        $connection = Connections::current();
        if ($connection === null || $connection['state'] !== 'active') {
            wp_clear_scheduled_hook(self::HOOK, self::GUARD);
            Punctuality::forget();

            return;
        }
        wp_clear_scheduled_hook(self::FORMER);
        if (!wp_next_scheduled(self::HOOK, self::GUARD)) {
            self::guard();
            if (Runs::open($connection['id'], Lane::CATALOGUE) !== null) {
                self::soon('');
            }
        }
        // To the second, where something rings at all.
        $due = Touched::nextDue($connection['id']);
        if ($due !== null && $due < Clock::now() + 60000) {
            self::at($due);
        }
    }

    /**
     * Something came in: as soon as its answer is out, with few statements. Where the host can end the
     * answer first, this request goes on and works; else a request of our own does.
     */
    public static function soonAfterAnswer(): void
    {
        if (has_action('shutdown', [self::class, 'answered'])) {
            return;
        }
        self::single(time());
        add_action('shutdown', [self::class, 'answered'], 100);
    }

    /** A person wants orders sent: as soon as this request is over. */
    public static function orders(): void
    {
        self::soon('');
    }

    /**
     * An order is to be looked at then. An event of its own, so that in a shopper's request it takes
     * one statement, and none where an earlier order has asked already.
     *
     * @return bool Whether it took the statement.
     */
    public static function forOrder(int $milliseconds): bool
    {
        if (wp_next_scheduled(self::HOOK, self::ORDER)) {
            return false;
        }
        // Who writes the first option of a request asks for the table's columns, to learn their character set.
        $known = [self::class, 'charset'];
        add_filter('pre_get_table_charset', $known);
        add_filter('pre_get_col_charset', $known);
        wp_schedule_single_event(intdiv($milliseconds, 1000) + 1, self::HOOK, self::ORDER);
        remove_filter('pre_get_table_charset', $known);
        remove_filter('pre_get_col_charset', $known);

        return true;
    }

    /**
     * The character set of a table or column, where nobody knows better: the connection's own.
     *
     * @param mixed $charset
     * @return mixed
     */
    public static function charset($charset)
    {
        return $charset ?? ($GLOBALS['wpdb']->charset ?: null);
    }

    /** The answer is complete. */
    public static function answered(): void
    {
        foreach (['fastcgi_finish_request', 'litespeed_finish_request'] as $finish) {
            if (function_exists($finish)) {
                $finish();
                self::ring();

                return;
            }
        }
        self::ping();
    }

    /** Takes everything off the schedules. */
    public static function stop(): void
    {
        wp_unschedule_hook(self::HOOK);
        wp_unschedule_hook(self::FORMER);
        Punctuality::forget();
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

<?php

declare(strict_types=1);

namespace Dongbo\Control;

use Dongbo\Connection\Settings;
use Dongbo\Lanes\Fence;
use Dongbo\Shop\Caches;
use Dongbo\Sync\SyncContext;
use Dongbo\Tables\Clock;
use Dongbo\Tables\Runs;

/**
 * Work that a person asked for and that is done at once: a short run of its own, so that the history
 * knows who, and a fence, so that nothing is written twice.
 */
final class ByHand
{
    public const LANE = 'hand';

    /**
     * A context to look with; nothing may be written through it.
     *
     * @param array<string, mixed> $connection
     * @param bool                 $asPerson Plan what a person who starts the work may take (A5).
     */
    public static function looking(array $connection, bool $asPerson = false): SyncContext
    {
        $settings = $asPerson ? self::settings($connection) : Settings::forRules($connection['settings']);

        return new SyncContext($connection['id'], $settings, $connection['settings_revision'], 0, null, get_current_user_id());
    }

    /**
     * What a person starts also takes what runs by themselves may not (A5). Said only where it makes a
     * difference, because settings are part of every family's digest.
     *
     * @param array<string, mixed> $connection
     * @return array<string, mixed>
     */
    private static function settings(array $connection): array
    {
        $matters = in_array('by-hand', (array) ($connection['settings']['directions'] ?? []), true);

        return ($matters ? ['by_hand' => true] : []) + Settings::forRules($connection['settings']);
    }

    /**
     * @template T
     * @param array<string, mixed>     $connection
     * @param callable(SyncContext): T $work
     * @return T
     * @throws \Dongbo\Lanes\FenceLost When somebody else works by hand at this very moment.
     */
    public static function run(array $connection, string $kind, callable $work)
    {
        // A request that was cut: what it had left in a shared cache was not rolled back with the rest.
        if (Caches::shared() && Runs::open($connection['id'], self::LANE) !== null) {
            Caches::unsure();
        }
        $run = Runs::start($connection['id'], self::LANE, $kind);
        $fence = Fence::take($run);
        $settings = self::settings($connection);
        $outcome = 'failed';
        try {
            $result = $work(new SyncContext($connection['id'], $settings, $connection['settings_revision'], $run, $fence, get_current_user_id()));
            $outcome = 'done';

            return $result;
        } finally {
            Runs::update($run, ['ended' => Clock::now(), 'outcome' => $outcome]);
        }
    }
}

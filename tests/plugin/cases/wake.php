<?php

declare(strict_types=1);

namespace Dongbo\PluginTests;

use Dongbo\Lanes\Slice;
use Dongbo\Lanes\Wake;
use Dongbo\Tables\Clock;
use Dongbo\Tables\Connections;
use Dongbo\Tables\Runs;

$guard = static function () {
    return wp_next_scheduled(Wake::HOOK, ['guard']);
};
$single = static function () {
    return wp_next_scheduled(Wake::HOOK);
};
$actions = static function (): array {
    return array_values(array_filter(['a', 'b'], static function (string $mark): bool {
        return as_has_scheduled_action(Wake::HOOK, [$mark], 'dongbo');
    }));
};
$connection = static function (string $state = 'active'): int {
    return Connections::create(['pos' => 'kiotviet', 'shop' => 'myshop', 'state' => $state]);
};

return [
    'a started run rings at once, by both schedulers, and every minute until it has ended' => static function () use ($guard, $single, $actions, $connection): void {
        Wake::start($connection(), 'full');
        Expect::that(abs($guard() - time() - 60) <= 2, 'the guard rings in a minute');
        Expect::same('dongbo_minute', wp_get_schedule(Wake::HOOK, ['guard']));
        Expect::that($single() <= time() + 1, 'the next wake-up is now');
        Expect::same(['a'], $actions());
        Wake::after(new Slice(Slice::DONE), '');
        Expect::same(false, $guard());
    },
    'a slice with more to do rings again, from inside Action Scheduler too, and never piles up' => static function () use ($single, $actions): void {
        Wake::after(new Slice(Slice::MORE), '');
        Wake::after(new Slice(Slice::MORE), '');
        Expect::same(['a'], $actions());
        Wake::after(new Slice(Slice::MORE), 'a');
        Wake::after(new Slice(Slice::MORE), 'b');
        Wake::after(new Slice(Slice::MORE), 'a');
        Expect::same(['a', 'b'], $actions(), 'at most one of each');
        Expect::that($single() <= time() + 1, 'WP-Cron too');
    },
    'a wait rings when it is over; an earlier ring stays, a later one moves' => static function () use ($single): void {
        Wake::after(new Slice(Slice::WAITING, Clock::now() + 300000), '');
        Expect::that(abs($single() - time() - 300) <= 2, 'in five minutes');
        Wake::after(new Slice(Slice::WAITING, Clock::now() + 500000), '');
        Expect::that(abs($single() - time() - 300) <= 2, 'the earlier one stays');
        Wake::after(new Slice(Slice::MORE), '');
        Expect::that($single() <= time() + 1, 'now');
    },
    'a lost schedule is made good: the guard of an open run, the full run of a connection of use' => static function () use ($guard, $connection): void {
        $id = $connection();
        Runs::start($id, 'catalogue', 'full');
        Wake::heal();
        Expect::that($guard() !== false, 'the guard');
        $full = wp_next_scheduled(Wake::FULL);
        Expect::that($full !== false && $full > time() + 11 * 3600, 'a full run in 12 hours');
        Wake::heal();
        Expect::same($full, wp_next_scheduled(Wake::FULL));
    },
    'the full run starts by itself only on a connection of use' => static function () use ($connection): void {
        Wake::full();
        $id = $connection('reconnect');
        Wake::full();
        Expect::same(null, Runs::open($id, 'catalogue'));
        Connections::setState($id, 'active');
        Wake::full();
        Expect::same('full', Runs::open($id, 'catalogue')['kind']);
    },
    'taken off the schedules, nothing is left' => static function () use ($guard, $single, $actions, $connection): void {
        Wake::start($connection(), 'full');
        Wake::heal();
        Wake::stop();
        Expect::same([false, false, false, []], [$guard(), $single(), wp_next_scheduled(Wake::FULL), $actions()]);
    },
];

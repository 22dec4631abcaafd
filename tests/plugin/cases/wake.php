<?php

declare(strict_types=1);

namespace Dongbo\PluginTests;

use Dongbo\Connection\Home;
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
    return Connections::create(['pos' => 'kiotviet', 'shop' => 'myshop', 'state' => $state, 'home_mark' => Home::mark()]);
};

return [
    'a started run rings at once, by both schedulers, and every minute' => static function () use ($guard, $single, $actions, $connection): void {
        Wake::start($connection(), 'full');
        Expect::that(abs($guard() - time() - 60) <= 2, 'the guard rings in a minute');
        Expect::same('dongbo_minute', wp_get_schedule(Wake::HOOK, ['guard']));
        Expect::that($single() <= time() + 1, 'the next wake-up is now');
        Expect::same(['a'], $actions());
        Wake::after(new Slice(Slice::DONE), '');
        Expect::that($guard() !== false, 'prices change at their hour, whether or not anybody visits');
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
    'a lost schedule is made good: the guard rings every minute as long as the connection is of use (I1)' => static function () use ($guard, $connection): void {
        $id = $connection();
        Wake::heal();
        $first = $guard();
        Expect::that($first !== false, 'the guard');
        Wake::heal();
        Expect::same($first, $guard());
        Connections::setState($id, 'reconnect');
        Wake::heal();
        Expect::same(false, $guard(), 'nothing rings for a connection that is of no use');
    },
    'nothing runs by itself before a person has started the first run (A1)' => static function () use ($connection): void {
        $id = $connection();
        Answers::prepare(Answers::shop(1));
        Wake::ring('guard');
        Expect::same([null, []], [Runs::open($id, 'catalogue'), Answers::$asked]);
    },
    'taken off the schedules, nothing is left' => static function () use ($guard, $single, $actions, $connection): void {
        Wake::start($connection(), 'full');
        Wake::heal();
        Wake::stop();
        Expect::same([false, false, []], [$guard(), $single(), $actions()]);
    },
];

<?php
// Action Scheduler: put in, asked for, taken out, run, failed.

declare(strict_types=1);

use Dongbo\Tests\Contract\Observation;

return static function (Observation $see): void {
    $ran = [];
    add_action('dongbo_contract_job', static function (...$arguments) use (&$ran) {
        $ran[] = $arguments;
        if (($arguments[0] ?? '') === 'bad') {
            throw new RuntimeException('as it must');
        }
    }, 10, 3);
    $see->step('none yet', static fn () => [as_has_scheduled_action('dongbo_contract_job'), as_next_scheduled_action('dongbo_contract_job')]);
    $see->step('async', static fn () => as_enqueue_async_action('dongbo_contract_job', ['a', 1], 'dongbo'));
    $see->step('asked for', static fn () => [as_has_scheduled_action('dongbo_contract_job'), as_has_scheduled_action('dongbo_contract_job', ['a', 1], 'dongbo'), as_has_scheduled_action('dongbo_contract_job', ['b'], 'dongbo'), as_next_scheduled_action('dongbo_contract_job', ['a', 1], 'dongbo')]);
    $see->step('unique', static fn () => as_enqueue_async_action('dongbo_contract_job', ['other'], 'dongbo', true));
    $see->step('single, later', static fn () => as_schedule_single_action(4070908800, 'dongbo_contract_later', ['x'], 'dongbo'));
    $see->step('when', static fn () => as_next_scheduled_action('dongbo_contract_later', ['x'], 'dongbo'));
    $see->step('recurring', static fn () => as_schedule_recurring_action(4070908800, 900, 'dongbo_contract_often', [], 'dongbo', true));
    $see->step('recurring again, unique', static fn () => as_schedule_recurring_action(4070908800, 900, 'dongbo_contract_often', [], 'dongbo', true));
    $see->step('taken out', static fn () => [as_unschedule_action('dongbo_contract_later', ['x'], 'dongbo') > 0, as_has_scheduled_action('dongbo_contract_later')]);
    $see->step('a bad one', static fn () => as_enqueue_async_action('dongbo_contract_job', ['bad'], 'dongbo'));
    $see->step('run', static function () use (&$ran) {
        do_action('action_scheduler_run_queue', 'contract');

        return $ran;
    });
    $see->step('all taken out', static fn () => [as_unschedule_all_actions('dongbo_contract_often'), as_has_scheduled_action('dongbo_contract_often')]);
};

<?php
/**
 * Action Scheduler's functions, as far as Dongbo calls them.
 *
 * @package Dongbo\Tests
 */

declare(strict_types=1);

use Dongbo\StandIn\Scheduler;

function as_enqueue_async_action($hook, $args = array(), $group = '', $unique = false, $priority = 10)
{
    return Scheduler::add($hook, $args, $group, 0, null, (bool) $unique);
}

function as_schedule_single_action($timestamp, $hook, $args = array(), $group = '', $unique = false, $priority = 10)
{
    $pre = apply_filters('pre_as_schedule_single_action', null, $timestamp, $hook, $args, $group, $priority);
    if ($pre !== null) {
        return is_int($pre) ? $pre : 0;
    }

    return Scheduler::add($hook, $args, $group, (int) $timestamp, null, (bool) $unique);
}

function as_schedule_recurring_action($timestamp, $interval_in_seconds, $hook, $args = array(), $group = '', $unique = false, $priority = 10)
{
    return Scheduler::add($hook, $args, $group, (int) $timestamp, (int) $interval_in_seconds, (bool) $unique);
}

function as_has_scheduled_action($hook, $args = null, $group = '')
{
    return Scheduler::pending($hook, $args === null ? null : wp_json_encode($args), $group) !== null;
}

function as_next_scheduled_action($hook, $args = null, $group = '')
{
    $job = Scheduler::pending($hook, $args === null ? null : wp_json_encode($args), $group);
    if ($job === null) {
        return false;
    }

    return $job->status === 'in-progress' || $job->due_gmt === '0000-00-00 00:00:00' ? true : strtotime($job->due_gmt . ' UTC');
}

function as_unschedule_action($hook, $args = array(), $group = '')
{
    $job = Scheduler::pending($hook, wp_json_encode($args), $group);
    if ($job === null) {
        return null;
    }
    Scheduler::cancel((int) $job->action_id);

    return (int) $job->action_id;
}

function as_unschedule_all_actions($hook, $args = array(), $group = '')
{
    // Without arguments it means every job of the hook.
    while (($job = Scheduler::pending($hook, $args ? wp_json_encode($args) : null, $group)) !== null && $job->status === 'pending') {
        Scheduler::cancel((int) $job->action_id);
    }
}

<?php

declare(strict_types=1);

namespace Dongbo\Report;

/** Whether WordPress's jobs run late on this host (product.md E7): seen from our own wake-ups only. */
final class Lateness
{
    /** Under this nobody needs to know: a job waits for the next visitor. */
    private const SECONDS = 600;

    /** @return array{late_seconds: int, disabled: bool, cause: array<string, mixed>|null} */
    public static function of(): array
    {
        $late = 0;
        foreach (_get_cron_array() ?: [] as $at => $hooks) {
            $due = is_int($at) && $at < time();
            foreach ($due && is_array($hooks) ? array_keys($hooks) : [] as $hook) {
                if (strpos((string) $hook, 'dongbo_') === 0) {
                    $late = max($late, time() - $at);
                }
            }
        }
        $minutes = [['name' => 'minutes', 'value' => (string) intdiv($late, 60)]];

        return [
            'late_seconds' => $late,
            'disabled' => defined('DISABLE_WP_CRON') && constant('DISABLE_WP_CRON'),
            'cause' => $late > self::SECONDS ? Said::of('cron-late', $minutes) : null,
        ];
    }
}

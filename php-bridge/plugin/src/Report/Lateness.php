<?php

declare(strict_types=1);

namespace Dongbo\Report;

use Dongbo\Lanes\Punctuality;

/** Whether WordPress's jobs run late on this host (product.md E7): measured by how late our own guard rings. */
final class Lateness
{
    /** Under this nobody needs to know: a job waits for the next visitor. */
    private const SECONDS = 600;

    /** @return array{late_seconds: int, disabled: bool, cause: array<string, mixed>|null} */
    public static function of(): array
    {
        $late = intdiv(Punctuality::seen()['delay'], 1000);
        $minutes = [['name' => 'minutes', 'value' => (string) intdiv($late, 60)]];

        return [
            'late_seconds' => $late,
            'disabled' => defined('DISABLE_WP_CRON') && constant('DISABLE_WP_CRON'),
            'cause' => $late > self::SECONDS ? Said::of('cron-late', $minutes) : null,
        ];
    }
}

<?php

declare(strict_types=1);

namespace Dongbo\Rest;

use Dongbo\Report\Overview;

/** `/status`: everything the dashboard shows, in one answer. */
final class StatusResource
{
    public static function register(): void
    {
        Route::add('GET', '/status', static function (): array {
            return Overview::now();
        });
    }
}

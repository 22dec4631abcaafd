<?php

declare(strict_types=1);

namespace Dongbo\Rest;

use Dongbo\Report\SupportBundle;
use Dongbo\Tables\Connections;

/** `/support`: what somebody who helps needs to see, without secrets or persons (product.md I4). */
final class SupportResource
{
    public static function register(): void
    {
        Route::add('GET', '/support', static function (): array {
            return SupportBundle::of(Connections::current());
        });
    }
}

<?php

declare(strict_types=1);

namespace Dongbo\Rest;

use Dongbo\Control\PreflightJob;
use Dongbo\Lanes\Budget;
use Dongbo\Report\PreflightReport;

/** `/preflight`: what would go wrong, before it does (product.md G3). */
final class PreflightResource
{
    /** Seconds one request goes on with it. */
    private const SECONDS = 8.0;

    public static function register(): void
    {
        $args = Route::listArgs(['code' => ['type' => 'string', 'maxLength' => 60, 'default' => '']]);
        unset($args['search']);
        Route::add('GET', '/preflight', static function (Call $call): array {
            return PreflightReport::of($call->connection(), $call->text('code'), $call->offset(), $call->size());
        }, $args);
        Route::add('POST', '/preflight/run', static function (Call $call): array {
            $connection = $call->connection();
            (new PreflightJob($connection))->work(Budget::ofRequest()->part(self::SECONDS));

            return PreflightReport::of($connection, '', 0, 20);
        });
        Route::add('GET', '/preflight/export', static function (Call $call): \WP_REST_Response {
            return Csv::response('dongbo-preflight.csv', ['severity', 'item', 'cause', 'remedy', 'product'], self::rows($call->connection()));
        });
    }

    /**
     * @param array<string, mixed> $connection
     * @return \Generator<int, array<string, string>>
     */
    private static function rows(array $connection): \Generator
    {
        foreach (PreflightReport::each($connection) as $finding) {
            yield [
                'severity' => $finding['severity'],
                'item' => $finding['label'],
                'cause' => $finding['said']['sentence'],
                'remedy' => $finding['said']['remedy'],
                'product' => $finding['shop_id'] > 0 ? (string) $finding['shop_id'] : '',
            ];
        }
    }
}

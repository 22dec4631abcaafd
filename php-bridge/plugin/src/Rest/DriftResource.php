<?php

declare(strict_types=1);

namespace Dongbo\Rest;

use Dongbo\Control\Repair;
use Dongbo\Report\DriftScan;

/** `/drift`: where the two sides differ and why; repair one, some, all (product.md H5). */
final class DriftResource
{
    public static function register(): void
    {
        $cursor = ['type' => 'string', 'maxLength' => 80, 'default' => ''];
        Route::add('GET', '/drift', static function (Call $call): array {
            return DriftScan::page($call->connection(), $call->text('cursor'), $call->number('limit'));
        }, ['cursor' => $cursor, 'limit' => ['type' => 'integer', 'minimum' => 1, 'maximum' => 500, 'default' => 50]]);
        Route::add('POST', '/drift/repair', [self::class, 'repair'], [
            'ids' => ['type' => 'array', 'items' => ['type' => 'string', 'maxLength' => 80], 'maxItems' => 500],
            'all' => ['type' => 'boolean', 'default' => false],
            'cursor' => $cursor,
        ]);
    }

    /** @return array<string, mixed> */
    public static function repair(Call $call): array
    {
        $connection = $call->writable();
        if ($call->flag('all')) {
            return Repair::slice($connection, $call->text('cursor'));
        }
        $ids = $call->texts('ids');
        if ($ids === []) {
            throw new Refusal('no-goods-named', 400);
        }

        return Repair::some($connection, $ids);
    }
}

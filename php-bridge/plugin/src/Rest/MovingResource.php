<?php

declare(strict_types=1);

namespace Dongbo\Rest;

use Dongbo\Lanes\Wake;
use Dongbo\Linking\Moving;

/** `/moving`: what KiotViet Sync has paired, to look at and to take over (product.md A12). */
final class MovingResource
{
    public static function register(): void
    {
        $page = [
            'part' => ['type' => 'string', 'enum' => Moving::PARTS, 'required' => true],
            'after' => ['type' => 'integer', 'minimum' => 0, 'default' => 0],
        ];
        Route::add('GET', '/moving', static function (Call $call): array {
            return (new Moving($call->connection()))->status();
        });
        Route::add('GET', '/moving/proposal', static function (Call $call): array {
            return (new Moving($call->connection()))->page($call->text('part'), $call->number('after'));
        }, $page);
        Route::add('POST', '/moving/accept', static function (Call $call): array {
            $rows = $call->has('rows') ? array_map('intval', $call->texts('rows')) : null;
            $done = (new Moving($call->active()))->page($call->text('part'), $call->number('after'), true, $rows);
            Wake::heal();

            return $done;
        }, $page + ['rows' => ['type' => 'array', 'items' => ['type' => 'integer', 'minimum' => 1], 'maxItems' => 2000]]);
    }
}

<?php

declare(strict_types=1);

namespace Dongbo\Rest;

use Dongbo\Report\HistoryList;

/** `/history`: every change, to look at, to export, to undo (product.md H6, Q2). */
final class HistoryResource
{
    public static function register(): void
    {
        $filter = [
            'search' => ['type' => 'string', 'maxLength' => 200, 'default' => ''],
            'field' => ['type' => 'string', 'maxLength' => 30, 'default' => ''],
            'good' => ['type' => 'string', 'maxLength' => 80, 'default' => ''],
            'shop_id' => ['type' => 'integer', 'minimum' => 0, 'default' => 0],
            'run' => ['type' => 'integer', 'minimum' => 0, 'default' => 0],
            'from' => ['type' => 'integer', 'minimum' => 0, 'default' => 0],
            'to' => ['type' => 'integer', 'minimum' => 0, 'default' => 0],
        ];
        Route::add('GET', '/history', [self::class, 'list'], Route::listArgs($filter));
    }

    public static function list(Call $call): Page
    {
        $page = HistoryList::page($call->connection()['id'], self::filter($call), $call->offset(), $call->size());

        return new Page($page['rows'], $page['total'], $call->size());
    }

    /** @return array<string, int|string> */
    private static function filter(Call $call): array
    {
        $filter = [];
        foreach (['search', 'field', 'good'] as $name) {
            $filter[$name] = $call->text($name);
        }
        foreach (['shop_id', 'run', 'from', 'to'] as $name) {
            $filter[$name] = $call->number($name);
        }

        return $filter;
    }
}

<?php

declare(strict_types=1);

namespace Dongbo\Rest;

use Dongbo\Control\Again;
use Dongbo\Control\UndoOne;
use Dongbo\Report\HistoryExport;
use Dongbo\Report\HistoryList;
use Dongbo\Report\HoldList;
use Dongbo\Tables\Holds;

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
        Route::add('GET', '/history/export', static function (Call $call): \WP_REST_Response {
            return Csv::response('dongbo-history.csv', HistoryExport::COLUMNS, HistoryExport::rows($call->connection()['id'], self::filter($call)));
        }, $filter);
        Route::add('POST', '/history/' . Route::NUMBER . '/undo', [self::class, 'undo']);
        Route::add('GET', '/holds', [self::class, 'holds'], Route::listArgs());
        Route::add('POST', '/holds/' . Route::NUMBER . '/release', [self::class, 'release']);
    }

    /** @return array<string, mixed> The entry that the undo has left. */
    public static function undo(Call $call): array
    {
        $connection = $call->writable();
        $id = $call->number('id');
        if (HistoryList::page($connection['id'], ['id' => $id], 0, 1)['rows'] === []) {
            throw new Refusal('entry-unknown', 404);
        }
        $why = UndoOne::entry($connection, $id);
        if ($why !== null) {
            throw new Refusal($why['code'], 409, array_column($why['params'], 'value', 'name'));
        }

        return HistoryList::page($connection['id'], [], 0, 1)['rows'][0];
    }

    public static function holds(Call $call): Page
    {
        $page = HoldList::page($call->connection()['id'], $call->offset(), $call->size());

        return new Page($page['rows'], $page['total'], $call->size());
    }

    /** @return array{id: int} */
    public static function release(Call $call): array
    {
        $connection = $call->writable();
        $id = $call->number('id');
        $good = HoldList::good($connection['id'], $id);
        if ($good === null || !Holds::release($connection['id'], $id)) {
            throw new Refusal('hold-unknown', 404);
        }
        Again::goods($connection['id'], [$good]);

        return ['id' => $id];
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

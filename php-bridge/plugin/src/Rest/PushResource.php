<?php

declare(strict_types=1);

namespace Dongbo\Rest;

use Dongbo\Control\PushGoods;
use Dongbo\Report\PushList;
use Dongbo\Report\Said;

/** `/push`: products from the site to the POS: what it would do, send, how each row ended (product.md G1, Q2). */
final class PushResource
{
    public static function register(): void
    {
        $ids = ['type' => 'array', 'items' => ['type' => 'integer', 'minimum' => 1], 'maxItems' => 1000, 'default' => []];
        Route::add('GET', '/push', [self::class, 'list'], Route::listArgs([
            'state' => ['type' => 'string', 'enum' => array_merge([''], PushList::states()), 'default' => ''],
        ]));
        Route::add('GET', '/push/preview', [self::class, 'preview'], [
            'ids' => ['maxItems' => PushGoods::AT_ONCE] + $ids,
            'after' => ['type' => 'integer', 'minimum' => 0, 'default' => 0],
        ]);
        Route::add('POST', '/push', [self::class, 'send'], ['ids' => $ids, 'all' => ['type' => 'boolean', 'default' => false]]);
    }

    public static function list(Call $call): Page
    {
        $page = PushList::page($call->connection()['id'], $call->text('state'), $call->text('search'), $call->offset(), $call->size());

        return new Page($page['rows'], $page['total'], $call->size());
    }

    /**
     * Named products, or page by page all that could be sent.
     *
     * @return array<string, mixed>
     */
    public static function preview(Call $call): array
    {
        $connection = $call->connection();
        $ids = array_map('intval', $call->items('ids'));
        $all = $ids === [];
        if ($all) {
            $ids = PushGoods::unlinked($connection['id'], $call->number('after'), PushGoods::AT_ONCE);
        }
        $rows = array_map(static function (array $row): array {
            $cause = ($row['code'] ?? '') === '' ? null : Said::of($row['code'], $row['params'] ?? []);

            return array_diff_key($row, ['code' => 0, 'params' => 0]) + ['cause' => $cause, 'remote_id' => '', 'sends' => []];
        }, PushGoods::preview($connection, $ids));

        return ['rows' => $rows, 'next' => $all && count($ids) === PushGoods::AT_ONCE ? max($ids) : null];
    }

    /** @return array{marked: int} */
    public static function send(Call $call): array
    {
        $connection = $call->writable();
        $ids = array_map('intval', $call->items('ids'));
        if ($ids === [] && !$call->flag('all')) {
            throw new Refusal('no-goods-named', 400);
        }

        return ['marked' => $call->flag('all') ? PushGoods::sendAll($connection['id']) : PushGoods::send($connection['id'], $ids)];
    }
}

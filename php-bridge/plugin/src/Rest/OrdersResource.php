<?php

declare(strict_types=1);

namespace Dongbo\Rest;

use Dongbo\Control\SendOrders;
use Dongbo\Report\OrderList;
use Dongbo\Report\OrderView;

/** `/orders`: where each order stands; send, try again, leave: one, selected, all that failed (product.md H8, E7). */
final class OrdersResource
{
    public static function register(): void
    {
        Route::add('GET', '/orders', [self::class, 'list'], Route::listArgs([
            'state' => ['type' => 'string', 'enum' => array_merge([''], OrderList::states()), 'default' => ''],
        ]));
        Route::add('POST', '/orders/bulk', [self::class, 'bulk'], [
            'action' => ['type' => 'string', 'enum' => ['send', 'retry', 'ignore'], 'required' => true],
            'ids' => ['type' => 'array', 'items' => ['type' => 'integer', 'minimum' => 1], 'maxItems' => 1000, 'default' => []],
            'all_failed' => ['type' => 'boolean', 'default' => false],
        ]);
        Route::add('GET', '/orders/' . Route::NUMBER, [self::class, 'read']);
        foreach (['send', 'retry', 'ignore'] as $action) {
            Route::add('POST', '/orders/' . Route::NUMBER . '/' . $action, static function (Call $call) use ($action): array {
                return self::act($call, $action);
            });
        }
    }

    public static function list(Call $call): Page
    {
        $filter = ['search' => $call->text('search'), 'state' => $call->text('state')];
        $page = OrderList::page($call->connection()['id'], $filter, $call->offset(), $call->size());

        return new Page($page['rows'], $page['total'], $call->size());
    }

    /** @return array<string, mixed> */
    public static function read(Call $call): array
    {
        $view = OrderView::of($call->connection(), $call->number('id'));
        if ($view === null) {
            throw new Refusal('order-unknown', 404);
        }

        return $view;
    }

    /** @return array<string, mixed> */
    public static function act(Call $call, string $action): array
    {
        $connection = $call->writable();
        $order = $call->number('id');
        $done = self::carry($connection['id'], $action, [$order]);
        $row = OrderList::find($connection['id'], $order);
        if ($row === null) {
            throw new Refusal('order-unknown', 404);
        }
        if ($done === 0 && $row['state'] === 'sent') {
            throw new Refusal('order-sent-already');
        }

        return $row;
    }

    /** @return array{done: int} */
    public static function bulk(Call $call): array
    {
        $connection = $call->writable();
        if ($call->flag('all_failed') && $call->text('action') !== 'ignore') {
            return ['done' => SendOrders::failed($connection['id'])];
        }

        return ['done' => self::carry($connection['id'], $call->text('action'), array_map('intval', $call->items('ids')))];
    }

    /** @param int[] $orders */
    private static function carry(int $connection, string $action, array $orders): int
    {
        return $action === 'ignore' ? SendOrders::ignore($connection, $orders) : SendOrders::send($connection, $orders);
    }
}

<?php

declare(strict_types=1);

namespace Dongbo\Rest;

use Dongbo\Control\LinkCustomers;
use Dongbo\Control\SendCustomers;
use Dongbo\Report\CustomerList;

/** `/customers`: who is who on both sides, and who is only on one; send and link by hand (product.md G2). */
final class CustomersResource
{
    public static function register(): void
    {
        Route::add('GET', '/customers', [self::class, 'list'], Route::listArgs([
            'state' => ['type' => 'string', 'enum' => CustomerList::STATES, 'default' => CustomerList::LINKED],
        ]));
        Route::add('POST', '/customers/send', [self::class, 'send'], [
            'ids' => ['type' => 'array', 'items' => ['type' => 'integer', 'minimum' => 1], 'minItems' => 1, 'maxItems' => 1000, 'required' => true],
        ]);
        Route::add('POST', '/customers/link', [self::class, 'link'], [
            'user' => ['type' => 'integer', 'minimum' => 1, 'required' => true],
            'customer' => ['type' => 'string', 'maxLength' => 40, 'required' => true],
        ]);
    }

    public static function list(Call $call): Page
    {
        $page = CustomerList::page($call->connection()['id'], $call->text('state'), $call->text('search'), $call->offset(), $call->size());

        return new Page($page['rows'], $page['total'], $call->size());
    }

    /** @return array{done: int} */
    public static function send(Call $call): array
    {
        return ['done' => SendCustomers::send($call->writable()['id'], array_map('intval', $call->items('ids')))];
    }

    /**
     * @return array{user: int, customer: string}
     * @throws Refusal
     */
    public static function link(Call $call): array
    {
        $why = LinkCustomers::link($call->writable()['id'], $call->number('user'), $call->text('customer'));
        if ($why !== null) {
            throw new Refusal($why['code'], $why['code'] === 'customer-linked' ? 409 : 404, array_column($why['params'], 'value', 'name'));
        }

        return ['user' => $call->number('user'), 'customer' => $call->text('customer')];
    }
}

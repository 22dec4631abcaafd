<?php

declare(strict_types=1);

namespace Dongbo\Rest;

use Dongbo\Control\ByHand;
use Dongbo\Control\GoodActions;
use Dongbo\Control\ManyGoods;
use Dongbo\Report\Candidates;
use Dongbo\Report\GoodList;
use Dongbo\Report\HistoryList;
use Dongbo\Report\IssueList;
use Dongbo\Report\WhyReport;
use Dongbo\Sync\SyncContext;

/** `/goods`: both sides of every good, why it is so, and what may be done with it (product.md H4). */
final class GoodsResource
{
    /** Goods a bulk request works on; the rest is asked for again. */
    private const MANY = 500;

    public static function register(): void
    {
        $filter = [
            'search' => ['type' => 'string', 'maxLength' => 200, 'default' => ''],
            'state' => ['type' => 'string', 'enum' => array_merge([''], GoodList::STATES), 'default' => ''],
            'category' => ['type' => 'string', 'maxLength' => 40, 'default' => ''],
            'origin' => ['type' => 'string', 'enum' => ['', 'created', 'linked'], 'default' => ''],
        ];
        Route::add('GET', '/goods', [self::class, 'list'], Route::listArgs($filter));
        Route::add('GET', '/goods/counts', static function (Call $call): array {
            return GoodList::counts($call->connection());
        });
        Route::add('POST', '/goods/bulk', [self::class, 'bulk'], [
            'action' => ['type' => 'string', 'enum' => GoodActions::MANY, 'required' => true],
            'ids' => ['type' => 'array', 'items' => ['type' => 'string', 'maxLength' => 80], 'maxItems' => self::MANY],
            'filter' => ['type' => 'object', 'properties' => $filter, 'additionalProperties' => false],
        ]);
        Route::add('GET', '/goods/' . Route::ID, [self::class, 'read']);
        Route::add('GET', '/goods/' . Route::ID . '/why', [self::class, 'why']);
        Route::add('GET', '/goods/' . Route::ID . '/candidates', static function (Call $call): array {
            $candidates = Candidates::of($call->connection(), $call->text('id'));
            if ($candidates === null) {
                throw new Refusal('good-unknown', 404);
            }

            return $candidates;
        });
        foreach (array_merge(GoodActions::MANY, ['link']) as $action) {
            $args = $action === 'link' ? ['shop_id' => ['type' => 'integer', 'minimum' => 1, 'required' => true], 'move' => ['type' => 'boolean', 'default' => false]] : [];
            Route::add('POST', '/goods/' . Route::ID . '/' . $action, static function (Call $call) use ($action): array {
                return self::act($call, $action);
            }, $args);
        }
    }

    public static function list(Call $call): Page
    {
        $page = GoodList::page($call->connection(), self::filter($call->text('search'), $call->text('state'), $call->text('category'), $call->text('origin')), $call->offset(), $call->size());

        return new Page($page['rows'], $page['total'], $call->size());
    }

    /** @return array<string, mixed> */
    public static function read(Call $call): array
    {
        $connection = $call->connection();
        $id = $call->text('id');
        $good = self::good($connection, $id);
        $history = $good['pos'] === null ? ['shop_id' => (int) ($good['shop']['id'] ?? 0)] : ['good' => $id];

        return [
            'good' => $good,
            'why' => $good['pos'] === null ? null : WhyReport::of($connection, $id),
            'issues' => IssueList::page($connection['id'], ['good' => $id], 0, 50)['rows'],
            'history' => HistoryList::page($connection['id'], $history, 0, 20)['rows'],
        ];
    }

    /** @return array<string, mixed> */
    public static function why(Call $call): array
    {
        $why = WhyReport::of($call->connection(), $call->text('id'));
        if ($why === null) {
            throw new Refusal('good-unknown', 404);
        }

        return $why;
    }

    /** @return array<string, mixed> */
    public static function bulk(Call $call): array
    {
        $connection = $call->writable();
        $filter = $call->items('filter');
        if (!$call->has('ids') && $filter === []) {
            throw new Refusal('no-goods-named', 400);
        }
        $ids = $call->has('ids') ? $call->texts('ids') : GoodList::ids($connection, array_map('strval', $filter), self::MANY);
        $action = $call->text('action');

        return ManyGoods::act($connection, $action, array_map('strval', $ids));
    }

    /** @return array<string, mixed> */
    private static function act(Call $call, string $action): array
    {
        $connection = $call->writable();
        $id = $call->text('id');
        $shop = $call->number('shop_id');
        $move = $call->flag('move');
        $run = ByHand::run($connection, 'goods', static function (SyncContext $context) use ($connection, $action, $id, $shop, $move): ?int {
            $actions = new GoodActions($connection, $context);
            $why = $actions->act($action, $id, $shop, $move);
            if ($why !== null) {
                throw new Refusal($why['code'], $why['code'] === 'good-unknown' ? 404 : 409, $why['params']);
            }

            return $actions->finish();
        });
        $connection = \Dongbo\Tables\Connections::find($connection['id']) ?? $connection;

        return ['id' => $id, 'action' => $action, 'good' => GoodList::find($connection, $id), 'run' => $run];
    }

    /**
     * @param array<string, mixed> $connection
     * @return array<string, mixed>
     * @throws Refusal
     */
    private static function good(array $connection, string $id): array
    {
        $good = GoodList::find($connection, $id);
        if ($good === null) {
            throw new Refusal('good-unknown', 404);
        }

        return $good;
    }

    /** @return array<string, string> */
    private static function filter(string $search, string $state, string $category, string $origin): array
    {
        return ['search' => $search, 'state' => $state, 'category' => $category, 'origin' => $origin];
    }
}

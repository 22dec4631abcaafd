<?php

declare(strict_types=1);

namespace Dongbo\Rest;

use Dongbo\Control\Steer;
use Dongbo\Report\RunList;
use Dongbo\Report\RunView;
use Dongbo\Tables\OpenIssues;
use Dongbo\Tables\Runs;

/** `/runs`: what ran and runs; start, pause, go on, cancel (product.md H2). */
final class RunsResource
{
    public static function register(): void
    {
        Route::add('GET', '/runs', [self::class, 'list'], Route::listArgs([
            'lane' => ['type' => 'string', 'maxLength' => 20, 'default' => ''],
        ]));
        Route::add('POST', '/runs', [self::class, 'start'], [
            'kind' => ['type' => 'string', 'enum' => array_keys(Steer::KINDS), 'required' => true],
            'ids' => ['type' => 'array', 'items' => ['type' => 'string', 'maxLength' => 40], 'maxItems' => 1000, 'default' => []],
        ]);
        Route::add('GET', '/runs/' . Route::NUMBER, [self::class, 'read']);
        foreach (['pause', 'resume', 'cancel', 'accept'] as $action) {
            Route::add('POST', '/runs/' . Route::NUMBER . '/' . $action, static function (Call $call) use ($action): array {
                return self::act($call, $action);
            });
        }
    }

    public static function list(Call $call): Page
    {
        $page = RunList::page($call->connection()['id'], $call->text('lane'), $call->offset(), $call->size());

        return new Page(array_map([RunView::class, 'of'], $page['rows']), $page['total'], $call->size());
    }

    /** @return array<string, mixed> */
    public static function start(Call $call): array
    {
        $kind = $call->text('kind');
        $ids = $call->texts('ids');
        if ($kind === 'named' && $ids === []) {
            throw new Refusal('no-goods-named', 400);
        }

        return RunView::of((array) Runs::find(Steer::start($call->writable()['id'], $kind, $ids)));
    }

    /** @return array<string, mixed> */
    public static function read(Call $call): array
    {
        return RunView::of(self::run($call));
    }

    /** @return array<string, mixed> */
    private static function act(Call $call, string $action): array
    {
        $call->writable();
        $run = self::run($call);
        $short = $action === 'accept' && OpenIssues::any($run['connection_id'], Steer::SHORT);
        if ($run['ended'] !== null && !$short) {
            throw new Refusal('run-ended');
        }
        switch ($action) {
            case 'pause':
                Steer::pause($run['id']);
                break;
            case 'resume':
                Steer::resume($run['id']);
                break;
            case 'accept':
                Steer::accept($run);
                break;
            default:
                Steer::cancel($run['id']);
        }

        return RunView::of((array) Runs::find($run['id']));
    }

    /**
     * @return array<string, mixed>
     * @throws Refusal
     */
    private static function run(Call $call): array
    {
        $run = Runs::find($call->number('id'));
        if ($run === null || $run['connection_id'] !== $call->connection()['id']) {
            throw new Refusal('run-unknown', 404);
        }

        return $run;
    }
}

<?php

declare(strict_types=1);

namespace Dongbo\Rest;

use Dongbo\Control\Again;
use Dongbo\Report\IssueList;

/** `/issues`: what is not in step, its cause and remedy; try again, put aside (product.md H6, Q4). */
final class IssuesResource
{
    public static function register(): void
    {
        Route::add('GET', '/issues', [self::class, 'list'], Route::listArgs([
            'severity' => ['type' => 'string', 'enum' => ['', 'stop', 'review', 'notice'], 'default' => ''],
            'code' => ['type' => 'string', 'maxLength' => 60, 'default' => ''],
        ]));
        Route::add('GET', '/issues/counts', static function (Call $call): array {
            return IssueList::counts($call->connection()['id']);
        });
        Route::add('POST', '/issues/' . Route::NUMBER . '/retry', [self::class, 'retry']);
        Route::add('POST', '/issues/' . Route::NUMBER . '/dismiss', [self::class, 'dismiss']);
    }

    public static function list(Call $call): Page
    {
        $filter = ['search' => $call->text('search'), 'severity' => $call->text('severity'), 'code' => $call->text('code')];
        $page = IssueList::page($call->connection()['id'], $filter, $call->offset(), $call->size());

        return new Page($page['rows'], $page['total'], $call->size());
    }

    /** @return array{id: int, run: int|null} */
    public static function retry(Call $call): array
    {
        $connection = $call->writable();
        $issue = self::issue($call);

        return ['id' => (int) $issue['id'], 'run' => Again::issue($connection['id'], $issue)];
    }

    /** @return array{id: int} */
    public static function dismiss(Call $call): array
    {
        $issue = self::issue($call);
        Again::dismiss($call->connection()['id'], (int) $issue['id']);

        return ['id' => (int) $issue['id']];
    }

    /**
     * @return array<string, mixed>
     * @throws Refusal
     */
    private static function issue(Call $call): array
    {
        $issue = IssueList::find($call->connection()['id'], $call->number('id'));
        if ($issue === null) {
            throw new Refusal('issue-unknown', 404);
        }

        return $issue;
    }
}

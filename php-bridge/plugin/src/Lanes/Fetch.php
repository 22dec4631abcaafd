<?php

declare(strict_types=1);

namespace Dongbo\Lanes;

use Dongbo\Connection\Token;
use Dongbo\Pos\KiotViet;
use Dongbo\Sync\SyncContext;

/** Carries out one GET of a run: token, HTTP, reader, rows into the buffer; gives the reply. */
final class Fetch
{
    private string $shop;
    private KiotViet $pos;
    private Token $token;
    private SyncContext $context;
    private Buffer $buffer;
    private Calls $calls;

    /** Whether what is read is kept, to be known again by the next run of this kind. */
    private bool $remembers;

    /** @var array<string, true> Lists whose first page was asked for in this slice, by scope. */
    private array $begun = [];

    public function __construct(string $shop, KiotViet $pos, Token $token, SyncContext $context, Buffer $buffer, Calls $calls, bool $remembers)
    {
        $this->remembers = $remembers;
        $this->calls = $calls;
        $this->shop = $shop;
        $this->pos = $pos;
        $this->token = $token;
        $this->context = $context;
        $this->buffer = $buffer;
    }

    /**
     * @param array<string, mixed> $request
     * @return array{reply: array<string, mixed>, issues: array<int, array<string, mixed>>}
     */
    public function get(array $request, float $patience): array
    {
        $token = $this->token->usable($this->context->connectionId());
        if (!isset($token['token'])) {
            return self::failed($request, $token['failure']);
        }
        $scope = (string) ($request['scope'] ?? '');
        $branches = $request['branches'] ?? $this->context->settings()['branches'] ?? [];
        $known = $this->known($request, $scope, $branches);
        $answer = $this->pos->get($this->shop, $token['token'], $request['path'], $request['query'] ?? [], $patience, $known);
        $received = (int) $answer['received'];
        if (isset($answer['known'])) {
            $this->calls->learn(null);
            $reading = $known->reading();

            return $this->met($request, $scope, $received, $reading['page'], array_merge($token['issues'] ?? [], $reading['issues']));
        }
        $answer += ['scope' => $scope, 'branches' => $branches];
        $reading = $this->context->rules($request['reader'], $answer);
        unset($answer);
        $this->calls->learn($reading['failure'] ?? null);
        if (isset($reading['failure'])) {
            return self::failed($request, $reading['failure'], array_merge($token['issues'] ?? [], $reading['issues'] ?? []));
        }
        $page = $reading['page'] ?? [];
        $found = array_merge($reading['issues'] ?? [], $this->buffer->take($request['list'], $scope, $reading['rows'] ?? [], $received));
        if ($known !== null) {
            $this->buffer->with(static function () use ($known, $page, $found): void {
                $known->keep($page, $found);
            });
        }

        return $this->met($request, $scope, $received, $page, array_merge($token['issues'] ?? [], $found));
    }

    /**
     * A page's facts, for the run and for the rules.
     *
     * @param array<string, mixed>             $request
     * @param array<string, mixed>             $page
     * @param array<int, array<string, mixed>> $issues
     * @return array{reply: array<string, mixed>, issues: array<int, array<string, mixed>>}
     */
    private function met(array $request, string $scope, int $received, array $page, array $issues): array
    {
        $this->buffer->see($request['list'], $scope, $page['ids'] ?? []);
        $this->buffer->began($request['list'], $scope, $received, $request['query'] ?? []);

        return [
            'reply' => [
                'id' => $request['id'],
                'page' => $page,
                'unreadable' => $page['unreadable'] ?? 0,
                'without_stock' => $page['without_stock'] ?? 0,
            ],
            'issues' => $issues,
        ];
    }

    /**
     * Pages of goods are known again in full runs; those of a delta are asked for once.
     *
     * @param array<string, mixed> $request
     * @param array<int, mixed>    $branches
     */
    private function known(array $request, string $scope, array $branches): ?KnownPage
    {
        if (!$this->remembers || $request['list'] !== 'goods') {
            return null;
        }
        if (!isset($this->begun[$scope])) {
            // The rules take a list's beginning from its first page.
            $this->begun[$scope] = true;

            return null;
        }

        return new KnownPage($this->context->connectionId(), [
            $request['reader'], $request['path'], $request['query'] ?? [], $scope, $branches,
            $this->context->rulesVersion(), DONGBO_VERSION, get_bloginfo('version'),
        ]);
    }

    /**
     * @param array<string, mixed> $request
     * @return array{reply: array<string, mixed>, issues: array<int, array<string, mixed>>}
     */
    public function renewToken(array $request): array
    {
        $token = $this->token->renew($this->context->connectionId());

        return isset($token['token'])
            ? ['reply' => ['id' => $request['id']], 'issues' => $token['issues'] ?? []]
            : self::failed($request, $token['failure']);
    }

    /**
     * @param array<string, mixed>             $request
     * @param array<string, mixed>             $failure
     * @param array<int, array<string, mixed>> $issues
     * @return array{reply: array<string, mixed>, issues: array<int, array<string, mixed>>}
     */
    private static function failed(array $request, array $failure, array $issues = []): array
    {
        return ['reply' => ['id' => $request['id'], 'failure' => $failure], 'issues' => $issues];
    }
}

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

    public function __construct(string $shop, KiotViet $pos, Token $token, SyncContext $context, Buffer $buffer, Calls $calls)
    {
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
        $answer = $this->pos->get($this->shop, $token['token'], $request['path'], $request['query'] ?? [], $patience);
        $received = (int) $answer['received'];
        $scope = (string) ($request['scope'] ?? '');
        $answer += ['scope' => $scope, 'branches' => $request['branches'] ?? $this->context->settings()['branches'] ?? []];
        $reading = $this->context->rules($request['reader'], $answer);
        unset($answer);
        $this->calls->learn($reading['failure'] ?? null);
        $issues = array_merge($token['issues'] ?? [], $reading['issues'] ?? []);
        if (isset($reading['failure'])) {
            return self::failed($request, $reading['failure'], $issues);
        }
        $rows = $reading['rows'] ?? [];
        $page = $reading['page'] ?? [];
        array_push($issues, ...$this->buffer->take($request['list'], $scope, $rows, $received));
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

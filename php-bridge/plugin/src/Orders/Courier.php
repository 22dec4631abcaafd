<?php

declare(strict_types=1);

namespace Dongbo\Orders;

use Dongbo\Connection\Token;
use Dongbo\Lanes\Calls;
use Dongbo\Pos\KiotViet;
use Dongbo\Sync\SyncContext;
use Dongbo\Tables\Clock;

/** Carries out what the rules ask for while an order is sent (OrderRequest, src/orders/protocol.rs): token, HTTP, reader. */
final class Courier
{
    /** A change is not cut short for the slice's sake: its answer is worth more than the time. */
    private const LEAST_PATIENCE = 10.0;

    private const METHODS = ['post' => 'POST', 'put' => 'PUT', 'delete' => 'DELETE'];

    private string $shop;
    private KiotViet $pos;
    private Token $token;
    private Calls $calls;
    private Gather $gather;
    private SyncContext $context;

    public function __construct(string $shop, KiotViet $pos, Token $token, Calls $calls, Gather $gather, SyncContext $context)
    {
        $this->shop = $shop;
        $this->pos = $pos;
        $this->token = $token;
        $this->calls = $calls;
        $this->gather = $gather;
        $this->context = $context;
    }

    /**
     * @param array<string, mixed> $request
     * @param float                $left Seconds left of the slice.
     * @return array{reply: array<string, mixed>, as_of: int} An OrderReply record, and when the POS was asked.
     */
    public function carry(array $request, float $left): array
    {
        $asOf = Clock::now();
        switch ($request['kind']) {
            case 'token':
                $reply = self::failure($this->token->renew($this->context->connectionId()));
                break;
            case 'find-goods':
                $reply = ['goods' => $this->gather->goodsBySku($request['keys'] ?? [])];
                break;
            case 'find-customers':
                $reply = ['customers' => $this->gather->customers($request['keys'] ?? [])];
                break;
            default:
                $reply = $this->call($request, max(self::LEAST_PATIENCE, $left));
        }

        return ['reply' => ['id' => $request['id']] + $reply, 'as_of' => $asOf];
    }

    /**
     * @param array<string, mixed> $request
     * @return array<string, mixed>
     */
    private function call(array $request, float $patience): array
    {
        $token = $this->token->usable($this->context->connectionId());
        if (!isset($token['token'])) {
            return self::failure($token);
        }
        $query = $request['query'] ?? [];
        $answer = $request['kind'] === 'get'
            ? $this->pos->get($this->shop, $token['token'], $request['path'], $query, $patience)
            : $this->pos->write(self::METHODS[$request['kind']], $this->shop, $token['token'], $request['path'], $query, $request['body'] ?? null, $patience);
        $reading = $this->context->rules($request['reader'], $answer + ['scope' => '', 'branches' => []]);
        $this->calls->learn($reading['failure'] ?? null);
        if (isset($reading['failure'])) {
            return ['failure' => $reading['failure']];
        }
        $reply = isset($reading['page']) ? ['page' => $reading['page']] : [];
        if ($request['rows'] !== 'none') {
            $reply[$request['rows']] = $reading['rows'] ?? [];
        }

        return $reply;
    }

    /**
     * @param array<string, mixed> $token What {@see Token} gave.
     * @return array<string, mixed>
     */
    private static function failure(array $token): array
    {
        return isset($token['failure']) ? ['failure' => $token['failure']] : [];
    }
}

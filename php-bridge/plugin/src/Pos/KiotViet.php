<?php

declare(strict_types=1);

namespace Dongbo\Pos;

use Dongbo\Lanes\KnownPage;

/**
 * Where KiotViet listens and which headers it wants (kiotviet-api.md §1.1, §1.2).
 *
 * The addresses change only through constants, which tests and the demo define.
 */
final class KiotViet
{
    private const API = 'https://public.kiotapi.com';
    private const TOKEN = 'https://id.kiotviet.vn/connect/token';

    private Http $http;

    public function __construct(Http $http)
    {
        $this->http = $http;
    }

    /**
     * Asks for a token.
     *
     * @return array<string, mixed> An answer record.
     */
    public function token(string $clientId, string $secret, float $patience): array
    {
        return $this->http->post(
            defined('DONGBO_KIOTVIET_TOKEN_URL') ? (string) constant('DONGBO_KIOTVIET_TOKEN_URL') : self::TOKEN,
            [
                'scopes' => 'PublicApi.Access',
                'grant_type' => 'client_credentials',
                'client_id' => $clientId,
                'client_secret' => $secret,
            ],
            $patience
        );
    }

    /**
     * One call that changes something at the POS.
     *
     * @param array<int|string, mixed>|null $body
     * @return array<string, mixed> An answer record.
     */
    public function send(string $method, string $shop, string $token, string $path, ?array $body, float $patience): array
    {
        return $this->http->json($method, self::base() . $path, self::headers($shop, $token), $body, $patience);
    }

    /**
     * One GET.
     *
     * @param array<int, array{name: string, value: string}> $query
     * @param KnownPage|null                                 $known What its answer may be known by.
     * @return array<string, mixed> An answer record.
     */
    public function get(string $shop, string $token, string $path, array $query, float $patience, ?KnownPage $known = null): array
    {
        return $this->http->get(self::url($path, $query), self::headers($shop, $token), $patience, $known);
    }

    /**
     * One call whose body the rules have written.
     *
     * @param array<int, array{name: string, value: string}> $query
     * @return array<string, mixed> An answer record.
     */
    public function write(string $method, string $shop, string $token, string $path, array $query, ?string $json, float $patience): array
    {
        return $this->http->written($method, self::url($path, $query), self::headers($shop, $token), $json, $patience);
    }

    /** @param array<int, array{name: string, value: string}> $query */
    private static function url(string $path, array $query): string
    {
        $pairs = [];
        foreach ($query as $param) {
            $pairs[] = rawurlencode($param['name']) . '=' . rawurlencode($param['value']);
        }

        return self::base() . $path . ($pairs === [] ? '' : '?' . implode('&', $pairs));
    }

    private static function base(): string
    {
        return rtrim(defined('DONGBO_KIOTVIET_API') ? (string) constant('DONGBO_KIOTVIET_API') : self::API, '/');
    }

    /** @return array<string, string> */
    private static function headers(string $shop, string $token): array
    {
        return ['Retailer' => $shop, 'Authorization' => 'Bearer ' . $token];
    }
}

<?php

declare(strict_types=1);

namespace Dongbo\PluginTests;

/** Answers of a POS in place of the network: path → body, or a function of the request. */
final class Answers
{
    /** @var string[] Paths asked for, with their query. */
    public static array $asked = [];

    /** @var array<int, array<string, mixed>> Arguments of the requests. */
    public static array $arguments = [];

    private static ?\Closure $answering = null;

    /** @param array<string, mixed> $answers By path; a callable gets the URL. */
    public static function prepare(array $answers): void
    {
        self::$asked = [];
        self::$arguments = [];
        if (self::$answering !== null) {
            // Else two answer, and every request counts twice.
            remove_filter('pre_http_request', self::$answering);
        }
        self::$answering = static function ($given, array $arguments, string $url) use ($answers) {
            $path = (string) parse_url($url, PHP_URL_PATH);
            self::$asked[] = $path . (parse_url($url, PHP_URL_QUERY) ? '?' . rawurldecode((string) parse_url($url, PHP_URL_QUERY)) : '');
            self::$arguments[] = $arguments;
            $answer = $answers[$path] ?? ['total' => 0, 'pageSize' => 100, 'data' => []];
            if (is_callable($answer)) {
                $answer = $answer($url, $arguments);
            }
            if (is_wp_error($answer) || isset($answer['response'])) {
                return $answer;
            }

            return self::json($answer);
        };
        add_filter('pre_http_request', self::$answering, 10, 3);
    }

    /**
     * @param mixed                 $body
     * @param array<string, string> $headers
     * @return array<string, mixed>
     */
    public static function json($body, int $status = 200, array $headers = []): array
    {
        return [
            'response' => ['code' => $status, 'message' => ''],
            'headers' => $headers,
            'body' => is_string($body) ? $body : (string) json_encode($body),
            'cookies' => [],
        ];
    }

    /**
     * A shop with so many plain goods in pages of 100, one branch and one category.
     *
     * @return array<string, mixed>
     */
    public static function shop(int $goods): array
    {
        return [
            '/connect/token' => ['access_token' => 'test-token', 'expires_in' => 86400, 'token_type' => 'Bearer'],
            '/branches' => ['total' => 1, 'pageSize' => 100, 'data' => [['id' => 7, 'branchName' => 'Chính']]],
            '/categories' => ['total' => 1, 'pageSize' => 100, 'data' => [['categoryId' => 3, 'categoryName' => 'Khác']]],
            '/settings' => ['data' => []],
            '/products' => static function (string $url) use ($goods): array {
                parse_str((string) parse_url($url, PHP_URL_QUERY), $query);
                $from = (int) ($query['currentItem'] ?? 0);
                $rows = [];
                for ($i = $from; $i < min($goods, $from + 100); $i++) {
                    $rows[] = self::good($i);
                }

                return ['total' => $goods, 'pageSize' => 100, 'data' => $rows];
            },
        ];
    }

    /** @return array<string, mixed> */
    public static function good(int $number): array
    {
        return [
            'id' => 1000 + $number,
            'code' => 'T' . (1000 + $number),
            'name' => 'Hàng ' . $number,
            'fullName' => 'Hàng ' . $number,
            'categoryId' => 3,
            'allowsSale' => true,
            'isActive' => true,
            'type' => 2,
            'basePrice' => 1000 * ($number + 1),
            'inventories' => [['branchId' => 7, 'onHand' => 5, 'reserved' => 0]],
        ];
    }
}

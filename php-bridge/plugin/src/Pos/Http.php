<?php

declare(strict_types=1);

namespace Dongbo\Pos;

use Dongbo\Lanes\KnownPage;
use Dongbo\Tables\Clock;

/**
 * The one door to the POS: WordPress's HTTP API, TLS always verified, no redirects, bounded in
 * time and size. What went wrong is classified by form only; what it means is for the rules.
 *
 * @phpstan-type Answer array{status: int, problem?: string, retry_after?: string, date?: string, received: int, body?: array, known?: true}
 */
final class Http
{
    /** Larger than any page of 100 goods met; more is refused rather than read into memory. */
    private const LARGEST = 16777216;

    /** Seconds for one answer. */
    private const PATIENCE = 20.0;

    /** cURL's error numbers, as WordPress passes them on in its texts. */
    private const CURL = [
        'cut' => [18, 52],
        'timeout' => [28],
        'tls' => [35, 51, 53, 54, 58, 59, 60, 64, 66, 77, 80, 82, 83, 90, 91, 98],
    ];

    private int $calls = 0;
    private ?Gate $gate;

    /** @param Gate|null $gate Asked before every call to the API; without one nothing is counted. */
    public function __construct(?Gate $gate = null)
    {
        $this->gate = $gate;
    }

    /** Requests made so far. */
    public function calls(): int
    {
        return $this->calls;
    }

    /**
     * @param array<string, string> $headers
     * @param KnownPage|null        $known   A body known by it is not decoded: `known` stands in its place.
     * @return Answer
     */
    public function get(string $url, array $headers, float $patience = self::PATIENCE, ?KnownPage $known = null): array
    {
        return $this->gated('GET', $url, $headers, null, $patience, $known);
    }

    /**
     * A call with a JSON body, or none.
     *
     * @param array<string, string>          $headers
     * @param array<int|string, mixed>|null  $body
     * @return Answer
     */
    public function json(string $method, string $url, array $headers, ?array $body, float $patience = self::PATIENCE): array
    {
        $text = $body === null ? null : (string) wp_json_encode($body, JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES);

        return $this->written($method, $url, $headers, $text, $patience);
    }

    /**
     * A call whose JSON the rules have written: it is sent byte by byte.
     *
     * @param array<string, string> $headers
     * @return Answer
     */
    public function written(string $method, string $url, array $headers, ?string $json, float $patience = self::PATIENCE): array
    {
        return $this->gated($method, $url, $headers + ['Content-Type' => 'application/json'], $json, $patience);
    }

    /**
     * Asks for a token: another host, and no part of the API's budget.
     *
     * @param array<string, string> $form
     * @return Answer
     */
    public function post(string $url, array $form, float $patience = self::PATIENCE): array
    {
        return $this->send('POST', $url, [], $form, $patience);
    }

    /**
     * @param array<string, string> $headers
     * @return Answer
     */
    private function gated(string $method, string $url, array $headers, ?string $body, float $patience, ?KnownPage $known = null): array
    {
        return ($this->gate === null ? null : $this->gate->before()) ?? $this->send($method, $url, $headers, $body, $patience, $known);
    }

    /**
     * @param array<string, string>             $headers
     * @param array<string, string>|string|null $body
     * @return Answer
     */
    private function send(string $method, string $url, array $headers, $body, float $patience, ?KnownPage $known = null): array
    {
        $this->calls++;
        $response = wp_remote_request(
            $url,
            [
                'method' => $method,
                'headers' => $headers + ['Accept' => 'application/json'],
                'body' => $body,
                'timeout' => max(1.0, min(self::PATIENCE, $patience)),
                'redirection' => 0,
                'sslverify' => true,
                'limit_response_size' => self::LARGEST,
                'user-agent' => 'Dongbo/' . DONGBO_VERSION . '; ' . home_url('/'),
            ]
        );
        if (is_wp_error($response)) {
            return [
                'status' => 0,
                'problem' => self::problem($response->get_error_message()),
                'received' => Clock::now(),
            ];
        }

        return self::answer($response, $known);
    }

    /**
     * @param array<string, mixed> $response
     * @return Answer
     */
    private static function answer(array $response, ?KnownPage $known): array
    {
        $answer = ['status' => (int) wp_remote_retrieve_response_code($response), 'received' => Clock::now()];
        $text = (string) wp_remote_retrieve_body($response);
        foreach (['date' => 'date', 'retry-after' => 'retry_after'] as $header => $name) {
            $value = self::header($response, $header);
            if ($value !== '') {
                $answer[$name] = $value;
            }
        }
        if (self::cut($response, $text)) {
            $answer['problem'] = 'cut';

            return $answer;
        }
        if ($known !== null && $answer['status'] === 200 && $known->is($text)) {
            return ['known' => true] + $answer;
        }
        $body = Wire::decode($text);
        if ($body === null) {
            $answer['problem'] = 'not-json';
        } else {
            $answer['body'] = $body;
        }

        return $answer;
    }

    /**
     * Shorter than announced, or longer than we read. Without cURL, WordPress does not notice itself.
     *
     * @param array<string, mixed> $response
     */
    private static function cut(array $response, string $text): bool
    {
        if (strlen($text) >= self::LARGEST) {
            return true;
        }
        $length = self::header($response, 'content-length');

        return $length !== '' && self::header($response, 'content-encoding') === '' && strlen($text) < (int) $length;
    }

    /** @param array<string, mixed> $response */
    private static function header(array $response, string $name): string
    {
        $value = wp_remote_retrieve_header($response, $name);

        return (string) (is_array($value) ? end($value) : $value);
    }

    private static function problem(string $message): string
    {
        if (preg_match('/cURL error (\d+)/', $message, $found) === 1) {
            foreach (self::CURL as $problem => $numbers) {
                if (in_array((int) $found[1], $numbers, true)) {
                    return $problem;
                }
            }

            return 'network';
        }
        if (preg_match('/timed? ?out/i', $message) === 1) {
            return 'timeout';
        }
        if (preg_match('/ssl|tls|certificate/i', $message) === 1) {
            return 'tls';
        }

        return 'network';
    }
}

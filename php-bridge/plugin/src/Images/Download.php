<?php

declare(strict_types=1);

namespace Dongbo\Images;

/**
 * One image fetched into a temporary file: each redirect is looked at like the first address, the
 * size is bounded, TLS is verified. What went wrong is named by form; what follows is the rules'.
 *
 * @phpstan-type Got array{file?: string, type?: string, unchanged?: true, refusal?: string, etag: string, last_modified: string}
 */
final class Download
{
    private const HOPS = 4;
    /** A slow server's image takes so long at most. */
    public const SECONDS = 15;

    /** Statuses that say the image is no more. */
    private const GONE = [404, 410];

    /**
     * @param array{etag: string, last_modified: string}|null $validators Ask only whether it changed since.
     * @param int                                             $largest    Bytes.
     * @param int                                             $seconds    How long it may take; all redirects together.
     *
     * @return Got
     */
    public static function get(string $url, ?array $validators, int $largest, int $seconds = self::SECONDS): array
    {
        require_once ABSPATH . 'wp-admin/includes/file.php';
        $file = wp_tempnam('dongbo-image');
        if (!is_string($file) || $file === '') {
            return self::refused('not-kept');
        }
        $got = self::follow($url, self::headers($validators), $largest, $file, microtime(true) + $seconds);
        if (!isset($got['file'])) {
            wp_delete_file($file);
        }

        return $got;
    }

    /**
     * @param array<string, string> $headers
     *
     * @return Got
     */
    private static function follow(string $url, array $headers, int $largest, string $file, float $until): array
    {
        for ($hop = 0; $hop < self::HOPS; $hop++) {
            $url = Address::spelled($url);
            $address = Address::of($url);
            if ($address === null) {
                return self::refused('private');
            }
            if ($address->lost) {
                return self::refused('unreachable');
            }
            $response = self::request($url, $address, $headers, $largest, $file, max(1, (int) ceil($until - microtime(true))));
            if (is_wp_error($response)) {
                return self::refused('unreachable');
            }
            $status = (int) wp_remote_retrieve_response_code($response);
            $next = (string) wp_remote_retrieve_header($response, 'location');
            if ($status >= 300 && $status < 400 && $status !== 304 && $next !== '') {
                $url = \WP_Http::make_absolute_url($next, $url);
                continue;
            }

            return self::answer($response, $status, $largest, $file);
        }

        return self::refused('unreachable');
    }

    /**
     * @param array<string, string> $headers
     *
     * @return array<string, mixed>|\WP_Error
     */
    private static function request(string $url, Address $address, array $headers, int $largest, string $file, int $seconds)
    {
        $pin = static function ($handle) use ($address): void {
            if ($address->ip !== '' && defined('CURLOPT_RESOLVE')) {
                // phpcs:ignore WordPress.WP.AlternativeFunctions -- WordPress hands its own cURL handle to this action.
                curl_setopt($handle, CURLOPT_RESOLVE, ["{$address->host}:{$address->port}:{$address->ip}"]);
            }
        };
        add_action('http_api_curl', $pin);
        try {
            return wp_remote_get($url, [
                'timeout' => $seconds,
                'redirection' => 0,
                'sslverify' => true,
                'stream' => true,
                'filename' => $file,
                'limit_response_size' => $largest + 1,
                'headers' => $headers,
                'user-agent' => 'Dongbo/' . DONGBO_VERSION . '; ' . home_url('/'),
            ]);
        } finally {
            remove_action('http_api_curl', $pin);
        }
    }

    /**
     * @param array<string, mixed> $response
     *
     * @return Got
     */
    private static function answer(array $response, int $status, int $largest, string $file): array
    {
        $validators = [
            'etag' => self::header($response, 'etag', 255),
            'last_modified' => self::header($response, 'last-modified', 60),
        ];
        if ($status === 304) {
            return ['unchanged' => true] + $validators;
        }
        if ($status !== 200) {
            return self::refused(in_array($status, self::GONE, true) ? 'gone' : 'unreachable');
        }
        clearstatcache(true, $file);
        $size = (int) filesize($file);
        if ($size > $largest) {
            return self::refused('too-large');
        }
        $length = (string) wp_remote_retrieve_header($response, 'content-length');
        if ($size === 0 || $length !== '' && $size < (int) $length) {
            return self::refused('unreachable');
        }
        $type = wp_get_image_mime($file);
        if ($type === false || !in_array($type, get_allowed_mime_types(), true)) {
            return self::refused('not-an-image');
        }

        return ['file' => $file, 'type' => $type] + $validators;
    }

    /**
     * @param array{etag: string, last_modified: string}|null $validators
     *
     * @return array<string, string>
     */
    private static function headers(?array $validators): array
    {
        return array_filter([
            'Accept' => 'image/*',
            'If-None-Match' => (string) ($validators['etag'] ?? ''),
            'If-Modified-Since' => (string) ($validators['last_modified'] ?? ''),
        ], 'strlen');
    }

    /** @param array<string, mixed> $response A header too long to be kept is no use: half of it matches nothing. */
    private static function header(array $response, string $name, int $longest): string
    {
        $value = wp_remote_retrieve_header($response, $name);
        $value = (string) (is_array($value) ? end($value) : $value);

        return strlen($value) > $longest ? '' : $value;
    }

    /** @return Got */
    private static function refused(string $refusal): array
    {
        return ['refusal' => $refusal, 'etag' => '', 'last_modified' => ''];
    }
}

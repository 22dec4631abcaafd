<?php

declare(strict_types=1);

namespace Dongbo\Images;

/**
 * Whether an address may be fetched: http(s) on a usual port, on a host all of whose addresses are
 * public (product.md B11). The address found is the one that is then called ({@see Download}), so a
 * name that answers otherwise a moment later changes nothing.
 */
final class Address
{
    /** Networks that PHP's own filter lets through: shared address space, protocol assignments, tests, benchmarks, multicast. */
    private const CLOSED = [['100.64.0.0', 10], ['192.0.0.0', 24], ['192.0.2.0', 24], ['198.18.0.0', 15], ['198.51.100.0', 24], ['203.0.113.0', 24], ['224.0.0.0', 4]];

    public string $host;
    public int $port;

    /** The numeric address to call; empty where the site's own filter vouches for the host. */
    public string $ip = '';

    /** Nobody says now where the host is: nothing may be called, a moment later it may be known. */
    public bool $lost = false;

    private function __construct(string $host, int $port)
    {
        $this->host = $host;
        $this->port = $port;
    }

    /**
     * An address as people and programs leave it (`//host/Ảnh 1.jpg`), in the form that can be called.
     */
    public static function spelled(string $url): string
    {
        $url = trim($url);
        if (substr($url, 0, 2) === '//') {
            $url = 'https:' . $url;
        }
        if (!preg_match('~^(https?://)([^/?#:@\s]+)(.*)$~is', $url, $parts)) {
            return $url;
        }
        try {
            $host = preg_match('/[^\x21-\x7e]/', $parts[2]) ? \WpOrg\Requests\IdnaEncoder::encode($parts[2]) : $parts[2];
        } catch (\WpOrg\Requests\Exception $odd) {
            return $url;
        }

        return $parts[1] . $host . preg_replace_callback('/[^\x21-\x7e]|["<>\\\\^`{|}]|%(?![0-9a-f]{2})/i', static function (array $byte): string {
            return rawurlencode($byte[0]);
        }, $parts[3]);
    }

    /** @return self|null Null when it may not be fetched. */
    public static function of(string $url): ?self
    {
        $parts = wp_parse_url($url);
        $scheme = strtolower((string) ($parts['scheme'] ?? ''));
        $host = rtrim((string) ($parts['host'] ?? ''), '.');
        if (!is_array($parts) || !in_array($scheme, ['http', 'https'], true) || $host === '' || isset($parts['user']) || isset($parts['pass'])) {
            return null;
        }
        $address = new self($host, (int) ($parts['port'] ?? ($scheme === 'https' ? 443 : 80)));
        if (!in_array($address->port, (array) apply_filters('http_allowed_safe_ports', [80, 443, 8080], $host, $url), true)) {
            return null;
        }
        // WordPress's own filter for hosts of an inner network that a site means to call.
        if (apply_filters('http_request_host_is_external', false, $host, $url)) {
            return $address;
        }
        $ips = filter_var($host, FILTER_VALIDATE_IP) ? [$host] : (gethostbynamel($host) ?: []);
        if (array_filter($ips, [self::class, 'closed']) !== [] || $host[0] === '[') {
            return null;
        }
        $address->lost = $ips === [];
        $address->ip = (string) reset($ips);

        return $address;
    }

    /** A private, reserved or unusual address; every IPv6 literal counts as one. */
    private static function closed(string $ip): bool
    {
        if (filter_var($ip, FILTER_VALIDATE_IP, FILTER_FLAG_IPV4 | FILTER_FLAG_NO_PRIV_RANGE | FILTER_FLAG_NO_RES_RANGE) === false) {
            return true;
        }
        $number = (int) ip2long($ip);
        foreach (self::CLOSED as [$network, $bits]) {
            $mask = -1 << (32 - $bits) & 0xFFFFFFFF;
            if (($number & $mask) === ((int) ip2long($network) & $mask)) {
                return true;
            }
        }

        return false;
    }
}

<?php

declare(strict_types=1);

namespace Dongbo\Connection;

/**
 * Client ID and secret: typed in and stored (the secret encrypted), or constants of `wp-config.php`
 * (`DONGBO_CLIENT_ID`, `DONGBO_CLIENT_SECRET`), which win.
 */
final class Credentials
{
    /** @param array<string, mixed> $connection */
    public static function clientId(array $connection): string
    {
        return self::constant('DONGBO_CLIENT_ID') ?? (string) $connection['client_id'];
    }

    /**
     * @param array<string, mixed> $connection
     * @throws SecretLost
     */
    public static function secret(array $connection): string
    {
        return self::constant('DONGBO_CLIENT_SECRET') ?? Secret::open((string) $connection['secret']);
    }

    /** A constant stands where the form would ask. */
    public static function fixed(string $name): bool
    {
        return self::constant($name) !== null;
    }

    private static function constant(string $name): ?string
    {
        $value = defined($name) ? trim((string) constant($name)) : '';

        return $value === '' ? null : $value;
    }
}

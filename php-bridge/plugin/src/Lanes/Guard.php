<?php

declare(strict_types=1);

namespace Dongbo\Lanes;

use Dongbo\Connection\Credentials;
use Dongbo\Connection\Home;
use Dongbo\Connection\SecretLost;
use Dongbo\Linking\KiotVietSync;
use Dongbo\Tables\Connections;
use Dongbo\Tables\Schema;

/**
 * Whether a connection may be worked with: the one place that every lane, every write over REST
 * and every command asks.
 */
final class Guard
{
    /** What a connection that is of no use says when it does not know better. */
    private const STATES = ['new' => 'not-connected', 'closed' => 'not-connected', 'reconnect' => 'reconnect-needed', 'paused' => 'connection-paused'];

    /**
     * @param array<string, mixed> $connection
     * @return string|null A code of words.json: why nothing may be read or written; null when all is well.
     */
    public static function refusal(array $connection): ?string
    {
        if (Schema::newer()) {
            return 'schema-newer';
        }
        if ($connection['state'] !== 'active') {
            return (string) $connection['state_code'] !== ''
                ? (string) $connection['state_code']
                : (self::STATES[$connection['state']] ?? 'not-connected');
        }
        $why = Home::refusal((string) $connection['home_mark']);

        if ($why !== null) {
            // Another key makes another mark: it is the key that is told then, not a copied site.
            return self::readable($connection) ? $why : 'secret-lost';
        }

        return KiotVietSync::active() === null ? null : 'kiotviet-sync-active';
    }

    /** An administrator says: this is the site now (A7). */
    public static function confirmSite(int $connection): void
    {
        Connections::update($connection, ['home_mark' => Home::confirmed()]);
    }

    /** @param array<string, mixed> $connection */
    private static function readable(array $connection): bool
    {
        try {
            Credentials::secret($connection);

            return true;
        } catch (SecretLost $lost) {
            return false;
        }
    }
}

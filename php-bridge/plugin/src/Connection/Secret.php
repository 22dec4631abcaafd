<?php

declare(strict_types=1);

namespace Dongbo\Connection;

/**
 * Encrypts what must not be readable in a database dump: the POS secret and the token.
 *
 * libsodium's secretbox, through WordPress's own copy of sodium_compat where PHP has no extension.
 * The key comes from the constant `DONGBO_KEY`, else from the site's salts; both live in
 * `wp-config.php`, not in the database. Changing them loses the key, and that is said (A2).
 */
final class Secret
{
    private const FORM = 'v1:';

    public static function seal(string $plain): string
    {
        self::load();
        $nonce = random_bytes(SODIUM_CRYPTO_SECRETBOX_NONCEBYTES);

        return self::FORM . base64_encode($nonce . sodium_crypto_secretbox($plain, $nonce, self::key()));
    }

    /** @throws SecretLost */
    public static function open(string $sealed): string
    {
        self::load();
        $bytes = strncmp($sealed, self::FORM, 3) === 0 ? base64_decode(substr($sealed, 3), true) : false;
        if ($bytes === false || strlen($bytes) < SODIUM_CRYPTO_SECRETBOX_NONCEBYTES + SODIUM_CRYPTO_SECRETBOX_MACBYTES) {
            throw new SecretLost('the stored secret is not in the form Dongbo writes');
        }
        $nonce = substr($bytes, 0, SODIUM_CRYPTO_SECRETBOX_NONCEBYTES);
        $plain = sodium_crypto_secretbox_open(substr($bytes, SODIUM_CRYPTO_SECRETBOX_NONCEBYTES), $nonce, self::key());
        if ($plain === false) {
            throw new SecretLost('the stored secret was encrypted with another key');
        }

        return $plain;
    }

    /** A keyed hash: the same text gives the same mark on this site only, and tells nothing of the text. */
    public static function mark(string $purpose, string $text): string
    {
        return hash_hmac('sha256', $text, self::material() . $purpose);
    }

    private static function key(): string
    {
        return hash_hmac('sha256', 'dongbo secret', self::material(), true);
    }

    private static function material(): string
    {
        return defined('DONGBO_KEY') && (string) constant('DONGBO_KEY') !== '' ? (string) constant('DONGBO_KEY') : wp_salt('auth');
    }

    private static function load(): void
    {
        if (!function_exists('sodium_crypto_secretbox')) {
            require_once ABSPATH . WPINC . '/sodium_compat/autoload.php';
        }
    }
}

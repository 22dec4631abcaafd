<?php

declare(strict_types=1);

namespace Dongbo\Report;

use Dongbo\Connection\Credentials;
use Dongbo\Connection\SecretLost;
use Dongbo\Tables\Connections;
use Dongbo\Tables\Schema;

/**
 * What leaves the site for others to read (logs, support bundle) holds neither secrets nor persons
 * (product.md I4). What is written is chosen with care; this is the second door behind that one.
 */
final class Scrubbed
{
    private const PATTERNS = [
        '~[A-Z0-9._%+-]+@[A-Z0-9-]+(?:\.[A-Z0-9-]+)+~i' => '[e-mail]',
        // Vietnamese numbers with their spaces and dots, and any other with its country's code.
        '~(?<![\w.])(?:\+\d{1,3}|84|0)(?:[ .-]?\d){8,10}(?![\w])~' => '[phone]',
        '#(Bearer|client_secret|access_token|secret|token)(["\':= ]+)[A-Za-z0-9._~+/=-]{8,}#i' => '$1$2[secret]',
    ];

    /**
     * @param mixed $value A text, a number, or a tree of them.
     * @return mixed
     */
    public static function tree($value)
    {
        if (is_array($value)) {
            return array_map([self::class, 'tree'], $value);
        }
        if (is_object($value)) {
            return (object) self::tree((array) $value);
        }

        return is_string($value) ? self::text($value) : $value;
    }

    public static function text(string $text): string
    {
        $known = self::secrets();
        $text = $known === [] ? $text : str_replace($known, '[secret]', $text);

        return (string) preg_replace(array_keys(self::PATTERNS), array_values(self::PATTERNS), $text);
    }

    /** @return string[] What must not be read anywhere, as it is now. */
    private static function secrets(): array
    {
        $connection = Schema::ready() ? Connections::current() : null;
        if ($connection === null) {
            return [];
        }
        $secrets = [Credentials::clientId($connection), (string) $connection['token'], (string) $connection['secret']];
        try {
            $secrets[] = Credentials::secret($connection);
        } catch (SecretLost $lost) {
            // What cannot be read cannot be told either.
            return self::long($secrets);
        }

        return self::long($secrets);
    }

    /** @param string[] $secrets @return string[] */
    private static function long(array $secrets): array
    {
        return array_values(array_filter($secrets, static function (string $secret): bool {
            return strlen($secret) >= 6;
        }));
    }
}

<?php

declare(strict_types=1);

namespace Dongbo\Connection;

/**
 * Which site this is (product.md A7): a copy of the database on another address, or on a site that
 * is not in production, must not act in the shop's name.
 *
 * Kept is only a keyed hash of the plain option value without scheme and www, so that a
 * search-replace over a copied database cannot rewrite it. Plugins of several languages change the
 * address from page to page; the option they leave alone.
 */
final class Home
{
    /** The types WordPress knows; a mark of one of the others counts in production. */
    private const TYPES = ['production', 'staging', 'development', 'local'];

    /** The mark of this address in production: what connecting keeps. */
    public static function mark(): string
    {
        return self::of('production');
    }

    /** The mark of this site as it is, whatever its type: what an administrator's word keeps. */
    public static function confirmed(): string
    {
        return self::of(wp_get_environment_type());
    }

    /** @return string|null A code: why the mark is not of this site. */
    public static function refusal(string $mark): ?string
    {
        $type = wp_get_environment_type();
        foreach ($type === 'production' ? self::TYPES : [$type] as $known) {
            if (hash_equals(self::of($known), $mark)) {
                return null;
            }
        }

        return hash_equals(self::mark(), $mark) ? 'site-not-production' : 'site-copied';
    }

    private static function of(string $type): string
    {
        $home = (string) preg_replace('~^https?://(www\.)?~i', '', self::address());
        $home = rtrim(strtolower($home), '/');

        return Secret::mark('home' . ($type === 'production' ? '' : "\n" . $type), $home);
    }

    private static function address(): string
    {
        if (defined('WP_HOME')) {
            return (string) constant('WP_HOME');
        }

        return (string) (wp_load_alloptions()['home'] ?? get_option('home'));
    }
}

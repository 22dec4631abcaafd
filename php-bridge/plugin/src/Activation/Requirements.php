<?php

declare(strict_types=1);

namespace Dongbo\Activation;

/**
 * What Dongbo needs (product.md A11). When something is missing the plugin stays active, does
 * nothing and says what.
 */
final class Requirements
{
    private const PHP = '7.4';
    private const WORDPRESS = '6.5';
    private const WOOCOMMERCE = '9.4';

    /** @return string[] What is missing, in words; empty when all is there. */
    public static function unmet(): array
    {
        global $wp_version;
        $missing = [];
        if (version_compare(PHP_VERSION, self::PHP, '<')) {
            /* translators: 1: the version needed, 2: the version there is. */
            $missing[] = self::words(__('PHP %1$s or newer; this site runs %2$s. Your host can change it.', 'dongbo'), self::PHP, PHP_VERSION);
        }
        if (PHP_INT_SIZE < 8) {
            $missing[] = __('a 64-bit PHP; this site runs a 32-bit one. Your host can change it.', 'dongbo');
        }
        if (version_compare((string) $wp_version, self::WORDPRESS, '<')) {
            /* translators: 1: the version needed, 2: the version there is. */
            $missing[] = self::words(
                __('WordPress %1$s or newer; this site runs %2$s. Update it under Dashboard → Updates.', 'dongbo'),
                self::WORDPRESS,
                (string) $wp_version
            );
        }
        $woocommerce = defined('WC_VERSION') ? (string) constant('WC_VERSION') : '';
        if ($woocommerce === '') {
            /* translators: 1: the version needed, 2: the version there is. */
            $missing[] = self::words(__('WooCommerce %1$s or newer; it is not active. Activate it under Plugins.', 'dongbo'), self::WOOCOMMERCE);
        } elseif (version_compare($woocommerce, self::WOOCOMMERCE, '<')) {
            /* translators: 1: the version needed, 2: the version there is. */
            $missing[] = self::words(
                __('WooCommerce %1$s or newer; this site runs %2$s. Update it under Plugins.', 'dongbo'),
                self::WOOCOMMERCE,
                $woocommerce
            );
        }

        return $missing;
    }

    private static function words(string $text, string ...$values): string
    {
        return vsprintf($text, $values);
    }
}

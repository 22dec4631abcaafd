<?php

declare(strict_types=1);

namespace Dongbo\Admin;

/**
 * The plugin's own translations, loaded where Dongbo says something: wp-admin, REST, WP-Cron (mails)
 * and WP-CLI. Never on a shopper's page (product.md I6).
 */
final class Languages
{
    public static function load(): void
    {
        load_plugin_textdomain('dongbo', false, dirname(plugin_basename(DONGBO_FILE)) . '/languages');
    }
}

<?php

declare(strict_types=1);

namespace Dongbo\Activation;

use Dongbo\Admin\Screen;
use Dongbo\Control\Retention;
use Dongbo\Lanes\Wake;
use Dongbo\Shop\Fields;
use Dongbo\Tables\Schema;

/** Activation, updates and removal. */
final class Lifecycle
{
    public static function activate(): void
    {
        if (Requirements::unmet() === []) {
            Schema::migrate();
            Wake::heal();
            Retention::schedule();
        }
    }

    public static function deactivate(): void
    {
        Wake::stop();
        wp_unschedule_hook(Retention::HOOK);
    }

    /**
     * In admin, after every update too: tables first, then what should be scheduled. admin-post.php
     * is open to everybody, so only for those who may see the result.
     */
    public static function maintain(): void
    {
        if (!current_user_can('manage_woocommerce') && !current_user_can('activate_plugins')) {
            return;
        }
        if (Requirements::unmet() !== []) {
            return;
        }
        if (!Schema::ready() && !Schema::newer()) {
            Schema::migrate();
        }
        if (Schema::ready()) {
            Wake::heal();
            Retention::schedule();
        }
    }

    /**
     * Removes scheduled work of this site, and tables, options and what shop pages were given, unless the
     * owner keeps the data (A8). What stands on orders stays: it is their history.
     */
    public static function uninstall(): void
    {
        Wake::stop();
        wp_unschedule_hook(Retention::HOOK);
        if (self::keepsData()) {
            return;
        }
        Schema::drop();
        delete_option(Screen::WIZARD);
        delete_post_meta_by_key(Fields::BRANCH_STOCK);
        delete_post_meta_by_key(Fields::ROLE_PRICES);
    }

    /** The setting of the connection of use, or of the last one. */
    private static function keepsData(): bool
    {
        global $wpdb;
        if (Schema::installed() === 0) {
            return false;
        }
        $settings = $wpdb->get_var($wpdb->prepare("SELECT settings FROM %i ORDER BY state = 'closed', id DESC LIMIT 1", Schema::table('connection')));

        return !empty(((array) json_decode((string) $settings, true))['shell']['keep_data']);
    }
}

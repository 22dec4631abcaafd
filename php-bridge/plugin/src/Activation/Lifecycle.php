<?php

declare(strict_types=1);

namespace Dongbo\Activation;

use Dongbo\Admin\Screen;
use Dongbo\Control\Retention;
use Dongbo\Lanes\Wake;
use Dongbo\Linking\KiotVietSync;
use Dongbo\Tables\Schema;
use Dongbo\Texts;

/** Activation, updates and removal. */
final class Lifecycle
{
    /** Shell settings that are no rule's business. */
    public const OPTIONS = 'dongbo_options';

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

    /** Removes tables, options and scheduled work of this site, unless the owner keeps the data (A8). */
    public static function uninstall(): void
    {
        Wake::stop();
        wp_unschedule_hook(Retention::HOOK);
        $options = (array) get_option(self::OPTIONS, []);
        if (!empty($options['keep_data'])) {
            return;
        }
        Schema::drop();
        delete_option(self::OPTIONS);
        delete_option(Screen::WIZARD);
    }
}

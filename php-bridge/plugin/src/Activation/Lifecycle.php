<?php

declare(strict_types=1);

namespace Dongbo\Activation;

use Dongbo\Admin\Screen;
use Dongbo\Control\Retention;
use Dongbo\Lanes\Wake;
use Dongbo\Tables\Schema;

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

    /** Says what is missing or wrong, on Dongbo's page and on the lists of plugins and updates. */
    public static function notices(): void
    {
        if (!current_user_can('manage_woocommerce') && !current_user_can('activate_plugins')) {
            return;
        }
        $missing = Requirements::unmet();
        if ($missing !== []) {
            self::notice(__('Dongbo does nothing yet. It needs:', 'dongbo'), $missing);

            return;
        }
        if (Schema::newer()) {
            self::notice(
                __('Dongbo does nothing: its tables were written by a newer version of the plugin. Install that version again.', 'dongbo'),
                []
            );
        } elseif (!Schema::ready()) {
            global $wpdb;
            self::notice(__('Dongbo could not prepare its tables. The database said:', 'dongbo'), [(string) $wpdb->last_error]);
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

    /** @param string[] $lines */
    private static function notice(string $title, array $lines): void
    {
        echo '<div class="notice notice-error"><p>' . esc_html($title) . '</p>';
        if ($lines !== []) {
            echo '<ul style="list-style:disc;padding-left:2em"><li>' . implode('</li><li>', array_map('esc_html', $lines)) . '</li></ul>';
        }
        echo '</div>';
    }
}

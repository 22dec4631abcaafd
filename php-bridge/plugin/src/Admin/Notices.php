<?php

declare(strict_types=1);

namespace Dongbo\Admin;

use Dongbo\Activation\Requirements;
use Dongbo\Lanes\Guard;
use Dongbo\Tables\Connections;
use Dongbo\Tables\Schema;
use Dongbo\Texts;

/**
 * What keeps everything from working, said where an administrator looks first: the dashboard, the
 * lists of plugins and updates, and Dongbo's own page. Nowhere else, and it can be closed.
 */
final class Notices
{
    private const SCREENS = ['dashboard', 'plugins', 'update-core'];

    /** Dongbo's page says these itself. */
    private const QUIET = ['not-connected'];

    public static function show(): void
    {
        $screen = get_current_screen();
        $id = $screen === null ? '' : (string) $screen->id;
        $own = substr($id, -strlen('_page_' . Screen::SLUG)) === '_page_' . Screen::SLUG;
        if ((!$own && !in_array($id, self::SCREENS, true)) || (!current_user_can('manage_woocommerce') && !current_user_can('activate_plugins'))) {
            return;
        }
        $missing = Requirements::unmet();
        if ($missing !== []) {
            self::notice(__('Dongbo does nothing yet. It needs:', 'dongbo'), $missing);
        } elseif (Schema::newer()) {
            self::notice(__('Dongbo does nothing: its tables were written by a newer version of the plugin. Install that version again.', 'dongbo'));
        } elseif (!Schema::ready()) {
            global $wpdb;
            self::notice(__('Dongbo could not prepare its tables. The database said:', 'dongbo'), [(string) $wpdb->last_error]);
        } elseif (!$own) {
            self::connection();
        }
    }

    /** Everything stands still until somebody acts. */
    private static function connection(): void
    {
        $connection = Connections::current();
        $why = $connection === null ? null : Guard::refusal($connection);
        if ($why !== null && !in_array($why, self::QUIET, true)) {
            self::notice('Dongbo: ' . Texts::both($why), [], Screen::url());
        }
    }

    /** @param string[] $lines */
    private static function notice(string $title, array $lines = [], string $link = ''): void
    {
        echo '<div class="notice notice-error is-dismissible"><p>' . esc_html($title);
        if ($link !== '') {
            echo ' <a href="' . esc_url($link) . '">' . esc_html__('Open Dongbo', 'dongbo') . '</a>';
        }
        echo '</p>';
        if ($lines !== []) {
            echo '<ul style="list-style:disc;padding-left:2em"><li>' . implode('</li><li>', array_map('esc_html', $lines)) . '</li></ul>';
        }
        echo '</div>';
    }
}

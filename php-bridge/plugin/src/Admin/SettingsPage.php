<?php

declare(strict_types=1);

namespace Dongbo\Admin;

use Dongbo\Activation\Lifecycle;
use Dongbo\Activation\Requirements;
use Dongbo\Connection\Choices;
use Dongbo\Connection\Connect;
use Dongbo\Lanes\Wake;
use Dongbo\Tables\Connections;
use Dongbo\Tables\Schema;
use Dongbo\Texts;

/** WooCommerce → Dongbo: the page's place in the menu and what its buttons do. {@see SettingsView} draws it. */
final class SettingsPage
{
    public const SLUG = 'dongbo';
    private const CAPABILITY = 'manage_woocommerce';
    private const ACTIONS = ['connect', 'settings', 'sync'];

    public static function hooks(): void
    {
        add_action('admin_menu', [self::class, 'menu'], 60);
        foreach (self::ACTIONS as $action) {
            add_action('admin_post_dongbo_' . $action, [self::class, $action]);
        }
    }

    public static function menu(): void
    {
        add_submenu_page('woocommerce', 'Dongbo', 'Dongbo', self::CAPABILITY, self::SLUG, [self::class, 'page']);
    }

    public static function page(): void
    {
        if (!current_user_can(self::CAPABILITY)) {
            return;
        }
        echo '<div class="wrap"><h1>Dongbo</h1>';
        self::notice();
        // What is missing is said by the notice above every page.
        if (Requirements::unmet() === [] && Schema::ready()) {
            SettingsView::draw(Connections::current());
        }
        echo '</div>';
    }

    /** The connect form: stores, tries out, says what is wrong (A2). */
    public static function connect(): void
    {
        self::guard('connect');
        $why = Connect::to(self::text('shop'), self::text('client_id'), self::text('secret'), get_current_user_id());
        if ($why !== null) {
            self::back(false, Texts::both($why['code'], $why['params']));
        }
        $choices = new Choices((array) Connections::current());
        $choices->onlyBranch();
        $choices->save();
        Wake::heal();
        self::back(true, $choices->branches() === []
            ? __('Connected. Now choose the branches whose stock counts.', 'dongbo')
            : __('Connected.', 'dongbo'));
    }

    /** The choices. */
    public static function settings(): void
    {
        self::guard('settings');
        $connection = Connections::current();
        if ($connection === null) {
            self::back(false, Texts::both('not-connected'));
        }
        $choices = new Choices((array) $connection);
        $choices->setBranchIds(self::texts('branches'));
        foreach (['order_branch', 'regular_book', 'sale_book', 'match_key'] as $name) {
            $why = $choices->set($name, self::text($name));
            if ($why !== null) {
                self::back(false, $why);
            }
        }
        $choices->save();
        update_option(Lifecycle::OPTIONS, ['keep_data' => self::text('keep_data') === '1'], false);
        self::back(true, __('Saved. The next sync follows it.', 'dongbo'));
    }

    /** Starts a full run in the background. */
    public static function sync(): void
    {
        self::guard('sync');
        $connection = Connections::current();
        if ($connection === null || $connection['state'] !== 'active') {
            self::back(false, Texts::both('not-connected'));
        }
        Wake::start((int) $connection['id'], 'full');
        self::back(true, __('Started in the background. This page may be closed.', 'dongbo'));
    }

    private static function guard(string $action): void
    {
        if (!current_user_can(self::CAPABILITY)) {
            wp_die(esc_html__('You may not change this. Ask a shop manager.', 'dongbo'), '', ['response' => 403]);
        }
        check_admin_referer('dongbo_' . $action);
        if (Requirements::unmet() !== [] || !Schema::ready()) {
            self::back(false, __('Dongbo cannot work here yet; see the notice above.', 'dongbo'));
        }
    }

    /** @return never */
    private static function back(bool $good, string $message): void
    {
        set_transient(self::noticeName(), ['good' => $good, 'message' => $message], 120);
        wp_safe_redirect(self::url());
        exit;
    }

    public static function url(): string
    {
        return admin_url('admin.php?page=' . self::SLUG);
    }

    private static function notice(): void
    {
        $notice = get_transient(self::noticeName());
        if (!is_array($notice)) {
            return;
        }
        delete_transient(self::noticeName());
        printf(
            '<div class="notice notice-%s" role="%s"><p>%s</p></div>',
            $notice['good'] ? 'success' : 'error',
            $notice['good'] ? 'status' : 'alert',
            esc_html((string) $notice['message'])
        );
    }

    private static function noticeName(): string
    {
        return 'dongbo_notice_' . get_current_user_id();
    }

    private static function text(string $name): string
    {
        // The nonce was checked by guard(); secrets may hold any character, so nothing is stripped.
        $value = isset($_POST[$name]) ? wp_unslash($_POST[$name]) : ''; // phpcs:ignore WordPress.Security

        return is_string($value) ? trim($value) : '';
    }

    /** @return string[] */
    private static function texts(string $name): array
    {
        $values = isset($_POST[$name]) ? wp_unslash($_POST[$name]) : []; // phpcs:ignore WordPress.Security

        return array_values(array_filter((array) $values, 'is_string'));
    }
}

<?php

declare(strict_types=1);

namespace Dongbo\Admin;

use Dongbo\Activation\Requirements;
use Dongbo\Tables\Connections;
use Dongbo\Tables\Schema;
use Dongbo\Texts;

/**
 * WooCommerce → Dongbo (product.md H1): the place in the menu, and the bundle of `js/admin` with
 * what it must know of the site. Everything else the screens ask over REST. Nothing is loaded on
 * any other page.
 */
final class Screen
{
    public const SLUG = 'dongbo';
    private const CAPABILITY = 'manage_woocommerce';
    private const HANDLE = 'dongbo-admin';

    /** The step of the wizard last left, or `done`: with the site, so that it goes on from another device. */
    public const WIZARD = 'dongbo_wizard';
    private const STEPS = ['', 'pos', 'connect', 'branches', 'start', 'goods', 'prices', 'orders', 'preview', 'go', 'done'];

    public static function hooks(): void
    {
        add_action('admin_menu', [self::class, 'menu'], 60);
    }

    public static function menu(): void
    {
        $hook = add_submenu_page('woocommerce', 'Dongbo', 'Dongbo', self::CAPABILITY, self::SLUG, [self::class, 'page']);
        // The hook carries the menu's translated name: it is asked for, not written down.
        add_action('load-' . $hook, [self::class, 'load']);
    }

    /** Through WordPress's own settings route: an administrator's, as the wizard is. */
    public static function register(): void
    {
        register_setting('dongbo', self::WIZARD, [
            'type' => 'string',
            'default' => '',
            'show_in_rest' => ['schema' => ['type' => 'string', 'enum' => self::STEPS]],
        ]);
    }

    public static function load(): void
    {
        if (self::works() && is_file(self::stamp())) {
            add_action('admin_enqueue_scripts', [self::class, 'enqueue']);
        }
    }

    public static function enqueue(): void
    {
        $stamp = require self::stamp();
        wp_enqueue_script(self::HANDLE, self::asset('admin.js'), $stamp['handles'], $stamp['version'], true);
        wp_set_script_translations(self::HANDLE, 'dongbo', dirname(DONGBO_FILE) . '/languages');
        wp_add_inline_script(self::HANDLE, 'window.dongbo = ' . wp_json_encode(self::boot($stamp['version'])) . ';', 'before');
        wp_enqueue_style(self::HANDLE, self::asset('admin.css'), ['wp-components', 'dashicons'], $stamp['version']);
    }

    public static function page(): void
    {
        if (!current_user_can(self::CAPABILITY)) {
            return;
        }
        echo '<div class="wrap dongbo-page">';
        if (self::works()) {
            echo '<div id="dongbo-root">';
            echo '<h1>Dongbo</h1><noscript><div class="notice notice-error inline"><p>';
            esc_html_e('These pages need JavaScript. Switch it on in your browser; syncing goes on without it.', 'dongbo');
            echo '</p></div></noscript></div>';
        } else {
            // What is missing is said by the notice above.
            echo '<h1>Dongbo</h1>';
        }
        if (!is_file(self::stamp())) {
            $why = Texts::both('engine-missing', [['name' => 'file', 'value' => 'assets/' . basename(self::stamp())]]);
            echo '<div class="notice notice-error inline"><p>' . esc_html($why) . '</p></div>';
        }
        echo '</div>';
    }

    /**
     * The way in, where plugins are listed: whoever has just activated it looks there.
     *
     * @param mixed $links
     * @return array<int|string, string>
     */
    public static function links($links): array
    {
        $links = (array) $links;
        if (self::works() && current_user_can(self::CAPABILITY)) {
            $connected = Connections::current() !== null;
            $words = $connected ? __('Open Dongbo', 'dongbo') : __('Connect your shop', 'dongbo');
            $links = ['dongbo' => '<a href="' . esc_url(self::url()) . '">' . esc_html($words) . '</a>'] + $links;
        }

        return $links;
    }

    /** The page's address. */
    public static function url(): string
    {
        return admin_url('admin.php?page=' . self::SLUG);
    }

    private static function works(): bool
    {
        return Requirements::unmet() === [] && Schema::ready();
    }

    /** Written with the bundle: without it there is none. */
    private static function stamp(): string
    {
        return dirname(DONGBO_FILE) . '/assets/stamp.php';
    }

    private static function asset(string $name): string
    {
        return plugins_url('assets/' . $name, DONGBO_FILE);
    }

    /** @return array<string, mixed> The record `Boot` of js/admin/boot.mjs. */
    private static function boot(string $version): array
    {
        $engine = require dirname(DONGBO_FILE) . '/engine/stamp.php';

        return [
            'locale' => str_replace('_', '-', determine_locale()),
            'timezone' => wp_timezone_string(),
            'currency' => [
                'code' => (string) get_option('woocommerce_currency', 'VND'),
                'position' => (string) get_option('woocommerce_currency_pos', 'right_space'),
            ],
            'canConnect' => current_user_can('manage_options'),
            'wizard' => (string) get_option(self::WIZARD, ''),
            'page' => self::url(),
            'admin' => admin_url(),
            'engine' => [
                'worker' => add_query_arg('ver', $version, self::asset('worker.js')),
                'rules' => add_query_arg('ver', $version, self::asset('rules.wasm')),
                'version' => (string) $engine['rules'],
            ],
        ];
    }
}

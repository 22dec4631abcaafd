<?php

declare(strict_types=1);

namespace Dongbo\PluginTests;

use Dongbo\Admin\Screen;

/** The page as a user is given it. */
$drawn = static function (string $role): string {
    $known = get_user_by('login', "dongbo-$role");
    wp_set_current_user($known ? $known->ID : (int) wp_insert_user(['user_login' => "dongbo-$role", 'user_pass' => wp_generate_password(), 'role' => $role]));
    ob_start();
    Screen::page();
    $html = (string) ob_get_clean();
    wp_set_current_user(0);

    return $html;
};

return [
    'who may not manage the shop is shown nothing (H1)' => static function () use ($drawn): void {
        Expect::same('', $drawn('subscriber'));
        Expect::that(strpos($drawn('shop_manager'), 'id="dongbo-root"') !== false, 'a shop manager');
        Expect::that(strpos($drawn('shop_manager'), '<noscript>') !== false, 'what a browser without JavaScript is told');
    },
    'the bundle is loaded on Dongbo’s page alone, with what it must know and no secret (I6, A2)' => static function (): void {
        Screen::enqueue();
        Expect::that(wp_script_is('dongbo-admin', 'enqueued'), 'the bundle');
        $before = implode('', (array) wp_scripts()->get_data('dongbo-admin', 'before'));
        Expect::that(strpos($before, '"version"') !== false && strpos($before, 'secret') === false, $before);
        foreach (wp_scripts()->registered['dongbo-admin']->deps as $handle) {
            Expect::that(wp_script_is($handle, 'registered'), "WordPress has $handle");
        }
        wp_dequeue_script('dongbo-admin');
        wp_dequeue_style('dongbo-admin');
        Expect::same(false, has_action('admin_enqueue_scripts', [Screen::class, 'enqueue']), 'without the page being loaded');
    },
    'the wizard’s step is an administrator’s to set, and only a step (A1)' => static function (): void {
        Screen::register();
        $ask = static function (string $step): int {
            $request = new \WP_REST_Request('POST', '/wp/v2/settings');
            $request->set_body_params([Screen::WIZARD => $step]);

            return rest_do_request($request)->get_status();
        };
        Expect::that(in_array($ask('goods'), [401, 403], true), 'a visitor');
        wp_set_current_user((int) get_users(['role' => 'administrator', 'number' => 1, 'fields' => 'ID'])[0]);
        Expect::same(200, $ask('goods'));
        Expect::same('goods', get_option(Screen::WIZARD));
        Expect::same(400, $ask('anything'));
        delete_option(Screen::WIZARD);
        wp_set_current_user(0);
    },
];

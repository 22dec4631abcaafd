<?php

declare(strict_types=1);

namespace Dongbo\PluginTests;

use Dongbo\Tables\Runs;

/** What a page of WordPress loads and asks of the database, with and without the plugin. */
$look = static function (string $before, string $after = ''): array {
    $code = $after . 'do_action("shutdown"); remove_all_actions("shutdown");'
        . '$f = array_values(array_filter(get_included_files(), function ($f) { return preg_match("~dongbo|php-bridge~", $f); }));'
        . 'echo "\nLOOK"; echo json_encode(["files" => array_map("basename", $f), "queries" => array_values(array_filter(array_column($GLOBALS["wpdb"]->queries ?: [], 0), function ($q) { return strpos($q, "dongbo") !== false; })), "options" => array_values(preg_grep("/dongbo/", array_keys(wp_load_alloptions())))]);';
    $child = Child::wordpress($code, 'define("SAVEQUERIES", true); ' . $before);
    $at = strrpos($child['out'], "\nLOOK");

    return (array) json_decode($at === false ? '' : substr($child['out'], $at + 5), true) + ['said' => substr($child['out'] . $child['err'], -500)];
};

return [
    'a shopper’s page loads three small files, no option and asks the database nothing (I6)' => static function () use ($look): void {
        Runs::start(1, 'catalogue', 'full');
        update_option('dongbo_wizard', 'done', false);
        $page = 'remove_action("template_redirect", "redirect_canonical"); wp(); do_action("template_redirect");';
        // WordPress puts its own jobs into a young shop's schedule, where ours stand too.
        $look('', $page);
        $seen = $look('', $page);
        Expect::same([['dongbo.php', 'Autoloader.php', 'Plugin.php'], [], []], [$seen["files"] ?? null, $seen["queries"] ?? null, $seen["options"] ?? null], $seen["said"]);
        delete_option('dongbo_wizard');
    },
    'a shopper’s REST server, in the cart’s page and in the block checkout, loads no route of it (E1, I6)' => static function () use ($look): void {
        $asked = [
            'remove_action("template_redirect", "redirect_canonical"); wp(); rest_get_server();' => 3,
            '$GLOBALS["wp"]->query_vars["rest_route"] = "/wc/store/v1/checkout"; rest_get_server();' => 3,
            '$GLOBALS["wp"]->query_vars["rest_route"] = "/dongbo/v1/status"; rest_get_server();' => 20,
        ];
        foreach ($asked as $request => $files) {
            $seen = $look('', $request);
            Expect::that(($files === 3) === (count($seen['files'] ?? []) === 3) && count($seen['files'] ?? []) >= $files, $request . json_encode($seen));
        }
    },
    'a shopper’s page never migrates' => static function () use ($look): void {
        delete_option('dongbo_schema');
        $look('', 'remove_action("template_redirect", "redirect_canonical"); wp(); do_action("template_redirect");');
        wp_cache_flush();
        Expect::same(false, get_option('dongbo_schema'));
        $look('define("WP_ADMIN", true); define("DOING_AJAX", true);', 'do_action("admin_init");');
        $look('define("WP_ADMIN", true);', 'require_once ABSPATH . "wp-admin/includes/admin.php"; do_action("admin_init");');
        wp_cache_flush();
        Expect::same(false, get_option('dongbo_schema'), 'neither through the doors of wp-admin that are open to everybody');
        $look('define("WP_ADMIN", true);', 'require_once ABSPATH . "wp-admin/includes/admin.php"; wp_set_current_user(1); do_action("admin_init");');
        wp_cache_flush();
        Expect::same((string) \Dongbo\Tables\Schema::VERSION, (string) get_option('dongbo_schema'), 'an administrator does');
    },
    'without WooCommerce it stays active, does nothing and says what is missing (A11)' => static function (): void {
        $plugins = (array) get_option('active_plugins');
        $only = array_values(preg_grep('/dongbo/', $plugins));
        $run = Runs::start(1, 'catalogue', 'full');
        try {
            update_option('active_plugins', $only);
            $child = Child::wp('sync');
            Expect::same(1, $child['code']);
            Expect::that(strpos($child['err'], 'WooCommerce 9.4') !== false, $child['err']);
            $page = Child::wordpress(
                'require_once ABSPATH . "wp-admin/includes/admin.php"; wp_set_current_user(1); do_action("dongbo_wake", "guard"); do_action("admin_init"); set_current_screen("plugins"); do_action("admin_notices");',
                'define("WP_ADMIN", true);'
            );
            Expect::that(strpos($page['out'], 'WooCommerce 9.4 or newer; it is not active') !== false, $page['out'] . $page['err']);
            Expect::same('', Runs::find($run)['phase']);
        } finally {
            update_option('active_plugins', $plugins);
        }
    },
    'it declares itself compatible with orders in their own tables and the block checkout' => static function (): void {
        Expect::that(has_action('before_woocommerce_init', [\Dongbo\Plugin::class, 'declareCompatibility']) !== false, 'the hook');
        $utility = 'Automattic\\WooCommerce\\Utilities\\FeaturesUtil';
        if (!method_exists($utility, 'get_compatible_plugins_for_feature')) {
            // The stand-in has only what Dongbo itself calls.
            return;
        }
        foreach (['custom_order_tables', 'cart_checkout_blocks'] as $feature) {
            $compatible = $utility::get_compatible_plugins_for_feature($feature);
            Expect::that(in_array('dongbo/dongbo.php', $compatible['compatible'], true), $feature . ': ' . json_encode($compatible));
        }
    },
];

<?php

declare(strict_types=1);

namespace Dongbo;

use Dongbo\Activation\Lifecycle;
use Dongbo\Admin\Languages;
use Dongbo\Admin\Notices;
use Dongbo\Admin\Orders\OrderScreens;
use Dongbo\Admin\Products\ProductScreens;
use Dongbo\Admin\Screen;
use Dongbo\Admin\SiteHealth;
use Dongbo\Cli\Commands;
use Dongbo\Control\Retention;
use Dongbo\Front\BranchStock;
use Dongbo\Front\RolePrices;
use Dongbo\Lanes\Wake;
use Dongbo\Orders\Recorder;
use Dongbo\Push\Recorder as ProductRecorder;
use Dongbo\Privacy\Eraser;
use Dongbo\Privacy\Exporter;
use Dongbo\Privacy\Policy;
use Dongbo\Rest\Api;

/**
 * All wiring, by hand. On a shopper's page this registers a few names and loads nothing else: no
 * query, no option, no engine (product.md I6).
 */
final class Plugin
{
    public static function boot(): void
    {
        register_activation_hook(DONGBO_FILE, [Lifecycle::class, 'activate']);
        register_deactivation_hook(DONGBO_FILE, [Lifecycle::class, 'deactivate']);
        add_action('before_woocommerce_init', [self::class, 'declareCompatibility']);
        add_filter('cron_schedules', [self::class, 'schedules']);
        add_action('dongbo_wake', [Wake::class, 'ring']);
        add_action('rest_api_init', [self::class, 'rest']);
        self::recordOrders();
        self::recordProducts();
        add_action('init', [self::class, 'front']);
        add_action('woocommerce_single_product_summary', [self::class, 'branchStock'], 31);
        add_filter('woocommerce_available_variation', [self::class, 'variationStock'], 20, 3);

        // Shoppers' requests come through admin-ajax.php too.
        if (is_admin() && !wp_doing_ajax()) {
            add_action('admin_init', [Lifecycle::class, 'maintain']);
            add_action('admin_notices', [Notices::class, 'show']);
            add_action('admin_init', [Policy::class, 'suggest']);
            Screen::hooks();
            add_filter('plugin_action_links_' . plugin_basename(DONGBO_FILE), [Screen::class, 'links']);
            OrderScreens::hooks();
            ProductScreens::hooks();
        }
        if (is_admin() || wp_doing_cron()) {
            add_filter('site_status_tests', [SiteHealth::class, 'tests']);
            add_filter('debug_information', [SiteHealth::class, 'information']);
        }
        // WordPress asks these over admin-ajax.php.
        add_filter('wp_privacy_personal_data_exporters', [Exporter::class, 'add']);
        add_filter('wp_privacy_personal_data_erasers', [Eraser::class, 'add'], 5);
        if (is_admin() || wp_doing_cron() || (defined('WP_CLI') && constant('WP_CLI'))) {
            add_action('init', [Languages::class, 'load']);
        }
        if (defined('WP_CLI') && constant('WP_CLI')) {
            Commands::register();
        }
    }

    /** Whatever happens to an order (E1), with tables of its own or as a post; nothing is loaded until something does. */
    private static function recordOrders(): void
    {
        $changed = [Recorder::class, 'changed'];
        add_action('woocommerce_new_order', $changed, 100, 2);
        add_action('woocommerce_update_order', $changed, 100, 2);
        // Taken out of the trash by a status, an order is not told to be updated.
        add_action('woocommerce_order_status_changed', $changed, 100, 1);
        add_action('woocommerce_order_refunded', $changed, 100, 1);
        add_action('woocommerce_trash_order', $changed, 100, 1);
        add_action('woocommerce_untrash_order', $changed, 100, 1);
        add_action('woocommerce_delete_order', $changed, 100, 1);
        foreach (['trashed_post', 'untrashed_post', 'before_delete_post'] as $event) {
            add_action($event, [Recorder::class, 'post'], 100, 1);
        }
    }

    /** Products that people make and edit, for what goes to the POS by itself (B5, G1); nothing is loaded until one is. */
    private static function recordProducts(): void
    {
        foreach (['woocommerce_new_product', 'woocommerce_update_product', 'woocommerce_new_product_variation', 'woocommerce_update_product_variation'] as $event) {
            add_action($event, [ProductRecorder::class, 'changed'], 100, 1);
        }
        foreach (['created_product_cat', 'edited_product_cat', 'delete_product_cat'] as $event) {
            add_action($event, [ProductRecorder::class, 'categories'], 100, 0);
        }
    }

    /** The routes, for everyone but shoppers: the block checkout and the cart's blocks start WordPress's REST server too (E1, I6). */
    public static function rest(): void
    {
        $route = (string) ($GLOBALS['wp']->query_vars['rest_route'] ?? '');
        $page = did_action('wp') > 0 && !is_admin();
        if ($page || strpos($route, '/wc/store/') === 0) {
            return;
        }
        Languages::load();
        Api::register();
        Screen::register();
    }

    /** Prices by role are for those who have signed in (C6); visitors load nothing for them. */
    public static function front(): void
    {
        if (is_user_logged_in()) {
            RolePrices::hooks();
        }
    }

    /** Products that keep their stock by branch show it (A4); for the others nothing is loaded. */
    public static function branchStock(): void
    {
        $product = $GLOBALS['product'] ?? null;
        if ($product instanceof \WC_Product && (string) get_post_meta($product->get_id(), '_dongbo_branch_stock', true) !== '') {
            BranchStock::show($product);
        }
    }

    /**
     * @param mixed $data
     * @param mixed $parent
     * @param mixed $variation
     *
     * @return mixed
     */
    public static function variationStock($data, $parent, $variation)
    {
        $kept = is_array($data) && $variation instanceof \WC_Product && (string) get_post_meta($variation->get_id(), '_dongbo_branch_stock', true) !== '';

        return $kept ? BranchStock::ofVariation($data, $variation) : $data;
    }

    /**
     * Here and not in a class of its own: WordPress asks on shoppers' pages too.
     *
     * @param mixed $schedules
     * @return array<string, array{interval: int, display: string}>
     */
    public static function schedules($schedules): array
    {
        $schedules = (array) $schedules;
        // Plain words: this filter also runs before translations may be loaded.
        $schedules['dongbo_minute'] = ['interval' => 60, 'display' => 'Dongbo: every minute'];

        return $schedules;
    }

    /** Orders in their own tables and the block checkout: nothing here stands in their way. */
    public static function declareCompatibility(): void
    {
        $features = 'Automattic\\WooCommerce\\Utilities\\FeaturesUtil';
        if (class_exists($features)) {
            $features::declare_compatibility('custom_order_tables', DONGBO_FILE, true);
            $features::declare_compatibility('cart_checkout_blocks', DONGBO_FILE, true);
        }
    }
}

<?php
/**
 * Plugin Name: A stand-in for WooCommerce (Dongbo's tests)
 * Description: The part of WooCommerce and Action Scheduler that Dongbo uses, for tests where no real one is at hand. Not a shop.
 * Version: 9.4.2
 * Requires at least: 6.5
 * Requires PHP: 7.4
 * License: GPL-2.0-or-later
 *
 * Written from what a real WooCommerce of this version was seen to do (tests/recorded/9.4.2); `tests/lab/contract`
 * compares the two. The version above is the one it behaves like, and what WC_VERSION says.
 *
 * @package Dongbo\Tests
 */

declare(strict_types=1);

defined('ABSPATH') || exit;

define('WC_VERSION', '9.4.2');
define('WOOCOMMERCE_VERSION', WC_VERSION);
define('WC_PLUGIN_FILE', __FILE__);
define('WC_ABSPATH', __DIR__ . '/');
define('DONGBO_SHOP_STAND_IN', true);

spl_autoload_register(static function (string $class): void {
    if (strpos($class, 'Dongbo\\StandIn\\') === 0) {
        $file = __DIR__ . '/src/' . substr($class, 15) . '.php';
    } else {
        $file = __DIR__ . '/woocommerce-classes/' . str_replace('\\', '-', $class) . '.php';
    }
    if (is_file($file)) {
        require $file;
    }
});

require __DIR__ . '/src/functions.php';
require __DIR__ . '/src/scheduler-functions.php';

register_activation_hook(__FILE__, [Dongbo\StandIn\Install::class, 'run']);
Dongbo\StandIn\Registration::hook();
Dongbo\StandIn\Afterwards::hook();
Dongbo\StandIn\AttributeLookup::hook();
Dongbo\StandIn\Scheduler::hook();

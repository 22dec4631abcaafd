<?php
/**
 * Plugin Name:       Dongbo
 * Description:       Keeps a WooCommerce shop and its point-of-sale system (KiotViet) in step: goods, variants, units, prices, stock, orders, customers.
 * Version:           0.1.0
 * Requires at least: 6.5
 * Requires PHP:      7.4
 * Author:            Dongbo
 * License:           GPL-2.0-or-later
 * License URI:       https://www.gnu.org/licenses/gpl-2.0.html
 * Text Domain:       dongbo
 * Domain Path:       /languages
 * WC requires at least: 9.4
 *
 * @package Dongbo
 */

declare(strict_types=1);

defined('ABSPATH') || exit;

// Loaded twice (two copies of the plugin): the first one wins, nothing breaks.
if (defined('DONGBO_FILE')) {
    return;
}

define('DONGBO_FILE', __FILE__);
define('DONGBO_VERSION', '0.1.0');

require_once __DIR__ . '/src/Autoloader.php';
Dongbo\Autoloader::register(__DIR__ . '/src');

Dongbo\Plugin::boot();

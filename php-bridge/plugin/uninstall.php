<?php
/**
 * Removes what Dongbo stored, on every site of a network.
 *
 * @package Dongbo
 */

declare(strict_types=1);

defined('WP_UNINSTALL_PLUGIN') || exit;

require_once __DIR__ . '/src/Autoloader.php';
Dongbo\Autoloader::register(__DIR__ . '/src');

if (is_multisite()) {
    foreach (get_sites(['fields' => 'ids', 'number' => 0]) as $dongbo_site) {
        switch_to_blog((int) $dongbo_site);
        Dongbo\Activation\Lifecycle::uninstall();
        restore_current_blog();
    }
} else {
    Dongbo\Activation\Lifecycle::uninstall();
}

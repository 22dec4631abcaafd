<?php
/**
 * Holds tests/shop-surface.json against Dongbo's source and the shop that runs, or writes it.
 *
 * Usage: lab exec DIR surface.php [--write]
 *
 * @package Dongbo\Tests
 */

declare(strict_types=1);

use Dongbo\Tests\Contract\Surface;

require_once __DIR__ . '/SurfaceScanner.php';
require_once __DIR__ . '/Surface.php';

$contract_list    = dirname(__DIR__) . '/shop-surface.json';
$contract_surface = new Surface();
$contract_used    = $contract_surface->used(dirname(__DIR__, 2) . '/php-bridge/plugin');
if (in_array('--write', $argv, true)) {
    file_put_contents($contract_list, json_encode($contract_surface->listed($contract_used), JSON_PRETTY_PRINT | JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE) . "\n");
}
$contract_known = json_decode((string) file_get_contents($contract_list), true);
$contract_surface->compareWithSource($contract_used, $contract_known);
$contract_surface->compareWithShop($contract_known);
exit($contract_surface->report() ? 0 : 1);

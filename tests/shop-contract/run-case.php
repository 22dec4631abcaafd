<?php
/**
 * Runs one case inside WordPress and prints its recording as JSON.
 *
 * Usage: lab exec DIR run-case.php CASE.php
 *
 * @package Dongbo\Tests
 */

declare(strict_types=1);

use Dongbo\Tests\Contract\Ids;
use Dongbo\Tests\Contract\Observation;
use Dongbo\Tests\Contract\Rows;

foreach (['Ids', 'Rows', 'Observation'] as $contract_part) {
    require_once __DIR__ . "/$contract_part.php";
}

(static function (string $file): void {
    global $wpdb;
    Ids::prepare();
    $scope = require __DIR__ . '/scope.php';
    $case = require $file;
    $rows = new Rows($scope);
    $untouched = $rows->read();

    wp_set_current_user(1);
    $wpdb->query('START TRANSACTION');
    $observation = new Observation($scope);
    $case($observation);
    $observation->atEnd(static function (): void {
        // What WooCommerce puts off to the end of the request, without ending this one.
        foreach (['WC_Post_Data'] as $class) {
            if (is_callable([$class, 'do_deferred_product_sync'])) {
                $class::do_deferred_product_sync();
            }
        }
    });
    $wpdb->query('ROLLBACK');
    wp_cache_flush();
    if ($rows->difference($untouched, $rows->read())) {
        fwrite(STDERR, "the case cannot be rolled back: something in it committed\n");
        exit(4);
    }
    echo json_encode($observation->recording(), JSON_PRETTY_PRINT | JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES), "\n";
})($argv[1]);

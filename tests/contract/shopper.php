<?php
/** Buys one piece of any product again and again until the file goes: `shopper.php FILE`. */

declare(strict_types=1);

require_once __DIR__ . '/lib/load.php';

$ids = json_decode((string) file_get_contents($argv[1]), true);
$bought = array_fill_keys($ids, 0);
while (is_file($argv[1])) {
    $id = $ids[array_rand($ids)];
    $failed = \Dongbo\Sync\ErrorWatch::during(static function () use ($id): void {
        wc_update_product_stock($id, 1, 'decrease');
    });
    if ($failed) {
        fwrite(STDERR, "a statement of the shopper failed\n");
    }
    $bought[$id]++;
    wp_cache_flush();
    clearstatcache();
    usleep(3000);
}
echo json_encode($bought), "\n";

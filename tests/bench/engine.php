<?php
// Measures the engine in PHP: `php engine.php <folder> <plugin folder>`. Prints one JSON object.

declare(strict_types=1);

use Dongbo\Engine\Engine;

[, $folder, $plugin] = $argv;
require $plugin . '/src/Autoloader.php';
Dongbo\Autoloader::register($plugin . '/src');

const ROUNDS = 5;

/** Milliseconds of processor time this process has used: others on the machine do not count. */
function used(): float
{
    $usage = getrusage();

    return ($usage['ru_utime.tv_sec'] + $usage['ru_stime.tv_sec']) * 1e3
        + ($usage['ru_utime.tv_usec'] + $usage['ru_stime.tv_usec']) / 1e3;
}

$told = ['php' => PHP_VERSION, 'opcache' => (bool) (function_exists('opcache_get_status') && (opcache_get_status(false)['opcache_enabled'] ?? false))];
foreach (Engine::stamp()['groups'] as $group => $files) {
    $kb = 0;
    $before = memory_get_usage();
    $from = used();
    foreach ($files as $name) {
        $file = $plugin . '/engine/' . $name . '.php';
        if (!in_array($file, get_included_files(), true)) {
            $kb += filesize($file) / 1024;
            require $file;
        }
    }
    // What an earlier group loaded counts there.
    $told['parts'][$group] = ['kb' => $kb, 'load_ms' => used() - $from, 'load_mb' => (memory_get_usage() - $before) / 1048576];
}
$from = used();
Engine::call('version', []);
$told['first_call_ms'] = used() - $from;

foreach (['first', 'unchanged', 'prices'] as $state) {
    $pages = json_decode((string) file_get_contents($folder . '/' . $state . '.json'), true, 512, JSON_THROW_ON_ERROR);
    $rows = array_sum(array_map(static function (array $family): int {
        return count($family['goods']);
    }, $pages[0]['families']));
    $digest = hash_init('md5');
    foreach ($pages as $page) {
        $plan = Engine::call('plan_goods', $page);
        hash_update($digest, (string) json_encode($plan, JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_LINE_TERMINATORS));
    }
    $from = used();
    for ($round = 0; $round < ROUNDS; ++$round) {
        foreach ($pages as $page) {
            $plan = Engine::call('plan_goods', $page);
        }
    }
    $time = (used() - $from) / (ROUNDS * count($pages));
    $told[$state] = ['page_ms' => $time, 'rows_s' => $rows / $time * 1000, 'digest' => hash_final($digest)];
    unset($pages, $plan);
}
$told['peak_mb'] = memory_get_peak_usage() / 1048576;
echo json_encode($told), "\n";

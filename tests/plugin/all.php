<?php
/**
 * Tests of the plugin's shell, inside a lab: `tests/lab/lab exec DIR tests/plugin/all.php [PART-OF-NAME]`.
 *
 * A case is one sentence and one function, in a file of `cases/`. Everything a case writes is in
 * Dongbo's own tables and schedules; they are emptied before each.
 */

declare(strict_types=1);

namespace Dongbo\PluginTests;

use Dongbo\Lanes\Wake;
use Dongbo\Tables\Schema;

foreach (['Expect', 'Child', 'Answers', 'Server', 'Gallery', 'Declared', 'Ask', 'Shop', 'OrderShop', 'InStep'] as $dongbo_name) {
    require_once __DIR__ . "/lib/$dongbo_name.php";
}

error_reporting(E_ALL);
set_error_handler(static function (int $level, string $text, string $file, int $line): bool {
    if (!(error_reporting() & $level) || strpos($file, 'php-bridge') === false) {
        return false;
    }
    throw new \ErrorException($text, 0, $level, $file, $line);
});

/** Empty tables, nothing scheduled, no answers prepared. */
function fresh(): void
{
    global $wpdb;
    Schema::migrate();
    foreach (Schema::tables() as $name) {
        $wpdb->query('TRUNCATE ' . Schema::table($name));
    }
    Wake::stop();
    // WP-Cron's own lock: wake-ups that cases cause must not start work behind their backs.
    set_transient('doing_cron', sprintf('%.22F', microtime(true)));
    remove_all_filters('pre_http_request');
    wp_cache_flush();
}

$dongbo_only = $argv[1] ?? '';
$dongbo_failed = 0;
$dongbo_passed = 0;
foreach (glob(__DIR__ . '/cases/*.php') as $dongbo_file) {
    foreach (require $dongbo_file as $dongbo_sentence => $dongbo_case) {
        $dongbo_title = basename($dongbo_file, '.php') . ': ' . $dongbo_sentence;
        if ($dongbo_only !== '' && stripos($dongbo_title, $dongbo_only) === false) {
            continue;
        }
        Expect::$met = 0;
        try {
            fresh();
            $dongbo_case();
            if (Expect::$met === 0) {
                throw new \AssertionError('the case demanded nothing');
            }
            $dongbo_passed++;
            echo "ok   $dongbo_title\n";
        } catch (\Throwable $dongbo_trouble) {
            $dongbo_failed++;
            echo "FAIL $dongbo_title\n    " . get_class($dongbo_trouble) . ': ' . $dongbo_trouble->getMessage() . "\n    "
                . str_replace("\n", "\n    ", $dongbo_trouble->getTraceAsString()) . "\n";
        }
    }
}
fresh();
delete_transient('doing_cron');
printf(
    "plugin shell: %d passed, %d failed (WordPress %s, WooCommerce %s, PHP %s)\n",
    $dongbo_passed,
    $dongbo_failed,
    $GLOBALS['wp_version'],
    defined('WC_VERSION') ? WC_VERSION : 'none',
    PHP_VERSION
);
exit($dongbo_failed > 0 || $dongbo_passed === 0 ? 1 : 0);

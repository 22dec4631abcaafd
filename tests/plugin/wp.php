<?php
/**
 * `wp`, for trying Dongbo's commands where WP-CLI is not installed:
 *
 *     php tests/plugin/wp.php --path=<wordpress> [--user=<id>] dongbo status
 */

declare(strict_types=1);

require_once __DIR__ . '/wp-cli-stand-in.php';

(static function (array $words): void {
    $path = getcwd();
    $user = 0;
    $rest = [];
    foreach ($words as $word) {
        if (strncmp($word, '--path=', 7) === 0) {
            $path = substr($word, 7);
        } elseif (strncmp($word, '--user=', 7) === 0) {
            $user = (int) substr($word, 7);
        } else {
            $rest[] = $word;
        }
    }
    if (!is_file($path . '/wp-load.php')) {
        fwrite(STDERR, "Error: This does not seem to be a WordPress installation.\nPass --path=`path/to/wordpress`.\n");
        exit(1);
    }
    define('WP_CLI', true);
    $GLOBALS['dongbo_wp_words'] = $rest;
    $GLOBALS['dongbo_wp_user'] = $user;
    define('DONGBO_WP_PATH', (string) realpath($path));
})(array_slice($_SERVER['argv'], 1));

// WordPress wants the global scope.
$_SERVER['HTTP_HOST'] = $_SERVER['HTTP_HOST'] ?? 'localhost';
$_SERVER['REQUEST_METHOD'] = 'GET';
require DONGBO_WP_PATH . '/wp-load.php';

if ($dongbo_wp_user > 0) {
    wp_set_current_user($dongbo_wp_user);
}
exit(WP_CLI::run($dongbo_wp_words));

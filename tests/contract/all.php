<?php
/**
 * Runs the contract cases inside a lab: `tests/lab/lab exec DIR tests/contract/all.php [PART-OF-NAME]`.
 *
 * A case is one sentence and one function, in a file of `cases/`.
 */

declare(strict_types=1);

namespace Dongbo\Contract;

require_once __DIR__ . '/lib/load.php';
$problem = \Dongbo\Tables\Schema::migrate();
if ($problem !== '') {
    fwrite(STDERR, "the tables could not be made: $problem\n");
    exit(2);
}
error_reporting(E_ALL);
set_error_handler(static function (int $level, string $text, string $file, int $line): bool {
    if (!(error_reporting() & $level) || strpos($file, 'php-bridge') === false) {
        return false;
    }
    throw new \ErrorException($text, 0, $level, $file, $line);
});
$GLOBALS['wpdb']->suppress_errors(true);

$only = $argv[1] ?? '';
$failed = 0;
$run = 0;
foreach (glob(__DIR__ . '/cases/*.php') as $file) {
    foreach (require $file as $sentence => $case) {
        $name = basename($file, '.php') . ': ' . $sentence;
        if ($only !== '' && stripos($name, $only) === false) {
            continue;
        }
        $run++;
        Check::$met = 0;
        try {
            $case();
            if (Check::$met === 0) {
                throw new Unmet('the case demanded nothing');
            }
            echo "ok   $name\n";
        } catch (\Throwable $trouble) {
            $failed++;
            $where = $trouble instanceof Unmet ? '' : "\n    " . str_replace("\n", "\n    ", $trouble->getTraceAsString());
            echo "FAIL $name\n    " . get_class($trouble) . ': ' . $trouble->getMessage() . $where . "\n";
        }
    }
}
echo sprintf("%d passed, %d failed (WordPress %s, WooCommerce %s, PHP %s)\n", $run - $failed, $failed, $GLOBALS['wp_version'], defined('WC_VERSION') ? WC_VERSION : '?', PHP_VERSION);
exit($run === 0 || $failed > 0 ? 1 : 0);

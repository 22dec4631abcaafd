<?php
// Runs tests/corpus through the rules as the plugin has them. See README.md.

declare(strict_types=1);

use Dongbo\Engine\Engine;
use Dongbo\Engine\RulesError;

$root = dirname(__DIR__, 2);
require $root . '/php-bridge/plugin/src/Autoloader.php';
Dongbo\Autoloader::register($root . '/php-bridge/plugin/src');
// A notice anywhere is a failure.
set_error_handler(static function (int $level, string $message, string $file, int $line): bool {
    throw new ErrorException($message, 0, $level, $file, $line);
});

const FORM = JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_LINE_TERMINATORS | JSON_THROW_ON_ERROR;

$files = [];
foreach (new RecursiveIteratorIterator(new RecursiveDirectoryIterator(__DIR__, FilesystemIterator::SKIP_DOTS)) as $file) {
    if ($file->getExtension() === 'json') {
        $files[] = $file->getPathname();
    }
}
sort($files);

$passed = 0;
$failed = 0;
foreach ($files as $file) {
    // Lists and records are both arrays in PHP, so an empty one is written as a list on both sides.
    $case = json_decode((string) file_get_contents($file), true, 512, JSON_THROW_ON_ERROR);
    try {
        $answer = ['ok' => Engine::call($case['call'], $case['input'])];
    } catch (RulesError $error) {
        $answer = ['error' => ['code' => $error->code()]];
    }
    $expect = $case['expect'];
    if (isset($expect['error'])) {
        $expect = ['error' => ['code' => $expect['error']['code']]];
    }
    $got = json_encode($answer, FORM);
    $wanted = json_encode($expect, FORM);
    if ($got === $wanted) {
        ++$passed;
    } else {
        ++$failed;
        echo 'failed: ', substr($file, strlen($root) + 1), ' (', $case['name'], ")\n  expected ", $wanted, "\n  answered ", $got, "\n";
    }
}
if ($files === []) {
    ++$failed;
    echo "failed: tests/corpus holds no case\n";
}
echo 'corpus PHP ', PHP_VERSION, ': ', $passed, ' passed, ', $failed, " failed\n";
exit($failed === 0 ? 0 : 1);

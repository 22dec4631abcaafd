<?php
// Answers {"call", "input"} of each line of its input with one line, as the plugin's rules answer. For fuzz.mjs.

declare(strict_types=1);

use Dongbo\Engine\Engine;
use Dongbo\Engine\RulesError;

$plugin = dirname(__DIR__, 2) . '/php-bridge/plugin/src';
require $plugin . '/Autoloader.php';
Dongbo\Autoloader::register($plugin);
set_error_handler(static function (int $level, string $message, string $file, int $line): bool {
    throw new ErrorException($message, 0, $level, $file, $line);
});
const FORM = JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_LINE_TERMINATORS | JSON_THROW_ON_ERROR;

while (($line = fgets(STDIN)) !== false) {
    $case = json_decode($line, true, 4096, JSON_THROW_ON_ERROR);
    try {
        $answer = ['ok' => Engine::call($case['call'], $case['input'])];
    } catch (RulesError $error) {
        $answer = ['error' => ['code' => $error->code()]];
        if ($error->code() === 'rules-stopped') {
            $answer['error']['detail'] = $error->getMessage();
        }
    }
    echo json_encode($answer, FORM, 4096), "\n";
}

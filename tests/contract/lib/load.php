<?php
/** The plugin's classes, whether it is active or not, and the tests' own. */

declare(strict_types=1);

foreach (['Unmet', 'Check', 'World', 'Script', 'Faults', 'Process', 'Seen', 'Cached'] as $name) {
    require_once __DIR__ . "/$name.php";
}
if (!class_exists('Dongbo\Autoloader')) {
    require_once dirname(__DIR__, 3) . '/php-bridge/plugin/src/Autoloader.php';
    \Dongbo\Autoloader::register(dirname(__DIR__, 3) . '/php-bridge/plugin/src');
}
// Needs the plugin's own.
require_once __DIR__ . '/SliceWork.php';

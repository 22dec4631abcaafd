<?php
// What the engine keeps to around the rules: odd input, large input, failures. `php tests/corpus/engine.php`

declare(strict_types=1);

use Dongbo\Engine\Engine;
use Dongbo\Engine\Host;
use Dongbo\Engine\Module;
use Dongbo\Engine\RulesError;

$root = dirname(__DIR__, 2);
require $root . '/php-bridge/plugin/src/Autoloader.php';
Dongbo\Autoloader::register($root . '/php-bridge/plugin/src');

$passed = 0;
$failed = 0;

/** @param mixed $got @param mixed $wanted */
function check(string $what, $got, $wanted): void
{
    global $passed, $failed;
    if ($got === $wanted) {
        ++$passed;

        return;
    }
    ++$failed;
    echo 'failed: ', $what, "\n  expected ", var_export($wanted, true), "\n  got ", var_export($got, true), "\n";
}

/** The error of a call: code, where. */
function refused(string $name, array $input): array
{
    try {
        Engine::call($name, $input);
    } catch (RulesError $error) {
        return [$error->code(), $error->where()];
    }

    return [];
}

$tree = static function (int $count, string $name = 'Nhóm'): array {
    $categories = [];
    for ($i = 1; $i <= $count; ++$i) {
        $categories[] = ['id' => (string) $i, 'name' => $name . ' ' . $i];
    }

    return ['settings' => [], 'categories' => $categories];
};

/** The files of the rules that are loaded. */
$loaded = static function (): array {
    $files = array_merge(...array_values(Engine::stamp()['groups']));

    return array_values(array_filter(array_unique($files), static function (string $name): bool {
        return class_exists('Dongbo\\Engine\\' . $name, false);
    }));
};
check('nothing is loaded before the first call', $loaded(), []);
check('the version is the stamped one', Engine::call('version', [])['rules'], Engine::stamp()['rules']);
check('a call loads the files of its group only', $loaded(), Engine::stamp()['groups'][Engine::stamp()['calls']['version']]);

check('a missing field is named', refused('plan_goods', ['settings' => []]), ['input-unreadable', 'plan_goods: now']);
check('a place is named', refused('plan_categories', ['settings' => [], 'categories' => [['id' => '1', 'name' => 'A'], ['id' => 2, 'name' => 'B']]]), ['input-unreadable', 'plan_categories: categories[1].id']);
check('a float is no integer', refused('token_due', ['now' => 1.0, 'obtained' => 0, 'expires_in' => 1]), ['input-unreadable', 'token_due: now']);
check('a list is no record', refused('plan_categories', ['settings' => [], 'categories' => [['1', 'A']]]), ['input-unreadable', 'plan_categories: categories[0]']);
check('a record is no list', refused('plan_categories', ['settings' => [], 'categories' => ['id' => '1']]), ['input-unreadable', 'plan_categories: categories']);
check('an object is nothing', refused('plan_categories', ['settings' => new stdClass(), 'categories' => []]), ['input-unreadable', 'plan_categories: settings']);
check('what is not exported is said', refused('__heap_base', []), ['no-such-call', '__heap_base']);
check('and the engine goes on', Engine::call('plan_categories', $tree(1))['operations'][0]['name'], 'Nhóm 1');

$odd = Engine::call('plan_categories', ['settings' => [], 'categories' => [['id' => '1', 'name' => "A\xFF&amp;<b>\"'\xC3"]]]);
check('bytes that are no UTF-8 become U+FFFD, nothing else changes', $odd['operations'][0]['name'], "A\u{FFFD}&amp;<b>\"'\u{FFFD}");
foreach (['', 'a', 'ab', 'abc', 'abcd', 'ế', "\0", '😀 emoji', str_repeat('x', 70000)] as $text) {
    check('a text of ' . strlen($text) . ' bytes comes back', Engine::call('read_address', ['address' => 'shop', 'other' => $text]), ['shop' => 'shop']);
    $plan = Engine::call('plan_categories', ['settings' => [], 'categories' => [['id' => $text . '1', 'name' => 'A']]]);
    check('and as an id', $plan['operations'][0]['remote_id'], $text . '1');
}

$large = Engine::call('plan_categories', $tree(3000, str_repeat('Tên-dài-', 10)));
check('3,000 rows are planned', count($large['operations']), 3000);
check('the last one is whole', $large['operations'][2999]['name'], str_repeat('Tên-dài-', 10) . ' 3000');
/** What an object keeps under a name; for static properties, its class's name. */
$inside = static function ($object, string $name): ReflectionProperty {
    $property = new ReflectionProperty($object, $name);
    if (PHP_VERSION_ID < 80100) {
        $property->setAccessible(true);
    }

    return $property;
};
/** What planned. */
$module = $inside(Engine::class, 'module')->getValue();
check('what made it large is thrown away', $inside(Module::class, 'module')->getValue($module), null);
unset($large);
Engine::call('version', []);
gc_collect_cycles();
$before = memory_get_usage();
for ($i = 0; $i < 50; ++$i) {
    Engine::call('plan_categories', $tree(200));
}
check('calls leave nothing behind', memory_get_usage() - $before < 3 * 1024 * 1024, true);

$seen = [];
$own = static function (int $level, string $message) use (&$seen): bool {
    $seen[] = $message;

    return true;
};
set_error_handler($own);
Engine::call('version', []);
echo $undefined ?? '';
trigger_error('mine');
check('the error handler is the caller\'s again', $seen, ['mine']);
restore_error_handler();

// A failure inside: the host throws, as it would when PHP refuses something.
$kept = $inside(Module::class, 'module')->getValue($module);
$host = $inside(Module::class, 'host')->getValue($module);
$names = $inside(Host::class, 'names');
$names->setValue($host, array_map(static function (): string {
    return 'no list';
}, $names->getValue($host)));
set_error_handler(static function (int $level, string $message): bool {
    throw new ErrorException($message);
});
check('a failure inside names the call', refused('plan_categories', $tree(1)), ['rules-stopped', 'plan_categories']);
restore_error_handler();
check('the next call has a new instance', Engine::call('plan_categories', $tree(1))['operations'][0]['name'], 'Nhóm 1');
check('really new', $inside(Module::class, 'module')->getValue($module) === $kept, false);

echo 'engine PHP ', PHP_VERSION, ': ', $passed, ' passed, ', $failed, " failed\n";
exit($failed === 0 ? 0 : 1);

<?php

declare(strict_types=1);

namespace Dongbo\Engine;

/**
 * The rules, as the plugin calls them: `Engine::call('plan_goods', $record)`.
 *
 * They are one class whose functions lie in several files (`wasm-pack.toml`); a call's files are
 * loaded when something of its group is first called: without opcache a request pays for every line
 * it loads.
 */
final class Engine
{
    /** @var array<string, bool> Groups of exports that are loaded. */
    private static $groups = [];

    /** @var Module|null What answers. */
    private static $module;

    /** @var array{rules: string, class: string, source: string, groups: array<string, string[]>, calls: array<string, string>}|null */
    private static $stamp;

    /**
     * Asks the rules.
     *
     * @param string               $name  An export, `src/bind/mod.rs`.
     * @param array<string, mixed> $input Its record.
     *
     * @return array<string, mixed> The export's answer.
     *
     * @throws RulesError When the record is not of the export's form, or the rules stopped.
     */
    public static function call(string $name, array $input): array
    {
        $group = self::stamp()['calls'][$name] ?? null;
        if ($group === null) {
            throw new RulesError('no-such-call', [['name' => 'name', 'value' => $name]], $name);
        }
        if (!isset(self::$groups[$group])) {
            self::load($group);
        }
        $answer = self::$module->call($name, $input);
        if (isset($answer['error'])) {
            $error = $answer['error'];
            throw new RulesError($error['code'], $error['params'], rtrim($name . ': ' . $error['where'], ': '));
        }

        return $answer['ok'];
    }

    /**
     * What is built in, without loading the rules.
     *
     * @return array{rules: string, class: string, source: string, groups: array<string, string[]>, calls: array<string, string>}
     *         The rules' version, their class, the files of each group, and the group of each call.
     *
     * @throws RulesError When the generated files are missing.
     */
    public static function stamp(): array
    {
        return self::$stamp ?? self::$stamp = require self::file('stamp.php');
    }

    private static function load(string $group): void
    {
        $stamp = self::stamp();
        $space = substr($stamp['class'], 0, (int) strrpos($stamp['class'], '\\') + 1);
        foreach ($stamp['groups'][$group] as $name) {
            $file = self::file($name . '.php');
            try {
                require_once $file;
            } catch (\RuntimeException $refusal) {
                // This PHP computes wrongly (32 bits, a JIT that cannot be switched off), and the file says so.
                throw new RulesError('rules-stopped', [['name' => 'call', 'value' => $name], ['name' => 'detail', 'value' => $refusal->getMessage()]], 'engine', $refusal);
            }
            // An upload that was cut short leaves parts of two releases, whose records differ.
            if (\constant($space . $name . '::SOURCE') !== $stamp['source']) {
                throw new RulesError('engine-mixed', [['name' => 'file', 'value' => 'engine/' . $name . '.php']], 'engine');
            }
        }
        self::$module = self::$module ?? new Module($stamp['class']);
        self::$groups[$group] = true;
    }

    private static function file(string $name): string
    {
        $path = dirname(__DIR__, 2) . '/engine/' . $name;
        if (!is_readable($path)) {
            throw new RulesError('engine-missing', [['name' => 'file', 'value' => 'engine/' . $name]], 'engine');
        }

        return $path;
    }
}

<?php

declare(strict_types=1);

namespace Dongbo\Engine;

/**
 * The rules, as the plugin calls them: `Engine::call('plan_goods', $record)`.
 *
 * They are built in parts, one class each (`wasm-pack.toml`), and a part is loaded when something
 * of it is first called: without opcache a request pays for every line it loads.
 */
final class Engine
{
    /** @var array<string, Part> Parts that answered already. */
    private static $parts = [];

    /** @var array{rules: string, parts: array<string, array{class: string, file: string, source: string}>, calls: array<string, string>}|null */
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
        $part = self::stamp()['calls'][$name] ?? null;
        if ($part === null) {
            throw new RulesError('no-such-call', [['name' => 'name', 'value' => $name]], $name);
        }
        if (!isset(self::$parts[$part])) {
            self::$parts[$part] = self::load(self::stamp()['parts'][$part]);
        }
        $answer = self::$parts[$part]->call($name, $input);
        if (isset($answer['error'])) {
            $error = $answer['error'];
            throw new RulesError($error['code'], $error['params'], rtrim($name . ': ' . $error['where'], ': '));
        }

        return $answer['ok'];
    }

    /**
     * What is built in, without loading the rules.
     *
     * @return array{rules: string, parts: array<string, array{class: string, file: string, source: string}>, calls: array<string, string>}
     *         The rules' version, the classes of their parts, and the part of each call.
     *
     * @throws RulesError When the generated files are missing.
     */
    public static function stamp(): array
    {
        return self::$stamp ?? self::$stamp = require self::file('stamp.php');
    }

    /** @param array{class: string, file: string, source: string} $part */
    private static function load(array $part): Part
    {
        $file = self::file($part['file']);
        try {
            require_once $file;
        } catch (\RuntimeException $refusal) {
            // This PHP computes wrongly (32 bits, a JIT that cannot be switched off), and the file says so.
            throw new RulesError('rules-stopped', [['name' => 'call', 'value' => $part['file']], ['name' => 'detail', 'value' => $refusal->getMessage()]], 'engine', $refusal);
        }
        // An upload that was cut short leaves parts of two releases, whose records differ.
        if (\constant($part['class'] . '::SOURCE') !== $part['source']) {
            throw new RulesError('engine-mixed', [['name' => 'file', 'value' => 'engine/' . $part['file']]], 'engine');
        }

        return new Part($part['class']);
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

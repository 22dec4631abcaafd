<?php

declare(strict_types=1);

namespace Dongbo\Engine;

/**
 * The rules, as the plugin calls them: `Engine::call('plan_goods', $record)`.
 *
 * The generated class is loaded at the first call, so only where a sync runs. One instance is kept
 * for the request; it starts its memory anew with every call, and is thrown away when a call made
 * it large or failed. Not re-entrant, and need not be: the rules call nothing.
 */
final class Engine
{
    /** Pages of 64 KiB the memory may reach: 16 MiB of rules, 64 MiB of PHP. */
    private const MOST_PAGES = 256;

    /** An instance with more than this is not kept (PHP holds a page in 256 KiB). */
    private const KEPT_PAGES = 24;

    /** @var Module|null */
    private static $module;

    /** @var Host|null */
    private static $host;

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
        $module = self::module();
        $host = self::$host;
        try {
            $host->begin($input);
            $answer = $host->answer($module->call($name));
        } catch (\Throwable $failure) {
            // Whatever it was, the instance's memory is not to be trusted any more.
            self::$module = null;
            self::$host = null;
            throw self::stopped($name, $failure);
        }
        $host->end();
        if ($module->pages() > self::KEPT_PAGES) {
            self::$module = null;
        }
        if (isset($answer['error'])) {
            $error = $answer['error'];
            throw new RulesError($error['code'], $error['params'], rtrim($name . ': ' . $error['where'], ': '));
        }

        return $answer['ok'];
    }

    /**
     * What is built in, without loading the rules.
     *
     * @return array{rules: string, source: string} The rules' version and the hash of their module.
     *
     * @throws RulesError When the generated files are missing.
     */
    public static function stamp(): array
    {
        return require self::file('stamp.php');
    }

    private static function module(): Module
    {
        if (self::$module === null) {
            if (!class_exists(Module::class, false)) {
                self::guard();
                require_once self::file('Rules.php');
            }
            self::$host = self::$host ?? new Host();
            self::$module = new Module(['host' => self::$host], ['maxPages' => self::MOST_PAGES]);
        }

        return self::$module;
    }

    /**
     * Switches off PHP's tracing JIT, which miscompiles generated code (seen in 8.2: wrong results,
     * endless loops). It is off unless a host gave it a buffer; every other setting computes right.
     */
    private static function guard(): void
    {
        $jit = strtolower((string) ini_get('opcache.jit'));
        $buffer = (string) ini_get('opcache.jit_buffer_size');
        $harmless = ['', '0', 'off', 'no', 'false', 'disable', 'function', '1205'];
        if ((int) $buffer !== 0 && !in_array($jit, $harmless, true)) {
            ini_set('opcache.jit', 'off');
        }
    }

    private static function file(string $name): string
    {
        $path = dirname(__DIR__, 2) . '/engine/' . $name;
        if (!is_readable($path)) {
            throw new RulesError('engine-missing', [['name' => 'file', 'value' => 'engine/' . $name]], 'engine');
        }

        return $path;
    }

    private static function stopped(string $name, \Throwable $failure): RulesError
    {
        if ($failure instanceof \BadMethodCallException) {
            return new RulesError('no-such-call', [['name' => 'name', 'value' => $name]], $name, $failure);
        }
        $params = [
            ['name' => 'call', 'value' => $name],
            ['name' => 'detail', 'value' => $failure->getMessage()],
        ];

        return new RulesError('rules-stopped', $params, $name, $failure);
    }
}

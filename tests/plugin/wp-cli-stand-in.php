<?php
/**
 * As much of WP-CLI as Dongbo's commands use. WP-CLI is in no registry this project may use, so
 * commands are run by this: options are checked against the same doc comments the real one reads.
 */

declare(strict_types=1);

namespace {
    /** Thrown in place of exit, so that tests can look at it. */
    final class WP_CLI_Halt extends \RuntimeException
    {
    }

    class WP_CLI_Command
    {
    }

    /** WooCommerce's own commands extend it, and WooCommerce ends the request where it is missing. */
    class Plugin_Command extends WP_CLI_Command
    {
    }

    final class WP_CLI
    {
        /** @var array<string, class-string|callable> */
        private static array $commands = [];

        /** @var resource|null Where output goes; a stream, for tests. */
        public static $out;

        /** @var resource|null */
        public static $err;

        public static function add_command(string $name, $command, array $args = []): bool
        {
            self::$commands[$name] = $command;

            return true;
        }

        /** WooCommerce registers commands of its own when WP-CLI is ready; nobody asks for them here. */
        public static function add_hook(string $when, callable $callback): void
        {
        }

        public static function debug(string $text, $group = false): void
        {
        }

        public static function line(string $text = ''): void
        {
            fwrite(self::$out ?? STDOUT, $text . "\n");
        }

        public static function log(string $text): void
        {
            self::line($text);
        }

        public static function success(string $text): void
        {
            self::line('Success: ' . $text);
        }

        public static function warning(string $text): void
        {
            fwrite(self::$err ?? STDERR, 'Warning: ' . $text . "\n");
        }

        public static function error(string $text, $exit = true): void
        {
            fwrite(self::$err ?? STDERR, 'Error: ' . $text . "\n");
            if ($exit) {
                self::halt(is_int($exit) ? $exit : 1);
            }
        }

        public static function halt(int $code): void
        {
            throw new WP_CLI_Halt('', $code);
        }

        /**
         * Runs `dongbo status --format=json` and gives the exit code.
         *
         * @param string[] $words
         */
        public static function run(array $words): int
        {
            try {
                self::dispatch($words);
            } catch (WP_CLI_Halt $halt) {
                return $halt->getCode();
            }

            return 0;
        }

        /** @param string[] $words */
        private static function dispatch(array $words): void
        {
            $name = (string) array_shift($words);
            if (!is_string(self::$commands[$name] ?? null)) {
                self::error("'$name' is not a registered wp command.");
            }
            $class = new ReflectionClass(self::$commands[$name]);
            $sub = (string) array_shift($words);
            if (is_string(self::$commands["$name $sub"] ?? null)) {
                self::dispatch(array_merge(["$name $sub"], $words));

                return;
            }
            if (is_array(self::$commands["$name $sub"] ?? null)) {
                self::call(new ReflectionMethod(...self::$commands["$name $sub"]), null, $words);

                return;
            }
            $known = array_filter($class->getMethods(ReflectionMethod::IS_PUBLIC), static function ($method) {
                return !$method->isStatic() && strpos($method->getName(), '__') !== 0;
            });
            $names = array_map(static function ($method) {
                return $method->getName();
            }, $known);
            foreach (array_keys(self::$commands) as $command) {
                if (strpos($command, $name . ' ') === 0) {
                    $names[] = substr($command, strlen($name) + 1);
                }
            }
            if ($sub === '' || $sub === 'help' || !in_array($sub, $names, true)) {
                $usage = "usage: wp $name " . implode("\n   or: wp $name ", $names);
                $sub === '' || $sub === 'help' ? self::line($usage) : self::error("'$sub' is not a registered subcommand of '$name'.\n$usage");

                return;
            }
            self::call($class->getMethod($sub), $class->newInstance(), $words);
        }

        /**
         * @param object|null $command
         * @param string[]    $words
         */
        private static function call(ReflectionMethod $method, $command, array $words): void
        {
            [$args, $options] = self::split($words);
            $comment = (string) $method->getDocComment();
            if (isset($options['help'])) {
                self::line((string) preg_replace('~^\s*(/\*\*|\*/|\* ?)~m', '', $comment));

                return;
            }
            self::count($comment, $args);
            $method->invoke($command, $args, self::check($comment, $options));
        }

        /**
         * Positional arguments that are missing or too many, as the real one says it.
         *
         * @param string[] $args
         */
        private static function count(string $comment, array $args): void
        {
            $text = (string) preg_replace('~^\s*\* ?~m', '', $comment);
            preg_match_all('/^(\[)?<([a-z-]+)>\]?$/m', $text, $places, PREG_SET_ORDER);
            foreach ($places as $at => $place) {
                if ($place[1] === '' && !isset($args[$at])) {
                    self::error("Parameter errors:\n missing <{$place[2]}> argument");
                }
            }
            if (count($args) > count($places)) {
                self::error('Too many positional arguments: ' . implode(' ', array_slice($args, count($places))));
            }
        }

        /**
         * @param string[] $words
         * @return array{string[], array<string, string|bool>}
         */
        private static function split(array $words): array
        {
            $args = [];
            $options = [];
            foreach ($words as $word) {
                if (preg_match('/^--(no-)?([a-z][a-z0-9-]*)(?:=(.*))?$/s', $word, $found) === 1) {
                    $options[$found[2]] = $found[3] ?? ($found[1] !== 'no-');
                } else {
                    $args[] = $word;
                }
            }

            return [$args, $options];
        }

        /**
         * Unknown, missing and not allowed, as the real one says it; then defaults.
         *
         * @param array<string, string|bool> $options
         * @return array<string, string|bool>
         */
        private static function check(string $comment, array $options): array
        {
            $text = (string) preg_replace('~^\s*\* ?~m', '', $comment);
            preg_match_all('/^(\[)?--([a-z-]+)(?:=<[^>]+>)?\]?\n((?:.+\n)*)/m', $text, $found, PREG_SET_ORDER);
            $faults = [];
            $known = [];
            foreach ($found as $option) {
                $known[] = $option[2];
                $detail = $option[3] ?? '';
                if (!isset($options[$option[2]]) && preg_match('/^default: (.*)$/m', $detail, $default) === 1) {
                    $options[$option[2]] = $default[1];
                }
                if ($option[1] === '' && !isset($options[$option[2]])) {
                    $faults[] = "missing --{$option[2]} parameter";
                }
                preg_match_all('/^  - (.*)$/m', $detail, $allowed);
                if ($allowed[1] !== [] && !in_array($options[$option[2]] ?? '', $allowed[1], true)) {
                    $faults[] = "Invalid value specified for '{$option[2]}'";
                }
            }
            foreach (array_diff(array_keys($options), $known) as $unknown) {
                $faults[] = "unknown --$unknown parameter";
            }
            if ($faults !== []) {
                self::error("Parameter errors:\n " . implode("\n ", $faults));
            }

            return $options;
        }
    }
}

namespace WP_CLI {
    abstract class CommandWithDBObject extends \WP_CLI_Command
    {
    }
}

namespace WP_CLI\Utils {
    /**
     * @param array<int, array<string, string>> $items
     * @param string[]                          $fields
     */
    function format_items(string $format, array $items, array $fields): void
    {
        if ($format === 'json') {
            \WP_CLI::line((string) json_encode($items, JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES));

            return;
        }
        $widths = [];
        foreach (array_merge([array_combine($fields, $fields)], $items) as $item) {
            foreach ($fields as $field) {
                $widths[$field] = max($widths[$field] ?? 0, mb_strlen((string) ($item[$field] ?? '')));
            }
        }
        foreach (array_merge([array_combine($fields, $fields)], $items) as $item) {
            $cells = [];
            foreach ($fields as $field) {
                $cell = (string) ($item[$field] ?? '');
                $cells[] = $format === 'csv'
                    ? (preg_match('/[",\n]/', $cell) === 1 ? '"' . str_replace('"', '""', $cell) . '"' : $cell)
                    : $cell . str_repeat(' ', $widths[$field] - mb_strlen($cell));
            }
            \WP_CLI::line(rtrim(implode($format === 'csv' ? ',' : '  ', $cells)));
        }
    }
}

<?php

declare(strict_types=1);

namespace Dongbo\Tests\Contract;

/**
 * Finds what PHP source uses of WooCommerce and Action Scheduler: functions, classes, methods,
 * constants, hooks, options, tables.
 *
 * Methods are told by their receiver (`$product` typed, made by `new` or by wc_get_product()); where it
 * cannot be told, a name with an underscore is WooCommerce's, for Dongbo's own are in camelCase.
 */
final class SurfaceScanner
{
    private const FUNCTIONS = '/^(wc_\w+|as_(enqueue|schedule|unschedule|has|next|get|supports)_\w+|get_woocommerce_\w+|woocommerce_\w+|WC)$/D';
    private const CLASSES = '/^(WC_\w+|WooCommerce|ActionScheduler\w*|Automattic\\\\WooCommerce\\\\[\w\\\\]+)$/D';
    private const CONSTANTS = '/^(WC_[A-Z_]+|WOOCOMMERCE_[A-Z_]+)$/D';
    private const HOOKS = '/^(woocommerce_[a-z_]+|before_woocommerce_init|action_scheduler_[a-z_]+)$/D';
    private const HOOKING = ['add_action', 'add_filter', 'has_action', 'has_filter', 'remove_action', 'remove_filter', 'did_action', 'do_action', 'apply_filters', 'doing_action'];
    private const OPTIONS = ['get_option', 'update_option', 'add_option', 'delete_option'];
    private const TABLES = '/\b(wc_product_\w+_lookup|woocommerce_attribute_taxonomies|actionscheduler_\w+|wc_orders\w*)\b/';
    /** Receivers that are WordPress's. */
    private const WORDPRESS = ['$wpdb', '$wp_filter', '$wp_query', '$post'];
    /** What a function gives. */
    private const GIVES = ['wc_get_product' => 'WC_Product', 'wc_get_logger' => 'WC_Logger', 'WC' => 'WooCommerce'];

    /** @var array<string, array<string, true>> */
    private array $found = ['functions' => [], 'classes' => [], 'methods' => [], 'constants' => [], 'hooks' => [], 'options' => [], 'tables' => []];
    /** @var array<string, string> Class by variable, within the function being read. */
    private array $types = [];
    /** @var array<int, array{int|string, string}> */
    private array $tokens = [];
    /** @var array<string, true> Methods whose receiver could not be told. */
    private array $unknown = [];

    /** @return array<string, string[]> */
    public function scan(string $folder): array
    {
        $files = new \RecursiveIteratorIterator(new \RecursiveDirectoryIterator($folder, \FilesystemIterator::SKIP_DOTS));
        foreach ($files as $file) {
            // The engine is generated from Rust and calls nothing.
            if ($file->getExtension() === 'php' && strpos($file->getPathname(), '/engine/') === false) {
                $this->file((string) file_get_contents($file->getPathname()));
            }
        }
        $surface = array_map(static function (array $names): array {
            $names = array_keys($names);
            sort($names, SORT_STRING);

            return $names;
        }, $this->found);
        $surface['unknown'] = array_keys($this->unknown);
        sort($surface['unknown'], SORT_STRING);

        return $surface;
    }

    private function file(string $source): void
    {
        $this->types = [];
        $this->tokens = [];
        foreach (token_get_all($source) as $token) {
            if (is_array($token) && in_array($token[0], [T_WHITESPACE, T_COMMENT, T_DOC_COMMENT], true)) {
                continue;
            }
            $this->tokens[] = is_array($token) ? [$token[0], ltrim($token[1], '\\')] : [$token, $token];
        }
        foreach (array_keys($this->tokens) as $at) {
            $this->token($at);
        }
    }

    private function token(int $at): void
    {
        [$kind, $text] = $this->tokens[$at];
        if ($kind === T_FUNCTION && ($this->tokens[$at + 1][0] ?? '') === T_STRING) {
            $this->types = [];
        } elseif ($kind === T_CONSTANT_ENCAPSED_STRING || $kind === T_ENCAPSED_AND_WHITESPACE) {
            $this->text($at, $kind === T_CONSTANT_ENCAPSED_STRING ? stripslashes(substr($text, 1, -1)) : $text);
        } elseif ($kind === T_OBJECT_OPERATOR) {
            $this->method($at);
        } elseif (preg_match(self::CLASSES, $text) && !preg_match(self::CONSTANTS, $text)) {
            $this->type($at, $text);
        } elseif ($kind === T_STRING || $this->isName($kind)) {
            if (preg_match(self::CONSTANTS, $text)) {
                $this->found['constants'][$text] = true;
            } elseif (preg_match(self::FUNCTIONS, $text) && $this->is($at + 1, '(') && !$this->isMember($at)) {
                $this->found['functions'][$text] = true;
                $this->assigned($at, self::GIVES[$text] ?? '');
            }
        }
    }

    private function type(int $at, string $class): void
    {
        $this->found['classes'][$class] = true;
        if (($this->tokens[$at + 1][0] ?? '') === T_VARIABLE) {
            $this->types[$this->tokens[$at + 1][1]] = $class;
        }
        if ($this->is($at + 1, '::') && ($this->tokens[$at + 2][0] ?? '') === T_STRING && $this->is($at + 3, '(')) {
            $this->found['methods'][$class . '::' . $this->tokens[$at + 2][1]] = true;
        }
        if (($this->tokens[$at - 1][0] ?? '') === T_NEW) {
            $this->assigned($at - 1, $class);
        }
        if (($this->tokens[$at - 1][0] ?? '') === T_INSTANCEOF && $this->tokens[$at - 2][0] === T_VARIABLE) {
            $this->types += [$this->tokens[$at - 2][1] => $class];
        }
    }

    /** `$variable = <this>`: the variable holds an object of the class. */
    private function assigned(int $at, string $class): void
    {
        if ($class !== '' && $this->is($at - 1, '=') && ($this->tokens[$at - 2][0] ?? '') === T_VARIABLE) {
            $this->types[$this->tokens[$at - 2][1]] = $class;
        }
    }

    private function method(int $at): void
    {
        [$kind, $name] = $this->tokens[$at + 1] ?? ['', ''];
        if ($kind !== T_STRING || !$this->is($at + 2, '(')) {
            return;
        }
        [$before, $receiver] = $this->tokens[$at - 1];
        if ($before === T_VARIABLE && isset($this->types[$receiver])) {
            $this->found['methods'][$this->types[$receiver] . '::' . $name] = true;
        } elseif ($before === ')' && isset(self::GIVES[$this->calledBefore($at - 1)])) {
            $this->found['methods'][self::GIVES[$this->calledBefore($at - 1)] . '::' . $name] = true;
        } elseif (strpos($name, '_') > 0 && !in_array($receiver, self::WORDPRESS, true)) {
            $this->unknown[$name] = true;
        }
    }

    /** The function whose call ends with the bracket at this place. */
    private function calledBefore(int $at): string
    {
        for ($depth = 0; $at > 0; $at--) {
            $depth += $this->is($at, ')') ? 1 : ($this->is($at, '(') ? -1 : 0);
            if ($depth === 0) {
                return $this->tokens[$at - 1][1];
            }
        }

        return '';
    }

    private function text(int $at, string $text): void
    {
        $function = $this->is($at - 1, '(') ? ($this->tokens[$at - 2][1] ?? '') : '';
        if (preg_match_all(self::TABLES, $text, $tables)) {
            foreach ($tables[1] as $table) {
                $this->found['tables'][$table] = true;
            }
        }
        if (in_array($function, self::HOOKING, true)) {
            if (preg_match(self::HOOKS, $text)) {
                $this->found['hooks'][$text . ($this->is($at + 1, '.') ? '*' : '')] = true;
            }
        } elseif (in_array($function, self::OPTIONS, true)) {
            if (strpos($text, 'woocommerce_') === 0 || $text === 'default_product_cat') {
                $this->found['options'][$text] = true;
            }
        } elseif ($this->is($at - 1, ',') && $this->is($at + 1, ']') && isset($this->types[$this->tokens[$at - 2][1] ?? ''])) {
            // A callable: [$product, 'save'].
            $this->found['methods'][$this->types[$this->tokens[$at - 2][1]] . '::' . $text] = true;
        } elseif (preg_match(self::CONSTANTS, $text)) {
            $this->found['constants'][$text] = true;
        } elseif (preg_match(self::CLASSES, $text)) {
            $this->found['classes'][$text] = true;
            $this->classInVariable($at, $text);
        } elseif (in_array($function, ['function_exists', 'is_callable', 'array_map'], true) && preg_match(self::FUNCTIONS, $text)) {
            $this->found['functions'][$text] = true;
        }
    }

    /** `$class = 'Automattic\…'; … $class::method(…)`. */
    private function classInVariable(int $at, string $class): void
    {
        if (!$this->is($at - 1, '=') || ($this->tokens[$at - 2][0] ?? '') !== T_VARIABLE) {
            return;
        }
        foreach (array_keys($this->tokens) as $place) {
            if ($this->tokens[$place][1] === $this->tokens[$at - 2][1] && $this->is($place + 1, '::') && $this->is($place + 3, '(')) {
                $this->found['methods'][$class . '::' . $this->tokens[$place + 2][1]] = true;
            }
        }
    }

    private function is(int $at, string $text): bool
    {
        return ($this->tokens[$at][1] ?? '') === $text;
    }

    private function isMember(int $at): bool
    {
        return in_array($this->tokens[$at - 1][1] ?? '', ['->', '::', 'function', 'new'], true);
    }

    private function isName($kind): bool
    {
        return defined('T_NAME_FULLY_QUALIFIED') && in_array($kind, [T_NAME_FULLY_QUALIFIED, T_NAME_QUALIFIED], true);
    }
}

<?php

declare(strict_types=1);

namespace Dongbo\Tests\Contract;

/** What Dongbo uses of WooCommerce (tests/shop-surface.json), held against its source and against the shop that runs. */
final class Surface
{
    private const WORDPRESS = ['WP_Error', 'WP_Term', 'WP_Post', 'WP_REST_Request', 'WP_REST_Response', 'WP_REST_Server', 'WP_Screen', 'WP_User', 'WP_Role', 'WP_Roles', 'WP_Query', 'wpdb'];

    /**
     * What the stand-in does not have yet: orders. It says so; every real WooCommerce is held against them.
     */
    private const ABSENT = '/^(WC_Order\w*(::.*)?|WC_(Countries|Customer|Shipping_Zones)(::.*)?|wc_create_new_customer_username|WC_DateTime::getTimestamp|wc_get_orders?|wc_get_order_statuses|woocommerce_(new|update|trash|untrash|delete)_order|woocommerce_orders?_\w+\*?|wc_orders)$/D';

    /** @var string[] */
    private array $problems = [];
    private int $held = 0;
    private int $absent = 0;

    /**
     * The surface of the source, methods of receivers the scanner could not tell given to every class that has them.
     *
     * @return array<string, string[]>
     */
    public function used(string $plugin): array
    {
        $used = (new SurfaceScanner())->scan($plugin);
        foreach ($used['unknown'] as $method) {
            $owners = array_filter($used['classes'], static fn (string $class): bool => class_exists($class) && method_exists($class, $method));
            foreach ($owners as $class) {
                if (!array_intersect(class_parents($class), $owners)) {
                    $used['methods'][] = "$class::$method";
                }
            }
            if (!$owners && self::hasNoOrders()) {
                // Without the class nobody can tell whose method it is.
                $this->absent++;
                continue;
            }
            if (!$owners && !array_filter(self::WORDPRESS, static fn (string $class): bool => class_exists($class) && method_exists($class, $method))) {
                $this->problems[] = "->$method() is neither a method of a class of this shop that Dongbo names nor of WordPress";
            }
        }
        unset($used['unknown']);
        $used['methods'] = array_values(array_unique($used['methods']));
        sort($used['methods'], SORT_STRING);

        return $used;
    }

    /**
     * The list, with the signatures of the shop that runs.
     *
     * @param array<string, string[]> $used
     *
     * @return array<string, mixed>
     */
    public function listed(array $used): array
    {
        $list = $used;
        foreach (['functions', 'methods'] as $kind) {
            $list[$kind] = [];
            foreach ($used[$kind] as $name) {
                $reflection = self::reflect($kind, $name);
                $list[$kind][$name] = $reflection ? self::signature($reflection) : '';
            }
        }

        return $list;
    }

    /**
     * @param array<string, string[]> $used
     * @param array<string, mixed>    $list
     */
    public function compareWithSource(array $used, array $list): void
    {
        foreach ($used as $kind => $names) {
            $listed = in_array($kind, ['functions', 'methods'], true) ? array_keys($list[$kind] ?? []) : ($list[$kind] ?? []);
            [$names, $listed] = [$this->here($names), $this->here($listed)];
            foreach (array_diff($names, $listed) as $name) {
                $this->problems[] = "$name ($kind) is used but not in tests/shop-surface.json";
            }
            foreach (array_diff($listed, $names) as $name) {
                $this->problems[] = "$name ($kind) is in tests/shop-surface.json but used no more";
            }
            $this->held += count(array_intersect($names, $listed));
        }
    }

    /** @param array<string, mixed> $list */
    public function compareWithShop(array $list): void
    {
        foreach (['functions', 'methods'] as $kind) {
            foreach ($this->here(array_keys($list[$kind])) as $name) {
                $this->callable($kind, $name, $list[$kind][$name]);
            }
        }
        foreach ($this->here($list['classes']) as $class) {
            $this->hold(class_exists($class) || interface_exists($class), "the class $class is missing");
            if (class_exists($class)) {
                $this->supported(new \ReflectionClass($class), $class);
            }
        }
        foreach ($list['constants'] as $constant) {
            $this->hold(defined($constant), "the constant $constant is missing");
        }
        foreach ($list['options'] as $option) {
            $this->hold(get_option($option) !== false, "the option $option is not set");
        }
        global $wpdb;
        foreach ($this->here($list['tables']) as $table) {
            $this->hold($wpdb->get_var($wpdb->prepare('SHOW TABLES LIKE %s', $wpdb->esc_like($wpdb->prefix . $table))) !== null, "the table $table is missing");
        }
        $this->hooks($this->here($list['hooks']));
    }

    private static function hasNoOrders(): bool
    {
        return defined('DONGBO_SHOP_STAND_IN') && !class_exists('WC_Order');
    }

    /**
     * The names this shop can be held against.
     *
     * @param string[] $names
     *
     * @return string[]
     */
    private function here(array $names): array
    {
        if (!self::hasNoOrders()) {
            return $names;
        }
        $here = array_filter($names, static fn (string $name): bool => !preg_match(self::ABSENT, $name));
        $this->absent += count($names) - count($here);

        return $here;
    }

    /** Prints what is wrong and how many held. */
    public function report(): bool
    {
        foreach (array_unique($this->problems) as $problem) {
            echo "FAILED surface: $problem\n";
        }
        if ($this->absent > 0) {
            echo 'skipped: what Dongbo uses of orders is held against real WooCommerces only: the stand-in has no orders', "\n";
        }
        echo 'surface: ', $this->held, ' passed, ', count(array_unique($this->problems)), " failed\n";

        return !$this->problems;
    }

    private function callable(string $kind, string $name, string $signature): void
    {
        $reflection = self::reflect($kind, $name);
        if ($reflection === null) {
            $this->problems[] = "$name ($kind) is missing";

            return;
        }
        $here = self::signature($reflection);
        // One more parameter that may be left out harms nobody.
        $longer = rtrim($signature, ')');
        $fits = $here === $signature || ($signature !== '()' && preg_match('/^' . preg_quote($longer, '/') . '(, [^,]*=[^,]*)+\)$/', $here));
        $this->hold((bool) $fits, "$name is $here here, $signature in tests/shop-surface.json");
        $this->supported($reflection, $name);
        if ($reflection instanceof \ReflectionMethod) {
            $this->hold($reflection->isPublic(), "$name is not public");
        }
    }

    /** @param \ReflectionFunctionAbstract|\ReflectionClass $reflection */
    private function supported($reflection, string $name): void
    {
        $comment = (string) $reflection->getDocComment();
        $this->hold(!preg_match('/^\s*\*\s*@(deprecated|internal)\b/m', $comment), "$name is deprecated or internal");
        $this->hold(strpos($name, '\\Internal\\') === false, "$name is in WooCommerce's internal part");
    }

    /** @param string[] $hooks */
    private function hooks(array $hooks): void
    {
        $source = '';
        $files = new \RecursiveIteratorIterator(new \RecursiveDirectoryIterator(WP_PLUGIN_DIR . '/woocommerce', \FilesystemIterator::SKIP_DOTS | \FilesystemIterator::FOLLOW_SYMLINKS));
        foreach ($files as $file) {
            if ($file->getExtension() === 'php' && preg_match_all('/(?:do_action|apply_filters)(?:_ref_array|_deprecated)?\(\s*(["\'][^,)]*)/', (string) file_get_contents($file->getPathname()), $fired)) {
                $source .= implode("\n", $fired[1]) . "\n";
            }
        }
        foreach ($hooks as $hook) {
            $known = substr($hook, -1) === '*'
                ? preg_match('/^["\']' . preg_quote(rtrim($hook, '*'), '/') . '/m', $source)
                : preg_match('/^["\']' . preg_quote($hook, '/') . '["\']/m', $source);
            $this->hold((bool) $known, "the hook $hook is fired nowhere");
        }
    }

    private function hold(bool $true, string $problem): void
    {
        if ($true) {
            $this->held++;
        } else {
            $this->problems[] = $problem;
        }
    }

    private static function reflect(string $kind, string $name): ?\ReflectionFunctionAbstract
    {
        if ($kind === 'functions') {
            return function_exists($name) ? new \ReflectionFunction($name) : null;
        }
        [$class, $method] = explode('::', $name);

        return class_exists($class) && method_exists($class, $method) ? new \ReflectionMethod($class, $method) : null;
    }

    private static function signature(\ReflectionFunctionAbstract $function): string
    {
        $parts = [];
        foreach ($function->getParameters() as $parameter) {
            $part = ($parameter->hasType() ? $parameter->getType() . ' ' : '') . ($parameter->isVariadic() ? '...' : '') . '$' . $parameter->getName();
            if ($parameter->isDefaultValueAvailable()) {
                $part .= ' = ' . str_replace(["array (\n)", 'NULL'], ['[]', 'null'], var_export($parameter->getDefaultValue(), true));
            }
            $parts[] = $part;
        }

        return '(' . implode(', ', $parts) . ')';
    }
}

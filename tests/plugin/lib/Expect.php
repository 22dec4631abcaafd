<?php

declare(strict_types=1);

namespace Dongbo\PluginTests;

/** What a test demands. */
final class Expect
{
    public static int $met = 0;

    /**
     * @param mixed $wanted
     * @param mixed $got
     */
    public static function same($wanted, $got, string $what = ''): void
    {
        if ($wanted !== $got) {
            throw new \AssertionError(trim($what . ': wanted ' . self::show($wanted) . ', got ' . self::show($got), ': '));
        }
        self::$met++;
    }

    public static function that(bool $truth, string $what): void
    {
        if (!$truth) {
            throw new \AssertionError($what);
        }
        self::$met++;
    }

    public static function throws(string $class, callable $work, string $what = ''): \Throwable
    {
        try {
            $work();
        } catch (\Throwable $thrown) {
            if ($thrown instanceof $class) {
                self::$met++;

                return $thrown;
            }
            throw new \AssertionError("$what: wanted $class, got " . get_class($thrown) . ': ' . $thrown->getMessage(), 0, $thrown);
        }
        throw new \AssertionError("$what: wanted $class, nothing was thrown");
    }

    /** @param mixed $value */
    private static function show($value): string
    {
        $text = json_encode($value, JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES | JSON_PARTIAL_OUTPUT_ON_ERROR);

        return $text === false ? var_export($value, true) : $text;
    }
}

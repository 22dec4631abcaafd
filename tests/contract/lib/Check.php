<?php

declare(strict_types=1);

namespace Dongbo\Contract;

/** What a case demands; the first demand that is not met ends the case. */
final class Check
{
    /** How many demands were met: a case without any proves nothing. */
    public static int $met = 0;

    /** @param mixed $expected @param mixed $got */
    public static function same($expected, $got, string $what): void
    {
        if ($expected !== $got) {
            throw new Unmet("$what\n    expected " . self::show($expected) . "\n    got      " . self::show($got));
        }
        self::$met++;
    }

    public static function that(bool $holds, string $what): void
    {
        self::same(true, $holds, $what);
    }

    /** @param string[] $texts */
    public static function has(string $part, array $texts, string $what): void
    {
        foreach ($texts as $text) {
            if (strpos($text, $part) !== false) {
                self::$met++;

                return;
            }
        }
        throw new Unmet("$what: nothing has “{$part}” in it: " . self::show($texts));
    }

    /** @param mixed $value */
    private static function show($value): string
    {
        return (string) json_encode($value, JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES | JSON_PARTIAL_OUTPUT_ON_ERROR);
    }
}

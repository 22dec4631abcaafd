<?php

declare(strict_types=1);

namespace Dongbo;

use Dongbo\Words\Texts as Words;

/** A code and its parameters as a sentence and a remedy, in the site's language. Plain text: escape on output. */
final class Texts
{
    /** @param array<int, array{name: string, value: string}> $params */
    public static function sentence(string $code, array $params = []): string
    {
        $text = class_exists(Words::class) ? Words::sentence($code) : null;

        return $text === null ? self::bare($code, $params) : self::fill($text, $params);
    }

    /** @param array<int, array{name: string, value: string}> $params */
    public static function remedy(string $code, array $params = []): string
    {
        $text = class_exists(Words::class) ? Words::remedy($code) : null;

        return $text === null ? '' : self::fill($text, $params);
    }

    /** @param array<int, array{name: string, value: string}> $params */
    public static function both(string $code, array $params = []): string
    {
        return trim(self::sentence($code, $params) . ' ' . self::remedy($code, $params));
    }

    /** @param array<int, array{name: string, value: string}> $params */
    private static function fill(string $text, array $params): string
    {
        $places = [];
        foreach ($params as $param) {
            $value = (string) $param['value'];
            $places['{' . $param['name'] . '}'] = $param['name'] === 'list' ? ListNames::of($value) : $value;
        }

        return strtr($text, $places);
    }

    /**
     * A code nobody wrote a sentence for is still shown with all it says.
     *
     * @param array<int, array{name: string, value: string}> $params
     */
    private static function bare(string $code, array $params): string
    {
        $parts = [];
        foreach ($params as $param) {
            $parts[] = $param['name'] . ': ' . $param['value'];
        }

        return $parts === [] ? $code : $code . ' (' . implode(', ', $parts) . ')';
    }
}

<?php

declare(strict_types=1);

namespace Dongbo\Pos;

/**
 * A POS answer's JSON text in the form the rules read, whatever the casing and number types sent.
 *
 * Only the form changes: keys to lower case (the first non-null of colliding keys wins), integers
 * beyond ±(2^53−1) and decimals to text in shortest plain decimal form, lone surrogates and
 * broken UTF-8 to U+FFFD. What a value means is the rules' business.
 */
final class Wire
{
    private const SAFE = 9007199254740991;

    /** Deeper than any answer of a POS; guards the recursion. */
    private const DEPTH = 64;

    /** @var array<string, string> Lower-case spellings met so far. */
    private static array $keys = [];

    /** @return array<int|string, mixed>|null Null when the text is not a JSON object or list. */
    public static function decode(string $text): ?array
    {
        if (strncmp($text, "\xEF\xBB\xBF", 3) === 0) {
            $text = substr($text, 3);
        }
        $decoded = json_decode(
            self::surrogates($text),
            true,
            self::DEPTH,
            JSON_BIGINT_AS_STRING | JSON_INVALID_UTF8_SUBSTITUTE
        );

        return is_array($decoded) ? self::form($decoded) : null;
    }

    /**
     * @param array<int|string, mixed> $in
     * @return array<int|string, mixed>
     */
    private static function form(array $in): array
    {
        $out = [];
        foreach ($in as $key => $value) {
            if (is_array($value)) {
                $value = $value === [] ? $value : self::form($value);
            } elseif (is_int($value)) {
                if ($value > self::SAFE || $value < -self::SAFE) {
                    $value = (string) $value;
                }
            } elseif (is_float($value)) {
                $value = self::decimal($value);
            }
            if (is_string($key)) {
                $key = self::$keys[$key] ?? self::lower($key);
                if (isset($out[$key])) {
                    continue;
                }
            }
            $out[$key] = $value;
        }

        return $out;
    }

    private static function lower(string $key): string
    {
        // Keys come from outside: the list must not grow without end.
        if (count(self::$keys) > 2000) {
            self::$keys = [];
        }

        return self::$keys[$key] = strtolower($key);
    }

    /** @return int|string Whole numbers stay numbers, as they do where JSON knows one number type only. */
    private static function decimal(float $value)
    {
        if ($value >= -self::SAFE && $value <= self::SAFE && floor($value) === $value) {
            return (int) $value;
        }
        // The shortest text that reads back as the same number, independent of locale and ini settings.
        $text = var_export($value, true);
        $at = stripos($text, 'e');
        if ($at === false) {
            return substr($text, -2) === '.0' ? substr($text, 0, -2) : $text;
        }

        return self::plain(substr($text, 0, $at), (int) substr($text, $at + 1));
    }

    /** `1.5`, −7 → `0.00000015`. */
    private static function plain(string $mantissa, int $exponent): string
    {
        $sign = '';
        if ($mantissa[0] === '-') {
            $sign = '-';
            $mantissa = substr($mantissa, 1);
        }
        $parts = explode('.', $mantissa);
        $digits = $parts[0] . rtrim($parts[1] ?? '', '0');
        $point = strlen($parts[0]) + $exponent;
        if ($point <= 0) {
            return $sign . '0.' . str_repeat('0', -$point) . $digits;
        }
        if ($point >= strlen($digits)) {
            return $sign . str_pad($digits, $point, '0');
        }

        return $sign . substr($digits, 0, $point) . '.' . substr($digits, $point);
    }

    /** Replaces escaped halves of a pair that stand alone; json_decode would refuse the whole text. */
    private static function surrogates(string $text): string
    {
        if (stripos($text, '\\ud') === false) {
            return $text;
        }

        return (string) preg_replace_callback(
            '/\\\\(?:u(d[89ab][0-9a-f]{2})(\\\\ud[c-f][0-9a-f]{2})?|u(d[c-f][0-9a-f]{2})|.)/is',
            static function (array $found): string {
                $lone = ($found[1] ?? '') !== '' ? ($found[2] ?? '') === '' : ($found[3] ?? '') !== '';

                return $lone ? '\\ufffd' : $found[0];
            },
            $text
        );
    }
}

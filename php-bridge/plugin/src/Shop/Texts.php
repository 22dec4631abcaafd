<?php

declare(strict_types=1);

namespace Dongbo\Shop;

/**
 * Amounts and names between the forms of WordPress and those of the rules.
 *
 * The rules see plain text and integers; WordPress stores names with `&`, `<` as entities and
 * amounts as decimal text.
 */
final class Texts
{
    private function __construct()
    {
    }

    /** Plain text of a stored title, term name or attribute label. */
    public static function plain(string $stored): string
    {
        return strpos($stored, '&') === false
            ? $stored
            : html_entity_decode($stored, ENT_QUOTES | ENT_HTML5, 'UTF-8');
    }

    /**
     * Thousandths of a stored decimal number; null when it is none.
     *
     * By digits, never through a float: `0.29` must be 290. Digits behind the third are cut.
     */
    public static function thousandths(string $decimal): ?int
    {
        if (!preg_match('/^\s*([+-]?)(\d{1,12})(?:\.(\d*))?\s*$/D', $decimal, $parts)) {
            return null;
        }
        $fraction = substr(str_pad($parts[3] ?? '', 3, '0'), 0, 3);
        $value = (int) $parts[2] * 1000 + (int) $fraction;

        return $parts[1] === '-' ? -$value : $value;
    }

    /** Shortest decimal text of thousandths: 12500 → `12.5`. */
    public static function decimal(int $thousandths): string
    {
        $sign = $thousandths < 0 ? '-' : '';
        $whole = intdiv(abs($thousandths), 1000);
        $fraction = rtrim(str_pad((string) (abs($thousandths) % 1000), 3, '0', STR_PAD_LEFT), '0');

        return $sign . $whole . ($fraction === '' ? '' : '.' . $fraction);
    }

    /** For comparing names and SKUs loosely before the rules decide. */
    public static function loose(string $text): string
    {
        $text = trim($text);
        if (class_exists('Normalizer')) {
            $text = (string) \Normalizer::normalize($text, \Normalizer::FORM_C);
        }

        return function_exists('mb_strtolower') ? mb_strtolower($text, 'UTF-8') : strtolower($text);
    }
}

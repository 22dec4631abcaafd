<?php

declare(strict_types=1);

namespace Dongbo\StandIn;

/** Numbers as a shop keeper types them, to the form the database holds. */
final class Decimal
{
    /**
     * @param mixed            $number
     * @param int|string|false $places
     */
    public static function format($number, $places, bool $trim): string
    {
        if (!is_float($number)) {
            $number = str_replace([wc_get_price_decimal_separator(), ','], '.', (string) $number);
            $number = preg_replace('/\.(?![^.]+$)|[^0-9.-]/', '', sanitize_text_field($number));
        }
        if ($places !== false) {
            $number = number_format((float) $number, $places === '' ? wc_get_price_decimals() : (int) $places, '.', '');
        } elseif (is_float($number)) {
            $number = str_replace(',', '.', (string) $number);
        }
        $number = (string) $number;

        return $trim && strpos($number, '.') !== false ? rtrim(rtrim($number, '0'), '.') : $number;
    }
}

<?php

declare(strict_types=1);

namespace Dongbo\Connection;

/**
 * The settings record the rules take: the owner's stored changes and what the store itself says.
 * Defaults stand in the rules and nowhere else.
 */
final class Settings
{
    /** WooCommerce's units of weight and their names in the rules. */
    private const WEIGHTS = ['g' => 'g', 'kg' => 'kg', 'lbs' => 'lbs', 'oz' => 'oz'];

    /**
     * @param array<string, mixed> $stored
     * @return array<string, mixed>
     */
    public static function forRules(array $stored): array
    {
        $weight = self::WEIGHTS[(string) get_option('woocommerce_weight_unit', 'kg')] ?? 'kg';

        // Only where it is so: the record is part of every family's digest.
        $off = get_option('woocommerce_manage_stock') === 'no' ? ['stock_off' => true] : [];

        return ['store_weight_unit' => $weight, 'price_decimals' => self::decimals()] + $off + $stored;
    }

    private static function decimals(): int
    {
        return function_exists('wc_get_price_decimals')
            ? (int) wc_get_price_decimals()
            : (int) get_option('woocommerce_price_num_decimals', 0);
    }
}

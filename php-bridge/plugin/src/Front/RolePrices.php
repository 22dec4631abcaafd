<?php

declare(strict_types=1);

namespace Dongbo\Front;

use Dongbo\Shop\Fields;

/**
 * The price a signed-in customer's role sees (product.md C6), from the product's own meta, which
 * WordPress has loaded with the product: no query and no option. Early among the filters, so that
 * other plugins' discounts still apply to it. Visitors never load this file.
 */
final class RolePrices
{
    private const EARLY = 5;

    /** @var array<string, string>|null The visitor's roles, once a request. */
    private static ?array $roles = null;

    public static function hooks(): void
    {
        foreach (['woocommerce_product_get_', 'woocommerce_product_variation_get_'] as $of) {
            add_filter($of . 'price', [self::class, 'price'], self::EARLY, 2);
            add_filter($of . 'regular_price', [self::class, 'price'], self::EARLY, 2);
            add_filter($of . 'sale_price', [self::class, 'sale'], self::EARLY, 2);
        }
        // There WooCommerce takes a sale price equal to the regular one for “no sale”.
        foreach (['price', 'regular_price', 'sale_price'] as $one) {
            add_filter("woocommerce_variation_prices_$one", [self::class, 'price'], self::EARLY, 2);
        }
        add_filter('woocommerce_get_variation_prices_hash', [self::class, 'hash'], self::EARLY);
    }

    /**
     * @param mixed $price
     * @param mixed $product
     *
     * @return mixed
     */
    public static function price($price, $product)
    {
        return self::of($product) ?? $price;
    }

    /**
     * A price of one's own is no sale.
     *
     * @param mixed $price
     * @param mixed $product
     *
     * @return mixed
     */
    public static function sale($price, $product)
    {
        return self::of($product) === null ? $price : '';
    }

    /**
     * Variable products' prices are remembered by WooCommerce: by role from here on.
     *
     * @param mixed $hash
     *
     * @return array<int|string, mixed>
     */
    public static function hash($hash): array
    {
        return array_merge((array) $hash, ['dongbo' => implode(',', self::roles())]);
    }

    /** @param mixed $product */
    private static function of($product): ?string
    {
        $text = $product instanceof \WC_Product ? (string) get_post_meta($product->get_id(), Fields::ROLE_PRICES, true) : '';
        if ($text === '') {
            return null;
        }
        foreach (explode(',', $text) as $pair) {
            [$role, $price] = array_pad(explode(':', $pair, 2), 2, '');
            if ($price !== '' && in_array($role, self::roles(), true)) {
                return $price;
            }
        }

        return null;
    }

    /** @return string[] */
    private static function roles(): array
    {
        if (self::$roles === null) {
            self::$roles = array_map('strval', array_values(wp_get_current_user()->roles));
        }

        return self::$roles;
    }
}

<?php

declare(strict_types=1);

namespace Dongbo\Shop;

/**
 * A field of a ShopProduct record as the text a plan's `before` and `after` are written in
 * (src/plan/operation.rs, `Change`).
 */
final class Fields
{
    /** What the shop front reads with the product (product.md A4, C6, I6): `id:value` joined by `,`. */
    public const BRANCH_STOCK = '_dongbo_branch_stock';
    public const ROLE_PRICES = '_dongbo_role_prices';

    private function __construct()
    {
    }

    /** No description is none, whether the rules leave it out or the database hashes nothing. */
    public static function same(string $field, string $one, string $other): bool
    {
        $none = $field === 'description' ? md5('') : '';

        return ($one === $none ? '' : $one) === ($other === $none ? '' : $other);
    }

    /**
     * @param array<string, mixed> $product A ShopProduct record.
     *
     * @return string|null Null when the product has no value at all (only `stock` can).
     */
    public static function text(array $product, string $field): ?string
    {
        switch ($field) {
            case 'description':
                return $product['description_hash'];
            case 'manage_stock':
                return $product['manage_stock'] ? 'yes' : 'no';
            case 'tax_class':
                return ($product['tax_class'] ?? '') === '' ? 'standard' : $product['tax_class'];
            case 'stock':
                return isset($product['stock']) ? Texts::decimal($product['stock']) : null;
            case 'sale_from':
            case 'sale_to':
                return isset($product[$field]) ? (string) $product[$field] : '';
            case 'categories':
                return implode(',', $product['categories']);
            case 'attributes':
            case 'values':
                return self::attributes($product['attributes']);
            default:
                return (string) ($product[$field] ?? '');
        }
    }

    /**
     * What people read in the history: `Màu: Đỏ, Xanh; Cỡ: M`.
     *
     * @param array<int, array<string, mixed>> $attributes
     */
    public static function attributes(array $attributes): string
    {
        $texts = [];
        foreach ($attributes as $attribute) {
            $texts[] = $attribute['name'] . ': ' . implode(', ', $attribute['values']);
        }

        return implode('; ', $texts);
    }
}

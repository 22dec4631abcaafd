<?php

declare(strict_types=1);

namespace Dongbo\Front;

use Dongbo\Shop\Fields;

/** The stock of each branch on the product page (product.md A4), from meta that the page loads anyway. */
final class BranchStock
{
    /** Below the price and the button of the product that is shown. */
    public static function show(\WC_Product $product): void
    {
        echo self::html($product->get_id()); // phpcs:ignore WordPress.Security.EscapeOutput -- escaped there.
    }

    /**
     * Of a variation, where its own availability appears when it is chosen.
     *
     * @param array<string, mixed> $data
     *
     * @return array<string, mixed>
     */
    public static function ofVariation(array $data, \WC_Product $variation): array
    {
        $data['availability_html'] = ($data['availability_html'] ?? '') . self::html($variation->get_id());

        return $data;
    }

    private static function html(int $id): string
    {
        $items = '';
        foreach (array_filter(explode("\n", (string) get_post_meta($id, Fields::BRANCH_STOCK, true))) as $line) {
            [, $amount, $name] = array_pad(explode(':', $line, 3), 3, '');
            /* translators: 1: a branch of the shop, 2: how many are in stock there */
            $items .= '<li>' . esc_html(sprintf(__('%1$s: %2$s in stock', 'dongbo'), $name, number_format_i18n((float) $amount, strpos($amount, '.') === false ? 0 : 2))) . '</li>';
        }

        return $items === '' ? '' : '<ul class="dongbo-branch-stock">' . $items . '</ul>';
    }
}

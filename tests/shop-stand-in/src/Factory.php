<?php

declare(strict_types=1);

namespace Dongbo\StandIn;

/** From an id to the object of the right class. */
final class Factory
{
    private const CLASSES = ['simple' => 'WC_Product_Simple', 'variable' => 'WC_Product_Variable', 'variation' => 'WC_Product_Variation'];

    /**
     * @param mixed $product
     *
     * @return \WC_Product|false|null
     */
    public static function product($product)
    {
        $id = self::id($product);
        if (!$id) {
            return false;
        }
        $type = self::type($id);
        $class = self::CLASSES[$type] ?? null;
        $class = apply_filters('woocommerce_product_class', $class, $type, $type === 'variation' ? 'product_variation' : 'product', $id);
        if ($type === '' || $class === null) {
            return false;
        }
        try {
            return new $class($id);
        } catch (\Exception $unreadable) {
            return false;
        }
    }

    /** Remembered as long as the object cache does, even when the post has gone meanwhile. */
    public static function type(int $id): string
    {
        $type = wp_cache_get("product_{$id}_type", 'products');
        if ($type !== false) {
            return $type;
        }
        $post = get_post_type($id);
        if ($post === 'product_variation') {
            $type = 'variation';
        } elseif ($post === 'product') {
            $terms = get_the_terms($id, 'product_type');
            $type = is_array($terms) && $terms ? sanitize_title(current($terms)->name) : 'simple';
        } else {
            return '';
        }
        wp_cache_set("product_{$id}_type", $type, 'products');

        return $type;
    }

    public static function forget(int $id): void
    {
        wp_cache_delete("product_{$id}_type", 'products');
    }

    /** @param mixed $product */
    private static function id($product): int
    {
        if ($product === false && isset($GLOBALS['post'], $GLOBALS['post']->ID)) {
            return absint($GLOBALS['post']->ID);
        }
        if ($product instanceof \WC_Product) {
            return $product->get_id();
        }
        if (is_object($product)) {
            return empty($product->ID) ? 0 : absint($product->ID);
        }

        return is_numeric($product) ? absint($product) : 0;
    }
}

<?php

declare(strict_types=1);

namespace Dongbo\StandIn;

/** The table that layered navigation reads, kept by jobs a second after the change. */
final class AttributeLookup
{
    public const HOOK = 'woocommerce_run_product_attribute_lookup_update_callback';
    public const INSERT = 1;
    public const STOCK = 2;
    public const REMOVE = 3;

    public static function hook(): void
    {
        add_action(self::HOOK, [self::class, 'run'], 10, 2);
    }

    public static function owe(int $id, int $what): void
    {
        if (!as_has_scheduled_action(self::HOOK, [$id, $what])) {
            as_schedule_single_action(time() + 1, self::HOOK, [$id, $what], 'woocommerce-db-updates');
        }
    }

    /**
     * @param int|string $id
     * @param int|string $what
     */
    public static function run($id, $what): void
    {
        global $wpdb;
        $table = $wpdb->prefix . 'wc_product_attributes_lookup';
        $product = wc_get_product((int) $id);
        if ((int) $what === self::REMOVE || !$product instanceof \WC_Product) {
            $wpdb->delete($table, ['product_id' => $id]);
            $wpdb->delete($table, ['product_or_parent_id' => $id]);

            return;
        }
        if ((int) $what === self::STOCK) {
            $wpdb->update($table, ['in_stock' => $product->is_in_stock() ? 1 : 0], ['product_id' => $id]);

            return;
        }
        self::write($product);
        if ($product instanceof \WC_Product_Variable) {
            $wpdb->query($wpdb->prepare("DELETE FROM $table WHERE product_or_parent_id = %d AND product_id <> %d", $id, $id));
            foreach ($product->get_children() as $child) {
                $variation = wc_get_product($child);
                if ($variation instanceof \WC_Product) {
                    self::write($variation);
                }
            }
        }
    }

    private static function write(\WC_Product $product): void
    {
        global $wpdb;
        $table = $wpdb->prefix . 'wc_product_attributes_lookup';
        $wpdb->delete($table, ['product_id' => $product->get_id()]);
        foreach (self::rows($product) as [$taxonomy, $term, $forVariations]) {
            $wpdb->replace($table, [
                'product_id' => $product->get_id(),
                'product_or_parent_id' => $product->get_parent_id() ?: $product->get_id(),
                'taxonomy' => $taxonomy,
                'term_id' => $term,
                'is_variation_attribute' => $forVariations ? 1 : 0,
                'in_stock' => $product->is_in_stock() ? 1 : 0,
            ]);
        }
    }

    /** @return array<int, array{string, int, bool}> */
    private static function rows(\WC_Product $product): array
    {
        $rows = [];
        if ($product instanceof \WC_Product_Variation) {
            $parent = wc_get_product($product->get_parent_id());
            foreach ($product->get_attributes('edit') as $taxonomy => $slug) {
                $offered = $parent instanceof \WC_Product ? ($parent->get_attributes()[$taxonomy] ?? null) : null;
                if (!$offered instanceof \WC_Product_Attribute || !$offered->is_taxonomy()) {
                    continue;
                }
                foreach ($offered->get_options() as $term) {
                    if ($slug === '' || get_term($term, $taxonomy)->slug === $slug) {
                        $rows[] = [$taxonomy, $term, true];
                    }
                }
            }

            return $rows;
        }
        foreach ($product->get_attributes() as $taxonomy => $attribute) {
            // A variable product's choices are in its variations' rows.
            if ($attribute->is_taxonomy() && !($product instanceof \WC_Product_Variable && $attribute->get_variation())) {
                foreach ($attribute->get_options() as $term) {
                    $rows[] = [$taxonomy, $term, false];
                }
            }
        }

        return $rows;
    }
}

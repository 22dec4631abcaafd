<?php

declare(strict_types=1);

namespace Dongbo\Shop;

/**
 * Whether a barcode is some other product's, asked once for many products.
 *
 * WooCommerce asks for each by itself, and its table has no index for the answer: the more products a
 * shop has, the longer every further one took (measured: 1.5 ms at 5,000, a tenth of its whole save).
 * A barcode found free is free once; whoever asks again, asks WooCommerce.
 */
final class KnownBarcodes
{
    /** @var array<string, true> */
    private array $free;

    /** @param string[] $barcodes Those the transaction is about to give to products. */
    public function __construct(array $barcodes)
    {
        // Twice in one transaction is WooCommerce's to judge.
        $once = array_filter(array_count_values($barcodes), static function (int $times): bool {
            return $times === 1;
        });
        $this->free = array_diff_key(array_fill_keys(array_keys($once), true), self::taken(array_map('strval', array_keys($once))));
    }

    public function listen(): void
    {
        add_filter('wc_product_pre_has_global_unique_id', [$this, 'beforeAsking'], PHP_INT_MAX, 3);
    }

    public function leave(): void
    {
        remove_filter('wc_product_pre_has_global_unique_id', [$this, 'beforeAsking'], PHP_INT_MAX);
    }

    /**
     * WooCommerce's answer to "is it this product's alone", with the filter that follows the question.
     *
     * @param mixed  $unique
     * @param int    $id
     * @param string $barcode
     *
     * @return mixed
     */
    public function beforeAsking($unique, $id, $barcode)
    {
        if ($unique !== null || !isset($this->free[$barcode])) {
            return $unique;
        }
        unset($this->free[$barcode]);

        return !apply_filters('wc_product_has_global_unique_id', false, $id, $barcode);
    }

    /**
     * @param string[] $barcodes
     *
     * @return array<string, true>
     */
    private static function taken(array $barcodes): array
    {
        global $wpdb;
        if ($barcodes === []) {
            return [];
        }
        $in = implode(', ', array_fill(0, count($barcodes), '%s'));
        // phpcs:ignore WordPress.DB.PreparedSQL -- placeholders only.
        $found = $wpdb->get_col($wpdb->prepare("SELECT l.global_unique_id FROM {$wpdb->prefix}wc_product_meta_lookup l INNER JOIN {$wpdb->posts} p ON p.ID = l.product_id
            WHERE p.post_type IN ('product', 'product_variation') AND p.post_status <> 'trash' AND l.global_unique_id IN ($in)", $barcodes));

        return array_fill_keys(array_map('strval', $found), true);
    }
}

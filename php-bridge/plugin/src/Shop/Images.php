<?php

declare(strict_types=1);

namespace Dongbo\Shop;

/** The images products show, read in bulk and written through WooCommerce. */
final class Images
{
    private function __construct()
    {
    }

    /**
     * @param int[] $ids Products and variations.
     *
     * @return array<int, array{main: int, gallery: int[]}> Shown records of the rules, one for each id.
     */
    public static function shown(array $ids): array
    {
        global $wpdb;
        $shown = array_fill_keys($ids, ['main' => 0, 'gallery' => []]);
        foreach (array_chunk($ids, 500) as $part) {
            $sql = "SELECT post_id, meta_key, meta_value FROM {$wpdb->postmeta} WHERE meta_key IN ('_thumbnail_id', '_product_image_gallery')"
                . ' AND post_id IN (' . implode(', ', array_fill(0, count($part), '%d')) . ') ORDER BY meta_id DESC';
            foreach ($wpdb->get_results($wpdb->prepare($sql, ...$part)) as $row) {
                if ($row->meta_key === '_thumbnail_id') {
                    $shown[(int) $row->post_id]['main'] = (int) $row->meta_value;
                } else {
                    $shown[(int) $row->post_id]['gallery'] = array_values(array_filter(array_map('intval', explode(',', (string) $row->meta_value))));
                }
            }
        }

        return $shown;
    }

    /**
     * @param int[] $ids Products and variations.
     *
     * @return array<int, string[]> Addresses of what each shows, the main image first.
     */
    public static function addresses(array $ids): array
    {
        $addresses = [];
        foreach (self::shown($ids) as $id => $shown) {
            $images = array_filter(array_merge([$shown['main']], $shown['gallery']));
            $addresses[$id] = array_values(array_filter(array_map('wp_get_attachment_url', $images)));
        }

        return $addresses;
    }

    /**
     * @param array{main?: int, gallery?: int[]} $wanted
     *
     * @throws Refused When there is no such product.
     */
    public static function show(int $id, array $wanted): void
    {
        Caches::distrust([$id]);
        $product = wc_get_product($id);
        if (!$product instanceof \WC_Product) {
            throw new Refused('product-gone', ['product' => (string) $id]);
        }
        $product->set_image_id($wanted['main'] ?? 0);
        if (!$product->is_type('variation')) {
            $product->set_gallery_image_ids($wanted['gallery'] ?? []);
        }
        $product->save();
    }
}

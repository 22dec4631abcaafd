<?php

declare(strict_types=1);

namespace Dongbo\Shop;

/**
 * What WordPress and WooCommerce remember of products, forgotten.
 *
 * Needed twice: after a lost transaction (memory holds what the database does not), and after
 * COMMIT (another request may have read the old rows while ours were not visible).
 */
final class Caches
{
    private function __construct()
    {
    }

    /**
     * After COMMIT.
     *
     * @param int[] $ids
     */
    public static function committed(array $ids): void
    {
        self::posts($ids);
        if (wp_using_ext_object_cache()) {
            foreach ($ids as $id) {
                wc_delete_product_transients($id);
            }
            return;
        }
        // Transients stand in the database and went through the transaction; one call raises the
        // version that makes every older answer stale.
        wc_delete_product_transients();
    }

    /**
     * After a rollback.
     *
     * @param int[] $ids
     */
    public static function rolledBack(array $ids): void
    {
        self::posts($ids);
        foreach ($ids as $id) {
            wc_delete_product_transients($id);
        }
        self::release();
    }

    /** Gives back the memory of what this request has read. */
    public static function release(): void
    {
        if (function_exists('wp_cache_supports') && wp_cache_supports('flush_runtime')) {
            wp_cache_flush_runtime();
        }
    }

    /** @param int[] $ids */
    private static function posts(array $ids): void
    {
        foreach ($ids as $id) {
            wp_cache_delete($id, 'posts');
            wp_cache_delete($id, 'post_meta');
            clean_object_term_cache($id, 'product');
        }
        // One statement instead of one a product: cleaning a post's cache begins with reading it.
        _prime_post_caches($ids, false, false);
        foreach ($ids as $id) {
            // No-op for a post that was rolled back, hooks included for one that stands.
            if (get_post($id) !== null) {
                clean_post_cache($id);
            }
        }
    }
}

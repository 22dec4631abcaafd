<?php

declare(strict_types=1);

namespace Dongbo\Shop;

/**
 * What WordPress and WooCommerce remember of products, forgotten.
 *
 * Needed after a lost transaction (memory holds what the database does not), and after COMMIT
 * (another request may have read the old rows while ours were not visible). A persistent object cache
 * makes more of it: all requests share it, it outlives a worker that is killed, and shoppers write
 * what they read into it in the middle of our transactions. So there products are also forgotten
 * before they are written: a product is compared with what is stored, never with what is remembered.
 */
final class Caches
{
    /** WooCommerce's lookup row as it was last written; an equal one is not written again. */
    private const LOOKUP = 'lookup_table';

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
     * An order, after COMMIT, and what it moved the stock of. Only a shared cache can have learnt the
     * old state meanwhile.
     */
    public static function orderCommitted(\WC_Order $order): void
    {
        if (!self::shared()) {
            return;
        }
        clean_post_cache($order->get_id());
        $store = $order->get_data_store();
        // WooCommerce's “HPOS Data Caching”, since 10: only the store of its own tables has it.
        $clear = 'clear_cached_data';
        if ($store->has_callable($clear)) {
            $store->$clear([$order->get_id()]);
        }
        self::committed(Orders::products($order));
    }

    /**
     * After a rollback.
     *
     * @param int[] $ids
     */
    public static function rolledBack(array $ids): void
    {
        self::posts($ids);
        // Lists that name a product which was not created after all.
        wp_cache_set_posts_last_changed();
        foreach ($ids as $id) {
            wc_delete_product_transients($id);
        }
        self::release();
    }

    /**
     * Before products are written.
     *
     * @param int[] $ids
     */
    public static function distrust(array $ids): void
    {
        if (!self::shared()) {
            return;
        }
        foreach (array_filter($ids) as $id) {
            self::drop($id);
            // With lists of children that a shopper has made meanwhile.
            delete_transient('wc_product_children_' . $id);
        }
        wp_cache_set_posts_last_changed();
    }

    /**
     * Terms whose products are counted: before, because WordPress forgets a count only when it writes
     * another one than is stored, and after COMMIT.
     *
     * @param int[] $termTaxonomyIds
     */
    public static function counted(string $taxonomy, array $termTaxonomyIds): void
    {
        if (!self::shared() || !taxonomy_exists($taxonomy)) {
            return;
        }
        $terms = [];
        foreach ($termTaxonomyIds as $id) {
            $term = get_term_by('term_taxonomy_id', $id, $taxonomy);
            if ($term instanceof \WP_Term) {
                // WooCommerce counts a category's products in those above it too.
                array_push($terms, $term->term_id, ...get_ancestors($term->term_id, $taxonomy, 'taxonomy'));
            }
        }
        $terms = array_values(array_unique($terms));
        foreach ($terms as $term) {
            wp_cache_delete($term, 'term_meta');
        }
        clean_term_cache($terms, $taxonomy, false);
        delete_transient('wc_term_counts');
    }

    /** After something was undone, or a worker has died, and nobody knows what of it is remembered. */
    public static function unsure(): void
    {
        if (self::shared()) {
            wp_cache_flush();
        } else {
            self::release();
        }
    }

    /** Gives back the memory of what this request has read. */
    public static function release(): void
    {
        if (function_exists('wp_cache_supports') && wp_cache_supports('flush_runtime')) {
            wp_cache_flush_runtime();
        }
    }

    /** Whether the object cache outlives the request. */
    public static function shared(): bool
    {
        return wp_using_ext_object_cache() && !Transients::held();
    }

    /** @param int[] $ids */
    private static function posts(array $ids): void
    {
        foreach ($ids as $id) {
            self::drop($id);
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

    private static function drop(int $id): void
    {
        wp_cache_delete($id, 'posts');
        wp_cache_delete($id, 'post_meta');
        clean_object_term_cache($id, 'product');
        wp_cache_delete(self::LOOKUP, 'object_' . $id);
        \WC_Cache_Helper::invalidate_cache_group('product_' . $id);
    }
}

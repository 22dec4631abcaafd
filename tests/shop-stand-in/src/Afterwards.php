<?php

declare(strict_types=1);

namespace Dongbo\StandIn;

/** What follows a change made through WordPress itself: trash, deletion, terms. */
final class Afterwards
{
    public static function hook(): void
    {
        add_action('set_object_terms', [Versions::class, 'query']);
        add_action('transition_post_status', [self::class, 'statusChanged'], 10, 3);
        add_action('deleted_term_relationships', [self::class, 'termsRemoved'], 10, 3);
        add_action('wp_trash_post', [self::class, 'trashing']);
        add_action('untrashed_post', [self::class, 'untrashed']);
        add_action('delete_post', [self::class, 'deleting']);
        foreach (['added', 'updated', 'deleted'] as $done) {
            add_action("{$done}_post_meta", ['WC_Data', 'forget_meta'], 10, 2);
        }
        add_filter('wp_untrash_post_status', [self::class, 'statusBefore'], 10, 3);
        add_action('shutdown', ['WC_Post_Data', 'do_deferred_product_sync'], 10);
    }

    /** @param mixed $post */
    public static function statusChanged(string $new, string $old, $post): void
    {
        if (self::isProduct((int) $post->ID) && $new !== $old) {
            Versions::query();
        }
    }

    /** @param mixed $terms */
    public static function termsRemoved(int $object, $terms, string $taxonomy): void
    {
        Versions::query();
        if ($taxonomy === 'product_visibility' && get_post_type($object) === 'product') {
            TermCounts::recountFor($object);
        }
    }

    /** @param int|string $id */
    public static function trashing($id): void
    {
        if (get_post_type($id) === 'product') {
            foreach (self::children((int) $id, ['publish', 'private', 'draft', 'pending']) as $child) {
                wc_get_product($child)->delete();
            }
            delete_transient('wc_product_children_' . $id);
        }
        if (self::isProduct((int) $id)) {
            AttributeLookup::owe((int) $id, AttributeLookup::REMOVE);
        }
    }

    /** @param int|string $id */
    public static function untrashed($id): void
    {
        if (get_post_type($id) !== 'product') {
            return;
        }
        $children = self::children((int) $id, ['trash']);
        foreach (array_reverse($children) as $child) {
            wp_untrash_post($child);
        }
        if ($children) {
            $product = wc_get_product($id);
            if ($product instanceof \WC_Product) {
                $product->save();
            }
        }
    }

    /** @param int|string $id */
    public static function deleting($id): void
    {
        $id = (int) $id;
        if (!self::isProduct($id)) {
            return;
        }
        $parent = wp_get_post_parent_id($id);
        if (get_post_type($id) === 'product') {
            self::deleteChildren($id);
        } elseif ($parent) {
            wc_delete_product_transients($parent);
        }
        AttributeLookup::owe($id, AttributeLookup::REMOVE);
        Lookup::delete($id);
    }

    public static function deleteChildren(int $id): void
    {
        foreach (self::children($id, ['publish', 'private', 'draft', 'pending', 'trash']) as $child) {
            $variation = wc_get_product($child);
            if ($variation instanceof \WC_Product) {
                $variation->delete(true);
            }
        }
        delete_transient('wc_product_children_' . $id);
    }

    /** A product comes back from the trash as it went in; WordPress alone would make it a draft. */
    public static function statusBefore(string $status, int $id, string $before): string
    {
        return self::isProduct($id) ? $before : $status;
    }

    /**
     * @param string[] $statuses
     *
     * @return int[]
     */
    private static function children(int $parent, array $statuses): array
    {
        return get_posts([
            'post_parent' => $parent, 'post_type' => 'product_variation', 'post_status' => $statuses,
            'numberposts' => -1, 'fields' => 'ids', 'orderby' => 'ID', 'order' => 'ASC', 'suppress_filters' => true,
        ]);
    }

    private static function isProduct(int $id): bool
    {
        return in_array(get_post_type($id), ['product', 'product_variation'], true);
    }
}

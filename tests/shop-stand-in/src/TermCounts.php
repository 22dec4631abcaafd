<?php

declare(strict_types=1);

namespace Dongbo\StandIn;

/** How many products a category shows: WordPress's own count, and one with all its branches in the term's meta. */
final class TermCounts
{
    private const META = 'product_count_product_cat';

    /**
     * Called by WordPress when the products of categories have changed.
     *
     * @param int[]        $terms    Ids of term_taxonomy.
     * @param \WP_Taxonomy $taxonomy
     */
    public static function recount($terms, $taxonomy): void
    {
        _update_post_term_count($terms, $taxonomy);
        $touched = [];
        foreach ($terms as $id) {
            $term = get_term_by('term_taxonomy_id', $id);
            if ($term instanceof \WP_Term) {
                $touched[$term->term_id] = true;
                foreach (get_ancestors($term->term_id, 'product_cat', 'taxonomy') as $ancestor) {
                    $touched[$ancestor] = true;
                }
            }
        }
        foreach (array_keys($touched) as $id) {
            update_term_meta($id, self::META, self::shown($id));
        }
    }

    /** The categories of one product again: what it shows may have changed. */
    public static function recountFor(int $product): void
    {
        $terms = wp_get_object_terms($product, 'product_cat', ['fields' => 'tt_ids']);
        if (is_array($terms) && $terms) {
            self::recount(array_map('intval', $terms), get_taxonomy('product_cat'));
        }
    }

    private static function shown(int $term): int
    {
        global $wpdb;
        $branch = array_merge([$term], get_term_children($term, 'product_cat'));
        $in = implode(',', array_map('intval', $branch));
        $hidden = (int) (get_term_by('slug', 'exclude-from-catalog', 'product_visibility')->term_taxonomy_id ?? 0);

        return (int) $wpdb->get_var(
            "SELECT COUNT(DISTINCT p.ID) FROM {$wpdb->posts} p
             JOIN {$wpdb->term_relationships} r ON r.object_id = p.ID
             JOIN {$wpdb->term_taxonomy} x ON x.term_taxonomy_id = r.term_taxonomy_id AND x.taxonomy = 'product_cat' AND x.term_id IN ($in)
             WHERE p.post_type = 'product' AND p.post_status = 'publish'
             AND NOT EXISTS (SELECT 1 FROM {$wpdb->term_relationships} h WHERE h.object_id = p.ID AND h.term_taxonomy_id = $hidden)"
        );
    }
}

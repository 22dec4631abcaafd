<?php

declare(strict_types=1);

namespace Dongbo\StandIn;

/** What only variations have: values for their parent's attributes, and texts made of these. */
final class Variations
{
    /**
     * The values stored for the attributes that the parent offers for variations.
     *
     * @return array<string, string>
     */
    public static function values(int $id, int $parent): array
    {
        $stored = [];
        foreach ((array) get_post_meta($id) as $key => $values) {
            if (strpos((string) $key, 'attribute_') === 0) {
                $stored[substr($key, 10)] = (string) $values[0];
            }
        }
        $offered = [];
        foreach ((array) (get_post_meta($parent, '_product_attributes', true) ?: []) as $key => $row) {
            if (!empty($row['is_variation'])) {
                $offered[sanitize_title($row['name'])] = $stored[sanitize_title($row['name'])] ?? '';
            }
        }

        return $offered;
    }

    /** Title and summary follow the parent's name and the terms' names; found out at the next reading. */
    public static function refreshTexts(\WC_Product $variation): void
    {
        global $wpdb;
        $texts = ['post_title' => self::title($variation), 'post_excerpt' => self::summary($variation)];
        $known = ['post_title' => $variation->get_name('edit'), 'post_excerpt' => $variation->get_short_description('edit')];
        if ($texts === $known || !$variation->get_parent_id('edit')) {
            return;
        }
        $wpdb->update($wpdb->posts, $texts, ['ID' => $variation->get_id()]);
        clean_post_cache($variation->get_id());
        $variation->adopt(['name' => $texts['post_title'], 'short_description' => $texts['post_excerpt']]);
    }

    public static function beforeCreate(\WC_Product $variation): void
    {
        if ($variation->get_parent_id('edit') && get_post_type($variation->get_parent_id('edit')) !== 'product') {
            $variation->set_parent_id(0);
        }
        $variation->set_name(self::title($variation));
        $variation->set_short_description(self::summary($variation));
    }

    /**
     * Whoever asks for a variation's address has it read. WordPress asks while it inserts a post without
     * a guid: its values do not exist yet, so until the next reading the title is the parent's alone,
     * under a name made from the full one.
     *
     * @param string $link
     */
    public static function link($link, \WP_Post $post): string
    {
        if ($post->post_type === 'product_variation') {
            wc_get_product($post->ID);
        }

        return (string) $link;
    }

    public static function writeGuid(\WC_Product $variation): void
    {
        global $wpdb;
        $guid = home_url(add_query_arg(['post_type' => 'product_variation', 'p' => $variation->get_id()], ''));
        $wpdb->update($wpdb->posts, ['guid' => $guid], ['ID' => $variation->get_id()]);
    }

    public static function beforeUpdate(\WC_Product $variation): void
    {
        if (array_intersect(array_keys($variation->get_changes()), ['attributes', 'parent_id'])) {
            $variation->set_name(self::title($variation));
            $variation->set_short_description(self::summary($variation));
        }
    }

    public static function writeValues(\WC_Product $variation): void
    {
        global $wpdb;
        $id = $variation->get_id();
        $keys = [];
        foreach ($variation->get_attributes('edit') as $name => $value) {
            $keys[] = 'attribute_' . $name;
            update_post_meta($id, 'attribute_' . $name, wp_slash($value));
        }
        foreach ($wpdb->get_col($wpdb->prepare("SELECT meta_key FROM {$wpdb->postmeta} WHERE post_id = %d AND meta_key LIKE 'attribute\\_%%'", $id)) as $key) {
            if (!in_array($key, $keys, true)) {
                delete_post_meta($id, $key);
            }
        }
    }

    private static function title(\WC_Product $variation): string
    {
        $parent = get_post($variation->get_parent_id('edit') ?: -1);
        $base = $parent ? $parent->post_title : '';
        $values = array_filter(self::shown($variation), 'strlen');
        $attributes = (array) $variation->get_attributes('edit');
        $inTitle = count($attributes) < 3;
        if ($inTitle && count($attributes) > 1) {
            foreach (array_keys($attributes) as $name) {
                $inTitle = $inTitle && strpos((string) $name, '-') === false;
            }
        }

        return $inTitle && $values ? $base . ' - ' . implode(', ', $values) : $base;
    }

    private static function summary(\WC_Product $variation): string
    {
        $parts = [];
        $offered = (array) (get_post_meta($variation->get_parent_id('edit'), '_product_attributes', true) ?: []);
        foreach (self::shown($variation) as $name => $value) {
            // An attribute of the product's own is called what the product calls it.
            $label = wc_attribute_label($name);
            $parts[] = ($label === $name ? ($offered[$name]['name'] ?? $name) : $label) . ': ' . $value;
        }

        return implode(', ', array_filter($parts, static fn (string $part): bool => substr($part, -2) !== ': '));
    }

    /** @return array<string, string> Terms' names instead of their slugs. */
    private static function shown(\WC_Product $variation): array
    {
        $shown = [];
        foreach ((array) $variation->get_attributes('edit') as $name => $value) {
            if (taxonomy_exists($name) && $value !== '') {
                $term = get_term_by('slug', $value, $name);
                $value = $term instanceof \WP_Term ? $term->name : $value;
            }
            $shown[$name] = rawurldecode((string) $value);
        }

        return $shown;
    }
}

<?php

declare(strict_types=1);

namespace Dongbo\StandIn;

use WP_Error;

/** Attributes of the whole shop (`pa_…`). */
final class Attributes
{
    private const CACHE = 'wc_attribute_taxonomies';

    private const RESERVED = [
        'attachment', 'attachment_id', 'author', 'author_name', 'calendar', 'cat', 'category', 'category_name', 'comments_popup',
        'cpage', 'day', 'debug', 'error', 'exact', 'feed', 'fields', 'hour', 'include', 'link_category', 'm', 'minute', 'monthnum',
        'more', 'name', 'nav_menu', 'nopaging', 'offset', 'order', 'orderby', 'p', 'page', 'paged', 'pagename', 'pb', 'perm', 'post',
        'post_format', 'post_mime_type', 'post_status', 'post_tag', 'post_type', 'posts', 'posts_per_page', 'preview', 'product',
        'robots', 's', 'search', 'second', 'sentence', 'showposts', 'static', 'subpost', 'tag', 'taxonomy', 'tb', 'term', 'terms',
        'type', 'w', 'withcomments', 'withoutcomments', 'year',
    ];

    /** @return array<string, object> */
    public static function all(): array
    {
        $rows = wp_cache_get(self::CACHE, 'woocommerce-attributes');
        if ($rows === false) {
            $rows = get_transient(self::CACHE);
            if ($rows === false) {
                global $wpdb;
                $rows = $wpdb->get_results("SELECT * FROM {$wpdb->prefix}woocommerce_attribute_taxonomies WHERE attribute_name <> '' ORDER BY attribute_name ASC");
                set_transient(self::CACHE, $rows);
            }
            wp_cache_set(self::CACHE, $rows, 'woocommerce-attributes');
        }
        $all = [];
        foreach ((array) apply_filters('woocommerce_attribute_taxonomies', $rows) as $row) {
            $all['id:' . $row->attribute_id] = $row;
        }

        return $all;
    }

    /**
     * @param array<string, mixed> $args
     *
     * @return int|WP_Error
     */
    public static function create(array $args)
    {
        global $wpdb;
        $row = self::row($args);
        if ($row instanceof WP_Error) {
            return $row;
        }
        if (!$wpdb->insert($wpdb->prefix . 'woocommerce_attribute_taxonomies', $row)) {
            return new WP_Error('cannot_create_attribute', $wpdb->last_error, ['status' => 400]);
        }
        $id = (int) $wpdb->insert_id;
        do_action('woocommerce_attribute_added', $id, $row);
        self::forget();

        return $id;
    }

    /**
     * @param array<string, mixed> $args
     *
     * @return int|WP_Error
     */
    public static function update(int $id, array $args)
    {
        global $wpdb;
        $table = $wpdb->prefix . 'woocommerce_attribute_taxonomies';
        $old = $wpdb->get_row($wpdb->prepare("SELECT * FROM $table WHERE attribute_id = %d", $id));
        if ($old === null) {
            return new WP_Error('invalid_product_attribute_id', 'The attribute does not exist.', ['status' => 404]);
        }
        $row = self::row($args + ['name' => $old->attribute_label, 'slug' => $old->attribute_name], $old->attribute_name);
        if ($row instanceof WP_Error) {
            return $row;
        }
        $wpdb->update($table, $row, ['attribute_id' => $id]);
        do_action('woocommerce_attribute_updated', $id, $row, $old->attribute_name);
        self::forget();

        return $id;
    }

    /** The label of an attribute known since this request began; a newer one is still called by its name. */
    public static function label(string $name): string
    {
        $all = self::all();
        foreach ($all as $attribute) {
            $taxonomy = wc_attribute_taxonomy_name($attribute->attribute_name);
            if ($taxonomy === $name && isset($GLOBALS['wc_product_attributes'][$taxonomy])) {
                return (string) $attribute->attribute_label;
            }
        }

        return $name;
    }

    /**
     * @param array<string, mixed> $args
     *
     * @return array<string, mixed>|WP_Error
     */
    private static function row(array $args, string $before = '')
    {
        if (empty($args['name'])) {
            return new WP_Error('missing_attribute_name', 'Please, provide an attribute name.', ['status' => 400]);
        }
        $slug = empty($args['slug']) ? wc_sanitize_taxonomy_name($args['name']) : preg_replace('/^pa_/', '', wc_sanitize_taxonomy_name($args['slug']));
        if (strlen($slug) > 28) {
            return new WP_Error('invalid_product_attribute_slug_too_long', sprintf('Slug "%s" is too long (28 characters max). Shorten it, please.', $slug), ['status' => 400]);
        }
        if (in_array($slug, self::RESERVED, true)) {
            return new WP_Error('invalid_product_attribute_slug_reserved_name', sprintf('Slug "%s" is not allowed because it is a reserved term. Change it, please.', $slug), ['status' => 400]);
        }
        if ($slug !== $before && taxonomy_exists(wc_attribute_taxonomy_name($slug))) {
            return new WP_Error('invalid_product_attribute_slug_already_exists', sprintf('Slug "%s" is already in use. Change it, please.', $slug), ['status' => 400]);
        }

        return [
            'attribute_label' => $args['name'],
            'attribute_name' => $slug,
            'attribute_type' => $args['type'] ?? 'select',
            'attribute_orderby' => $args['order_by'] ?? 'menu_order',
            'attribute_public' => (int) ($args['has_archives'] ?? 0),
        ];
    }

    private static function forget(): void
    {
        delete_transient(self::CACHE);
        wp_cache_delete(self::CACHE, 'woocommerce-attributes');
    }
}

<?php

declare(strict_types=1);

namespace Dongbo\StandIn;

/** Products to and from WordPress's tables, in the order and with the hooks a WooCommerce was seen to use. */
final class ProductStore
{
    /** Properties by meta key, in the order in which they are written. */
    private const METAS = [
        '_variation_description' => 'description', '_sku' => 'sku', '_global_unique_id' => 'global_unique_id',
        '_regular_price' => 'regular_price', '_sale_price' => 'sale_price',
        '_sale_price_dates_from' => 'date_on_sale_from', '_sale_price_dates_to' => 'date_on_sale_to',
        'total_sales' => 'total_sales', '_tax_status' => 'tax_status', '_tax_class' => 'tax_class', '_manage_stock' => 'manage_stock',
        '_backorders' => 'backorders', '_sold_individually' => 'sold_individually', '_weight' => 'weight', '_virtual' => 'virtual',
        '_downloadable' => 'downloadable', '_product_image_gallery' => 'gallery_image_ids', '_download_limit' => 'download_limit', '_download_expiry' => 'download_expiry',
        '_thumbnail_id' => 'image_id', '_stock' => 'stock_quantity', '_stock_status' => 'stock_status',
        '_wc_average_rating' => 'average_rating', '_wc_review_count' => 'review_count',
    ];

    /** Written although empty. */
    private const EVEN_EMPTY = ['_tax_class', '_stock', '_variation_description'];

    /** When one of these was written, the row of the lookup table is made anew. */
    private const LOOKED_UP = [
        'sku', 'global_unique_id', 'regular_price', 'sale_price', 'date_on_sale_from', 'date_on_sale_to', 'total_sales', 'average_rating',
        'stock_quantity', 'stock_status', 'manage_stock', 'downloadable', 'virtual', 'tax_status', 'tax_class',
    ];

    private const POST_COLUMNS = ['description', 'short_description', 'name', 'parent_id', 'status', 'menu_order', 'date_created', 'slug'];

    /** @return string[] */
    public static function own_meta_keys(): array
    {
        return array_merge(array_keys(self::METAS), ['_price', '_product_attributes', '_product_version', '_edit_lock', '_edit_last', '_wp_old_slug', '_thumbnail_id']);
    }

    public static function read(\WC_Product $product): void
    {
        $id = $product->get_id();
        $post = get_post($id);
        $variation = $product instanceof \WC_Product_Variation;
        if ($variation && $post && $post->post_type !== 'product_variation') {
            throw new \WC_Data_Exception('variation_invalid_id', 'Invalid product type: passed ID does not correspond to a product variation.');
        }
        if ($variation && !$post) {
            return;
        }
        if (!$post || (!$variation && $post->post_type !== 'product')) {
            throw new \Exception('Invalid product.');
        }
        $product->adopt([
            'name' => $post->post_title, 'slug' => $post->post_name, 'status' => $post->post_status, 'description' => $post->post_content,
            'short_description' => $post->post_excerpt, 'parent_id' => (int) $post->post_parent, 'menu_order' => (int) $post->menu_order,
            'date_created' => self::date($post->post_date_gmt), 'date_modified' => self::date($post->post_modified_gmt),
        ]);
        $product->adopt(self::readMetas($id, $variation));
        $product->adopt(self::readTerms($id));
        if ($variation) {
            $product->adopt(['attributes' => Variations::values($id, (int) $post->post_parent)]);
            Variations::refreshTexts($product);
        } else {
            $product->adopt(['attributes' => self::readAttributes($id)]);
        }
    }

    public static function create(\WC_Product $product): void
    {
        if (!$product->get_date_created('edit')) {
            $product->set_date_created(time());
        }
        $variation = $product instanceof \WC_Product_Variation;
        if ($variation) {
            Variations::beforeCreate($product);
        }
        $created = $product->get_date_created('edit');
        $id = wp_insert_post(apply_filters('woocommerce_new_product' . ($variation ? '_variation' : '') . '_data', [
            'post_type' => $variation ? 'product_variation' : 'product',
            'post_status' => $product->get_status('edit') ?: 'publish',
            'post_author' => get_current_user_id(),
            'post_title' => $variation ? $product->get_name('edit') : ($product->get_name('edit') ?: 'Product'),
            'post_content' => $variation ? '' : $product->get_description('edit'),
            'post_excerpt' => $product->get_short_description('edit'),
            'post_parent' => $product->get_parent_id('edit'),
            'comment_status' => $variation ? 'closed' : 'open',
            'ping_status' => 'closed',
            'menu_order' => $product->get_menu_order('edit'),
            'post_date' => $created->format('Y-m-d H:i:s'),
            'post_date_gmt' => gmdate('Y-m-d H:i:s', $created->getTimestamp()),
            'post_name' => $product->get_slug('edit'),
        ]), true);
        if (is_wp_error($id) || !$id) {
            return;
        }
        $product->set_id($id);
        $changed = array_keys($product->get_changes());
        $updated = self::writeMetas($product, true);
        self::writeTerms($product, $changed, true);
        self::writeAttributes($product, true);
        if ($variation) {
            Variations::writeGuid($product);
        }
        self::finish($product, $updated, true);
        $product->apply_changes();
        do_action('woocommerce_new_product' . ($variation ? '_variation' : ''), $id, $product);
        AttributeLookup::owe($id, AttributeLookup::INSERT);
    }

    public static function update(\WC_Product $product): void
    {
        $product->save_meta_data();
        $variation = $product instanceof \WC_Product_Variation;
        if ($variation) {
            Variations::beforeUpdate($product);
        }
        $changed = array_keys($product->get_changes());
        self::writePost($product, $changed);
        $updated = self::writeMetas($product, false);
        self::writeTerms($product, $changed, false);
        if (in_array('attributes', $changed, true)) {
            self::writeAttributes($product, false);
        }
        self::finish($product, $updated, false);
        $product->apply_changes();
        if ($product instanceof \WC_Product_Variable && array_intersect($changed, ['attributes', 'name'])) {
            array_map('wc_get_product', $product->get_children());
        }
        do_action('woocommerce_update_product' . ($variation ? '_variation' : ''), $product->get_id(), $product);
        self::oweLookup($product, $changed);
    }

    /** @return array{all: int[], visible: int[]} */
    public static function children(int $parent): array
    {
        if (!$parent) {
            return ['all' => [], 'visible' => []];
        }
        $query = ['post_parent' => $parent, 'post_type' => 'product_variation', 'orderby' => ['menu_order' => 'ASC', 'ID' => 'ASC'], 'fields' => 'ids', 'numberposts' => -1];

        return [
            'all' => array_map('intval', get_posts($query + ['post_status' => ['publish', 'private']])),
            'visible' => array_map('intval', get_posts($query + ['post_status' => 'publish'])),
        ];
    }

    /** @param string[] $changed */
    private static function writePost(\WC_Product $product, array $changed): void
    {
        global $wpdb;
        $id = $product->get_id();
        $variation = $product instanceof \WC_Product_Variation;
        if (!array_intersect($changed, array_merge(self::POST_COLUMNS, $variation ? ['attributes'] : []))) {
            $wpdb->update($wpdb->posts, ['post_modified' => current_time('mysql'), 'post_modified_gmt' => current_time('mysql', true)], ['ID' => $id]);
            clean_post_cache($id);

            return;
        }
        $post = ['ID' => $id, 'post_title' => $product->get_name('edit'), 'post_parent' => $product->get_parent_id('edit'),
            'post_status' => $product->get_status('edit') ?: 'publish', 'menu_order' => $product->get_menu_order('edit'), 'post_name' => $product->get_slug('edit')];
        if ($variation) {
            $post['post_excerpt'] = $product->get_short_description('edit');
        } else {
            $post += ['post_content' => $product->get_description('edit'), 'post_excerpt' => $product->get_short_description('edit')];
        }
        wp_update_post($post);
    }

    /** @return string[] Properties that were written. */
    private static function writeMetas(\WC_Product $product, bool $all): array
    {
        $id = $product->get_id();
        $variation = $product instanceof \WC_Product_Variation;
        $kind = $variation ? 'variation' : 'product';
        $updated = [];
        foreach (self::METAS as $key => $prop) {
            if ($key === '_variation_description' && !$variation) {
                continue;
            }
            $changed = array_key_exists($prop, $product->get_changes());
            if (!$all && !$changed && metadata_exists('post', $id, $key)) {
                continue;
            }
            $value = self::metaValue($product->get_data()[$prop]);
            if ($prop === 'stock_quantity') {
                do_action("woocommerce_{$kind}_before_set_stock", $product);
            }
            if (in_array($value, ['', null], true) && !in_array($key, self::EVEN_EMPTY, true)) {
                $done = delete_post_meta($id, $key);
            } else {
                $done = update_post_meta($id, $key, is_string($value) ? wp_slash($value) : $value);
            }
            if ($done) {
                $updated[] = $prop;
            }
        }

        return $updated;
    }

    /**
     * @param mixed $value
     *
     * @return mixed
     */
    private static function metaValue($value)
    {
        if (is_bool($value)) {
            return $value ? 'yes' : 'no';
        }
        if (is_array($value)) {
            return implode(',', $value);
        }

        return $value instanceof \WC_DateTime ? $value->getTimestamp() : $value;
    }

    /** @param string[] $changed */
    private static function writeTerms(\WC_Product $product, array $changed, bool $all): void
    {
        $id = $product->get_id();
        $variation = $product instanceof \WC_Product_Variation;
        if (!$variation && ($all || in_array('category_ids', $changed, true))) {
            self::writeCategories($product);
        }
        if ($all) {
            if (!$variation) {
                wp_set_post_terms($id, [], 'product_tag', false);
            }
            wp_set_post_terms($id, [0], 'product_shipping_class', false);
        }
        if (!$all && !$variation && !array_intersect($changed, ['featured', 'stock_status', 'average_rating', 'catalog_visibility'])) {
            return;
        }
        $terms = $product->get_stock_status('edit') === 'outofstock' ? ['outofstock'] : [];
        $visibility = $product->get_catalog_visibility('edit');
        if (!$variation) {
            $hide = ['hidden' => ['exclude-from-search', 'exclude-from-catalog'], 'catalog' => ['exclude-from-search'], 'search' => ['exclude-from-catalog']];
            $terms = array_merge($terms, $hide[$visibility] ?? []);
        }
        if (!is_wp_error(wp_set_post_terms($id, $terms, 'product_visibility', false)) && !$variation) {
            do_action('woocommerce_product_set_visibility', $id, $visibility);
        }
    }

    private static function writeCategories(\WC_Product $product): void
    {
        $id = $product->get_id();
        $default = (int) get_option('default_product_cat');
        $categories = $product->get_category_ids('edit') ?: [$default];
        wp_set_post_terms($id, $categories, 'product_cat', false);
        if (!array_filter($categories, 'term_exists')) {
            wp_set_post_terms($id, [$default], 'product_cat', true);
        }
    }

    private static function writeAttributes(\WC_Product $product, bool $new): void
    {
        $id = $product->get_id();
        if ($product instanceof \WC_Product_Variation) {
            Variations::writeValues($product);

            return;
        }
        $stored = [];
        $kept = [];
        foreach ($product->get_attributes('edit') as $key => $attribute) {
            if ($attribute === null) {
                if (taxonomy_exists($key)) {
                    wp_set_object_terms($id, [], $key);
                }
                continue;
            }
            if ($attribute->is_taxonomy()) {
                wp_set_object_terms($id, array_map('intval', $attribute->get_options()), $attribute->get_name());
            }
            $stored[$key] = [
                'name' => $attribute->get_name(),
                'value' => $attribute->is_taxonomy() ? '' : implode(' | ', $attribute->get_options()),
                'position' => $attribute->get_position(),
                'is_visible' => $attribute->get_visible() ? 1 : 0,
                'is_variation' => $attribute->get_variation() ? 1 : 0,
                'is_taxonomy' => $attribute->is_taxonomy() ? 1 : 0,
            ];
            $kept[$key] = $attribute;
        }
        $product->adopt(['attributes' => $kept]);
        if ($stored) {
            update_post_meta($id, '_product_attributes', wp_slash($stored));
        } elseif (!$new) {
            delete_post_meta($id, '_product_attributes');
        }
    }

    /**
     * What follows the metas: type, version, price, hooks, lookup row, transients.
     *
     * @param string[] $updated
     */
    private static function finish(\WC_Product $product, array $updated, bool $new): void
    {
        $id = $product->get_id();
        if ($product instanceof \WC_Product_Variation) {
            self::followUp($product, $updated);
            if ($new) {
                $product->save_meta_data();
            }
            wp_set_post_terms($id, [], 'product_type', false);
            update_post_meta($id, '_product_version', WC_VERSION);
            Factory::forget($id);
            wc_delete_product_transients($id);
            if ($product->get_parent_id('edit') && get_post_type($product->get_parent_id('edit'))) {
                wc_delete_product_transients($product->get_parent_id('edit'));
            }

            return;
        }
        $before = self::typeOf($id);
        wp_set_object_terms($id, $product->get_type(), 'product_type');
        update_post_meta($id, '_product_version', WC_VERSION);
        Factory::forget($id);
        if ($before !== $product->get_type()) {
            if ($before === 'variable') {
                Afterwards::deleteChildren($id);
            }
            $updated[] = 'product_type';
        }
        self::followUp($product, $updated);
        wc_delete_product_transients($id);
        if ($new) {
            $product->save_meta_data();
        }
    }

    /** @param string[] $updated */
    private static function followUp(\WC_Product $product, array $updated): void
    {
        $id = $product->get_id();
        $kind = $product instanceof \WC_Product_Variation ? 'variation' : 'product';
        if (!$product instanceof \WC_Product_Variable) {
            self::writePrice($product, $updated);
        }
        if (in_array('stock_quantity', $updated, true)) {
            do_action("woocommerce_{$kind}_set_stock", $product);
        }
        if (in_array('stock_status', $updated, true)) {
            do_action("woocommerce_{$kind}_set_stock_status", $id, $product->get_stock_status(), $product);
        }
        if (array_intersect($updated, self::LOOKED_UP)) {
            Lookup::write($id);
        }
        do_action('woocommerce_product_object_updated_props', $product, $updated);
    }

    /** @param string[] $updated */
    private static function writePrice(\WC_Product $product, array $updated): void
    {
        $id = $product->get_id();
        if (array_intersect($updated, ['regular_price', 'sale_price']) && $product->get_sale_price('edit') >= $product->get_regular_price('edit')) {
            update_post_meta($id, '_sale_price', '');
            $product->set_sale_price('');
        }
        if (array_intersect($updated, ['regular_price', 'sale_price', 'date_on_sale_from', 'date_on_sale_to', 'product_type'])) {
            $price = $product->is_on_sale('edit') ? $product->get_sale_price('edit') : $product->get_regular_price('edit');
            update_post_meta($id, '_price', $price);
            $product->set_price($price);
        }
    }

    /** @param string[] $changed */
    private static function oweLookup(\WC_Product $product, array $changed): void
    {
        $id = $product->get_id();
        if (in_array('catalog_visibility', $changed, true)) {
            $shown = in_array($product->get_catalog_visibility('edit'), ['visible', 'catalog'], true);
            AttributeLookup::owe($id, $shown ? AttributeLookup::INSERT : AttributeLookup::REMOVE);
        } elseif (in_array('attributes', $changed, true)) {
            AttributeLookup::owe($id, AttributeLookup::INSERT);
        } elseif (in_array('stock_status', $changed, true)) {
            AttributeLookup::owe($id, AttributeLookup::STOCK);
        }
    }

    private static function typeOf(int $id): string
    {
        $terms = wp_get_object_terms($id, 'product_type', ['fields' => 'slugs']);

        return is_array($terms) && $terms ? $terms[0] : 'simple';
    }

    /** @return array<string, mixed> */
    private static function readMetas(int $id, bool $variation): array
    {
        $found = ['price' => get_post_meta($id, '_price', true)];
        foreach (self::METAS as $key => $prop) {
            if (($key === '_variation_description' && !$variation) || !metadata_exists('post', $id, $key)) {
                continue;
            }
            $value = get_post_meta($id, $key, true);
            switch ($prop) {
                case 'manage_stock': case 'sold_individually': case 'virtual': case 'downloadable':
                    $value = $value === 'yes';
                    break;
                case 'stock_quantity':
                    $value = $value === '' || $value === null ? null : wc_stock_amount($value);
                    break;
                case 'date_on_sale_from': case 'date_on_sale_to':
                    $value = \WC_DateTime::from($value);
                    break;
                case 'gallery_image_ids':
                    $value = array_filter(explode(',', (string) $value));
                    break;
                case 'image_id': case 'download_limit': case 'download_expiry': case 'review_count':
                    $value = (int) $value;
                    break;
            }
            $found[$prop] = $value;
        }
        if ($variation) {
            $found += ['image_id' => 0];
        }

        return $found;
    }

    /** @return array<string, mixed> */
    private static function readTerms(int $id): array
    {
        $marks = wp_get_object_terms($id, 'product_visibility', ['fields' => 'slugs']);
        $search = in_array('exclude-from-search', (array) $marks, true);
        $catalog = in_array('exclude-from-catalog', (array) $marks, true);
        $visibility = $search && $catalog ? 'hidden' : ($search ? 'catalog' : ($catalog ? 'search' : 'visible'));
        $terms = get_the_terms($id, 'product_cat');
        $categories = is_array($terms) ? array_map('intval', array_column($terms, 'term_id')) : [];

        return ['catalog_visibility' => $visibility, 'category_ids' => $categories];
    }

    /** @return array<string, \WC_Product_Attribute> */
    private static function readAttributes(int $id): array
    {
        $attributes = [];
        foreach ((array) (get_post_meta($id, '_product_attributes', true) ?: []) as $key => $row) {
            $taxonomy = !empty($row['is_taxonomy']);
            if ($taxonomy && !taxonomy_exists($row['name'])) {
                continue;
            }
            $attribute = new \WC_Product_Attribute();
            $attribute->set_id($taxonomy ? wc_attribute_taxonomy_id_by_name($row['name']) : 0);
            $attribute->set_name($row['name']);
            if ($taxonomy) {
                $terms = wp_get_object_terms($id, $row['name'], ['fields' => 'ids']);
                $attribute->set_options(array_map('intval', $terms));
            } else {
                $attribute->set_options(array_map('trim', explode('|', $row['value'])));
            }
            $attribute->set_position($row['position']);
            $attribute->set_visible($row['is_visible']);
            $attribute->set_variation($row['is_variation']);
            $attributes[$key] = $attribute;
        }

        return $attributes;
    }

    private static function date(string $utc): ?\WC_DateTime
    {
        return $utc === '0000-00-00 00:00:00' ? null : \WC_DateTime::from(strtotime($utc . ' UTC'));
    }
}

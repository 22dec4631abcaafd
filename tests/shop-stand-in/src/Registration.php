<?php

declare(strict_types=1);

namespace Dongbo\StandIn;

/** Post types, taxonomies and the menu, registered on each request. */
final class Registration
{
    public static function hook(): void
    {
        add_action('plugins_loaded', static function (): void {
            do_action('woocommerce_loaded');
        }, -1);
        add_action('init', static function (): void {
            do_action('before_woocommerce_init');
            do_action('woocommerce_init');
        }, 0);
        add_action('init', [self::class, 'types'], 5);
        add_filter('the_content', [self::class, 'productPage']);
        add_filter('post_type_link', [Variations::class, 'link'], 10, 2);
        add_action('admin_menu', static function (): void {
            add_menu_page('WooCommerce', 'WooCommerce', 'manage_woocommerce', 'woocommerce', [self::class, 'page'], '', 55);
        });
    }

    /** The one place of a product's page that plugins write into. */
    public static function productPage($content)
    {
        if (!is_singular('product') || !in_the_loop()) {
            return $content;
        }
        $GLOBALS['product'] = wc_get_product(get_the_ID());
        ob_start();
        do_action('woocommerce_single_product_summary');

        return $content . ob_get_clean();
    }

    public static function types(): void
    {
        if (post_type_exists('product')) {
            return;
        }
        $hidden = ['hierarchical' => false, 'show_ui' => false, 'show_in_nav_menus' => false, 'rewrite' => false, 'public' => false, 'query_var' => is_admin()];
        register_taxonomy('product_type', ['product'], $hidden);
        register_taxonomy('product_visibility', ['product', 'product_variation'], $hidden);
        register_taxonomy('product_cat', ['product'], [
            'hierarchical' => true,
            'label' => 'Product categories',
            'show_ui' => true,
            'update_count_callback' => [TermCounts::class, 'recount'],
            'rewrite' => ['slug' => 'product-category', 'hierarchical' => true],
            'default_term' => null,
        ]);
        register_taxonomy('product_tag', ['product'], ['label' => 'Product tags', 'show_ui' => true]);
        register_taxonomy('product_shipping_class', ['product', 'product_variation'], $hidden);
        self::attributes();
        register_post_type('product', [
            'labels' => ['name' => 'Products', 'singular_name' => 'Product'],
            'public' => true,
            'capability_type' => 'product',
            'map_meta_cap' => true,
            'rewrite' => ['slug' => 'product', 'with_front' => false],
            'has_archive' => 'shop',
            'supports' => ['title', 'editor', 'excerpt', 'thumbnail', 'comments', 'custom-fields', 'publicize', 'wpcom-markdown'],
        ]);
        register_post_type('product_variation', ['label' => 'Variations', 'public' => false, 'hierarchical' => false, 'supports' => false, 'capability_type' => 'product', 'rewrite' => false]);
    }

    public static function page(): void
    {
        echo '<div class="wrap"><h1>WooCommerce</h1><p>', esc_html__('This is the stand-in for WooCommerce that Dongbo\'s tests use.', 'woocommerce'), '</p></div>';
    }

    private static function attributes(): void
    {
        global $wc_product_attributes;
        $wc_product_attributes = [];
        foreach (wc_get_attribute_taxonomies() as $attribute) {
            $taxonomy = wc_attribute_taxonomy_name($attribute->attribute_name);
            if ($taxonomy === '') {
                continue;
            }
            $wc_product_attributes[$taxonomy] = $attribute;
            register_taxonomy(
                $taxonomy,
                apply_filters('woocommerce_taxonomy_objects_' . $taxonomy, ['product']),
                apply_filters('woocommerce_taxonomy_args_' . $taxonomy, [
                    'hierarchical' => false,
                    'label' => $attribute->attribute_label,
                    'show_ui' => true,
                    'show_in_menu' => false,
                    'query_var' => (bool) $attribute->attribute_public,
                    'rewrite' => false,
                    'public' => (bool) $attribute->attribute_public,
                    'sort' => false,
                ])
            );
        }
    }
}

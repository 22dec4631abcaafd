<?php

declare(strict_types=1);

namespace Dongbo\StandIn;

/** Tables, terms and roles, as a fresh WooCommerce leaves them. */
final class Install
{
    /** In this order: other code knows a fresh shop's terms by these ids. */
    private const TERMS = [
        'product_type' => ['simple', 'grouped', 'variable', 'external'],
        'product_visibility' => [
            'exclude-from-search', 'exclude-from-catalog', 'featured', 'outofstock',
            'rated-1', 'rated-2', 'rated-3', 'rated-4', 'rated-5',
        ],
    ];

    private const CAPABILITIES = [
        'manage_woocommerce', 'view_woocommerce_reports', 'edit_product', 'read_product', 'delete_product', 'edit_products',
        'edit_others_products', 'publish_products', 'read_private_products', 'delete_products', 'delete_private_products',
        'delete_published_products', 'delete_others_products', 'edit_private_products', 'edit_published_products',
        'manage_product_terms', 'edit_product_terms', 'delete_product_terms', 'assign_product_terms',
    ];

    public static function run(): void
    {
        self::tables();
        Registration::types();
        foreach (self::TERMS as $taxonomy => $terms) {
            foreach ($terms as $term) {
                if (!term_exists($term, $taxonomy)) {
                    wp_insert_term($term, $taxonomy);
                }
            }
        }
        if (!get_option('default_product_cat')) {
            $category = wp_insert_term('Uncategorized', 'product_cat', ['slug' => 'uncategorized']);
            update_option('default_product_cat', is_wp_error($category) ? $category->get_error_data() : $category['term_id']);
        }
        self::roles();
        update_option('woocommerce_version', WC_VERSION);
        update_option('woocommerce_db_version', WC_VERSION);
    }

    private static function tables(): void
    {
        global $wpdb;
        require_once ABSPATH . 'wp-admin/includes/upgrade.php';
        $collate = $wpdb->get_charset_collate();
        dbDelta([
            "CREATE TABLE {$wpdb->prefix}wc_product_meta_lookup (
  product_id bigint(20) NOT NULL,
  sku varchar(100) NULL default '',
  global_unique_id varchar(100) NULL default '',
  virtual tinyint(1) NULL default 0,
  downloadable tinyint(1) NULL default 0,
  min_price decimal(19,4) NULL default NULL,
  max_price decimal(19,4) NULL default NULL,
  onsale tinyint(1) NULL default 0,
  stock_quantity double NULL default NULL,
  stock_status varchar(100) NULL default 'instock',
  rating_count bigint(20) NULL default 0,
  average_rating decimal(3,2) NULL default 0.00,
  total_sales bigint(20) NULL default 0,
  tax_status varchar(100) NULL default 'taxable',
  tax_class varchar(100) NULL default '',
  PRIMARY KEY  (product_id),
  KEY stock_status (stock_status),
  KEY sku (sku(50))
) $collate;",
            "CREATE TABLE {$wpdb->prefix}wc_product_attributes_lookup (
  product_id bigint(20) NOT NULL,
  product_or_parent_id bigint(20) NOT NULL,
  taxonomy varchar(32) NOT NULL,
  term_id bigint(20) NOT NULL,
  is_variation_attribute tinyint(1) NOT NULL,
  in_stock tinyint(1) NOT NULL,
  PRIMARY KEY  (product_or_parent_id,term_id,product_id,taxonomy)
) $collate;",
            "CREATE TABLE {$wpdb->prefix}woocommerce_attribute_taxonomies (
  attribute_id bigint(20) unsigned NOT NULL auto_increment,
  attribute_name varchar(200) NOT NULL,
  attribute_label varchar(200) NULL,
  attribute_type varchar(20) NOT NULL,
  attribute_orderby varchar(20) NOT NULL,
  attribute_public int(1) NOT NULL DEFAULT 1,
  PRIMARY KEY  (attribute_id),
  KEY attribute_name (attribute_name(20))
) $collate;",
            "CREATE TABLE {$wpdb->prefix}actionscheduler_actions (
  action_id bigint(20) unsigned NOT NULL auto_increment,
  hook varchar(191) NOT NULL,
  status varchar(20) NOT NULL,
  args varchar(191) NOT NULL default '',
  due_gmt datetime NULL,
  recurs_every int(10) unsigned NULL,
  group_slug varchar(191) NOT NULL default '',
  failure text NULL,
  PRIMARY KEY  (action_id),
  KEY hook (hook(150),status),
  KEY due (status,due_gmt)
) $collate;",
        ]);
    }

    private static function roles(): void
    {
        add_role('shop_manager', 'Shop manager', (get_role('editor')->capabilities ?? []) + ['read' => true]);
        foreach (['shop_manager', 'administrator'] as $name) {
            foreach (self::CAPABILITIES as $capability) {
                get_role($name)->add_cap($capability);
            }
        }
        add_role('customer', 'Customer', ['read' => true]);
    }
}

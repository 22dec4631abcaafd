<?php
/**
 * What a recording looks at, and what it leaves out and why.
 *
 * @package Dongbo\Tests
 */

declare(strict_types=1);

return [
    // Table => key columns. Everything that a shop's pages, its admin or another plugin reads goods from.
    'tables' => [
        'posts' => ['ID'],
        'postmeta' => ['meta_id'],
        'terms' => ['term_id'],
        'termmeta' => ['meta_id'],
        'term_taxonomy' => ['term_taxonomy_id'],
        'term_relationships' => ['object_id', 'term_taxonomy_id'],
        'options' => ['option_name'],
        'wc_product_meta_lookup' => ['product_id'],
        'wc_product_attributes_lookup' => ['product_or_parent_id', 'term_id', 'product_id', 'taxonomy'],
        'woocommerce_attribute_taxonomies' => ['attribute_id'],
        'actionscheduler_actions' => ['action_id'],
    ],
    // Columns that hold the same thing again, or how a version keeps house.
    'columns_left_out' => [
        'posts' => ['guid', 'to_ping', 'pinged', 'comment_count', 'ping_status', 'post_password', 'post_mime_type'],
        'postmeta' => ['meta_id'],
        'termmeta' => ['meta_id'],
        'options' => ['option_id', 'autoload'],
        'actionscheduler_actions' => [
            'scheduled_date_gmt', 'scheduled_date_local', 'last_attempt_gmt', 'last_attempt_local', 'schedule',
            'group_id', 'claim_id', 'attempts', 'extended_args', 'priority', 'due_gmt', 'recurs_every', 'group_slug', 'failure',
        ],
    ],
    // Options: only what product writes leave there (`wc_term_counts` and `wc_var_prices_…`, shop pages' own caches, come and go with their readers).
    'options' => '/^(product_cat_children|pa_.*_children|_transient_(product.*version|wc_(product|attribute|outofstock|low|onsale|featured).*))$/',
    // Metas WordPress and WooCommerce keep for their own editing screens.
    'metas_left_out' => ['_edit_lock', '_edit_last'],
    // Jobs of WooCommerce Admin's reports and of Action Scheduler itself, which Dongbo neither reads nor waits for.
    'jobs_left_out' => '/^(wc-admin_|action_scheduler|woocommerce_analytics|generate_category_lookup)/',
    // Actions (never filters) that another plugin or Dongbo itself listens to for goods.
    'hooks' => '/^(woocommerce_(new|update|before_|after_|delete|trash|untrash)[a-z_]*product[a-z_]*|woocommerce_(product|variation)_(set|object|before_set)[a-z_]*'
        . '|woocommerce_updated_product_(stock|price)|woocommerce_attribute_(added|updated|deleted)|woocommerce_(no|low)_stock'
        . '|woocommerce_save_product_variation|woocommerce_(variable_)?product_sync_data|woocommerce_delete_product_transients'
        . '|save_post_product(_variation)?|(added|updated|deleted)_post_meta|set_object_terms|created_term|edited_term|deleted_term_relationships'
        . '|wp_trash_post|trashed_post|untrashed_post|before_delete_post|deleted_post)$/',
];

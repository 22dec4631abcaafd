<?php
/**
 * WooCommerce's functions, as far as Dongbo calls them.
 *
 * @package Dongbo\Tests
 */

declare(strict_types=1);

use Dongbo\StandIn\Attributes;
use Dongbo\StandIn\Decimal;
use Dongbo\StandIn\Factory;
use Dongbo\StandIn\Lookup;
use Dongbo\StandIn\Query;
use Dongbo\StandIn\Stock;
use Dongbo\StandIn\Versions;

function WC()
{
    return WooCommerce::instance();
}

function wc_get_product($the_product = false, $deprecated = array())
{
    return Factory::product($the_product);
}

function wc_get_products($args)
{
    return Query::run($args);
}

function wc_get_product_id_by_sku($sku)
{
    return (string) $sku === '' ? 0 : Lookup::find('sku', (string) $sku);
}

function wc_update_product_stock($product, $stock_quantity = null, $operation = 'set', $updating = false)
{
    return Stock::update($product, $stock_quantity, $operation);
}

function wc_stock_amount($amount)
{
    return apply_filters('woocommerce_stock_amount', $amount);
}
add_filter('woocommerce_stock_amount', 'intval');

function wc_delete_product_transients($post_id = 0)
{
    foreach (['wc_products_onsale', 'wc_featured_products', 'wc_outofstock_count', 'wc_low_stock_count'] as $name) {
        delete_transient($name);
    }
    if ($post_id > 0) {
        foreach (['wc_product_children_', 'wc_var_prices_', 'wc_related_', 'wc_child_has_weight_', 'wc_child_has_dimensions_'] as $name) {
            delete_transient($name . $post_id);
        }
    }
    Versions::product();
    do_action('woocommerce_delete_product_transients', $post_id);
}

function wc_deferred_product_sync($product_id)
{
    $waiting = $GLOBALS['wc_deferred_product_sync'] ?? [];
    $waiting[] = $product_id;
    $GLOBALS['wc_deferred_product_sync'] = $waiting;
}

function wc_create_attribute($args)
{
    return Attributes::create((array) $args);
}

function wc_update_attribute($id, $args)
{
    return Attributes::update((int) $id, (array) $args);
}

function wc_get_attribute_taxonomies()
{
    return Attributes::all();
}

function wc_attribute_taxonomy_name($attribute_name)
{
    return $attribute_name ? 'pa_' . wc_sanitize_taxonomy_name($attribute_name) : '';
}

function wc_attribute_taxonomy_id_by_name($name)
{
    $slug = preg_replace('/^pa_/', '', wc_sanitize_taxonomy_name($name));
    foreach (wc_get_attribute_taxonomies() as $attribute) {
        if ($attribute->attribute_name === $slug) {
            return (int) $attribute->attribute_id;
        }
    }

    return 0;
}

function wc_attribute_label($name, $product = '')
{
    return Attributes::label((string) $name);
}

function wc_sanitize_taxonomy_name($taxonomy)
{
    return urldecode(sanitize_title(urldecode((string) $taxonomy)));
}

function wc_format_decimal($number, $dp = false, $trim_zeros = false)
{
    return Decimal::format($number, $dp, (bool) $trim_zeros);
}

function wc_get_price_decimals()
{
    return absint(apply_filters('wc_get_price_decimals', get_option('woocommerce_price_num_decimals', 2)));
}

function wc_get_price_decimal_separator()
{
    return (string) (get_option('woocommerce_price_decimal_sep') ?: '.');
}

function get_woocommerce_currency()
{
    return apply_filters('woocommerce_currency', get_option('woocommerce_currency', 'USD'));
}

function wc_get_logger()
{
    static $logger = null;

    return $logger = $logger ?? new WC_Logger();
}

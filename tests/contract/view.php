<?php
/**
 * What a shopper's request is shown of all products, as JSON; what it reads it leaves in the object
 * cache, as any request does.
 */

declare(strict_types=1);

global $wpdb;
// WooCommerce corrects a variation's title while it reads; the one who writes waits for this request.
$wpdb->query( 'SET SESSION innodb_lock_wait_timeout = 1' );
$wpdb->suppress_errors( true );
$seen = array();
$posts = $wpdb->get_results( "SELECT ID FROM {$wpdb->posts} WHERE post_type IN ('product', 'product_variation') ORDER BY ID" );
foreach ( $posts as $row ) {
	$id      = (int) $row->ID;
	$post    = get_post( $id );
	$product = wc_get_product( $id );
	$terms   = array();
	foreach ( get_object_taxonomies( $post->post_type ) as $taxonomy ) {
		$found              = get_the_terms( $id, $taxonomy );
		$terms[ $taxonomy ] = is_array( $found ) ? wp_list_pluck( $found, 'slug' ) : array();
	}
	$meta = array_map( 'array_values', (array) get_post_meta( $id ) );
	ksort( $meta );
	$seen[ $id ] = array(
		'title'    => $post->post_title,
		'status'   => $post->post_status,
		'type'     => $product->get_type(),
		'price'    => $product->get_price(),
		'stock'    => $product->get_stock_quantity(),
		'children' => $product->get_children(),
		'prices'   => $product->is_type( 'variable' ) ? $product->get_variation_prices() : array(),
		'choices'  => $product->is_type( 'variable' ) ? $product->get_variation_attributes() : array(),
		'terms'    => array_filter( $terms ),
		'meta'     => $meta,
	);
}
$categories = array();
foreach ( get_terms( array( 'taxonomy' => 'product_cat', 'hide_empty' => false ) ) as $term ) {
	$categories[ $term->term_id ] = array( $term->name, $term->parent, $term->count );
}
ksort( $categories );
$listed = wc_get_products( array( 'limit' => -1, 'return' => 'ids', 'orderby' => 'ID', 'order' => 'ASC' ) );
echo json_encode( array( 'products' => $seen, 'categories' => $categories, 'tree' => get_option( 'product_cat_children' ) ?: array(), 'listed' => $listed ), JSON_UNESCAPED_UNICODE | JSON_PARTIAL_OUTPUT_ON_ERROR );

<?php

declare(strict_types=1);

/**
 * Gets a WooCommerce the way WordPress's own plugin installer does. Usage: lab exec DIR fetch-woocommerce.php VERSION FOLDER
 *
 * Ends with 1, in one line, where wordpress.org does not answer: then the stand-in is used.
 */

require_once ABSPATH . 'wp-admin/includes/file.php';
require_once ABSPATH . 'wp-admin/includes/plugin-install.php';

$lab_fail = static function ( $problem ) {
	fwrite( STDERR, 'lab: no WooCommerce from wordpress.org: ' . ( is_wp_error( $problem ) ? $problem->get_error_message() : $problem ) . "\n" );
	exit( 1 );
};

// A dead network is found out quickly; the download itself may take its time.
add_filter(
	'http_request_args',
	static function ( $args, $url ) {
		$args['timeout'] = false === strpos( $url, 'api.wordpress.org' ) ? 300 : 5;
		return $args;
	},
	10,
	2
);

list( , $lab_version, $lab_folder ) = $argv;

$lab_plugin = plugins_api( 'plugin_information', array( 'slug' => 'woocommerce', 'fields' => array( 'versions' => true, 'sections' => false ) ) );
if ( is_wp_error( $lab_plugin ) ) {
	$lab_fail( $lab_plugin );
}
if ( empty( $lab_plugin->versions[ $lab_version ] ) ) {
	$lab_fail( "version $lab_version is not offered" );
}
$lab_zip = download_url( $lab_plugin->versions[ $lab_version ], 300 );
if ( is_wp_error( $lab_zip ) ) {
	$lab_fail( $lab_zip );
}
WP_Filesystem();
$lab_new      = $lab_folder . '.' . getmypid();
$lab_unpacked = unzip_file( $lab_zip, $lab_new );
unlink( $lab_zip );
if ( is_wp_error( $lab_unpacked ) ) {
	$lab_fail( $lab_unpacked );
}
if ( ! is_file( "$lab_new/woocommerce/woocommerce.php" ) ) {
	$lab_fail( 'the archive holds something else' );
}
if ( ! is_dir( $lab_folder ) ) {
	rename( "$lab_new/woocommerce", $lab_folder );
}
$GLOBALS['wp_filesystem']->delete( $lab_new, true );

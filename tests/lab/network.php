<?php
/**
 * Makes the lab's site the first of a network, as Tools → Network Setup does. Usage: lab exec DIR network.php HOST
 */

require_once ABSPATH . 'wp-admin/includes/upgrade.php';
require_once ABSPATH . 'wp-admin/includes/network.php';

foreach ( $wpdb->tables( 'ms_global' ) as $lab_table => $lab_name ) {
	$wpdb->$lab_table = $lab_name;
}
install_network();
$lab_done = populate_network( 1, $argv[1], 'admin@example.org', 'Dongbo lab', '/', false );
if ( is_wp_error( $lab_done ) && 'no_wildcard_dns' !== $lab_done->get_error_code() ) {
	fwrite( STDERR, 'lab: no network: ' . $lab_done->get_error_message() . "\n" );
	exit( 1 );
}

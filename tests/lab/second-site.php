<?php
/**
 * The network's second site. Usage: lab exec DIR second-site.php HOST
 */

$lab_site = wp_insert_site(
	array(
		'domain'     => $argv[1],
		'path'       => '/two/',
		'title'      => 'Two',
		'user_id'    => 1,
		'network_id' => 1,
	)
);
if ( is_wp_error( $lab_site ) ) {
	fwrite( STDERR, 'lab: no second site: ' . $lab_site->get_error_message() . "\n" );
	exit( 1 );
}

<?php

declare(strict_types=1);

/**
 * Activates plugins as the plugins screen does. Usage: lab exec DIR activate.php FOLDER/FILE.php...
 */

foreach ( array_slice( $argv, 1 ) as $lab_plugin ) {
	$lab_problem = activate_plugin( $lab_plugin );
	if ( is_wp_error( $lab_problem ) ) {
		fwrite( STDERR, 'lab: ' . $lab_plugin . ' cannot be activated: ' . $lab_problem->get_error_message() . "\n" . wp_json_encode( $lab_problem->get_error_data() ) . "\n" );
		exit( 1 );
	}
}

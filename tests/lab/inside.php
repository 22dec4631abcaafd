<?php

declare(strict_types=1);

/**
 * Loads WordPress as a command (no theme, no user unless LAB_USER says so), then runs a file, or code from stdin.
 *
 * Usage: php inside.php WORDPRESS FILE|- [ARG...]; the file sees $argv without this script.
 */

$lab_wordpress = $argv[1];
$argv          = array_slice( $argv, 2 );
$argc          = count( $argv );
if ( '-' !== $argv[0] ) {
	$argv[0] = realpath( $argv[0] );
	if ( false === $argv[0] ) {
		fwrite( STDERR, "lab: no such PHP file\n" );
		exit( 2 );
	}
}
$_SERVER['argv'] = $argv;
$_SERVER['argc'] = $argc;

// WordPress ends with exit code 0 and a page of HTML when it cannot start; a command must not.
define( 'WP_DISABLE_FATAL_ERROR_HANDLER', true );
register_shutdown_function(
	static function () {
		if ( ! function_exists( 'did_action' ) || ! did_action( 'wp_loaded' ) ) {
			exit( 3 );
		}
	}
);

require $lab_wordpress . '/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/plugin.php';
if ( getenv( 'LAB_USER' ) ) {
	wp_set_current_user( (int) getenv( 'LAB_USER' ) );
}
if ( '-' === $argv[0] ) {
	eval( preg_replace( '/^\s*<\?php/', '', stream_get_contents( STDIN ) ) );
} else {
	require $argv[0];
}

<?php

declare(strict_types=1);

/**
 * What every lab's wp-config.php has in common.
 *
 * Constants given with `lab up --define` are set before this file is read, so each of these can be overruled.
 */

// A command has no Host header, and WordPress's installer asks for one.
if ( 'cli' === PHP_SAPI && ! isset( $_SERVER['HTTP_HOST'] ) ) {
	$_SERVER['HTTP_HOST']   = defined( 'LAB_HOST' ) ? LAB_HOST : '127.0.0.1';
	$_SERVER['REQUEST_URI'] = '/';
}

$lab_defaults = array(
	'DB_CHARSET'              => 'utf8mb4',
	'DB_COLLATE'              => '',
	'WP_DEBUG'                => true,
	'WP_DEBUG_DISPLAY'        => false,
	'WP_DEBUG_LOG'            => LAB_DIR . '/debug.log',
	'WP_ENVIRONMENT_TYPE'     => 'production',
	'WP_HTTP_BLOCK_EXTERNAL'  => true,
	'WP_ACCESSIBLE_HOSTS'     => '127.0.0.1,localhost',
	'AUTOMATIC_UPDATER_DISABLED' => true,
	'WP_AUTO_UPDATE_CORE'     => false,
	'FS_METHOD'               => 'direct',
	'CONCATENATE_SCRIPTS'     => false,
);
foreach ( array( 'AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE' ) as $lab_salt ) {
	$lab_defaults[ $lab_salt . '_KEY' ]  = hash( 'sha256', 'dongbo lab ' . $lab_salt . ' key' );
	$lab_defaults[ $lab_salt . '_SALT' ] = hash( 'sha256', 'dongbo lab ' . $lab_salt . ' salt' );
}
foreach ( $lab_defaults as $lab_name => $lab_value ) {
	if ( ! defined( $lab_name ) ) {
		define( $lab_name, $lab_value );
	}
}
unset( $lab_defaults, $lab_name, $lab_value, $lab_salt );

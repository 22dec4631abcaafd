<?php

declare(strict_types=1);

/**
 * Installs WordPress into the lab's empty database. Usage: php install.php WORDPRESS
 */

define( 'WP_INSTALLING', true );
define( 'WP_DISABLE_FATAL_ERROR_HANDLER', true );
require $argv[1] . '/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/upgrade.php';

wp_install( 'Dongbo lab', 'admin', 'admin@example.org', false, '', 'admin' );
update_option( 'permalink_structure', '/%postname%/' );
update_option( 'timezone_string', 'Asia/Ho_Chi_Minh' );
update_option( 'blog_public', '0' );

if ( ! is_blog_installed() ) {
	fwrite( STDERR, "lab: WordPress was not installed\n" );
	exit( 1 );
}

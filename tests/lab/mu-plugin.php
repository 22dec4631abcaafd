<?php

declare(strict_types=1);

/**
 * Plugin Name: Dongbo lab
 * Description: Mails go to a file of the lab instead of out into the world.
 */

add_filter(
	'pre_wp_mail',
	static function ( $sent, $mail ) {
		file_put_contents( LAB_DIR . '/mail.jsonl', wp_json_encode( $mail ) . "\n", FILE_APPEND | LOCK_EX );
		return true;
	},
	10,
	2
);

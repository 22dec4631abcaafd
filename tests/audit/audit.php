<?php
declare(strict_types=1);

/**
 * Compares a simulated POS with a WordPress shop, row by row, without the plugin or WordPress.
 *
 * php tests/audit/audit.php --pos=http://127.0.0.1:PORT --wordpress=DIR --branches=1,2
 *     [--order-branch=1] [--regular-book=ID] [--sale-book=ID] [--most=20] [--at=SECONDS]
 *
 * Exit code 0 when nothing differs, 1 when something does, 2 when it could not be told.
 */

require __DIR__ . '/Expectation.php';
require __DIR__ . '/Shop.php';
require __DIR__ . '/Comparison.php';

$options = getopt( '', array( 'pos:', 'wordpress:', 'branches:', 'order-branch:', 'regular-book:', 'sale-book:', 'most:', 'at:' ) );
foreach ( array( 'pos', 'wordpress', 'branches' ) as $name ) {
	if ( ! isset( $options[ $name ] ) ) {
		fwrite( STDERR, "audit: --$name is missing\n" );
		exit( 2 );
	}
}

/** The value of a constant in wp-config.php, which is not executed. */
function config_value( string $config, string $name ): string {
	return preg_match( "/define\(\s*'$name'\s*,\s*'([^']*)'/", $config, $found ) ? $found[1] : '';
}

$text = file_get_contents( $options['pos'] . '/_sim/catalogue' );
if ( false === $text ) {
	fwrite( STDERR, "audit: no POS answers at {$options['pos']}\n" );
	exit( 2 );
}
$config    = (string) file_get_contents( $options['wordpress'] . '/wp-config.php' );
$host      = explode( ':', config_value( $config, 'DB_HOST' ), 2 );
$is_socket = isset( $host[1] ) && '/' === ( $host[1][0] ?? '' );
mysqli_report( MYSQLI_REPORT_ERROR | MYSQLI_REPORT_STRICT );
$db = new mysqli(
	$host[0],
	config_value( $config, 'DB_USER' ),
	config_value( $config, 'DB_PASSWORD' ),
	config_value( $config, 'DB_NAME' ),
	$is_socket || ! isset( $host[1] ) ? 0 : (int) $host[1],
	$is_socket ? $host[1] : null
);
$db->set_charset( 'utf8mb4' );
$prefix = preg_match( '/\$table_prefix\s*=\s*\'([^\']*)\'/', $config, $found ) ? $found[1] : 'wp_';

$catalogue   = json_decode( $text, true, 512, JSON_THROW_ON_ERROR );
$removed     = array_fill_keys( array_map( 'strval', array_column( $catalogue['removed']['products'] ?? array(), 'id' ) ), true );
$expectation = new Dongbo\Audit\Expectation(
	$catalogue,
	array(
		'branches'    => explode( ',', $options['branches'] ),
		'orderBranch' => $options['order-branch'] ?? explode( ',', $options['branches'] )[0],
		'regularBook' => $options['regular-book'] ?? null,
		'saleBook'    => $options['sale-book'] ?? null,
	),
	(int) ( $options['at'] ?? time() )
);
$comparison  = new Dongbo\Audit\Comparison( $expectation->all(), ( new Dongbo\Audit\Shop( $db, $prefix ) )->products(), $removed );

foreach ( array_slice( $comparison->differences, 0, (int) ( $options['most'] ?? 20 ) ) as $difference ) {
	echo "  different: $difference\n";
}
$count = count( $comparison->differences );
printf(
	"audit: %d goods of the POS, %d values compared (%s)%s%s: %d differences\n",
	$comparison->rows,
	array_sum( $comparison->compared ),
	implode( ', ', array_keys( $comparison->compared ) ),
	$comparison->left > 0 ? ", {$comparison->left} products of removed goods stay, not for sale" : '',
	$comparison->untold > 0 ? ", {$comparison->untold} rows without a SKU of their own left to the plugin's list" : '',
	$count
);
exit( 0 === $count && $comparison->rows > 0 ? 0 : 1 );

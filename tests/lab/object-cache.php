<?php

declare(strict_types=1);

/**
 * A persistent object cache for labs (`lab up --object-cache`): a folder of files that all requests and
 * workers share, with each request's own memory before it, as the drop-ins for Redis and Memcached have.
 *
 * What is in it outlives a request that is killed and knows nothing of the database's transactions.
 */

final class WP_Object_Cache {
	/** @var array<string, mixed> What this request has met. */
	private $memory = array();

	/** @var array<string, true> Groups all sites of a network share. */
	private $global = array();

	/** @var array<string, true> Groups that stay in the request. */
	private $own = array();

	/** @var string */
	private $folder;

	/** @var int */
	private $site = 1;

	public function __construct( string $folder ) {
		$this->folder = $folder;
		is_dir( $folder ) || mkdir( $folder, 0777, true );
	}

	/**
	 * @param string[] $groups
	 */
	public function share( array $groups ): void {
		$this->global += array_fill_keys( $groups, true );
	}

	/**
	 * @param string[] $groups
	 */
	public function keep_here( array $groups ): void {
		$this->own += array_fill_keys( $groups, true );
	}

	public function switch_to( int $site ): void {
		$this->site = $site;
	}

	/**
	 * @param int|string $key
	 * @param mixed      $value
	 */
	public function add( $key, $value, string $group, int $seconds ): bool {
		if ( wp_suspend_cache_addition() ) {
			return false;
		}
		$name = $this->name( $key, $group );
		if ( isset( $this->own[ $group ] ) ) {
			return ! array_key_exists( $name, $this->memory ) && $this->remember( $name, $value );
		}
		$this->read( $name, $found );
		if ( $found ) {
			return false;
		}
		// Whoever is first wins, as with the atomic “add” of a cache server.
		$draft = $this->draft( $value, $seconds );
		$first = @link( $draft, $this->folder . '/' . $name );
		unlink( $draft );

		return $first && $this->remember( $name, $value );
	}

	/**
	 * @param int|string $key
	 * @param mixed      $value
	 */
	public function set( $key, $value, string $group, int $seconds ): bool {
		$name = $this->name( $key, $group );
		if ( ! isset( $this->own[ $group ] ) ) {
			rename( $this->draft( $value, $seconds ), $this->folder . '/' . $name );
		}

		return $this->remember( $name, $value );
	}

	/**
	 * @param int|string $key
	 *
	 * @return mixed
	 */
	public function get( $key, string $group, bool $force, ?bool &$found = null ) {
		$name = $this->name( $key, $group );
		if ( array_key_exists( $name, $this->memory ) && ( ! $force || isset( $this->own[ $group ] ) ) ) {
			$found = true;
			$value = $this->memory[ $name ];

			return is_object( $value ) ? clone $value : $value;
		}
		$found = false;
		if ( isset( $this->own[ $group ] ) ) {
			return false;
		}
		$value = $this->read( $name, $found );
		if ( $found ) {
			$this->memory[ $name ] = $value;
		}

		return $value;
	}

	/**
	 * @param int|string $key
	 */
	public function delete( $key, string $group ): bool {
		$name  = $this->name( $key, $group );
		$known = array_key_exists( $name, $this->memory );
		unset( $this->memory[ $name ] );

		return @unlink( $this->folder . '/' . $name ) || $known;
	}

	/**
	 * @param int|string $key
	 *
	 * @return int|false
	 */
	public function count( $key, int $by, string $group ) {
		$value = $this->get( $key, $group, true, $found );
		if ( ! $found ) {
			return false;
		}
		$value = max( 0, (int) $value + $by );
		$this->set( $key, $value, $group, 0 );

		return $value;
	}

	public function flush(): bool {
		$this->forget();
		foreach ( (array) glob( $this->folder . '/*' ) as $file ) {
			@unlink( (string) $file );
		}

		return true;
	}

	/** The request's own memory only. */
	public function forget(): bool {
		$this->memory = array();

		return true;
	}

	/**
	 * @param int|string $key
	 */
	private function name( $key, string $group ): string {
		return md5( ( isset( $this->global[ $group ] ) ? 0 : $this->site ) . "\0" . $group . "\0" . $key );
	}

	/**
	 * @param mixed $value
	 */
	private function remember( string $name, $value ): bool {
		$this->memory[ $name ] = is_object( $value ) ? clone $value : $value;

		return true;
	}

	/**
	 * @param mixed $value
	 */
	private function draft( $value, int $seconds ): string {
		$draft = $this->folder . '/.' . getmypid() . '-' . bin2hex( random_bytes( 6 ) );
		file_put_contents( $draft, ( $seconds > 0 ? time() + $seconds : 0 ) . "\n" . serialize( $value ) );

		return $draft;
	}

	/** @return mixed */
	private function read( string $name, ?bool &$found ) {
		$found = false;
		$text  = @file_get_contents( $this->folder . '/' . $name );
		if ( false === $text ) {
			return false;
		}
		$parts = explode( "\n", $text, 2 );
		if ( (int) $parts[0] > 0 && (int) $parts[0] <= time() ) {
			@unlink( $this->folder . '/' . $name );

			return false;
		}
		$found = true;

		return unserialize( $parts[1] );
	}
}

function wp_cache_init() {
	$GLOBALS['wp_object_cache'] = new WP_Object_Cache( LAB_DIR . '/object-cache' );
}

function wp_cache_add( $key, $data, $group = '', $expire = 0 ) {
	return $GLOBALS['wp_object_cache']->add( $key, $data, (string) $group ?: 'default', (int) $expire );
}

function wp_cache_replace( $key, $data, $group = '', $expire = 0 ) {
	wp_cache_get( $key, $group, true, $found );

	return $found && wp_cache_set( $key, $data, $group, $expire );
}

function wp_cache_set( $key, $data, $group = '', $expire = 0 ) {
	return $GLOBALS['wp_object_cache']->set( $key, $data, (string) $group ?: 'default', (int) $expire );
}

function wp_cache_get( $key, $group = '', $force = false, &$found = null ) {
	return $GLOBALS['wp_object_cache']->get( $key, (string) $group ?: 'default', (bool) $force, $found );
}

function wp_cache_delete( $key, $group = '' ) {
	return $GLOBALS['wp_object_cache']->delete( $key, (string) $group ?: 'default' );
}

function wp_cache_incr( $key, $offset = 1, $group = '' ) {
	return $GLOBALS['wp_object_cache']->count( $key, (int) $offset, (string) $group ?: 'default' );
}

function wp_cache_decr( $key, $offset = 1, $group = '' ) {
	return $GLOBALS['wp_object_cache']->count( $key, -(int) $offset, (string) $group ?: 'default' );
}

function wp_cache_flush() {
	return $GLOBALS['wp_object_cache']->flush();
}

function wp_cache_flush_runtime() {
	return $GLOBALS['wp_object_cache']->forget();
}

function wp_cache_supports( $feature ) {
	return 'flush_runtime' === $feature;
}

function wp_cache_close() {
	return true;
}

function wp_cache_add_global_groups( $groups ) {
	$GLOBALS['wp_object_cache']->share( (array) $groups );
}

function wp_cache_add_non_persistent_groups( $groups ) {
	$GLOBALS['wp_object_cache']->keep_here( (array) $groups );
}

function wp_cache_switch_to_blog( $site ) {
	$GLOBALS['wp_object_cache']->switch_to( (int) $site );
}

<?php
/**
 * What a planning slice works for and with.
 *
 * @package Dongbo
 */

declare(strict_types=1);

namespace Dongbo\Sync;

use Dongbo\Engine\Engine;
use Dongbo\Lanes\Fence;

/**
 * One connection, one run, the owner's settings, the clock and the rules.
 *
 * Everything that planning and applying needs from outside stands here, so that both are driven by
 * tests without a run loop. Without a fence nothing may be written (preview).
 */
final class SyncContext {

	/** @var int */
	private $connection_id;

	/** @var array<string,mixed> */
	private $settings;

	/** @var int */
	private $settings_revision;

	/** @var int */
	private $run_id;

	/** @var Fence|null */
	private $fence;

	/** @var string */
	private $actor;

	/** @var callable */
	private $now;

	/** @var callable */
	private $rules;

	/** @var string|null */
	private $rules_version;

	/**
	 * @param int                 $connection_id     The connection.
	 * @param array<string,mixed> $settings          The stored settings record, as the rules take it.
	 * @param int                 $settings_revision Grows with every change of the settings.
	 * @param int                 $run_id            The run, 0 for a preview.
	 * @param Fence|null          $fence             Guards every transaction of the run; null: read only.
	 * @param string              $actor             Who acts, for the history: `cron`, `cli`, a user's login.
	 * @param callable|null       $now               Milliseconds UTC; the server's clock by default.
	 * @param callable|null       $rules             `fn(string $name, array $input): array`; the engine by default.
	 */
	public function __construct( int $connection_id, array $settings, int $settings_revision, int $run_id, ?Fence $fence, string $actor = 'cron', ?callable $now = null, ?callable $rules = null ) {
		$this->connection_id     = $connection_id;
		$this->settings          = $settings;
		$this->settings_revision = $settings_revision;
		$this->run_id            = $run_id;
		$this->fence             = $fence;
		$this->actor             = $actor;
		$this->now               = $now ?? static function (): int {
			return (int) round( microtime( true ) * 1000 );
		};
		$this->rules             = $rules ?? array( Engine::class, 'call' );
	}

	/** The connection's id. */
	public function connection_id(): int {
		return $this->connection_id;
	}

	/**
	 * The settings record, passed to the rules as it is.
	 *
	 * @return array<string,mixed>
	 */
	public function settings(): array {
		return $this->settings;
	}

	/** The settings' revision, part of every family's digest. */
	public function settings_revision(): int {
		return $this->settings_revision;
	}

	/** The run's id. */
	public function run_id(): int {
		return $this->run_id;
	}

	/** The guard of the run's transactions, null where nothing may be written. */
	public function fence(): ?Fence {
		return $this->fence;
	}

	/** Who acts. */
	public function actor(): string {
		return $this->actor;
	}

	/** Milliseconds UTC. */
	public function now(): int {
		return (int) ( $this->now )();
	}

	/**
	 * Asks the rules.
	 *
	 * @param string              $name  An export of the rules.
	 * @param array<string,mixed> $input Its record.
	 * @return array<string,mixed> The `ok` part.
	 * @throws \Dongbo\Engine\RulesError When the rules refuse the record.
	 */
	public function rules( string $name, array $input ): array {
		return (array) ( $this->rules )( $name, $input );
	}

	/** The version of the rules: a family planned by other rules is planned again. */
	public function rules_version(): string {
		if ( null === $this->rules_version ) {
			$answer              = $this->rules( 'version', array() );
			$this->rules_version = implode( ' ', array_filter( $answer, 'is_scalar' ) );
		}
		return $this->rules_version;
	}
}

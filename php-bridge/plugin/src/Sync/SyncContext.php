<?php

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
final class SyncContext
{
    private int $connectionId;

    /** @var array<string, mixed> */
    private array $settings;

    private int $settingsRevision;
    private int $runId;
    private ?Deadly $deadly = null;
    private ?Fence $fence;
    private int $actor;

    /** @var callable(): int */
    private $now;

    /** @var callable(string, array): array */
    private $rules;

    private ?string $rulesVersion = null;

    /**
     * @param int                  $connectionId     The connection.
     * @param array<string, mixed> $settings         The stored settings record, as the rules take it.
     * @param int                  $settingsRevision Grows with every change of the settings.
     * @param int                  $runId            The run, 0 for a preview.
     * @param Fence|null           $fence            Guards every transaction; null: nothing may be written.
     * @param int                  $actor            The user who acts, for the history; 0 for the background.
     * @param callable|null        $now              Milliseconds UTC; the server's clock by default.
     * @param callable|null        $rules            `fn(string $name, array $input): array`; the engine by default.
     */
    public function __construct(
        int $connectionId,
        array $settings,
        int $settingsRevision,
        int $runId,
        ?Fence $fence,
        int $actor = 0,
        ?callable $now = null,
        ?callable $rules = null
    ) {
        $this->connectionId = $connectionId;
        $this->settings = $settings;
        $this->settingsRevision = $settingsRevision;
        $this->runId = $runId;
        $this->fence = $fence;
        $this->actor = $actor;
        $this->now = $now ?? static function (): int {
            return \Dongbo\Tables\Clock::now();
        };
        $this->rules = $rules ?? [Engine::class, 'call'];
    }

    /** From now on families are written one by one: the slice before this one was cut. */
    public function watch(): void
    {
        $this->deadly = new Deadly($this->runId);
    }

    /** Who knows the families that end the process; null while there is no reason to look for them. */
    public function deadly(): ?Deadly
    {
        return $this->deadly;
    }

    /** The connection's id. */
    public function connectionId(): int
    {
        return $this->connectionId;
    }

    /**
     * The settings record, passed to the rules as it is.
     *
     * @return array<string, mixed>
     */
    public function settings(): array
    {
        return $this->settings;
    }

    /** The settings' revision, part of every family's digest. */
    public function settingsRevision(): int
    {
        return $this->settingsRevision;
    }

    /** The run's id. */
    public function runId(): int
    {
        return $this->runId;
    }

    /** The guard of the run's transactions, null where nothing may be written. */
    public function fence(): ?Fence
    {
        return $this->fence;
    }

    /** The user who acts, 0 for the background. */
    public function actor(): int
    {
        return $this->actor;
    }

    /** Milliseconds UTC. */
    public function now(): int
    {
        return (int) ($this->now)();
    }

    /**
     * Asks the rules.
     *
     * @param string               $name  An export of the rules.
     * @param array<string, mixed> $input Its record.
     *
     * @return array<string, mixed> The `ok` part.
     *
     * @throws \Dongbo\Engine\RulesError When the rules refuse the record.
     */
    public function rules(string $name, array $input): array
    {
        return (array) ($this->rules)($name, $input);
    }

    /** The version of the rules: a family planned by other rules is planned again. */
    public function rulesVersion(): string
    {
        if ($this->rulesVersion === null) {
            $this->rulesVersion = implode(' ', array_filter($this->rules('version', []), 'is_scalar'));
        }

        return $this->rulesVersion;
    }
}

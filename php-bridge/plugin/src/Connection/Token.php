<?php

declare(strict_types=1);

namespace Dongbo\Connection;

use Dongbo\Pos\KiotViet;
use Dongbo\Tables\Clock;
use Dongbo\Tables\Connections;
use Dongbo\Tables\Leases;

/**
 * The access token (product.md A3): kept encrypted, renewed when the rules say it is due, by one
 * worker at a time. Called by background work and administrators only, never on a shopper's page.
 */
final class Token
{
    private const LANE = 'token';
    private const LEASE_SECONDS = 40;
    private const WAIT_STEPS = 40;
    private const WAIT_MICROSECONDS = 250000;

    private KiotViet $pos;

    /** @var callable(string, array): array */
    private $rules;

    /** @param callable $rules `fn(string $name, array $input): array` */
    public function __construct(KiotViet $pos, callable $rules)
    {
        $this->pos = $pos;
        $this->rules = $rules;
    }

    /**
     * A token that may be used now; renewed first when it is due.
     *
     * @return array{token?: string, issues?: array<int, array<string, mixed>>, failure?: array<string, mixed>}
     * @throws SecretLost
     */
    public function usable(int $connection): array
    {
        $row = $this->row($connection);
        $token = $this->stored($row);

        return $token !== null && !$this->due($row) ? ['token' => $token] : $this->renew($connection, (string) $row['token']);
    }

    /**
     * Asks for a new token, whatever is stored.
     *
     * @param string|null $known The sealed token the caller knows: when another worker has replaced
     *                           it meanwhile, that one is taken instead of asking again.
     * @return array{token?: string, issues?: array<int, array<string, mixed>>, failure?: array<string, mixed>}
     * @throws SecretLost
     */
    public function renew(int $connection, ?string $known = null): array
    {
        $known = $known ?? (string) $this->row($connection)['token'];
        $holder = $this->waitForLease($connection, $known);
        if ($holder === '') {
            return ['token' => (string) $this->stored($this->row($connection))];
        }
        if ($holder === null) {
            return ['failure' => ['kind' => 'passing', 'code' => 'token-busy', 'params' => []]];
        }
        try {
            $row = $this->row($connection);
            if ((string) $row['token'] !== $known && $this->stored($row) !== null) {
                return ['token' => (string) $this->stored($row)];
            }

            return $this->ask($row);
        } finally {
            Leases::release($connection, self::LANE, $holder);
        }
    }

    /** @return string|null The lease's holder; '' when another worker has renewed; null when it does not come. */
    private function waitForLease(int $connection, string $known): ?string
    {
        for ($step = 0; $step < self::WAIT_STEPS; $step++) {
            $holder = Leases::acquire($connection, self::LANE, self::LEASE_SECONDS);
            if ($holder !== null) {
                return $holder;
            }
            usleep(self::WAIT_MICROSECONDS);
            if ((string) $this->row($connection)['token'] !== $known) {
                return '';
            }
        }

        return null;
    }

    /**
     * @param array<string, mixed> $row
     * @return array{token?: string, issues?: array<int, array<string, mixed>>, failure?: array<string, mixed>}
     */
    private function ask(array $row): array
    {
        $answer = $this->pos->token(Credentials::clientId($row), Credentials::secret($row), 20.0);
        $reading = ($this->rules)('read_token', ['shop' => $row['shop'], 'now' => Clock::now()] + $answer);
        if (isset($reading['failure'])) {
            return ['failure' => $reading['failure']];
        }
        $given = $reading['rows'][0];
        $now = Clock::now();
        Connections::update(
            $row['id'],
            [
                'token' => Secret::seal((string) $given['access_token']),
                'token_obtained' => $now,
                'token_expires' => $now + 1000 * (int) $given['expires_in'],
            ]
        );

        return ['token' => (string) $given['access_token'], 'issues' => $reading['issues'] ?? []];
    }

    /** @param array<string, mixed> $row */
    private function due(array $row): bool
    {
        $answer = ($this->rules)(
            'token_due',
            [
                'now' => Clock::now(),
                'obtained' => $row['token_obtained'],
                'expires_in' => intdiv($row['token_expires'] - $row['token_obtained'], 1000),
            ]
        );

        return (bool) $answer['renew'];
    }

    /**
     * @param array<string, mixed> $row
     * @return string|null A token sealed with a lost key is as good as none: a new one can be had.
     */
    private function stored(array $row): ?string
    {
        if ((string) $row['token'] === '') {
            return null;
        }
        try {
            return Secret::open((string) $row['token']);
        } catch (SecretLost $lost) {
            return null;
        }
    }

    /** @return array<string, mixed> */
    private function row(int $connection): array
    {
        $row = Connections::find($connection);
        if ($row === null) {
            throw new \RuntimeException('the connection is gone');
        }

        return $row;
    }
}

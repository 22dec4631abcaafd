<?php

declare(strict_types=1);

namespace Dongbo\Lanes;

use Dongbo\Pos\Gate;
use Dongbo\Tables\ApiCalls;
use Dongbo\Tables\Clock;

/**
 * A lane's share of the calls to the POS: one budget and one breaker for all workers (I2). Whether
 * a call may be made, the rules say (`may_call`); a call that may not is answered here as the POS
 * itself would say “too many”, so that whoever asked waits and counts no failure.
 */
final class Calls implements Gate
{
    /** How long, when the POS says “too many” and not for how long. */
    private const PAUSE_MS = 60000;

    private int $connection;
    private string $lane;

    /** @var callable(string, array): array */
    private $rules;

    private int $streak = 0;
    private bool $held = false;

    /** @param callable $rules `fn(string $name, array $input): array` */
    public function __construct(int $connection, string $lane, callable $rules)
    {
        $this->connection = $connection;
        $this->lane = $lane;
        $this->rules = $rules;
    }

    public function before(): ?array
    {
        $now = Clock::now();
        $facts = ApiCalls::facts($this->connection, $now);
        $this->streak = $facts['streak'];
        $may = ($this->rules)('may_call', $facts + ['now' => $now, 'lane' => $this->lane]);
        $lost = !empty($may['trial']) && !ApiCalls::takeTrial($this->connection, $facts['tried_at'], $now);
        $this->held = $lost || empty($may['allowed']);
        if ($this->held) {
            $until = (int) ($may['wait_until'] ?? $now + self::PAUSE_MS);

            return ['status' => 429, 'retry_after' => (string) max(1, intdiv($until - $now + 999, 1000)), 'received' => $now, 'body' => []];
        }
        ApiCalls::count($this->connection, $now);

        return null;
    }

    /**
     * How the call went, as its reader sees it.
     *
     * @param array<string, mixed>|null $failure A Failure record (src/pos/answer.rs).
     */
    public function learn(?array $failure): void
    {
        if ($this->held) {
            return;
        }
        $kind = $failure['kind'] ?? '';
        if ($kind === 'passing') {
            ApiCalls::failed($this->connection, Clock::now());

            return;
        }
        if ($kind === 'rate-limited') {
            ApiCalls::limited($this->connection, Clock::now() + (int) ($failure['wait'] ?? self::PAUSE_MS));
        }
        if ($this->streak > 0) {
            ApiCalls::succeeded($this->connection);
        }
    }
}

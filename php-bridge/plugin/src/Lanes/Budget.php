<?php

declare(strict_types=1);

namespace Dongbo\Lanes;

/**
 * How long and how large one slice of background work may get (design.md §1).
 *
 * A slice gets 20 s, but never more than what is left of the request (hosts cut at 30 s, so 25 s
 * after its start) and of `max_execution_time`; and 24 MB above what the request held, but never
 * more than 80 % of `memory_limit`.
 */
final class Budget
{
    /** Seconds a slice may take. */
    public const SECONDS = 20.0;

    /** Seconds after which a web request is in danger of being cut. */
    private const REQUEST = 25.0;

    /** Under this many seconds a slice is not worth beginning. */
    public const LEAST = 5.0;

    /** Bytes above what the request held at the start. */
    private const ABOVE = 24 * 1024 * 1024;

    private float $deadline;
    private int $ceiling;
    private int $held;
    private ?OrdersFirst $first = null;

    public function __construct(float $seconds, int $ceiling)
    {
        $this->deadline = microtime(true) + $seconds;
        $this->ceiling = $ceiling;
        $this->held = memory_get_usage();
    }

    /** The budget of the request that runs now. */
    public static function ofRequest(): self
    {
        $seconds = self::SECONDS;
        $elapsed = microtime(true) - (float) ($_SERVER['REQUEST_TIME_FLOAT'] ?? microtime(true));
        if (PHP_SAPI !== 'cli' && PHP_SAPI !== 'phpdbg') {
            $seconds = min($seconds, self::REQUEST - $elapsed);
        }
        $limit = (float) ini_get('max_execution_time');
        if ($limit > 0.0) {
            $seconds = min($seconds, $limit - $elapsed - 1.0);
        }
        if (memory_get_usage() >= self::ceiling()) {
            // What others hold is freed as far as it can be, and the limit raised as WordPress's own cron does.
            wp_cache_flush_runtime();
            gc_collect_cycles();
            wp_raise_memory_limit('cron');
        }

        return new self($seconds, self::ceiling());
    }

    private static function ceiling(): int
    {
        $ceiling = memory_get_usage() + self::ABOVE;
        $memory = self::bytes((string) ini_get('memory_limit'));

        return $memory > 0 ? min($ceiling, (int) ($memory * 0.8)) : $ceiling;
    }

    /** At most so many seconds of what is left, with the same memory. */
    public function part(float $seconds): self
    {
        $part = new self(min($seconds, $this->timeLeft()), $this->ceiling);
        $part->held = $this->held;
        $part->first = $this->first;

        return $part;
    }

    /** The same, but over as soon as an order is due. */
    public function behind(OrdersFirst $first): self
    {
        $behind = clone $this;
        $behind->first = $first;

        return $behind;
    }

    /** Seconds left; negative when over. */
    public function timeLeft(): float
    {
        return $this->deadline - microtime(true);
    }

    /** Bytes left; negative when over. */
    public function memoryLeft(): int
    {
        return $this->ceiling - memory_get_usage();
    }

    /** Time or memory is used up, or an order goes first: save and end the slice. */
    public function spent(): bool
    {
        return $this->timeLeft() <= 0.0 || $this->memoryLeft() <= 0 || $this->makesRoom();
    }

    /** There is too little left to begin anything. */
    public function tooShort(): bool
    {
        return $this->timeLeft() < self::LEAST || $this->memoryLeft() <= 0 || $this->makesRoom();
    }

    private function makesRoom(): bool
    {
        return $this->first !== null && $this->first->due();
    }

    /**
     * Why not even a fresh request has room for a slice; an Issue record, null when one has.
     *
     * @return array<string, mixed>|null
     */
    public function hopeless(): ?array
    {
        if ($this->held >= $this->ceiling) {
            $limit = self::bytes((string) ini_get('memory_limit'));
            $megabytes = ['held' => (string) intdiv($this->held, 1048576), 'limit' => (string) intdiv($limit, 1048576)];

            return Alarm::issue('memory-short', 'stop', $megabytes, 'memory');
        }
        $limit = (int) ini_get('max_execution_time');

        return $limit > 0 && $limit - 1.0 < self::LEAST ? Alarm::issue('time-short', 'stop', ['limit' => (string) $limit], 'time') : null;
    }

    /** Bytes the request held when the slice began. */
    public function heldAtStart(): int
    {
        return $this->held;
    }

    /** The bytes of an ini size (`128M`); 0 for none or unlimited. */
    private static function bytes(string $size): int
    {
        $size = trim($size);
        $number = (int) $size;
        if ($number <= 0) {
            return 0;
        }
        $powers = ['k' => 1, 'm' => 2, 'g' => 3];
        $power = $powers[strtolower(substr($size, -1))] ?? 0;

        return $number * (1024 ** $power);
    }
}

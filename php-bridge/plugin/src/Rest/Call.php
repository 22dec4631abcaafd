<?php

declare(strict_types=1);

namespace Dongbo\Rest;

use Dongbo\Lanes\Guard;
use Dongbo\Tables\Connections;

/** What a route is given: arguments that were checked by its schema, and the connection of use. */
final class Call
{
    private \WP_REST_Request $request;

    /** @var array<string, mixed>|null */
    private ?array $connection = null;

    public function __construct(\WP_REST_Request $request)
    {
        $this->request = $request;
    }

    public function text(string $name): string
    {
        $value = $this->request->get_param($name);

        return is_scalar($value) ? trim((string) $value) : '';
    }

    /** A text as it was given, blanks and all. */
    public function raw(string $name): string
    {
        $value = $this->request->get_param($name);

        return is_string($value) ? $value : '';
    }

    public function number(string $name): int
    {
        return (int) $this->request->get_param($name);
    }

    public function flag(string $name): bool
    {
        return (bool) $this->request->get_param($name);
    }

    public function has(string $name): bool
    {
        return $this->request->get_param($name) !== null;
    }

    /** @return array<int|string, mixed> */
    public function items(string $name): array
    {
        $value = $this->request->get_param($name);

        return is_array($value) ? $value : [];
    }

    /** @return string[] */
    public function texts(string $name): array
    {
        return array_values(array_map('strval', array_filter($this->items($name), 'is_scalar')));
    }

    public function size(): int
    {
        return max(1, $this->number('per_page'));
    }

    public function offset(): int
    {
        return (max(1, $this->number('page')) - 1) * $this->size();
    }

    /**
     * @return array<string, mixed>
     * @throws Refusal When there is none.
     */
    public function connection(): array
    {
        if ($this->connection === null) {
            $this->connection = Connections::current();
        }
        if ($this->connection === null) {
            throw new Refusal('not-connected');
        }

        return $this->connection;
    }

    /**
     * The connection for links, which belong to Dongbo alone: they may be taken over while KiotViet Sync
     * is still active and everything else waits for it (A12).
     *
     * @return array<string, mixed>
     * @throws Refusal
     */
    public function active(): array
    {
        return Guard::refusal($this->connection()) === 'kiotviet-sync-active' ? $this->connection() : $this->writable();
    }

    /**
     * The connection, when it may be written with (A7, A11).
     *
     * @return array<string, mixed>
     * @throws Refusal
     */
    public function writable(): array
    {
        $connection = $this->connection();
        $why = Guard::refusal($connection);
        if ($why !== null) {
            throw new Refusal($why);
        }

        return $connection;
    }
}

<?php

declare(strict_types=1);

namespace Dongbo\Sync;

/** One family with everything its plan needs. */
final class Gathered
{
    public string $key;

    /** @var array<string, mixed> A FamilyInput record (src/plan/goods.rs). */
    public array $input;

    /** @var array<string, array{id: int, created_here: bool, link: array<string, mixed>}> By `kind:remote id`. */
    public array $links;

    /** Of everything that could change the plan, and nothing else. */
    public string $digest;

    /**
     * @param array<string, mixed>                                                               $input
     * @param array<string, array{id: int, created_here: bool, link: array<string, mixed>}> $links
     */
    public function __construct(string $key, array $input, array $links, string $digest)
    {
        $this->key = $key;
        $this->input = $input;
        $this->links = $links;
        $this->digest = $digest;
    }

    /** How many rows of the POS it has. */
    public function rows(): int
    {
        return count($this->input['goods']);
    }

    /** How many of its goods are linked and kept in step. */
    public function activeLinks(): int
    {
        return count(array_filter($this->links, static function (array $row): bool {
            return $row['link']['kind'] === 'good' && $row['link']['state'] === 'active';
        }));
    }

    /**
     * What issues of this family are filed under.
     *
     * @return string[]
     */
    public function items(): array
    {
        $items = [$this->key];
        foreach ($this->input['goods'] as $good) {
            $items[] = (string) $good['id'];
        }
        foreach ($this->links as $row) {
            $items[] = $row['link']['remote_id'];
            $items[] = $row['link']['family'];
        }

        return array_values(array_unique($items));
    }
}

<?php

declare(strict_types=1);

namespace Dongbo\Connection;

use Dongbo\Tables\Connections;
use Dongbo\Tables\Rows;

/**
 * The owner's choices, by name or id, checked against what the POS has (the mirror). Only what was
 * changed is stored; defaults are the rules'.
 */
final class Choices
{
    /** @var array<string, mixed> */
    private array $connection;

    /** @var array<string, mixed> */
    private array $settings;

    /** @param array<string, mixed> $connection */
    public function __construct(array $connection)
    {
        $this->connection = $connection;
        $this->settings = $connection['settings'];
    }

    /**
     * @return string|null Why not, in words.
     */
    public function set(string $name, string $value): ?string
    {
        switch ($name) {
            case 'branches':
                return $this->chooseBranches($value);
            case 'regular_book':
            case 'sale_book':
                return $this->chooseBook($name, $value);
            case 'order_branch':
                return $this->chooseOrderBranch($value);
            case 'match_key':
                if (!in_array($value, ['sku', 'pos-id'], true)) {
                    return "“{$value}” is no match key: use sku or pos-id.";
                }
                $this->settings['match_key'] = $value;

                return null;
        }

        throw new \LogicException("no such choice: $name");
    }

    /** A shop with one branch has nothing to choose from. */
    public function onlyBranch(): void
    {
        $branches = $this->open();
        if ($this->branches() === [] && count($branches) === 1) {
            $this->settings['branches'] = [(string) $branches[0]['id']];
            $this->settings['order_branch'] = (string) $branches[0]['id'];
        }
    }

    /** @param string[] $ids */
    public function setBranchIds(array $ids): void
    {
        $known = array_map('strval', array_column(Rows::all($this->connection['id'], 'branches'), 'id'));
        $this->settings['branches'] = array_values(array_intersect($known, $ids));
    }

    /** Stores what was chosen. */
    public function save(): void
    {
        Connections::saveSettings($this->connection['id'], $this->settings);
    }

    /** @return string[] Ids. */
    public function branches(): array
    {
        return array_map('strval', $this->settings['branches'] ?? []);
    }

    /** @return mixed The stored choice; null when the default stands. */
    public function stored(string $name)
    {
        return $this->settings[$name] ?? null;
    }

    /** @return string[] Names of a list of the mirror, by id. */
    public function names(string $list): array
    {
        return array_column(Rows::all($this->connection['id'], $list), 'name', 'id');
    }

    private function chooseBranches(string $value): ?string
    {
        if (strtolower(trim($value)) === 'all') {
            $this->settings['branches'] = array_map('strval', array_column($this->open(), 'id'));

            return null;
        }
        $chosen = [];
        foreach (array_filter(array_map('trim', explode(',', $value)), 'strlen') as $part) {
            $id = $this->find('branches', $part);
            if ($id === null) {
                return "The POS has no branch “{$part}”. It has: " . implode(', ', $this->names('branches'));
            }
            $chosen[] = $id;
        }
        $this->settings['branches'] = array_values(array_unique($chosen));
        if (count($chosen) === 1) {
            $this->settings['order_branch'] = $chosen[0];
        }

        return null;
    }

    private function chooseOrderBranch(string $value): ?string
    {
        if ($value === '') {
            unset($this->settings['order_branch']);

            return null;
        }
        $id = $this->find('branches', $value);
        if ($id === null) {
            return "The POS has no branch “{$value}”. It has: " . implode(', ', $this->names('branches'));
        }
        $this->settings['order_branch'] = $id;

        return null;
    }

    private function chooseBook(string $name, string $value): ?string
    {
        $value = trim($value);
        if ($value === '' || strtolower($value) === 'none') {
            unset($this->settings[$name]);

            return null;
        }
        $id = $this->find('books', $value);
        if ($id === null && ctype_digit($value)) {
            // Books are read with the first sync; an id may be given before.
            $id = $value;
        }
        if ($id === null) {
            $names = $this->names('books');

            return "“{$value}” is no price book of the POS. "
                . ($names === [] ? 'Price books are read with the first sync; until then give the id.' : 'It has: ' . implode(', ', $names));
        }
        $this->settings[$name] = $id;

        return null;
    }

    private function find(string $list, string $wanted): ?string
    {
        foreach ($this->names($list) as $id => $name) {
            if ((string) $id === $wanted || mb_strtolower((string) $name) === mb_strtolower($wanted)) {
                return (string) $id;
            }
        }

        return null;
    }

    /** @return array<int, array<string, mixed>> Branches that are not closed. */
    private function open(): array
    {
        return array_values(array_filter(Rows::all($this->connection['id'], 'branches'), static function (array $branch): bool {
            return (bool) ($branch['active'] ?? true);
        }));
    }
}

<?php

declare(strict_types=1);

namespace Dongbo\Lanes;

use Dongbo\Tables\Goods;
use Dongbo\Tables\Rows;
use Dongbo\Tables\Seen;

/**
 * What was read and is not yet in the mirror: rows that differ, ids met, lists that ended or start
 * over, in the order they came. Written in one commit with the run's state, so that a worker that
 * is killed has either both or none.
 */
final class Buffer
{
    private int $connection;
    private int $run;
    private string $rulesVersion;

    /** @var array<int, callable(): void> */
    private array $steps = [];

    /** @var array<string, string[]> Ids met and not yet stored, by list and scope. */
    private array $seen = [];

    /** @var array<string, true> Lists whose stored ids are to be forgotten with the next commit. */
    private array $restarted = [];

    private int $rows = 0;

    public function __construct(int $connection, int $run, string $rulesVersion)
    {
        $this->connection = $connection;
        $this->run = $run;
        $this->rulesVersion = $rulesVersion;
    }

    /** Rows that wait to be written. */
    public function rows(): int
    {
        return $this->rows;
    }

    /** Nothing waits but ids. */
    public function clean(): bool
    {
        return $this->steps === [];
    }

    /**
     * Takes a page's rows; those the mirror holds already are dropped at once.
     *
     * @param array<int, array<string, mixed>> $rows
     * @return array<int, array<string, mixed>> Issues: what the site's rules changed in the texts.
     */
    public function take(string $list, string $scope, array $rows, int $asOf): array
    {
        $connection = $this->connection;
        if ($list === 'goods') {
            $issues = [];
            $records = Goods::differing($connection, $rows, $asOf, $this->rulesVersion, $issues);
            $this->add(count($records), static function () use ($connection, $records): void {
                Goods::write($connection, $records);
            });

            return $issues;
        }
        if ($list === 'stocks') {
            $texts = Goods::differingStocks($connection, $rows);
            $this->add(count($texts), static function () use ($connection, $texts, $asOf): void {
                Goods::writeStocks($connection, $texts, $asOf);
            });

            return [];
        }
        $texts = Rows::differing($connection, $list, $scope, $rows);
        $this->add(count($texts), static function () use ($connection, $list, $scope, $texts, $asOf): void {
            Rows::write($connection, $list, $scope, $texts, $asOf);
        });

        return [];
    }

    /** @param string[] $ids */
    public function see(string $list, string $scope, array $ids): void
    {
        $key = $list . '|' . $scope;
        $this->seen[$key] = array_merge($this->seen[$key] ?? [], $ids);
    }

    /** The list starts over: ids met of it no longer count. */
    public function restart(string $list, string $scope): void
    {
        unset($this->seen[$list . '|' . $scope]);
        $this->restarted[$list . '|' . $scope] = true;
        $run = $this->run;
        $this->steps[] = static function () use ($run, $list, $scope): void {
            Seen::forget($run, $list, $scope);
        };
    }

    /**
     * The list was read to its end: rows it did not show are gone. Goods stay: that one is gone from
     * the POS needs more proof than its absence (B8).
     */
    public function complete(string $list, string $scope): void
    {
        // Which goods were met is asked when the missing ones are looked for.
        if ($list === 'goods') {
            return;
        }
        $key = $list . '|' . $scope;
        $met = array_fill_keys($this->seen[$key] ?? [], true);
        unset($this->seen[$key]);
        if ($list === 'stocks') {
            return;
        }
        $met += isset($this->restarted[$key]) ? [] : Seen::ids($this->run, $list, $scope);
        $gone = Rows::gone($this->connection, $list, $scope, $met);
        $connection = $this->connection;
        $this->add(count($gone), static function () use ($connection, $list, $scope, $gone): void {
            Rows::drop($connection, $list, $scope, $gone);
        });
    }

    /** @return array<string, true> Ids met and not yet stored, as keys. */
    public function met(string $list): array
    {
        return array_fill_keys($this->seen[$list . '|'] ?? [], true);
    }

    /** The run ends: what it has met is of no more use. */
    public function forgetSeen(): void
    {
        $this->seen = [];
    }

    /** Writes everything; to be called inside a transaction. {@see written} after its COMMIT. */
    public function write(): void
    {
        foreach ($this->steps as $step) {
            $step();
        }
        foreach ($this->seen as $key => $ids) {
            [$list, $scope] = explode('|', $key, 2);
            Seen::add($this->run, $list, $scope, $ids);
        }
    }

    /** The commit has succeeded. */
    public function written(): void
    {
        $this->steps = [];
        $this->seen = [];
        $this->restarted = [];
        $this->rows = 0;
    }

    private function add(int $rows, callable $step): void
    {
        if ($rows > 0) {
            $this->rows += $rows;
            $this->steps[] = $step;
        }
    }
}

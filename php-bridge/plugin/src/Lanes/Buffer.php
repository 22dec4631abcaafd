<?php

declare(strict_types=1);

namespace Dongbo\Lanes;

use Dongbo\Customers\FollowCustomers;
use Dongbo\Tables\Checkpoints;
use Dongbo\Tables\Clock;
use Dongbo\Tables\Customers;
use Dongbo\Tables\Goods;
use Dongbo\Tables\ListReads;
use Dongbo\Tables\Marks;
use Dongbo\Tables\Rows;
use Dongbo\Tables\Sales;
use Dongbo\Tables\Seen;
use Dongbo\Tables\Touched;

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

    /** @var array<string, int> When the reading of a list began, by list and scope. */
    private array $began;

    /** @var array<string, true> Lists in which this run found something new. */
    private array $changed = [];

    /** A poll: what it finds new, a notification should have told. */
    private bool $poll;

    /** @param array<string, int> $began What {@see begins} gave in an earlier slice. */
    public function __construct(int $connection, int $run, string $rulesVersion, array $began, bool $poll)
    {
        $this->began = $began;
        $this->poll = $poll;
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
            $ids = array_column($records, 'remote_id');
            $this->change($list, count($records), static function () use ($connection, $records, $ids): void {
                // The family that a good leaves changes too.
                Touched::goods($connection, $ids, false);
                Goods::write($connection, $records);
                Touched::goods($connection, $ids, false);
            });

            return $issues;
        }
        if ($list === 'stocks') {
            $texts = Goods::differingStocks($connection, $rows);
            $this->change($list, count($texts), static function () use ($connection, $texts, $asOf): void {
                Goods::writeStocks($connection, $texts, $asOf);
                Touched::goods($connection, array_keys($texts), false);
            });

            return [];
        }
        if ($list === Customers::LIST) {
            $customers = Customers::differing($connection, $rows);
            $this->change($list, count($customers), static function () use ($connection, $customers, $asOf): void {
                Customers::write($connection, $customers, $asOf);
                Marks::add($connection, FollowCustomers::CHANGED, array_map('strval', array_keys($customers)), $asOf);
            });

            return [];
        }
        if (in_array($list, [Sales::ORDERS, Sales::INVOICES], true)) {
            $records = Sales::differing($connection, $list, $rows);
            $this->change($list, count($records), static function () use ($connection, $list, $records, $asOf): void {
                Sales::write($connection, $list, $records, $asOf);
                Marks::add($connection, $list, array_map('strval', array_keys($records)), $asOf);
            });

            return [];
        }
        $texts = Rows::differing($connection, $list, $scope, $rows);
        $this->change($list, count($texts), static function () use ($connection, $list, $scope, $texts, $asOf): void {
            MirrorLists::write($connection, $list, $scope, $texts, $asOf, false);
        });

        return [];
    }

    /** Something more for the commit that stores what was taken so far. */
    public function with(callable $step): void
    {
        $this->steps[] = $step;
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
        $this->wasRead($list, $scope);
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
        $gone = $list === Customers::LIST ? Customers::gone($this->connection, $met) : Rows::gone($this->connection, $list, $scope, $met);
        $connection = $this->connection;
        $this->change($list, count($gone), static function () use ($connection, $list, $scope, $gone): void {
            MirrorLists::drop($connection, $list, $scope, $gone, false);
        });
    }

    /**
     * A page came: the reading of its list began with the first.
     *
     * @param array<int, array{name: string, value: string}> $query
     */
    public function began(string $list, string $scope, int $received, array $query): void
    {
        $first = (array_column($query, 'value', 'name')['currentItem'] ?? '') === '0';
        $key = $list . '|' . $scope;
        if ($first || !isset($this->began[$key])) {
            $this->began[$key] = $received;
        }
    }

    /** @return array<string, int> To be kept with the run. */
    public function begins(): array
    {
        return $this->began;
    }

    /**
     * The rules know a list up to here.
     *
     * @param array<int, array<string, mixed>> $checkpoints
     */
    public function checkpoints(array $checkpoints): void
    {
        $connection = $this->connection;
        if (in_array('stocks', array_column($checkpoints, 'list'), true)) {
            // Goods that this list leaves out are not gone, so it is never “complete”; it is read to its end all the same.
            $this->wasRead('stocks', '');
        }
        $this->add(count($checkpoints), static function () use ($connection, $checkpoints): void {
            Checkpoints::put($connection, $checkpoints);
        });
    }

    /**
     * The POS says that these rows are gone.
     *
     * @param array<int, array{list: string, scope?: string, ids: string[]}> $removed
     */
    public function removed(array $removed): void
    {
        $connection = $this->connection;
        foreach ($removed as $rows) {
            $this->change($rows['list'], count($rows['ids']), static function () use ($connection, $rows): void {
                MirrorLists::drop($connection, $rows['list'], $rows['scope'] ?? '', $rows['ids'], false);
            });
        }
    }

    /** Every row of the list in the mirror is at least as new as the beginning of its reading. */
    private function wasRead(string $list, string $scope): void
    {
        $connection = $this->connection;
        $at = $this->began[$list . '|' . $scope] ?? 0;
        if ($at > 0) {
            $this->add(1, static function () use ($connection, $list, $scope, $at): void {
                ListReads::read($connection, $list, $scope, $at);
            });
        }
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
        foreach (array_keys($this->changed) as $list) {
            ListReads::changed($this->connection, $list, Clock::now());
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
        $this->changed = [];
        $this->rows = 0;
    }

    /** Rows of a list that are new to the mirror. */
    private function change(string $list, int $rows, callable $step): void
    {
        $this->add($rows, $step);
        if ($rows > 0 && $this->poll) {
            $this->changed[$list] = true;
        }
    }

    private function add(int $rows, callable $step): void
    {
        if ($rows > 0) {
            $this->rows += $rows;
            $this->steps[] = $step;
        }
    }
}

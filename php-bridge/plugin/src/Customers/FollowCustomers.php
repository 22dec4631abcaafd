<?php

declare(strict_types=1);

namespace Dongbo\Customers;

use Dongbo\Lanes\Budget;
use Dongbo\Lanes\Commit;
use Dongbo\Orders\Back\Asking;
use Dongbo\Orders\Back\Follower;
use Dongbo\Orders\Back\Interrupted;
use Dongbo\Orders\Back\Refused;
use Dongbo\Orders\Courier;
use Dongbo\Shop\Users;
use Dongbo\Sync\SyncContext;
use Dongbo\Tables\Checkpoints;
use Dongbo\Tables\CustomerLinks;
use Dongbo\Tables\Customers;
use Dongbo\Tables\Marks;
use Dongbo\Tables\Rows;

/**
 * Brings customers of both sides into step (product.md G2): those the POS's list or a webhook told of,
 * those who changed on the site since the last look, and those a person asked for.
 */
final class FollowCustomers implements Follower
{
    /** Their rows in the mirror are new. */
    public const CHANGED = 'changed-customers';

    /** Users of the site whom a person wants in the POS, whatever the start date says. */
    public const ASKED = 'asked-users';

    /** A webhook told of them: read them first. */
    private const TOLD = 'customers';
    private const DELETED = 'deleted customers';
    private const USERS = 'users';

    private const BATCH = 50;

    private SyncContext $context;
    private Budget $budget;
    private Asking $asking;
    private Pairs $pairs;
    private Apply $apply;

    public function __construct(SyncContext $context, Courier $courier, Budget $budget)
    {
        $this->context = $context;
        $this->budget = $budget;
        $this->asking = new Asking($courier, $budget);
        $this->pairs = new Pairs($context);
        $this->apply = new Apply($context, $this->asking);
    }

    /** How many wait. */
    public static function marked(int $connection): int
    {
        $marked = 0;
        foreach ([self::TOLD, self::DELETED, self::CHANGED, self::USERS, self::ASKED] as $list) {
            $marked += Marks::count($connection, $list);
        }

        return $marked;
    }

    public function run(bool $lists): array
    {
        if ($lists) {
            $this->lookAtUsers();
        }
        try {
            $done = $this->deleted() && $this->told()
                && $this->each(self::CHANGED, function (array $ids): void {
                    $this->customers($ids);
                })
                && $this->each(self::ASKED, function (array $ids): void {
                    $this->users($ids, true);
                })
                && $this->each(self::USERS, function (array $ids): void {
                    $this->users($ids, false);
                });
        } catch (Interrupted $trouble) {
            return ['done' => false, 'counts' => $this->apply->counts(), 'failure' => $trouble->failure()];
        }

        return ['done' => $done, 'counts' => $this->apply->counts()];
    }

    /** Who changed on the site since the last look: a shopper's request pays nothing for it. */
    private function lookAtUsers(): void
    {
        $connection = $this->context->connectionId();
        $now = $this->context->now();
        $known = array_column(Checkpoints::all($connection), 'at', 'list')[self::USERS] ?? $this->context->settings()['customers']['start'] ?? $now;
        Commit::run($this->context->fence(), static function () use ($connection, $known, $now): void {
            Marks::add($connection, self::USERS, array_map('strval', Users::changedSince((int) $known)), $now);
            Checkpoints::put($connection, [['list' => self::USERS, 'at' => $now]]);
        });
    }

    private function deleted(): bool
    {
        return $this->each(self::DELETED, function (array $ids): void {
            Commit::run($this->context->fence(), function () use ($ids): void {
                Customers::drop($this->context->connectionId(), $ids);
                CustomerLinks::gone($this->context->connectionId(), $ids);
            });
        });
    }

    private function told(): bool
    {
        return $this->each(self::TOLD, function (array $ids): void {
            $connection = $this->context->connectionId();
            foreach ($ids as $id) {
                try {
                    $rows = Customers::differing($connection, $this->asking->get("/customers/$id", 'read_customer', [], 'customers'));
                } catch (Refused $refused) {
                    $this->apply->refused($id, $refused->failure());
                    continue;
                }
                Customers::write($connection, $rows, $this->asking->asOf());
                Marks::add($connection, self::CHANGED, array_map('strval', array_keys($rows)), $this->asking->asOf());
            }
        });
    }

    /**
     * @param callable(string[]): void $work
     * @return bool All of them are done.
     */
    private function each(string $list, callable $work): bool
    {
        $connection = $this->context->connectionId();
        while (($ids = Marks::oldest($connection, $list, self::BATCH)) !== []) {
            if ($this->budget->spent()) {
                return false;
            }
            $began = $this->context->now();
            $work($ids);
            Marks::clear($connection, $list, $began, $ids);
        }

        return true;
    }

    /** @param string[] $ids */
    private function customers(array $ids): void
    {
        $found = $this->pairs->ofCustomers($ids);
        $this->apply->ambiguous($found['ambiguous']);
        $this->plan($found['pairs']);
    }

    /** @param string[] $ids */
    private function users(array $ids, bool $asked): void
    {
        $users = array_map('intval', $ids);
        $found = $this->pairs->ofUsers($users, [], $asked ? array_fill_keys($users, true) : []);
        $this->apply->ambiguous($found['ambiguous']);
        $this->plan($found['pairs']);
    }

    /** @param array<int, array<string, mixed>> $pairs */
    private function plan(array $pairs): void
    {
        foreach ($this->plans($pairs) as $place => $plan) {
            if ($plan['turn'] === 'make-customer') {
                [$pairs[$place], $plan] = $this->beforeMaking($pairs[$place], $plan);
            }
            $this->apply->plan($plan, $pairs[$place]);
        }
    }

    /**
     * The mirror may not have whom the POS has by now.
     *
     * @param array<string, mixed> $pair
     * @param array<string, mixed> $plan
     * @return array{0: array<string, mixed>, 1: array<string, mixed>}
     */
    private function beforeMaking(array $pair, array $plan): array
    {
        $rows = $this->apply->lookUp($pair['user']);
        if ($rows === []) {
            return [$pair, $plan];
        }
        $found = $this->pairs->ofUsers([(int) $pair['user']['user_id']], $rows, empty($pair['asked']) ? [] : [(int) $pair['user']['user_id'] => true]);
        $this->apply->ambiguous($found['ambiguous']);
        if ($found['pairs'] === []) {
            return [$pair, ['turn' => 'skip'] + $plan];
        }

        return [$found['pairs'][0], $this->plans($found['pairs'])[0]];
    }

    /**
     * @param array<int, array<string, mixed>> $pairs
     * @return array<int, array<string, mixed>> CustomerPlan records.
     */
    private function plans(array $pairs): array
    {
        if ($pairs === []) {
            return [];
        }
        $settings = $this->context->settings();
        $byBranch = !empty(Rows::all($this->context->connectionId(), 'settings')[0]['customers_by_branch']) && isset($settings['order_branch']);
        $input = ['settings' => $settings, 'pairs' => $pairs] + ($byBranch ? ['branch_id' => (string) $settings['order_branch']] : []);

        return $this->context->rules('plan_customers', $input)['plans'];
    }
}

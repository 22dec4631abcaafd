<?php

declare(strict_types=1);

namespace Dongbo\Lanes;

use Dongbo\Connection\SecretLost;
use Dongbo\Connection\Settings;
use Dongbo\Connection\Token;
use Dongbo\Customers\FollowCustomers;
use Dongbo\Engine\RulesError;
use Dongbo\Orders\Back\Follower;
use Dongbo\Orders\Back\FollowOrders;
use Dongbo\Orders\Courier;
use Dongbo\Orders\Gather;
use Dongbo\Pos\Http;
use Dongbo\Pos\KiotViet;
use Dongbo\Sync\PlanCategories;
use Dongbo\Sync\SyncContext;
use Dongbo\Tables\Checkpoints;
use Dongbo\Tables\Clock;
use Dongbo\Tables\Goods;
use Dongbo\Tables\Marks;
use Dongbo\Tables\OpenIssues;
use Dongbo\Tables\Runs;
use Dongbo\Tables\Seen;
use Dongbo\Tables\Touched;
use Dongbo\Texts;

/**
 * One slice of a run: ask the rules what to do, do it, give them the replies, save rows and state
 * in one commit. Which requests are made, in which order and what a failure means is decided in
 * `src/run`; here is only the doing.
 */
final class RunLoop
{
    /** Rows and seconds after which a commit is due. Unchanged rows are not among them. */
    private const ROWS = 300;
    private const SECONDS = 8.0;

    /** How often a run may stumble in a row, and how long it rests after the first time. */
    private const STUMBLES = 5;
    private const PAUSE_MS = 30000;

    /** Runs that look for what notifications should have told. */
    private const POLLS = ['full', 'delta', 'stock', 'orders', 'customers'];

    /** Goods that one run reads one by one. */
    private const NAMED = 100;

    /** @var array<string, mixed> */
    private array $connection;

    private Fence $fence;
    private Budget $budget;
    private SyncContext $context;
    private Buffer $buffer;
    private Fetch $fetch;
    private Courier $courier;
    private RunRecord $record;
    private GoodsWalk $walk;

    /**
     * @param array<string, mixed> $connection
     * @param array<string, mixed> $run
     */
    public function __construct(array $connection, array $run, Fence $fence, Budget $budget, int $actor)
    {
        $this->connection = $connection;
        $this->fence = $fence;
        $this->budget = $budget;
        $start = $run['summary']['start'] ?? [];
        $this->context = new SyncContext(
            $connection['id'],
            ['by_hand' => !empty($start['by_hand'])] + Settings::forRules($connection['settings']),
            $connection['settings_revision'],
            $run['id'],
            $fence,
            $actor
        );
        if ((int) ($run['summary']['slices'] ?? 0) > 0) {
            $this->context->watch();
        }
        $calls = new Calls($connection['id'], (string) $run['lane'], [$this->context, 'rules']);
        $http = new Http($calls);
        $pos = new KiotViet($http);
        $this->buffer = new Buffer(
            $connection['id'],
            $run['id'],
            $this->context->rulesVersion(),
            RunRecord::summary($run)['began'],
            in_array($run['kind'], self::POLLS, true)
        );
        $this->record = new RunRecord($run, $this->context, $fence, $this->buffer, new Counters($run['counters'], $http, $budget));
        $this->walk = new GoodsWalk($this->record, $this->context, $fence, $budget, $this->buffer);
        $token = new Token($pos, [$this->context, 'rules']);
        $this->fetch = new Fetch((string) $connection['shop'], $pos, $token, $this->context, $this->buffer, $calls, $run['kind'] === 'full');
        $this->courier = new Courier((string) $connection['shop'], $pos, $token, $calls, new Gather($connection['id'], ''), $this->context);
    }

    /** @throws FenceLost */
    public function work(): Slice
    {
        try {
            return $this->steps();
        } catch (RulesError $error) {
            return $this->finish(['outcome' => 'failed', 'code' => $error->code(), 'params' => $error->params()]);
        } catch (SecretLost $lost) {
            if ($this->record->row['kind'] !== 'connect') {
                Alarm::stop($this->connection['id'], 'paused', 'secret-lost');
            }

            return $this->finish(['outcome' => 'failed', 'code' => 'secret-lost', 'params' => []]);
        } catch (FenceLost $lost) {
            throw $lost;
        } catch (\Throwable $trouble) {
            return $this->stumble($trouble);
        }
    }

    /**
     * A fault of the database or of a plugin's code. The run stands at its last commit and goes on
     * from there; one that stumbles again and again ends, and says over what.
     */
    private function stumble(\Throwable $trouble): Slice
    {
        global $wpdb;
        $wpdb->query('ROLLBACK');
        Log::error(get_class($trouble) . ': ' . $trouble->getMessage() . "\n" . $trouble->getTraceAsString());
        $stored = Runs::find($this->record->row['id']);
        $summary = $stored['summary'] ?? [];
        $times = (int) ($summary['stumbles'] ?? 0) + 1;
        $until = Clock::now() + self::PAUSE_MS * $times;
        $values = ['summary' => ['stumbles' => $times] + $summary, 'wait_until' => $until];
        if ($times >= self::STUMBLES) {
            $params = [['name' => 'detail', 'value' => $trouble->getMessage()]];
            $done = ['outcome' => 'failed', 'code' => 'plugin-fault', 'params' => $params];
            $values = ['summary' => $done + $summary, 'outcome' => 'failed', 'ended' => Clock::now(), 'wait_until' => null];
        }
        try {
            Commit::run($this->fence, function () use ($values): void {
                Runs::update($this->record->row['id'], $values);
            });
        } catch (TransactionLost $lost) {
            // The database is away: the guard rings again in a minute.
            return new Slice(Slice::BUSY);
        }

        return isset($values['ended']) ? new Slice(Slice::DONE) : new Slice(Slice::WAITING, $until);
    }

    /** It was cut again and again at the same place: it ends and says so; the next run starts clean. */
    public function giveUp(int $cuts): Slice
    {
        $params = [['name' => 'times', 'value' => (string) $cuts]];
        $this->record->report([Alarm::issue('run-stuck', 'review', ['times' => (string) $cuts], (string) $this->record->row['phase'])]);

        return $this->finish(['outcome' => 'failed', 'code' => 'run-stuck', 'params' => $params]);
    }

    private function steps(): Slice
    {
        $advanced = $this->advance([]);
        while (true) {
            if (isset($advanced['done'])) {
                return $this->finish($advanced['done']);
            }
            if (($advanced['wait_until'] ?? 0) > Clock::now()) {
                return $this->wait((int) $advanced['wait_until']);
            }
            if ($advanced['requests'] === []) {
                throw new \LogicException('the rules named nothing to do, nothing to wait for and no end');
            }
            $replies = [];
            foreach ($advanced['requests'] as $request) {
                $reply = $this->perform($request);
                if ($reply === null) {
                    return $this->pause();
                }
                $replies[] = $reply;
            }
            $advanced = $this->advance($replies);
            // Looked at after work only, so that every slice gets something done.
            if ($this->budget->spent() && !isset($advanced['done'])) {
                return $this->pause();
            }
            if ($this->buffer->rows() >= self::ROWS || $this->record->age() > self::SECONDS) {
                $this->record->save([]);
                // What notifications brought does not wait for the end of a long run.
                $this->walk->arrived();
            }
        }
    }

    /**
     * @param array<int, array<string, mixed>> $replies
     * @return array<string, mixed>
     */
    private function advance(array $replies): array
    {
        $input = [
            'kind' => $this->record->row['kind'],
            'settings' => $this->context->settings(),
            'now' => Clock::now(),
            'jitter' => random_int(0, 999),
            'replies' => $replies,
        ];
        if ($this->record->state !== []) {
            $input['run'] = $this->record->state;
        } else {
            $input['known_goods'] = Goods::known($this->connection['id']);
            $input['checkpoints'] = Checkpoints::all($this->connection['id']);
            $input += ['ids' => $this->named()] + array_intersect_key($this->record->summary['start'] ?? [], ['accept_short_list' => true]);
        }
        $advanced = $this->context->rules('advance', $input);
        $this->record->state = $advanced['run'];
        foreach ($advanced['restart'] ?? [] as $list) {
            $this->buffer->restart($list['list'], $list['scope']);
        }
        foreach ($advanced['complete'] ?? [] as $list) {
            $this->buffer->complete($list['list'], $list['scope']);
            $this->record->summary['complete'][trim($list['list'] . ' ' . $list['scope'])] = Clock::now();
        }
        $this->buffer->removed($advanced['removed'] ?? []);
        $this->buffer->checkpoints($advanced['checkpoints'] ?? []);
        $this->delete($advanced['deleted'] ?? []);
        $this->record->report($advanced['issues'] ?? []);
        $progress = $advanced['progress'] ?? [];
        if (($progress['phase'] ?? '') !== $this->record->row['phase']) {
            $this->record->row = ['phase' => $progress['phase'] ?? '', 'cursor_key' => '', 'done' => 0] + $this->record->row;
        }
        // Planning counts its rows itself, slice by slice; the rules know the phase only.
        $this->record->row['done'] = max($this->record->row['done'], $progress['done'] ?? 0);
        $this->record->row['total'] = $progress['total'] ?? 0;

        return $advanced;
    }

    /**
     * @param array<string, mixed> $request
     * @return array<string, mixed>|null Null when the budget ended before the request did.
     */
    private function perform(array $request): ?array
    {
        switch ($request['kind']) {
            case 'token':
                $result = $this->fetch->renewToken($request);
                break;
            case 'get':
                if ($request['list'] === 'stocks') {
                    // The light list adds to goods that are in the mirror; this run may still hold them.
                    $this->record->saveRows();
                }
                $result = $this->fetch->get($request, max(5.0, $this->budget->timeLeft()));
                break;
            case 'plan-categories':
                $this->record->saveRows();
                PlanCategories::run($this->context);

                return ['id' => $request['id']];
            case 'plan-goods':
            case 'plan-touched':
                return $this->walk->goods($request['kind'] === 'plan-touched') ? ['id' => $request['id']] : null;
            case 'find-missing':
                return $this->findMissing($request);
            case 'follow-orders':
                return $this->follow($request, new FollowOrders($this->context, $this->courier, $this->budget));
            case 'follow-customers':
                return $this->follow($request, new FollowCustomers($this->context, $this->courier, $this->budget));
            default:
                throw new \LogicException('the rules asked for something unknown: ' . $request['kind']);
        }
        $this->record->report($result['issues']);

        return $result['reply'];
    }

    /**
     * What is marked goes through its steps one by one, each stored by itself.
     *
     * @param array<string, mixed> $request
     * @return array<string, mixed>|null
     */
    private function follow(array $request, Follower $work): ?array
    {
        $this->record->saveRows();
        $followed = $work->run(in_array($this->record->row['kind'], self::POLLS, true));
        $this->record->count($followed['counts']);
        $this->record->row['done'] += array_sum($followed['counts']);
        if (isset($followed['failure'])) {
            return ['id' => $request['id'], 'failure' => $followed['failure']];
        }

        return $followed['done'] ? ['id' => $request['id']] : null;
    }

    /**
     * Goods of the mirror that this run's list did not show, or that the POS says were removed (B8).
     *
     * @param array<string, mixed> $request
     * @return array<string, mixed>
     */
    private function findMissing(array $request): array
    {
        $this->record->saveRows();
        $known = Goods::knownIds($this->connection['id']);
        $removed = array_intersect($request['ids'] ?? [], $known);
        $seen = $this->buffer->met('goods') + Seen::ids($this->record->row['id'], 'goods', '');
        $absent = empty($request['absent']) ? [] : array_filter($known, static function (string $id) use ($seen): bool {
            return !isset($seen[$id]);
        });
        $missing = array_values(array_unique(array_merge($removed, $absent)));

        return [
            'id' => $request['id'],
            'missing' => array_slice($missing, 0, (int) $request['limit']),
            'missing_total' => count($missing),
        ];
    }

    /**
     * Goods that are proven to be deleted.
     *
     * @param string[] $ids
     */
    private function delete(array $ids): void
    {
        Goods::markDeleted($this->connection['id'], $ids);
        Touched::goods($this->connection['id'], $ids, false);
    }

    /** @return string[] The goods of a run that reads them one by one. */
    private function named(): array
    {
        if ($this->record->row['kind'] !== 'named') {
            return [];
        }
        $ids = $this->record->summary['start']['ids'] ?? Marks::oldest($this->connection['id'], 'goods', self::NAMED);
        $this->record->summary['named'] = $ids;

        return $ids;
    }

    /** What notifications brought, while the run itself waits. */
    public function arrived(): void
    {
        $this->walk->arrived();
    }

    private function pause(): Slice
    {
        if ($this->record->until !== null) {
            return $this->wait($this->record->until);
        }
        $this->record->save(['wait_until' => null]);

        return new Slice(Slice::MORE);
    }

    private function wait(int $until): Slice
    {
        $this->record->save(['wait_until' => $until]);

        return new Slice(Slice::WAITING, $until);
    }

    /** @return string[] What this run got past: the connection, and the lists it has read. */
    private function passed(): array
    {
        $lists = array_map(static function (string $key): string {
            return explode('|', $key, 2)[0];
        }, array_keys($this->buffer->begins()));

        return array_merge(['connecting'], array_values(array_unique($lists)));
    }

    /** @param array<string, mixed> $done */
    private function finish(array $done): Slice
    {
        $this->record->summary = $done + $this->record->summary;
        $met = $this->buffer->met(RunRecord::ISSUES);
        $this->buffer->forgetSeen();
        if ($done['outcome'] !== 'done') {
            Log::error(Texts::both((string) ($done['code'] ?? ''), $done['params'] ?? []));
        } else {
            $run = $this->record->row;
            Log::info(sprintf('run %d (%s) is done: %d of %d', $run['id'], $run['kind'], $run['done'], $run['total']));
        }
        $ended = ['ended' => Clock::now(), 'wait_until' => null, 'outcome' => $done['outcome'], 'cursor_key' => ''];
        $this->record->save($ended, function () use ($done, $met): void {
            if ($done['outcome'] === 'done' && $this->record->row['kind'] === 'full') {
                OpenIssues::closeUnmet($this->connection['id'], $met + Seen::ids($this->record->row['id'], RunRecord::ISSUES, ''));
            } elseif ($done['outcome'] === 'done') {
                OpenIssues::closeOvercome($this->connection['id'], $this->passed());
            }
            Seen::forgetRun($this->record->row['id']);
            RunEnd::clearMarks($this->record->row, $this->record->summary, $done);
            Runs::prune($this->connection['id'], (string) $this->record->row['kind']);
            RunEnd::judge($this->connection, (string) $this->record->row['kind'], $done);
        });

        return new Slice(Slice::DONE);
    }
}

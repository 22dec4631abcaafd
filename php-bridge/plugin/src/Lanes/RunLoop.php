<?php

declare(strict_types=1);

namespace Dongbo\Lanes;

use Dongbo\Connection\SecretLost;
use Dongbo\Connection\Settings;
use Dongbo\Connection\Token;
use Dongbo\Engine\RulesError;
use Dongbo\Orders\Back\FollowOrders;
use Dongbo\Orders\Courier;
use Dongbo\Orders\Gather;
use Dongbo\Pos\Http;
use Dongbo\Pos\KiotViet;
use Dongbo\Sync\PlanCategories;
use Dongbo\Sync\PlanGoods;
use Dongbo\Sync\Stopper;
use Dongbo\Sync\SyncContext;
use Dongbo\Tables\Checkpoints;
use Dongbo\Tables\Clock;
use Dongbo\Tables\Connections;
use Dongbo\Tables\Goods;
use Dongbo\Tables\Issues;
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

    /** Seconds between two looks at how far the planning is. */
    private const PART = 3.0;

    /** The name under which marks of issues are kept among the ids a run has met. */
    private const ISSUES = 'issues';

    /** And the families there is something to do for. */
    private const CHANGED = 'changed';

    /** A run that waits for a person waits until then. */
    private const ASKED = 9000000000000000;

    /** Until when the run waits for something else than its own next slice. */
    private ?int $until = null;

    /** @var array<string, mixed> */
    private array $run;

    /** @var array<string, mixed> */
    private array $connection;

    private Fence $fence;
    private Budget $budget;
    private SyncContext $context;
    private Buffer $buffer;
    private Fetch $fetch;
    private Courier $courier;
    private Counters $counters;

    /** @var array<string, mixed> The rules' record. */
    private array $state;

    /** @var array<int, array<string, mixed>> Found and not yet stored. */
    private array $issues = [];

    /** @var array<string, mixed> */
    private array $summary;

    private float $saved;

    /**
     * @param array<string, mixed> $connection
     * @param array<string, mixed> $run
     */
    public function __construct(array $connection, array $run, Fence $fence, Budget $budget, int $actor)
    {
        $this->connection = $connection;
        $this->run = $run;
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
        $calls = new Calls($connection['id'], (string) $run['lane'], [$this->context, 'rules']);
        $http = new Http($calls);
        $pos = new KiotViet($http);
        $this->counters = new Counters($run['counters'], $http, $budget);
        $this->state = $run['state'] ?? [];
        $this->summary = ($run['summary'] ?? []) + ['counts' => [], 'complete' => [], 'began' => []];
        $this->buffer = new Buffer(
            $connection['id'],
            $run['id'],
            $this->context->rulesVersion(),
            $this->summary['began'],
            in_array($run['kind'], self::POLLS, true)
        );
        $token = new Token($pos, [$this->context, 'rules']);
        $this->fetch = new Fetch((string) $connection['shop'], $pos, $token, $this->context, $this->buffer, $calls, $run['kind'] === 'full');
        $this->courier = new Courier((string) $connection['shop'], $pos, $token, $calls, new Gather($connection['id'], ''), $this->context);
        $this->saved = microtime(true);
    }

    /** @throws FenceLost */
    public function work(): Slice
    {
        try {
            return $this->steps();
        } catch (RulesError $error) {
            return $this->finish(['outcome' => 'failed', 'code' => $error->code(), 'params' => $error->params()]);
        } catch (SecretLost $lost) {
            if ($this->run['kind'] !== 'connect') {
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
        $stored = Runs::find($this->run['id']);
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
                Runs::update($this->run['id'], $values);
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
        $this->report([Alarm::issue('run-stuck', 'review', ['times' => (string) $cuts], (string) $this->run['phase'])]);

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
            if ($this->buffer->rows() >= self::ROWS || microtime(true) - $this->saved > self::SECONDS) {
                $this->save([]);
                // What notifications brought does not wait for the end of a long run.
                $this->arrived();
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
            'kind' => $this->run['kind'],
            'settings' => $this->context->settings(),
            'now' => Clock::now(),
            'jitter' => random_int(0, 999),
            'replies' => $replies,
        ];
        if ($this->state !== []) {
            $input['run'] = $this->state;
        } else {
            $input['known_goods'] = Goods::known($this->connection['id']);
            $input['checkpoints'] = Checkpoints::all($this->connection['id']);
            $input += ['ids' => $this->named()] + array_intersect_key($this->summary['start'] ?? [], ['accept_short_list' => true]);
        }
        $advanced = $this->context->rules('advance', $input);
        $this->state = $advanced['run'];
        foreach ($advanced['restart'] ?? [] as $list) {
            $this->buffer->restart($list['list'], $list['scope']);
        }
        foreach ($advanced['complete'] ?? [] as $list) {
            $this->buffer->complete($list['list'], $list['scope']);
            $this->summary['complete'][trim($list['list'] . ' ' . $list['scope'])] = Clock::now();
        }
        $this->buffer->removed($advanced['removed'] ?? []);
        $this->buffer->checkpoints($advanced['checkpoints'] ?? []);
        $this->delete($advanced['deleted'] ?? []);
        $this->report($advanced['issues'] ?? []);
        $progress = $advanced['progress'] ?? [];
        if (($progress['phase'] ?? '') !== $this->run['phase']) {
            $this->run = ['phase' => $progress['phase'] ?? '', 'cursor_key' => '', 'done' => 0] + $this->run;
        }
        // Planning counts its rows itself, slice by slice; the rules know the phase only.
        $this->run['done'] = max($this->run['done'], $progress['done'] ?? 0);
        $this->run['total'] = $progress['total'] ?? 0;

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
                    $this->saveRows();
                }
                $result = $this->fetch->get($request, max(5.0, $this->budget->timeLeft()));
                break;
            case 'plan-categories':
                $this->saveRows();
                PlanCategories::run($this->context);

                return ['id' => $request['id']];
            case 'plan-goods':
            case 'plan-touched':
                return $this->planGoods($request['kind'] === 'plan-touched') ? ['id' => $request['id']] : null;
            case 'find-missing':
                return $this->findMissing($request);
            case 'follow-orders':
                return $this->follow($request, new FollowOrders($this->context, $this->courier, $this->budget));
            case 'follow-customers':
                // Mirrored for orders; bringing both sides into step follows.
                return ['id' => $request['id']];
            default:
                throw new \LogicException('the rules asked for something unknown: ' . $request['kind']);
        }
        $this->report($result['issues']);

        return $result['reply'];
    }

    /**
     * What is marked goes through its steps one by one, each stored by itself.
     *
     * @param array<string, mixed> $request
     * @return array<string, mixed>|null
     */
    private function follow(array $request, FollowOrders $work): ?array
    {
        $this->saveRows();
        $followed = $work->run($this->run['kind'] === 'orders');
        $this->count($followed['counts']);
        $this->run['done'] += array_sum($followed['counts']);
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
        $this->saveRows();
        $known = Goods::knownIds($this->connection['id']);
        $removed = array_intersect($request['ids'] ?? [], $known);
        $seen = $this->buffer->met('goods') + Seen::ids($this->run['id'], 'goods', '');
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
        if ($this->run['kind'] !== 'named') {
            return [];
        }
        $ids = $this->summary['start']['ids'] ?? Marks::oldest($this->connection['id'], 'goods', self::NAMED);
        $this->summary['named'] = $ids;

        return $ids;
    }

    /** What notifications brought and what a date made due, while the run itself waits or reads. */
    public function arrived(bool $dates = true): void
    {
        $this->count((new Arrived($this->context, $this->budget->part(self::PART)))->plan($this->summary, $dates));
    }

    /** @param array<string, int> $counts */
    private function count(array $counts): void
    {
        foreach ($counts as $name => $count) {
            $this->summary['counts'][$name] = ($this->summary['counts'][$name] ?? 0) + $count;
        }
    }

    /**
     * Plans in parts, so that people see how far it is and a killed worker repeats little.
     *
     * @param bool $touched Only the families that something arrived for, or that a date makes due.
     * @return bool Every family was planned.
     */
    private function planGoods(bool $touched): bool
    {
        $this->saveRows();
        $this->run['total'] = $touched ? 0 : Goods::count($this->connection['id']);
        // The walk plans what arrived before it began, whatever touched it.
        if (!isset($this->summary['walk'])) {
            Touched::combos($this->connection['id']);
            $this->summary['walk'] = $this->context->now();
        }
        if (!$this->mayWrite($touched)) {
            return false;
        }
        $changed = array_map('strval', array_keys(Seen::ids($this->run['id'], self::CHANGED, '')));
        sort($changed, SORT_STRING);
        do {
            $result = PlanGoods::slice($this->context, $this->budget->part(self::PART), $this->run['cursor_key'], $changed);
            $this->run['cursor_key'] = $result->cursor;
            $this->run['done'] += $result->rows;
            $counts = $result->counts();
            $this->count($counts);
            // Where nothing was written there is nothing to be repeated either.
            if (!$result->done && array_sum($counts) > $counts['unchanged'] && !$this->budget->spent()) {
                $this->save([]);
            }
            $this->arrived(false);
        } while (!$result->done && !$this->budget->spent());
        if ($result->done) {
            Touched::allPlanned($this->connection['id'], (int) $this->summary['walk']);
        }

        return $result->done;
    }

    /**
     * Everything is counted before the first write, and a person is asked when it is too much (D4).
     *
     * @param bool $touched As {@see planGoods}.
     * @return bool False while counting goes on, and when somebody has to say yes.
     */
    private function mayWrite(bool $touched): bool
    {
        $state = $this->summary['stopper'] ?? [];
        if ($state['go'] ?? false) {
            return true;
        }
        $id = $this->connection['id'];
        $until = (int) $this->summary['walk'];
        $stopper = new Stopper($this->context, $state, !$touched ? null : static function (string $cursor, int $limit) use ($id, $until): array {
            return Touched::after($id, $cursor, false, $until, $until, $limit);
        });
        $found = $stopper->count($this->budget);
        $this->buffer->see(self::CHANGED, '', $found['changed']);
        $this->run['done'] += $found['rows'];
        $this->summary['counts']['unchanged'] = ($this->summary['counts']['unchanged'] ?? 0) + $found['rows'];
        $go = false;
        if ($stopper->state()['done']) {
            $judged = $stopper->judge($this->run['kind'], !empty($this->summary['accepted']));
            $go = $judged['go'];
            $this->ask($judged['reasons']);
        }
        $this->summary['stopper'] = $stopper->state();
        if ($found['changed'] !== [] || !$go) {
            $this->save([]);
        }

        return $go;
    }

    /**
     * The run waits until somebody accepts or cancels it; without reasons it need not.
     *
     * @param array<int, array<string, mixed>> $reasons
     */
    private function ask(array $reasons): void
    {
        $item = ['kind' => 'run', 'id' => 'stopper', 'label' => ''];
        $issues = [];
        foreach ($reasons as $reason) {
            $issues[] = ['code' => $reason['code'], 'params' => $reason['params'] ?? [], 'item' => $item, 'severity' => 'stop'];
        }
        if ($issues !== [] || Issues::open($this->connection['id'], 'run')) {
            Commit::run($this->fence, function () use ($issues): void {
                Issues::report($this->context, $issues, 'plan');
                Issues::close($this->context, ['stopper'], $issues, ['run']);
            });
        }
        if ($reasons !== []) {
            $this->until = self::ASKED;
            $this->summary = ['asked' => $reasons[0]['code'], 'code' => $reasons[0]['code'], 'params' => $reasons[0]['params'] ?? []] + $this->summary;
        }
    }

    /** @param array<int, array<string, mixed>> $issues */
    private function report(array $issues): void
    {
        array_push($this->issues, ...$issues);
        $this->buffer->see(self::ISSUES, '', array_map([OpenIssues::class, 'mark'], $issues));
    }

    /** The plan reads the mirror: what was read must be there. */
    private function saveRows(): void
    {
        if (!$this->buffer->clean()) {
            $this->save([]);
        }
    }

    private function pause(): Slice
    {
        if ($this->until !== null) {
            return $this->wait($this->until);
        }
        $this->save(['wait_until' => null]);

        return new Slice(Slice::MORE);
    }

    private function wait(int $until): Slice
    {
        $this->save(['wait_until' => $until]);

        return new Slice(Slice::WAITING, $until);
    }

    /** @param array<string, mixed> $done */
    private function finish(array $done): Slice
    {
        $this->summary = $done + $this->summary;
        $met = $this->buffer->met(self::ISSUES);
        $this->buffer->forgetSeen();
        if ($done['outcome'] !== 'done') {
            Log::error(Texts::both((string) ($done['code'] ?? ''), $done['params'] ?? []));
        } else {
            Log::info(sprintf('run %d (%s) is done: %d of %d', $this->run['id'], $this->run['kind'], $this->run['done'], $this->run['total']));
        }
        $ended = ['ended' => Clock::now(), 'wait_until' => null, 'outcome' => $done['outcome'], 'cursor_key' => ''];
        $this->save($ended, function () use ($done, $met): void {
            if ($done['outcome'] === 'done' && $this->run['kind'] === 'full') {
                OpenIssues::closeUnmet($this->connection['id'], $met + Seen::ids($this->run['id'], self::ISSUES, ''));
            }
            Seen::forgetRun($this->run['id']);
            $this->clearMarks($done);
            Runs::prune($this->connection['id'], (string) $this->run['kind']);
            $this->judge($done);
        });

        return new Slice(Slice::DONE);
    }

    /**
     * What was marked to be read again and has been read.
     *
     * @param array<string, mixed> $done
     */
    private function clearMarks(array $done): void
    {
        if ($done['outcome'] !== 'done') {
            return;
        }
        if ($this->run['kind'] === 'named') {
            Marks::clear($this->connection['id'], 'goods', $this->run['started'], $this->summary['named'] ?? []);
        } elseif (in_array($this->run['kind'], ['full', 'delta'], true)) {
            Marks::clear($this->connection['id'], Marks::LISTS, $this->run['started']);
        }
    }

    /**
     * What the run's end says about the connection.
     *
     * @param array<string, mixed> $done
     */
    private function judge(array $done): void
    {
        $id = $this->connection['id'];
        if ($done['outcome'] === 'done' && $this->connection['state'] !== 'active') {
            Connections::activate($id);
        } elseif (!empty($done['reconnect']) && $this->run['kind'] !== 'connect') {
            Alarm::stop($id, 'reconnect', (string) ($done['code'] ?? ''));
        }
    }

    /**
     * Rows, issues and state in one commit.
     *
     * @param array<string, mixed> $values Columns beside the run's usual ones.
     */
    private function save(array $values, ?callable $more = null): void
    {
        unset($this->summary['stumbles'], $this->summary['slices']);
        $this->summary['began'] = $this->buffer->begins();
        $columns = $values + [
            'state' => $this->state,
            'phase' => $this->run['phase'],
            'cursor_key' => $this->run['cursor_key'],
            'done' => $this->run['done'],
            'total' => $this->run['total'],
            'summary' => $this->summary,
            'counters' => $this->counters->now(),
        ];
        Commit::run($this->fence, function () use ($columns, $more): void {
            $this->buffer->write();
            Issues::report($this->context, $this->issues);
            if ($more !== null) {
                $more();
            }
            Runs::update($this->run['id'], $columns);
        });
        $this->buffer->written();
        $this->issues = [];
        $this->saved = microtime(true);
    }
}

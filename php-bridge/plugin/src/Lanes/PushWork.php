<?php

declare(strict_types=1);

namespace Dongbo\Lanes;

use Dongbo\Connection\Settings;
use Dongbo\Connection\Token;
use Dongbo\Orders\Courier;
use Dongbo\Orders\Gather as OrderGather;
use Dongbo\Pos\Http;
use Dongbo\Pos\KiotViet;
use Dongbo\Push\Gather;
use Dongbo\Push\Sender;
use Dongbo\Shop\Caches;
use Dongbo\Sync\SyncContext;
use Dongbo\Tables\Clock;
use Dongbo\Tables\PushQueue;
use Dongbo\Tables\Runs;

/**
 * The lane of products on their way to the POS (product.md G1, B5): what a person asked for, what was
 * edited, what is new. A run tells how far it is.
 */
final class PushWork implements Work
{
    public const KIND = 'push';

    private const BATCH = 25;

    public function lane(): string
    {
        return Lane::PUSH;
    }

    public function waiting(array $connection): Slice
    {
        $next = PushQueue::nextDue($connection['id']);
        if ($next === null) {
            return new Slice(Slice::IDLE);
        }

        return $next > Clock::now() ? new Slice(Slice::WAITING, $next) : new Slice(Slice::MORE);
    }

    public function slice(array $connection, Budget $budget, int $actor): Slice
    {
        $id = $connection['id'];
        $look = new SyncContext($id, Settings::forRules($connection['settings']), (int) $connection['settings_revision'], 0, null, $actor);
        $wants = $look->rules('push_wants', ['settings' => $look->settings()]);
        foreach (['goods' => false, 'categories' => true] as $what => $categories) {
            if (empty($wants[$what])) {
                PushQueue::dropNoted($id, $categories);
            }
        }
        if (PushQueue::due($id, Clock::now(), 1) === []) {
            return $this->rest($id);
        }
        $run = Runs::start($id, Lane::PUSH, self::KIND, ['by_hand' => true]);
        $context = new SyncContext($id, $look->settings(), $look->settingsRevision(), $run, null, $actor);
        $slice = $this->work($connection, $context, $budget);
        $this->tell($id, $run);

        return $slice;
    }

    /** @param array<string, mixed> $connection */
    private function work(array $connection, SyncContext $context, Budget $budget): Slice
    {
        $id = $context->connectionId();
        $sender = self::sender($connection, $context, $budget);
        /** @var array<int, true> $passed Rows another worker has. */
        $passed = [];
        while (!$budget->tooShort()) {
            $rows = array_filter(PushQueue::due($id, $context->now(), self::BATCH), static function (array $row) use ($passed): bool {
                return !isset($passed[$row['id']]);
            });
            if ($rows === []) {
                return $this->rest($id);
            }
            foreach ($rows as $row) {
                if ($budget->tooShort()) {
                    return new Slice(Slice::MORE);
                }
                $how = $sender->send($row);
                if ($how === Sender::TAKEN) {
                    $passed[$row['id']] = true;
                } elseif ($how === Sender::CUT) {
                    return new Slice(Slice::MORE);
                } elseif ($how === Sender::STOPPED) {
                    return new Slice(Slice::IDLE);
                }
            }
            Caches::release();
        }

        return new Slice(Slice::MORE);
    }

    /** @param array<string, mixed> $connection */
    private static function sender(array $connection, SyncContext $context, Budget $budget): Sender
    {
        $calls = new Calls($connection['id'], Lane::PUSH, [$context, 'rules']);
        $pos = new KiotViet(new Http($calls));
        $courier = new Courier((string) $connection['shop'], $pos, new Token($pos, [$context, 'rules']), $calls, new OrderGather($connection['id'], ''), $context);

        return new Sender($context, $courier, new Gather($context), $budget);
    }

    private function rest(int $connection): Slice
    {
        $next = PushQueue::nextDue($connection);

        return $next === null || $next <= Clock::now() ? new Slice(Slice::DONE) : new Slice(Slice::WAITING, $next);
    }

    /** How far the run is; it ends when nothing is left to do now. */
    private function tell(int $connection, int $run): void
    {
        $state = Runs::find($run);
        $open = PushQueue::open($connection);
        $ended = PushQueue::endedSince($connection, (int) ($state['started'] ?? 0));
        $done = array_sum($ended);
        $counts = [
            'created' => $ended['pushed'] ?? 0,
            'linked' => $ended['linked'] ?? 0,
            'updated' => $ended['updated'] ?? 0,
            'unchanged' => $ended['in-step'] ?? 0,
            'review' => $ended['refused'] ?? 0,
            'failed' => $ended['failed'] ?? 0,
        ];
        $values = ['done' => $done, 'total' => $done + $open, 'summary' => ['counts' => array_filter($counts)]];
        $next = PushQueue::nextDue($connection);
        if ($next === null || $next > Clock::now()) {
            $values += ['ended' => Clock::now(), 'outcome' => 'done'];
        }
        Runs::update($run, $values);
        if (isset($values['ended'])) {
            Runs::prune($connection, self::KIND);
        }
    }
}

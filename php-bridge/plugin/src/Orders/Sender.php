<?php

declare(strict_types=1);

namespace Dongbo\Orders;

use Dongbo\Lanes\Alarm;
use Dongbo\Lanes\Atomic;
use Dongbo\Lanes\Budget;
use Dongbo\Shop\OrderRecord;
use Dongbo\Shop\Orders;
use Dongbo\Sync\SyncContext;
use Dongbo\Tables\Outbox;

/**
 * Sends one order, turn by turn, exactly as src/orders/protocol.rs says: ask the rules, store the turn
 * and what is to be kept, and only then carry out what they asked for (product.md E5).
 *
 * Every turn is stored by compare-and-set. Whoever finds that another worker has stored one stops
 * before its next request, so of two workers one goes on.
 *
 * @phpstan-import-type Row from Outbox
 */
final class Sender
{
    /** It has come to an end, whichever. */
    public const ENDED = 'ended';

    /** It waits for its instant. */
    public const WAITS = 'waits';

    /** Another worker has it. */
    public const TAKEN = 'taken';

    /** The slice's time is over; the next one goes on. */
    public const CUT = 'cut';

    /** The POS does not take our word any more: nothing can be sent until somebody reconnects (A3). */
    public const STOPPED = 'stopped';

    /** Seconds a change of the POS may take; with less left none is begun. */
    private const LEAST = 6.0;

    private SyncContext $context;
    private Courier $courier;
    private Gather $gather;
    private Keep $keep;
    private Budget $budget;

    public function __construct(SyncContext $context, Courier $courier, Gather $gather, Budget $budget)
    {
        $this->context = $context;
        $this->courier = $courier;
        $this->gather = $gather;
        $this->keep = new Keep($context);
        $this->budget = $budget;
    }

    /**
     * @param Row    $row
     * @param string $intent What the rules say is to be done.
     * @return string One of this class's constants.
     */
    public function send(array $row, \WC_Order $order, string $intent): string
    {
        $record = OrderRecord::of($order);
        // What happened before the order was read is in what is sent; of one begun earlier nobody knows.
        $seen = $row['state'] === 'sending' ? 0 : $row['recorded'];
        $state = $this->begun($row, $intent);
        $replies = [];
        $goods = [];
        $asOf = 0;
        $changed = false;
        while (true) {
            $told = $this->advance($row, $state, $intent, $this->gather->context($order, $record), $replies);
            $state = $told['state'];
            $requests = $told['requests'];
            $changes = in_array(true, array_column($requests, 'once'), true);
            if ($changes && !$changed && $this->budget->timeLeft() < self::LEAST) {
                // Not stored: the turn before it is the one that is known, and only reads are repeated.
                return self::CUT;
            }
            if (!$this->store($row, $told, $order, $seen, $goods, $asOf)) {
                return self::TAKEN;
            }
            if (isset($told['done'])) {
                return $this->ended($row, $told, $order);
            }
            if (isset($told['wait_until'])) {
                return self::WAITS;
            }
            if ($requests === []) {
                throw new \LogicException('the rules named nothing to do, nothing to wait for and no end');
            }
            if (!$changes && $this->budget->spent()) {
                return self::CUT;
            }
            $replies = [];
            $goods = [];
            $changed = $changes;
            foreach ($requests as $request) {
                if (!empty($request['once']) && !Outbox::own($row)) {
                    return self::TAKEN;
                }
                ['reply' => $reply, 'as_of' => $asOf] = $this->courier->carry($request, $this->budget->timeLeft());
                array_push($goods, ...($reply['goods'] ?? []));
                $replies[] = $reply;
            }
        }
    }

    /**
     * The stored state to go on with. One that has ended and was about something else is none: an order
     * that could not be changed and is now to be cancelled.
     *
     * @param Row $row
     * @return array<string, mixed>|null A Sending record.
     */
    private function begun(array $row, string $intent): ?array
    {
        return $row['state'] === 'sending' || $row['in_doubt'] || $row['doing'] === $intent ? $row['sending'] : null;
    }

    /**
     * @param Row                              $row
     * @param array<string, mixed>|null        $state
     * @param array<string, mixed>             $context
     * @param array<int, array<string, mixed>> $replies
     * @return array<string, mixed> An OrderAdvanced record.
     */
    private function advance(array $row, ?array $state, string $intent, array $context, array $replies): array
    {
        return $this->context->rules('advance_order', ($state === null ? [] : ['state' => $state]) + [
            'intent' => $intent,
            'settings' => $this->context->settings(),
            'now' => $this->context->now(),
            'jitter' => random_int(0, 999),
            'tries' => $row['tries'],
            'context' => $context,
            'replies' => $replies,
        ]);
    }

    /**
     * @param Row                              $row   Becomes what was stored.
     * @param array<string, mixed>             $told
     * @param array<int, array<string, mixed>> $goods Of the replies.
     * @return bool False: another worker has taken the order over.
     */
    private function store(array &$row, array $told, \WC_Order $order, int $seen, array $goods, int $asOf): bool
    {
        $now = $this->context->now();
        $values = $this->values($row, $told, $now) + ['label' => Orders::label($order)];
        $next = $row;
        $stored = Atomic::run(function () use ($row, &$next, $values, $now, $told, $order, $seen, $goods, $asOf): bool {
            $next = $row;
            if (!Outbox::store($next, $values, $now)) {
                return false;
            }
            $this->keep->told($told, $order, $goods, $asOf);
            if ($values['state'] === 'sent') {
                Outbox::changedMeanwhile($next, $seen, $now);
            }

            return true;
        });
        if ($stored) {
            $row = $next;
            if (isset($told['surcharges'])) {
                $this->gather->forget('surcharges');
            }
        }

        return $stored;
    }

    /**
     * The row's columns after a turn.
     *
     * @param Row                  $row
     * @param array<string, mixed> $told
     * @return array<string, mixed>
     */
    private function values(array $row, array $told, int $now): array
    {
        $doubt = isset($told['state']['unknown_since']);
        $values = ['by_hand' => false, 'doing' => $told['state']['intent'], 'sending' => $told['state'], 'in_doubt' => $doubt];
        $done = $told['done'] ?? null;
        if ($done === null) {
            return $values + ['state' => 'sending', 'next_try' => $told['wait_until'] ?? $now];
        }
        $values += ['state' => $done['outcome'], 'code' => $done['code'] ?? '', 'params' => $done['params'] ?? [], 'cause' => $done['cause']];
        switch ($done['outcome']) {
            case 'failed':
                return $values + ['tries' => $row['tries'] + 1, 'failed_at' => $now, 'next_try' => $done['retry_at'] ?? Outbox::RESTS];
            case 'review':
                return $values + ['failed_at' => $now, 'next_try' => Outbox::RESTS];
            default:
                // What was sent stands with the order's link; the way there is of no more use.
                return ['sending' => null, 'doing' => '', 'in_doubt' => false] + $values + ['tries' => 0, 'failed_at' => null, 'next_try' => Outbox::RESTS];
        }
    }

    /**
     * @param Row                  $row
     * @param array<string, mixed> $told
     */
    private function ended(array $row, array $told, \WC_Order $order): string
    {
        $done = $told['done'];
        Notes::ended($order, $told['state']['intent'], $done, $told['link']['code'] ?? '');
        if (empty($told['reconnect'])) {
            return self::ENDED;
        }
        Alarm::stop($this->context->connectionId(), 'reconnect', (string) ($done['code'] ?? ''));

        return self::STOPPED;
    }
}

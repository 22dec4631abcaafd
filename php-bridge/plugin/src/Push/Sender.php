<?php

declare(strict_types=1);

namespace Dongbo\Push;

use Dongbo\Lanes\Alarm;
use Dongbo\Lanes\Atomic;
use Dongbo\Lanes\Budget;
use Dongbo\Orders\Courier;
use Dongbo\Shop\Attributes;
use Dongbo\Shop\Clean;
use Dongbo\Shop\Products;
use Dongbo\Shop\Refused;
use Dongbo\Sync\SyncContext;
use Dongbo\Tables\Clock;
use Dongbo\Tables\PushQueue;

/**
 * Brings one product, or the category tree, into the POS, turn by turn, exactly as src/push/protocol.rs says: ask the rules,
 * store the turn and what is to be kept, and only then carry out what they asked for (product.md Q3).
 *
 * Every turn is stored by compare-and-set: of two workers one goes on.
 *
 * @phpstan-import-type Row from PushQueue
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

    /** The POS does not take our word any more (A3). */
    public const STOPPED = 'stopped';

    /** Seconds a change of the POS may take; with less left none is begun. */
    private const LEAST = 6.0;

    /** Turns of one product in one slice, far above what hundreds of variations need. */
    private const TURNS = 5000;

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
     * @param Row $row
     * @return string One of this class's constants.
     */
    public function send(array $row): string
    {
        // What happened before it is read now is in what is sent; of one begun earlier nobody knows.
        $seen = $row['state'] === 'sending' ? 0 : $row['recorded'];
        $state = $row['pushing'];
        $replies = [];
        $asOf = Clock::now();
        $changed = false;
        for ($turn = 0; $turn < self::TURNS; $turn++) {
            $product = $this->context($row);
            if ($product === null) {
                return $this->gone($row);
            }
            $told = $this->advance($row, $state, $product, $replies);
            $state = $told['state'];
            $requests = $told['requests'] ?? [];
            $changes = in_array(true, array_column($requests, 'once'), true);
            if ($changes && !$changed && $this->budget->timeLeft() < self::LEAST) {
                // Not stored: the turn before it is the one that is known, and only reads are repeated.
                return self::CUT;
            }
            $this->writeSkus($told['skus'] ?? [], $product);
            if (!$this->store($row, $told, $seen, $asOf)) {
                return self::TAKEN;
            }
            if (isset($told['done'])) {
                return $this->ended($told);
            }
            if (isset($told['wait_until'])) {
                return self::WAITS;
            }
            if (!$changes && $this->budget->spent()) {
                return self::CUT;
            }
            $replies = [];
            $changed = $changes;
            foreach ($requests as $request) {
                if (!empty($request['once']) && !PushQueue::own($row)) {
                    return self::TAKEN;
                }
                ['reply' => $reply, 'as_of' => $asOf] = $this->courier->carry($request, $this->budget->timeLeft());
                if (isset($reply['goods'])) {
                    $reply['goods'] = array_map([Clean::class, 'good'], $reply['goods']);
                }
                $replies[] = $reply;
            }
        }
        throw new \LogicException('a push came to no end');
    }

    /**
     * @param Row $row
     * @return array<string, mixed>|null A PushContext record, a TreeContext record; none when the product is gone.
     */
    private function context(array $row): ?array
    {
        if (self::isTree($row)) {
            return $this->gather->tree();
        }

        return $this->gather->contexts([$row['shop_id']])[$row['shop_id']] ?? null;
    }

    /** @param Row $row */
    private static function isTree(array $row): bool
    {
        return $row['shop_id'] === PushQueue::CATEGORIES;
    }

    /**
     * @param Row                              $row
     * @param array<string, mixed>|null        $state
     * @param array<string, mixed>             $product What {@see context} gave.
     * @param array<int, array<string, mixed>> $replies
     * @return array<string, mixed> A PushAdvanced record.
     */
    private function advance(array $row, ?array $state, array $product, array $replies): array
    {
        return $this->context->rules(self::isTree($row) ? 'advance_categories' : 'advance_push', ($state === null ? [] : ['state' => $state]) + [
            'by_hand' => $row['by_hand'],
            'settings' => $this->context->settings(),
            'now' => $this->context->now(),
            'jitter' => random_int(0, 999),
            'tries' => $row['tries'],
            'context' => $product,
            'replies' => $replies,
        ]);
    }

    /**
     * @param Row                  $row  Becomes what was stored.
     * @param array<string, mixed> $told
     * @return bool False: another worker has taken the product over.
     */
    private function store(array &$row, array $told, int $seen, int $asOf): bool
    {
        $now = $this->context->now();
        $values = self::values($row, $told, $now);
        $next = $row;
        $stored = Atomic::run(function () use ($row, &$next, $values, $now, $told, $seen, $asOf): bool {
            $next = $row;
            if (!PushQueue::store($next, $values, $now)) {
                return false;
            }
            $this->keep->told($told, $row['shop_id'], $asOf);
            if (isset($told['done'])) {
                PushQueue::changedMeanwhile($next, $seen, $now);
            }

            return true;
        });
        if ($stored) {
            $row = $next;
            if (isset($told['categories']) || isset($told['category_links']) || isset($told['gone_categories'])) {
                $this->gather->forget();
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
    private static function values(array $row, array $told, int $now): array
    {
        $done = $told['done'] ?? null;
        $values = ['results' => $told['state']['results'] ?? []];
        if ($done === null) {
            return $values + ['state' => 'sending', 'pushing' => $told['state'], 'next_try' => $told['wait_until'] ?? $now];
        }
        $again = isset($done['retry_at']);

        return $values + [
            'state' => $done['outcome'],
            'code' => $done['code'] ?? '',
            'params' => $done['params'] ?? [],
            'pushing' => $again ? $told['state'] : null,
            'by_hand' => $again && $row['by_hand'],
            'tries' => $again ? $row['tries'] + 1 : 0,
            'next_try' => $done['retry_at'] ?? PushQueue::RESTS,
        ];
    }

    /**
     * Codes made for products without an SKU. One that WooCommerce does not take, the rules give up on.
     *
     * @param array<int, array<string, mixed>> $skus    PushSku records.
     * @param array<string, mixed>             $product A PushContext record.
     */
    private function writeSkus(array $skus, array $product): void
    {
        if ($skus === []) {
            return;
        }
        $records = array_column(array_column(array_merge([$product['product']], $product['variations']), 'product'), null, 'id');
        $products = new Products(new Attributes(), static function (): ?string {
            return null;
        });
        foreach ($skus as $sku) {
            $change = ['field' => 'sku', 'after' => $sku['sku'], 'pos' => $sku['sku'], 'reason' => 'policy'];
            try {
                $products->update(['kind' => 'update', 'changes' => [$change]], $records[$sku['shop_id']]);
            } catch (Refused $refused) {
                continue;
            }
        }
    }

    /**
     * The product is no more: there is nothing to send.
     *
     * @param Row $row
     */
    private function gone(array $row): string
    {
        PushQueue::store($row, ['state' => 'dropped', 'pushing' => null, 'next_try' => PushQueue::RESTS], $this->context->now());

        return self::ENDED;
    }

    /** @param array<string, mixed> $told */
    private function ended(array $told): string
    {
        if (empty($told['reconnect'])) {
            return self::ENDED;
        }
        Alarm::stop($this->context->connectionId(), 'reconnect', (string) ($told['done']['code'] ?? ''));

        return self::STOPPED;
    }
}

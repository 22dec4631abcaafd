<?php

declare(strict_types=1);

namespace Dongbo\Lanes;

use Dongbo\Connection\Settings;
use Dongbo\Connection\Token;
use Dongbo\Orders\Courier;
use Dongbo\Orders\Facts;
use Dongbo\Orders\Gather;
use Dongbo\Orders\Keep;
use Dongbo\Orders\Sender;
use Dongbo\Orders\Sweep;
use Dongbo\Pos\Http;
use Dongbo\Pos\KiotViet;
use Dongbo\Shop\Caches;
use Dongbo\Shop\Orders;
use Dongbo\Sync\SyncContext;
use Dongbo\Tables\Clock;
use Dongbo\Tables\Issues;
use Dongbo\Tables\OrderLanes;
use Dongbo\Tables\Outbox;

/**
 * The orders' lane (product.md E, I1): every recorded order that is due goes to the POS, before
 * anything else of a wake-up.
 *
 * @phpstan-import-type Row from Outbox
 */
final class OrdersWork implements Work
{
    private const BATCH = 25;

    public function lane(): string
    {
        return Lane::ORDERS;
    }

    public function waiting(array $connection): Slice
    {
        $now = Clock::now();
        if (OrderLanes::waits($connection['id'], (int) $connection['settings_revision'], $now)) {
            return new Slice(Slice::MORE);
        }
        $next = Outbox::nextDue($connection['id']);
        if ($next === null) {
            return new Slice(Slice::IDLE);
        }

        return $next > $now ? new Slice(Slice::WAITING, $next) : new Slice(Slice::MORE);
    }

    public function slice(array $connection, Budget $budget, int $actor): Slice
    {
        $id = $connection['id'];
        $context = new SyncContext($id, Settings::forRules($connection['settings']), (int) $connection['settings_revision'], 0, null, $actor);
        $lane = OrderLanes::of($id, $context->settingsRevision(), $context->now());
        if (OrderLanes::waits($id, $context->settingsRevision(), $context->now())) {
            (new Sweep($context))->run($lane['swept']);
        }
        $sender = self::sender($connection, $context, $lane['site'], $budget);
        /** @var array<int, true> $passed Rows another worker has. */
        $passed = [];
        while (!$budget->tooShort()) {
            $rows = array_filter(Outbox::due($id, $context->now(), self::BATCH), static function (array $row) use ($passed): bool {
                return !isset($passed[$row['id']]);
            });
            if ($rows === []) {
                return $this->rest($id);
            }
            $how = $this->batch($rows, $context, $sender, $lane['settings_changed'], $budget, $passed);
            if ($how === Sender::STOPPED) {
                return new Slice(Slice::IDLE);
            }
            Caches::release();
        }

        return new Slice(Slice::MORE);
    }

    private function rest(int $connection): Slice
    {
        $next = Outbox::nextDue($connection);

        return $next === null || $next <= Clock::now() ? new Slice(Slice::DONE) : new Slice(Slice::WAITING, $next);
    }

    /** @param array<string, mixed> $connection */
    private static function sender(array $connection, SyncContext $context, string $site, Budget $budget): Sender
    {
        $calls = new Calls($connection['id'], Lane::ORDERS, [$context, 'rules']);
        $pos = new KiotViet(new Http($calls));
        $gather = new Gather($connection['id'], $site);
        $courier = new Courier((string) $connection['shop'], $pos, new Token($pos, [$context, 'rules']), $calls, $gather, $context);

        return new Sender($context, $courier, $gather, $budget);
    }

    /**
     * @param Row[]            $rows
     * @param array<int, true> $passed
     * @return string How the last of them went, one of Sender's constants.
     */
    private function batch(array $rows, SyncContext $context, Sender $sender, int $settingsChanged, Budget $budget, array &$passed): string
    {
        $orders = Orders::of(array_column($rows, 'order_id'));
        $failed = array_column(array_filter($rows, static function (array $row): bool {
            return $row['state'] === 'failed';
        }), 'order_id');
        $facts = (new Facts($context->connectionId()))->of($orders, $failed);
        $answers = $context->rules('order_due', [
            'settings' => $context->settings(),
            'settings_changed' => $settingsChanged,
            'now' => $context->now(),
            'rows' => array_map([self::class, 'record'], array_values($rows)),
            'orders' => array_values($facts),
        ])['rows'];
        foreach (array_values($rows) as $place => $row) {
            $due = $answers[$place];
            if ($due['turn'] !== 'send') {
                $this->settle($context, $row, $due, $orders[$row['order_id']] ?? null);
                continue;
            }
            if ($budget->tooShort()) {
                return Sender::CUT;
            }
            $how = $sender->send($row, $orders[$row['order_id']], $due['intent']);
            if ($how === Sender::TAKEN) {
                $passed[$row['id']] = true;
            } elseif ($how === Sender::STOPPED || $how === Sender::CUT) {
                return $how;
            }
        }

        return Sender::ENDED;
    }

    /**
     * @param Row $row
     * @return array<string, mixed> An OutboxRow record (src/orders/due.rs).
     */
    private static function record(array $row): array
    {
        $record = [
            'order_id' => $row['order_id'],
            'intent' => $row['intent'],
            'state' => $row['state'],
            'by_hand' => $row['by_hand'],
            'tries' => $row['tries'],
            'cause' => $row['cause'],
            'unknown' => $row['in_doubt'],
        ];
        if ($row['failed_at'] !== null) {
            $record['failed_at'] = $row['failed_at'];
        }

        return $record + ($row['next_try'] >= Outbox::RESTS ? [] : ['next_try' => $row['next_try']]);
    }

    /**
     * A row that is not sent now. It rests only if nothing was recorded meanwhile.
     *
     * @param Row                  $row
     * @param array<string, mixed> $due An OrderDue record.
     */
    private function settle(SyncContext $context, array $row, array $due, ?\WC_Order $order): void
    {
        $now = $context->now();
        $code = (string) ($due['code'] ?? '');
        $label = $order === null ? [] : ['label' => Orders::label($order)];
        if ($due['turn'] === 'wait') {
            $values = ['next_try' => isset($due['until']) ? max((int) $due['until'], $now + 1000) : Outbox::RESTS];
            // What failed still says why.
            $said = $row['state'] === 'failed' ? [] : ['code' => $code, 'params' => []];
            Outbox::store($row, $values + $said + $label, $now, true);

            return;
        }
        // One that is given up still says why it failed; one that was deleted has nothing else to say.
        $given = $due['turn'] === 'review' && $row['state'] === 'failed' && $order !== null;
        $values = ['next_try' => Outbox::RESTS, 'by_hand' => false, 'state' => $due['turn'] === 'drop' ? 'dropped' : 'review'] + ($given ? [] : ['code' => $code, 'params' => []]);
        if (!Outbox::store($row, $values + $label, $now, true)) {
            return;
        }
        $number = $order === null ? (string) $row['order_id'] : (string) $order->get_order_number();
        $issues = $due['turn'] === 'drop' ? [] : [Keep::issue($row['order_id'], $number, $code)];
        Issues::report($context, $issues, Keep::SOURCE);
        if (!$given) {
            Issues::close($context, [(string) $row['order_id']], $issues, ['order'], Keep::SOURCE);
        }
    }
}

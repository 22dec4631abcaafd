<?php

declare(strict_types=1);

namespace Dongbo\Lanes;

use Dongbo\Connection\Secret;
use Dongbo\Connection\SecretLost;
use Dongbo\Engine\Engine;
use Dongbo\Engine\RulesError;
use Dongbo\Pos\Wire;
use Dongbo\Tables\Clock;
use Dongbo\Tables\Hearing;
use Dongbo\Tables\Inbox;

/**
 * The inbox lane: every notification that came in, in order of receipt, into the mirror; what it
 * touches is planned by the catalogue's lane in the same wake-up (I3, D3).
 */
final class InboxWork implements Work
{
    private const BATCH = 20;

    /** A body that cut so many workers down is put aside. */
    private const TRIES = 3;

    public function lane(): string
    {
        return Lane::INBOX;
    }

    public function waiting(array $connection): Slice
    {
        return new Slice(Inbox::waiting($connection['id']) ? Slice::MORE : Slice::IDLE);
    }

    public function slice(array $connection, Budget $budget, int $actor): Slice
    {
        $id = $connection['id'];
        $hearing = Hearing::of($id);
        try {
            $secret = $hearing === null ? '' : Secret::open($hearing['secret']);
        } catch (SecretLost $lost) {
            $secret = '';
        }
        do {
            $rows = Inbox::next($id, self::BATCH);
            foreach ($rows as $row) {
                $this->one($id, $row, $secret);
            }
        } while ($rows !== [] && !$budget->spent());

        return new Slice($rows === [] ? Slice::DONE : Slice::MORE);
    }

    /** @param array{id: int, type: string, signature: string, body: string, received: int, tries: int} $row */
    private function one(int $connection, array $row, string $secret): void
    {
        if (!self::genuine($row, $secret)) {
            Inbox::settle($row['id'], 'unverified');
            Hearing::update($connection, ['unverified' => Clock::now()]);
            Alarm::raise($connection, Alarm::INBOX, [self::issue('webhook-unverified', $row['type'])]);

            return;
        }
        if ($row['tries'] >= self::TRIES) {
            $this->putAside($connection, $row, 'tries');

            return;
        }
        try {
            $event = Engine::call('read_event', ['type' => $row['type'], 'body' => Wire::decode($row['body']) ?? []]);
        } catch (RulesError $error) {
            $this->putAside($connection, $row, $error->code());

            return;
        }
        Arrival::take($connection, $row['id'], $row['received'], $event);
        Hearing::heard($connection, $row['type'], $row['received']);
    }

    /** @param array<string, mixed> $row */
    private function putAside(int $connection, array $row, string $detail): void
    {
        Inbox::settle($row['id'], 'failed');
        $params = [['name' => 'value', 'value' => $row['type']], ['name' => 'detail', 'value' => $detail]];
        Alarm::raise($connection, Alarm::INBOX, [['params' => $params] + self::issue('webhook-unreadable', $row['type'])]);
    }

    /**
     * Signed with this site's secret, in one of the forms KiotViet may use [UNSURE-47].
     *
     * @param array<string, mixed> $row
     */
    private static function genuine(array $row, string $secret): bool
    {
        $genuine = false;
        foreach (Engine::call('signature_forms', ['secret' => $secret, 'header' => $row['signature']])['forms'] as $form) {
            $key = $form['key'] === 'base64' ? (string) base64_decode($secret, true) : $secret;
            $bytes = hash_hmac($form['algorithm'], $row['body'], $key, true);
            $genuine = hash_equals($form['expected'], $form['output'] === 'hex' ? bin2hex($bytes) : base64_encode($bytes)) || $genuine;
        }

        return $genuine;
    }

    /** @return array<string, mixed> */
    private static function issue(string $code, string $type): array
    {
        return [
            'code' => $code,
            'params' => [['name' => 'value', 'value' => $type]],
            'severity' => 'review',
            'item' => ['kind' => 'webhook', 'id' => $type, 'label' => $type],
        ];
    }
}

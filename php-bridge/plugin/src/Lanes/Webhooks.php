<?php

declare(strict_types=1);

namespace Dongbo\Lanes;

use Dongbo\Connection\Secret;
use Dongbo\Connection\SecretLost;
use Dongbo\Connection\Settings;
use Dongbo\Connection\Token;
use Dongbo\Engine\Engine;
use Dongbo\Pos\Http;
use Dongbo\Pos\KiotViet;
use Dongbo\Rest\WebhookRoute;
use Dongbo\Tables\Clock;
use Dongbo\Tables\Connections;
use Dongbo\Tables\Hearing;
use Dongbo\Tables\ListReads;

/**
 * This site's registrations at the POS: compared with the POS's list by the rules (`plan_webhooks`)
 * and put right until nothing is left to do. Registrations of other applications are never touched (I3).
 */
final class Webhooks
{
    /** Looking, putting right, trying whether two can stand side by side, putting right again. */
    private const ROUNDS = 5;
    private const PATIENCE = 10.0;

    /** @var array<string, mixed> */
    private array $connection;

    private KiotViet $pos;
    private Calls $calls;
    private string $token;

    /** @var array{path_key: string, secret: string, beside: bool|null, checked: int, unverified: int} */
    private array $hearing;

    /** @var array<string, true> Types the POS refused just now. */
    private array $refused = [];

    private bool $probeRefused = false;

    /** @param array<string, mixed> $connection */
    private function __construct(array $connection, string $token, KiotViet $pos, Calls $calls)
    {
        $this->connection = $connection;
        $this->token = $token;
        $this->pos = $pos;
        $this->calls = $calls;
        $this->hearing = self::hearing($connection['id']);
    }

    /**
     * Looks at the POS's list and puts right what is not as it should be.
     *
     * @param array<string, mixed> $connection One that may be worked with.
     */
    public static function check(array $connection): void
    {
        $self = self::open($connection);
        if ($self === null) {
            return;
        }
        for ($round = 0; $round < self::ROUNDS; $round++) {
            $listed = $self->listed();
            if ($listed === null) {
                return;
            }
            $plan = $self->plan($listed);
            Hearing::update($connection['id'], ['checked' => Clock::now()]);
            $again = $self->carryOut($plan);
            if (!$self->wanted()) {
                // Disconnected meanwhile, and what was on its way then was not taken back there (A6).
                $self->withdraw();

                return;
            }
            Alarm::set($connection['id'], Alarm::WEBHOOKS, $plan['issues']);
            if (!$again) {
                return;
            }
        }
    }

    /**
     * Takes away what this site has registered, and nothing else (A6).
     *
     * @param array<string, mixed> $connection
     * @return int|null How many; null when the POS could not be asked.
     */
    public static function unregister(array $connection): ?int
    {
        $self = self::open($connection);

        return $self === null ? null : $self->withdraw();
    }

    private function withdraw(): ?int
    {
        $listed = $this->listed();
        if ($listed === null) {
            return null;
        }
        $own = array_filter($listed, static function (array $row): bool {
            return strncmp((string) $row['url'], WebhookRoute::base(), strlen(WebhookRoute::base())) === 0;
        });
        foreach ($own as $row) {
            $this->call('DELETE', '/webhooks/' . rawurlencode((string) $row['id']), null);
        }
        Hearing::keep($this->connection['id'], []);
        // Connected again, the list is looked at with the first wake-up, not when its hours are over.
        Hearing::update($this->connection['id'], ['checked' => 0]);

        return count($own);
    }

    /** Whether the connection is still of use. */
    private function wanted(): bool
    {
        return (Connections::find($this->connection['id'])['state'] ?? '') === 'active';
    }

    /** @param array<string, mixed> $connection */
    private static function open(array $connection): ?self
    {
        $rules = [Engine::class, 'call'];
        $calls = new Calls($connection['id'], Lane::INBOX, $rules);
        $pos = new KiotViet(new Http($calls));
        $token = (new Token($pos, $rules))->usable($connection['id']);

        return isset($token['token']) ? new self($connection, $token['token'], $pos, $calls) : null;
    }

    /** @return array{path_key: string, secret: string, beside: bool|null, checked: int, unverified: int} */
    private static function hearing(int $connection): array
    {
        $hearing = Hearing::of($connection);
        try {
            if ($hearing !== null && Secret::open($hearing['secret']) !== '') {
                return $hearing;
            }
        } catch (SecretLost $lost) {
            // With another key nothing could be verified any more: a new secret, registered anew.
            $hearing = null;
        }
        // §9.5: base64 of random characters.
        Hearing::renew($connection, bin2hex(random_bytes(16)), Secret::seal(base64_encode(bin2hex(random_bytes(16)))));

        return (array) Hearing::of($connection);
    }

    /** @return array<int, array<string, mixed>>|null Registration records (src/webhooks.rs). */
    private function listed(): ?array
    {
        $answer = $this->pos->get(
            (string) $this->connection['shop'],
            $this->token,
            '/webhooks',
            [['name' => 'pageSize', 'value' => '100']],
            self::PATIENCE
        );
        $reading = $this->read($answer);

        return isset($reading['failure']) ? null : $reading['rows'];
    }

    /**
     * @param array<int, array<string, mixed>> $listed
     * @return array<string, mixed> A WebhooksPlan record.
     */
    private function plan(array $listed): array
    {
        $id = $this->connection['id'];
        $own = [];
        foreach (Hearing::types($id) as $type => $known) {
            $own[$type] = ['type' => $type, 'on' => $known['state'] === 'on', 'heard' => max($known['registered'], $known['received'])];
        }
        foreach (array_keys($this->refused) as $type) {
            $own[$type] = ['refused' => true] + ($own[$type] ?? ['type' => $type]);
        }
        $input = [
            'settings' => Settings::forRules($this->connection['settings']),
            'base' => WebhookRoute::base(),
            'address' => WebhookRoute::address($id),
            'key' => $this->hearing['path_key'],
            'listed' => $listed,
            'own' => array_values($own),
            'changes' => ListReads::changes($id),
            'probe_refused' => $this->probeRefused,
        ];

        return Engine::call('plan_webhooks', $input + ($this->hearing['beside'] === null ? [] : ['beside' => $this->hearing['beside']]));
    }

    /**
     * @param array<string, mixed> $plan
     * @return bool Something was done: the list is another one now.
     */
    private function carryOut(array $plan): bool
    {
        $id = $this->connection['id'];
        if (isset($plan['beside'])) {
            Hearing::update($id, ['beside' => (int) $plan['beside']]);
            $this->hearing['beside'] = (bool) $plan['beside'];
        }
        foreach ($plan['unregister'] as $remote) {
            $this->call('DELETE', '/webhooks/' . rawurlencode((string) $remote), null);
        }
        foreach ($plan['states'] as $state) {
            Hearing::state($id, $state['type'], $state['state']);
        }
        Hearing::keep($id, array_column($plan['states'], 'type'));
        foreach ($plan['register'] as $wanted) {
            if ($this->register($wanted)) {
                Hearing::state($id, $wanted['type'], 'on', Clock::now());
            } else {
                $this->refused[$wanted['type']] = true;
            }
        }
        if (isset($plan['probe'])) {
            $this->probeRefused = !$this->register($plan['probe']);
        }

        return $plan['unregister'] !== [] || $plan['register'] !== [] || isset($plan['probe']);
    }

    /** @param array{type: string, url: string} $wanted */
    private function register(array $wanted): bool
    {
        $secret = Secret::open($this->hearing['secret']);

        return $this->call('POST', '/webhooks', [
            'Webhook' => [
                'Type' => $wanted['type'],
                'Url' => $wanted['url'],
                'IsActive' => true,
                'Description' => 'Dongbo ' . home_url('/'),
                'Secret' => $secret,
            ],
        ]);
    }

    /** @param array<string, mixed>|null $body */
    private function call(string $method, string $path, ?array $body): bool
    {
        $answer = $this->pos->send($method, (string) $this->connection['shop'], $this->token, $path, $body, self::PATIENCE);

        return !isset($this->read($answer)['failure']);
    }

    /**
     * @param array<string, mixed> $answer
     * @return array<string, mixed>
     */
    private function read(array $answer): array
    {
        $reading = Engine::call('read_webhooks', $answer);
        $this->calls->learn($reading['failure'] ?? null);

        return $reading;
    }
}

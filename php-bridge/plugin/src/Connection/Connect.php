<?php

declare(strict_types=1);

namespace Dongbo\Connection;

use Dongbo\Engine\Engine;
use Dongbo\Engine\RulesError;
use Dongbo\Lanes\Budget;
use Dongbo\Lanes\Lane;
use Dongbo\Lanes\Slice;
use Dongbo\Tables\Clock;
use Dongbo\Tables\Connections;
use Dongbo\Tables\Runs;

/**
 * Takes what the owner typed, stores it and tries it out (product.md A2). The one way in, for the
 * page and for WP-CLI.
 */
final class Connect
{
    /** Waits longer than this are not sat out; the cause is told instead. */
    private const PATIENCE_MS = 5000;

    /**
     * Stores address and credentials; an empty secret keeps the stored one.
     *
     * @return array{code: string, params: array<int, array{name: string, value: string}>}|null Why not.
     */
    public static function store(string $address, string $clientId, string $secret): ?array
    {
        try {
            $read = Engine::call('read_address', ['address' => $address]);
        } catch (RulesError $error) {
            return ['code' => $error->code(), 'params' => $error->params()];
        }
        if (!isset($read['shop'])) {
            return ['code' => $read['code'], 'params' => [['name' => 'address', 'value' => $address]]];
        }
        $shop = (string) $read['shop'];
        $current = Connections::current();
        if ($clientId === '' && !Credentials::fixed('DONGBO_CLIENT_ID')) {
            return ['code' => 'client-id-missing', 'params' => []];
        }
        if ($secret === '' && !Credentials::fixed('DONGBO_CLIENT_SECRET') && (string) ($current['secret'] ?? '') === '') {
            return ['code' => 'secret-missing', 'params' => []];
        }
        $values = ['client_id' => $clientId, 'token' => '', 'token_obtained' => 0, 'token_expires' => 0,
            'home_mark' => Secret::homeMark()];
        if ($secret !== '') {
            $values['secret'] = Secret::seal($secret);
        }
        // The same shop continues where it was; another one starts clean (A6).
        if ($current !== null && $current['shop'] === $shop) {
            Connections::update($current['id'], $values);
        } else {
            Connections::create($values + ['pos' => 'kiotviet', 'shop' => $shop, 'secret' => (string) ($current['secret'] ?? '')]);
        }

        return null;
    }

    /**
     * Asks the POS: credentials, shop, branches, settings.
     *
     * @return array<string, mixed> The run's summary: `outcome`, and `code` and `params` when it failed.
     */
    public static function test(int $actor): array
    {
        $connection = Connections::current();
        if ($connection === null) {
            return ['outcome' => 'failed', 'code' => 'not-connected', 'params' => []];
        }
        $run = Runs::start($connection['id'], Lane::CONNECT, 'connect');
        $budget = Budget::ofRequest();
        do {
            $slice = Lane::slice(Lane::CONNECT, $budget, $actor);
            $wait = $slice->until - Clock::now();
            if ($slice->outcome === Slice::WAITING && $wait < self::PATIENCE_MS && $wait / 1000 < $budget->timeLeft()) {
                usleep(1000 * max(0, $wait) + 1000);
            } elseif ($slice->outcome !== Slice::DONE) {
                return self::given($run);
            }
        } while ($slice->outcome !== Slice::DONE);

        return Runs::find($run)['summary'] ?? [];
    }

    /**
     * The trouble so far, of a test that is not worth waiting for any longer; the run is closed.
     *
     * @return array<string, mixed>
     */
    private static function given(int $run): array
    {
        $summary = Runs::find($run)['summary'] ?? [];
        $summary = ['outcome' => 'failed'] + $summary + ['code' => 'connect-no-answer', 'params' => []];
        Runs::update($run, ['ended' => Clock::now(), 'outcome' => 'failed', 'summary' => $summary]);

        return $summary;
    }
}

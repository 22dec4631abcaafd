<?php

declare(strict_types=1);

namespace Dongbo\Connection;

use Dongbo\Engine\Engine;
use Dongbo\Engine\RulesError;
use Dongbo\Lanes\Alarm;
use Dongbo\Lanes\Budget;
use Dongbo\Lanes\Lane;
use Dongbo\Lanes\Slice;
use Dongbo\Tables\Clock;
use Dongbo\Tables\Connections;
use Dongbo\Tables\OpenIssues;
use Dongbo\Tables\Runs;

/**
 * Takes what the owner typed, tries it out and keeps it when it works (product.md A2). The one way
 * in, for the page and for WP-CLI. A try that fails leaves a connection of use as it was.
 */
final class Connect
{
    /** Waits longer than this are not sat out; the cause is told instead. */
    private const PATIENCE_MS = 5000;

    /**
     * @param string $secret Empty keeps the stored one.
     * @return array{code: string, params: array<int, array{name: string, value: string}>}|null Why not; null when connected.
     */
    public static function to(string $address, string $clientId, string $secret, int $actor): ?array
    {
        try {
            $read = Engine::call('read_address', ['address' => $address]);
        } catch (RulesError $error) {
            return self::because($error->code(), $error->params());
        }
        if (!isset($read['shop'])) {
            return self::because((string) $read['code'], [['name' => 'address', 'value' => $address]]);
        }
        $known = Connections::ofShop('kiotviet', (string) $read['shop']) ?? Connections::candidate();
        if ($clientId === '' && !Credentials::fixed('DONGBO_CLIENT_ID')) {
            return self::because('client-id-missing');
        }
        if ($secret === '' && !Credentials::fixed('DONGBO_CLIENT_SECRET') && (string) ($known['secret'] ?? '') === '') {
            return self::because('secret-missing');
        }

        return self::attempt($known, (string) $read['shop'], $clientId, $secret, $actor);
    }

    /**
     * @param array<string, mixed>|null $known
     * @return array{code: string, params: array<int, array{name: string, value: string}>}|null
     */
    private static function attempt(?array $known, string $shop, string $clientId, string $secret, int $actor): ?array
    {
        $values = ['shop' => $shop, 'client_id' => $clientId, 'token' => '', 'token_obtained' => 0, 'token_expires' => 0,
            'home_mark' => Home::mark()];
        if ($secret !== '') {
            $values['secret'] = Secret::seal($secret);
        }
        if ($known === null) {
            $id = Connections::create($values + ['pos' => 'kiotviet']);
        } else {
            $id = (int) $known['id'];
            Connections::update($id, $values);
        }
        $run = Runs::start($id, Lane::CONNECT, 'connect');
        $summary = self::test($id, $run, $actor);
        if (($summary['outcome'] ?? '') === 'done') {
            self::beginOrders($id);
            if ($known !== null && in_array($known['state'], ['reconnect', 'paused'], true)) {
                Alarm::over($id);
            }

            return null;
        }
        if ($known !== null && $known['state'] !== 'new') {
            Connections::update($id, array_intersect_key($known, $values));
        }
        if ($known === null || $known['state'] !== 'reconnect') {
            // Nothing stands still because of a try: the cause is said beside the field and nowhere else.
            OpenIssues::forgetRun($id, $run);
        }

        return self::because((string) ($summary['code'] ?? 'connect-no-answer'), $summary['params'] ?? []);
    }

    /** Orders go to the POS from the moment of the first connection on, unless the owner chose another (E1). */
    private static function beginOrders(int $connection): void
    {
        $settings = Connections::find($connection)['settings'] ?? [];
        if (!isset($settings['orders']['start'])) {
            Connections::saveSettings($connection, ['orders' => ['start' => Clock::now()] + ($settings['orders'] ?? [])] + $settings);
        }
    }

    /**
     * Asks the POS: credentials, shop, branches, settings.
     *
     * @return array<string, mixed> The run's summary: `outcome`, and `code` and `params` when it failed.
     */
    private static function test(int $connection, int $run, int $actor): array
    {
        $budget = Budget::ofRequest();
        do {
            $slice = Lane::slice(Lane::CONNECT, $budget, $actor, $connection);
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

    /**
     * @param array<int, array{name: string, value: string}> $params
     * @return array{code: string, params: array<int, array{name: string, value: string}>}
     */
    private static function because(string $code, array $params = []): array
    {
        return ['code' => $code, 'params' => $params];
    }
}

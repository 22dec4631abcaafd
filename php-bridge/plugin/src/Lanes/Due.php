<?php

declare(strict_types=1);

namespace Dongbo\Lanes;

use Dongbo\Connection\Settings;
use Dongbo\Customers\FollowCustomers;
use Dongbo\Engine\Engine;
use Dongbo\Tables\ApiCalls;
use Dongbo\Tables\Clock;
use Dongbo\Tables\Goods;
use Dongbo\Tables\Hearing;
use Dongbo\Tables\Inbox;
use Dongbo\Tables\Marks;
use Dongbo\Tables\Runs;
use Dongbo\Tables\Sales;
use Dongbo\Tables\Touched;

/** Asks the rules which runs are due (`runs_due`) and starts them: at every wake-up, and nowhere else (I7, D3). */
final class Due
{
    /** For so long after something that was not genuine came in, nothing is relied on that comes in. */
    private const DISTRUST_MS = 86400000;

    /** How long bodies of notifications are kept (H6). */
    private const BODIES_MS = 604800000;

    /**
     * What the rules say; runs that are open already are not started again.
     *
     * @param array<string, mixed> $connection
     * @return array<string, mixed> A RunsDue record (src/run/due.rs); empty before a person has started the first run (A1).
     */
    public static function ask(array $connection): array
    {
        $id = $connection['id'];
        $last = Runs::lastOfKinds($id, false, Lane::CATALOGUE);
        if ($last === []) {
            return [];
        }
        array_push($last, ...Runs::lastOfKinds($id, false, Lane::SALES));
        $hearing = Hearing::of($id);
        $input = [
            'settings' => Settings::forRules($connection['settings']),
            'now' => Clock::now(),
            'last' => $last,
            'done' => Runs::lastOfKinds($id, true, Lane::CATALOGUE),
            'known_goods' => Goods::count($id),
            'marked' => Marks::count($id, 'goods'),
            'lists_due' => Marks::count($id, Marks::LISTS) > 0,
            'touched' => Touched::waiting($id, Clock::now()) ? 1 : 0,
            'deaf' => self::deaf($id, $hearing),
            'marked_orders' => Marks::count($id, Sales::ORDERS) + Marks::count($id, Sales::INVOICES),
            'marked_customers' => FollowCustomers::marked($id),
        ];
        if ($hearing !== null && $hearing['checked'] > 0) {
            $input['webhooks_checked'] = $hearing['checked'];
        }

        return Engine::call('runs_due', $input);
    }

    /**
     * Starts the first of the due runs; the others follow when it has ended.
     *
     * @param array<string, mixed> $connection
     */
    public static function start(array $connection): void
    {
        $due = self::ask($connection);
        if (isset($due['read']) && Marks::clear($connection['id'], 'goods', (int) $due['read']) > 0) {
            $due = self::ask($connection);
        }
        if (!empty($due['webhooks'])) {
            Webhooks::check($connection);
            Inbox::prune($connection['id'], Clock::now() - self::BODIES_MS);
            ApiCalls::prune($connection['id'], Clock::now());
            Sales::prune($connection['id'], Clock::now());
        }
        if (($due['beside'] ?? []) !== [] && Runs::open($connection['id'], Lane::SALES) === null) {
            Runs::start($connection['id'], Lane::SALES, (string) $due['beside'][0]);
        }
        if (($due['runs'] ?? []) !== [] && Runs::open($connection['id'], Lane::CATALOGUE) === null) {
            Runs::start($connection['id'], Lane::CATALOGUE, (string) $due['runs'][0]);
        }
    }

    /** @param array<string, mixed>|null $hearing */
    private static function deaf(int $connection, ?array $hearing): bool
    {
        if ($hearing === null || $hearing['checked'] === 0) {
            return false;
        }
        $states = array_column(Hearing::types($connection), 'state');

        return $hearing['unverified'] > Clock::now() - self::DISTRUST_MS || array_diff($states, ['on']) !== [];
    }
}

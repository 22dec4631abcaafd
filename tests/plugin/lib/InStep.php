<?php

declare(strict_types=1);

namespace Dongbo\PluginTests;

use Dongbo\Connection\Choices;
use Dongbo\Connection\Connect;
use Dongbo\Connection\Secret;
use Dongbo\Lanes\Budget;
use Dongbo\Lanes\Lane;
use Dongbo\Lanes\Slice;
use Dongbo\Lanes\Wake;
use Dongbo\Tables\Clock;
use Dongbo\Tables\Connections;
use Dongbo\Tables\Hearing;
use Dongbo\Tables\Runs;

/** A shop that has been read once and is in step from then on, for cases about staying so. */
final class InStep
{
    public const SECRET = 'MDEyMzQ1Njc4OWFiY2RlZg==';
    public const KEY = '0123456789abcdef0123456789abcdef';

    /**
     * Connected to the answers' shop and read once.
     *
     * @param array<string, mixed>|null  $answers  By path; a small shop of its own by default.
     * @param array<string, string>      $choices  The owner's.
     * @return int The connection.
     */
    public static function shop(int $goods = 3, ?array $answers = null, array $choices = []): int
    {
        Answers::prepare($answers ?? Answers::shop($goods));
        Expect::same(null, Connect::to('myshop', 'client', 'secret', 0));
        $chosen = new Choices((array) Connections::current());
        $chosen->onlyBranch();
        $chosen->save();
        $id = (int) Connections::current()['id'];
        // Goods only, unless the case is about orders.
        $choices += ['orders' => ['to_pos' => false]];
        Connections::saveSettings($id, $choices + Connections::current()['settings']);
        Runs::start($id, Lane::CATALOGUE, 'full');
        for ($i = 0; $i < 60 && Runs::open($id, Lane::CATALOGUE) !== null; $i++) {
            Lane::slice(Lane::CATALOGUE, self::budget());
        }
        Expect::same('done', Runs::last($id, Lane::CATALOGUE, 'full')['outcome']);
        Hearing::renew($id, self::KEY, Secret::seal(self::SECRET));
        Hearing::update($id, ['checked' => Clock::now()]);
        usleep(2000);

        return $id;
    }

    public static function budget(): Budget
    {
        return new Budget(20.0, memory_get_usage() + 200000000);
    }

    /** One wake-up. */
    public static function wake(): Slice
    {
        return Wake::work(self::budget());
    }

    /** What is asked of the POS meanwhile. @return string[] */
    public static function asked(callable $work): array
    {
        $before = count(Answers::$asked);
        $work();

        return array_slice(Answers::$asked, $before);
    }

    /**
     * As if it were so many milliseconds later.
     *
     * @return mixed What the work gives.
     */
    public static function later(int $milliseconds, callable $work)
    {
        $later = static function (int $now) use ($milliseconds): int {
            return $now + $milliseconds;
        };
        add_filter('dongbo_now', $later);
        try {
            return $work();
        } finally {
            remove_filter('dongbo_now', $later);
        }
    }

    /** Removes the products that were made. */
    public static function clear(): void
    {
        foreach (wc_get_products(['limit' => -1, 'status' => 'any', 'return' => 'ids']) as $id) {
            wp_delete_post($id, true);
        }
    }
}

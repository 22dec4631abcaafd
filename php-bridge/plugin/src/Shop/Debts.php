<?php

declare(strict_types=1);

namespace Dongbo\Shop;

use Dongbo\Lanes\Commit;
use Dongbo\Lanes\Fence;
use Dongbo\Tables\Owed;

/**
 * What {@see Fast} puts off, paid once for many products: term counts and the rows of layered
 * navigation. It stands in a table since the commit that made it, so a worker that is killed leaves
 * it to the next one.
 */
final class Debts
{
    /** Seconds after which a worker pays although it goes on: about once a slice. */
    private const WAIT = 15.0;

    /** Counts of terms; the taxonomy follows. */
    public const COUNT = 'count:';

    /** Rows of products in WooCommerce's attribute lookup; the job's own number follows. */
    public const LOOKUP = 'lookup:';

    /** Products paid in one transaction; each is read with all its variations. */
    private const PART = 10;

    /** @var array<string, array<int, true>> Counts WordPress has put off in this request, by kind. */
    private static array $putOff = [];

    /** When this request began to put things off. */
    private static ?float $since = null;

    private function __construct()
    {
    }

    /** From here on WordPress only notes whose counts have changed. */
    public static function begin(): void
    {
        self::$since = self::$since ?? microtime(true);
        wp_defer_term_counting(true);
    }

    /** Whether it has waited long enough. */
    public static function due(): bool
    {
        return self::$since !== null && microtime(true) - self::$since > self::WAIT;
    }

    /**
     * Stores what a transaction owes, in its own commit.
     *
     * @param array<string, int[]> $owed Ids by kind.
     *
     * @throws \Dongbo\Lanes\TransactionLost
     */
    public static function note(int $connection, array $owed): void
    {
        Owed::add($connection, $owed);
        foreach ($owed as $kind => $ids) {
            self::$putOff[$kind] = (self::$putOff[$kind] ?? []) + array_fill_keys($ids, true);
        }
    }

    /** Nothing is put off any more; what stands in the table is left to the next run. */
    public static function end(): void
    {
        self::$putOff = [];
        self::$since = null;
        wp_defer_term_counting(false);
    }

    /**
     * Pays all of it: this request's and what a killed worker has left.
     *
     * @throws \Dongbo\Lanes\FenceLost       Another worker owns the run.
     * @throws \Dongbo\Lanes\TransactionLost The database lost it each time; it stays owed.
     */
    public static function pay(int $connection, Fence $fence): void
    {
        $owed = Owed::all($connection);
        $counts = array_filter($owed, [self::class, 'isCount'], ARRAY_FILTER_USE_KEY);
        if ($counts !== []) {
            $own = self::$putOff;
            self::distrust($counts);
            Commit::run($fence, static function () use ($connection, $fence, $counts, &$own): void {
                self::end();
                $counted = $own;
                // A second try counts everything itself: WordPress has forgotten its notes.
                $own = [];
                foreach ($counts as $kind => $ids) {
                    self::count((string) $kind, array_values(array_filter($ids, static function (int $id) use ($counted, $kind): bool {
                        return !isset($counted[$kind][$id]);
                    })));
                    $fence->stands();
                    Owed::drop($connection, (string) $kind, $ids);
                }
            }, [Caches::class, 'unsure']);
            self::distrust($counts);
        }
        self::end();
        foreach (array_diff_key($owed, $counts) as $kind => $ids) {
            foreach (array_chunk($ids, self::PART) as $part) {
                Commit::run($fence, static function () use ($connection, $fence, $kind, $part): void {
                    self::read($part);
                    foreach ($part as $id) {
                        do_action(Fast::LOOKUP_JOB, $id, (int) substr((string) $kind, strlen(self::LOOKUP)));
                    }
                    $fence->stands();
                    Owed::drop($connection, (string) $kind, $part);
                }, [Caches::class, 'unsure']);
                Caches::release();
            }
        }
    }

    /**
     * What the jobs would read one by one.
     *
     * @param int[] $ids
     */
    private static function read(array $ids): void
    {
        global $wpdb;
        $in = implode(', ', array_map('intval', $ids));
        // phpcs:ignore WordPress.DB.PreparedSQL -- numbers only.
        $variations = $wpdb->get_col("SELECT ID FROM {$wpdb->posts} WHERE post_parent IN ($in) AND post_type = 'product_variation'");
        _prime_post_caches(array_merge($ids, array_map('intval', $variations)), true, true);
    }

    /** @param array<string, int[]> $counts */
    private static function distrust(array $counts): void
    {
        foreach ($counts as $kind => $ids) {
            Caches::counted(substr((string) $kind, strlen(self::COUNT)), $ids);
        }
    }

    private static function isCount(string $kind): bool
    {
        return strncmp($kind, self::COUNT, strlen(self::COUNT)) === 0;
    }

    /** @param int[] $ids */
    private static function count(string $kind, array $ids): void
    {
        $taxonomy = substr($kind, strlen(self::COUNT));
        if ($ids !== [] && taxonomy_exists($taxonomy)) {
            wp_update_term_count_now($ids, $taxonomy);
        }
    }
}

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
    /** Counts of terms; the taxonomy follows. */
    public const COUNT = 'count:';

    /** Rows of products in WooCommerce's attribute lookup; the job's own number follows. */
    public const LOOKUP = 'lookup:';

    /** Ids paid in one transaction. */
    private const PART = 50;

    private function __construct()
    {
    }

    /**
     * Pays all of it.
     *
     * @throws \Dongbo\Lanes\FenceLost       Another worker owns the run.
     * @throws \Dongbo\Lanes\TransactionLost The database lost it each time; it stays owed.
     */
    public static function pay(int $connection, Fence $fence): void
    {
        // WordPress has noted the counts too; it makes them with these, not a second time.
        wp_defer_term_counting(true);
        foreach (Owed::all($connection) as $kind => $ids) {
            foreach (array_chunk($ids, self::PART) as $part) {
                Commit::run($fence, static function () use ($connection, $kind, $part): void {
                    self::part((string) $kind, $part);
                    Owed::drop($connection, (string) $kind, $part);
                });
            }
        }
    }

    /** @param int[] $ids */
    private static function part(string $kind, array $ids): void
    {
        if (strncmp($kind, self::COUNT, strlen(self::COUNT)) === 0) {
            $taxonomy = substr($kind, strlen(self::COUNT));
            if (taxonomy_exists($taxonomy)) {
                wp_update_term_count_now($ids, $taxonomy);
            }

            return;
        }
        foreach ($ids as $id) {
            do_action('woocommerce_run_product_attribute_lookup_update_callback', $id, (int) substr($kind, strlen(self::LOOKUP)));
        }
    }
}

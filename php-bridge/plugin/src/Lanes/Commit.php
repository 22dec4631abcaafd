<?php

declare(strict_types=1);

namespace Dongbo\Lanes;

/** One short transaction under a run's fence, repeated when the database loses it. */
final class Commit
{
    private const TRIES = 3;

    /**
     * @param callable(): void $work Writes; throws {@see TransactionLost} when one is refused.
     * @throws FenceLost       Another worker owns the run; nothing was written.
     * @throws TransactionLost It was lost each time; nothing was written.
     */
    public static function run(Fence $fence, callable $work): void
    {
        for ($try = 1;; $try++) {
            try {
                self::once($fence, $work);

                return;
            } catch (TransactionLost $lost) {
                if ($try === self::TRIES) {
                    throw $lost;
                }
                usleep(random_int(20000, 100000) * $try);
            }
        }
    }

    private static function once(Fence $fence, callable $work): void
    {
        global $wpdb;
        $wpdb->query('START TRANSACTION');
        try {
            $fence->begin();
            $work();
            $fence->confirm();
        } catch (\Throwable $trouble) {
            $wpdb->query('ROLLBACK');
            throw $trouble;
        }
        if ($wpdb->query('COMMIT') === false) {
            throw new TransactionLost('the database refused the commit: ' . $wpdb->last_error);
        }
    }
}

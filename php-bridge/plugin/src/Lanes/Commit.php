<?php

declare(strict_types=1);

namespace Dongbo\Lanes;

/** One short transaction under a run's fence, repeated when the database loses it. */
final class Commit
{
    private const TRIES = 3;

    /**
     * @param callable(): void                  $work   Writes; throws {@see TransactionLost} when one is refused.
     * @param (callable(\Throwable): void)|null $undone After each rollback: forgets what WordPress remembers of
     *                                                  what was written; Dongbo's own tables need none.
     * @throws FenceLost       Another worker owns the run; nothing was written.
     * @throws TransactionLost It was lost each time; nothing was written.
     */
    public static function run(Fence $fence, callable $work, ?callable $undone = null): void
    {
        for ($try = 1;; $try++) {
            try {
                self::once($fence, $work, $undone);

                return;
            } catch (TransactionLost $lost) {
                if ($try === self::TRIES) {
                    throw $lost;
                }
                usleep(random_int(20000, 100000) * $try);
            }
        }
    }

    private static function once(Fence $fence, callable $work, ?callable $undone): void
    {
        global $wpdb;
        $wpdb->query('START TRANSACTION');
        try {
            $fence->begin();
            $work();
            $fence->confirm();
            if ($wpdb->query('COMMIT') === false) {
                throw new TransactionLost('the database refused the commit: ' . $wpdb->last_error);
            }
        } catch (\Throwable $trouble) {
            $wpdb->query('ROLLBACK');
            if ($undone !== null) {
                $undone($trouble);
            }
            throw $trouble;
        }
    }
}

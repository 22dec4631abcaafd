<?php

declare(strict_types=1);

namespace Dongbo\Lanes;

/**
 * One short transaction without a run's fence: whoever uses it compares and sets a row of its own.
 *
 * A savepoint tells whether the transaction is still the one that was begun: wpdb reconnects by
 * itself, and another plugin's DDL commits behind our back.
 */
final class Atomic
{
    private const TRIES = 3;
    private const SAVEPOINT = 'dongbo_atomic';

    /**
     * @param callable(): bool $work False: nothing is to be written after all.
     * @return bool What the work said.
     * @throws TransactionLost It was lost each time; nothing was written.
     */
    public static function run(callable $work): bool
    {
        for ($try = 1;; $try++) {
            try {
                return self::once($work);
            } catch (TransactionLost $lost) {
                if ($try === self::TRIES) {
                    throw $lost;
                }
                usleep(random_int(20000, 100000) * $try);
            }
        }
    }

    private static function once(callable $work): bool
    {
        global $wpdb;
        $wpdb->query('START TRANSACTION');
        $wpdb->query('SAVEPOINT ' . self::SAVEPOINT);
        try {
            $done = $work();
            if ($done) {
                \Dongbo\Tables\Query::write('RELEASE SAVEPOINT ' . self::SAVEPOINT);
            }
        } catch (\Throwable $trouble) {
            $wpdb->query('ROLLBACK');
            throw $trouble;
        }
        if ($wpdb->query($done ? 'COMMIT' : 'ROLLBACK') === false) {
            throw new TransactionLost('the database refused the commit: ' . $wpdb->last_error);
        }

        return $done;
    }
}

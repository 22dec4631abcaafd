<?php

declare(strict_types=1);

namespace Dongbo\Lanes;

/**
 * A worker's proof that a run is still its own, and that a transaction is still the one it began.
 *
 * `run.fence` = epoch × 10⁶ + counter. Whoever takes a run over starts a new epoch ({@see take}),
 * so an older worker's next {@see begin} finds no row. Each transaction writes the next number
 * first and reads it back before COMMIT; a savepoint beside it also notices a transaction that was
 * committed or replaced behind our back, which the number alone would not (measured: after a
 * deadlock `save()` still returns its id and COMMIT says success, design.md §1).
 */
final class Fence
{
    private const EPOCH = 1000000;
    private const SAVEPOINT = 'dongbo_fence';

    private string $table;
    private int $run;
    private int $epoch;
    private int $next;

    private function __construct(string $table, int $run, int $epoch)
    {
        $this->table = $table;
        $this->run = $run;
        $this->epoch = $epoch;
        $this->next = $epoch;
    }

    /**
     * Takes the run over: every other worker's fence is void from here on.
     *
     * @throws FenceLost When the run does not exist or somebody took it at this moment.
     */
    public static function take(int $run): self
    {
        global $wpdb;
        $table = $wpdb->prefix . 'dongbo_run';
        $now = $wpdb->get_var($wpdb->prepare('SELECT fence FROM %i WHERE id = %d', $table, $run));
        if ($now === null) {
            throw new FenceLost("run $run is gone");
        }
        $epoch = (intdiv((int) $now, self::EPOCH) + 1) * self::EPOCH;
        $sql = $wpdb->prepare('UPDATE %i SET fence = %d WHERE id = %d AND fence = %d', $table, $epoch, $run, (int) $now);
        if ($wpdb->query($sql) !== 1) {
            throw new FenceLost("run $run was taken by another worker");
        }

        return new self($table, $run, $epoch);
    }

    /**
     * To be called first inside a transaction: advances the number.
     *
     * @throws FenceLost       Another worker owns the run.
     * @throws TransactionLost The database refused.
     */
    public function begin(): void
    {
        global $wpdb;
        $wpdb->query('SAVEPOINT ' . self::SAVEPOINT);
        $this->next++;
        $changed = $wpdb->query(
            $wpdb->prepare(
                'UPDATE %i SET fence = %d WHERE id = %d AND fence >= %d AND fence < %d',
                $this->table,
                $this->next,
                $this->run,
                $this->epoch,
                $this->next
            )
        );
        if ($changed === false) {
            throw new TransactionLost('the fence could not be written: ' . $wpdb->last_error);
        }
        if ($changed !== 1) {
            throw new FenceLost("run {$this->run} was taken by another worker");
        }
    }

    /**
     * To be called between WooCommerce's writing and Dongbo's own: after a deadlock every further
     * statement would stand by itself, and what is kept would say that it was done.
     *
     * @throws FenceLost       Another worker owns the run.
     * @throws TransactionLost The transaction is gone with all that was written in it.
     */
    public function stands(): void
    {
        global $wpdb;
        $read = $wpdb->get_var($wpdb->prepare('SELECT fence FROM %i WHERE id = %d', $this->table, $this->run));
        if ($read !== null && intdiv((int) $read, self::EPOCH) * self::EPOCH !== $this->epoch) {
            throw new FenceLost("run {$this->run} was taken by another worker");
        }
        if ($read === null || (int) $read !== $this->next) {
            throw new TransactionLost('the database lost the transaction: the fence is not the one written');
        }
    }

    /**
     * To be called last before COMMIT: the number is still there and the transaction still ours.
     *
     * @throws FenceLost       Another worker owns the run.
     * @throws TransactionLost The transaction is not the one that was begun.
     */
    public function confirm(): void
    {
        global $wpdb;
        $this->stands();
        $quiet = $wpdb->suppress_errors(true);
        $released = $wpdb->query('RELEASE SAVEPOINT ' . self::SAVEPOINT);
        $error = $wpdb->last_error;
        $wpdb->suppress_errors($quiet);
        if ($released === false) {
            throw new TransactionLost('the transaction was ended before its end: ' . $error);
        }
    }

    /** The run this fence guards. */
    public function run(): int
    {
        return $this->run;
    }
}

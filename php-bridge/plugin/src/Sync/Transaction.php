<?php

declare(strict_types=1);

namespace Dongbo\Sync;

use Dongbo\Lanes\Fence;
use Dongbo\Lanes\TransactionLost;

/**
 * A short transaction around WooCommerce's own saving that notices when it is lost (design.md §1).
 *
 * `$wpdb` swallows errors: after a deadlock `save()` still returns its id, COMMIT says success, and
 * everything behind the deadlock was committed statement by statement. So every statement is
 * watched before it runs: once the one before it failed for good, or the connection is another
 * one, the next is not run at all but {@see TransactionLost} is thrown. What only ends the
 * transaction (DDL or a START TRANSACTION in some hook) is noticed too, after the product at hand.
 * The run's fence confirms what is left before COMMIT.
 */
final class Transaction
{
    /** Deadlock, lock time-out, server gone, connection lost, record changed, too many locks, aborted. */
    private const FATAL = [1213, 1205, 2006, 2013, 1020, 1206, 1927];

    private const ENDS = '/^\s*(?:\/\*.*?\*\/\s*)*(?:CREATE(?!\s+TEMPORARY)|ALTER|DROP(?!\s+TEMPORARY)|TRUNCATE|RENAME|LOCK|UNLOCK|BEGIN|START|COMMIT|ROLLBACK(?!\s+TO)|OPTIMIZE|REPAIR|ANALYZE|SET\s+autocommit)\b/i';

    private static ?bool $readCommitted = null;

    private Fence $fence;
    private int $thread = 0;
    private bool $watching = false;
    private bool $own = false;
    private string $ended = '';

    /** @var string[] What statements said that failed without ending anything. */
    private array $errors = [];

    private function __construct(Fence $fence)
    {
        $this->fence = $fence;
    }

    /**
     * @throws \Dongbo\Lanes\FenceLost Another worker owns the run.
     * @throws TransactionLost        The database refused.
     */
    public static function begin(Fence $fence): self
    {
        global $wpdb;
        $self = new self($fence);
        if (self::readCommitted()) {
            // Each read sees what shoppers and editors have committed until now, and fewer gaps are locked.
            $wpdb->query('SET TRANSACTION ISOLATION LEVEL READ COMMITTED');
        }
        if ($wpdb->query('START TRANSACTION') === false) {
            throw new TransactionLost('no transaction could be started: ' . $wpdb->last_error);
        }
        $self->thread = self::thread();
        try {
            $fence->begin();
        } catch (\Throwable $trouble) {
            $wpdb->query('ROLLBACK');
            throw $trouble;
        }
        $self->watching = true;
        add_filter('query', [$self, 'watch'], PHP_INT_MIN);

        return $self;
    }

    /**
     * Looks at every statement before it runs.
     *
     * @param string $sql
     *
     * @return string
     *
     * @throws TransactionLost
     */
    public function watch($sql)
    {
        if ($this->own) {
            return $sql;
        }
        $this->look();
        if ($this->ended === '' && preg_match(self::ENDS, (string) $sql)) {
            $this->ended = 'a plugin ran “' . substr(trim((string) $sql), 0, 60) . '” while a product was saved';
        }

        return $sql;
    }

    /**
     * After each product: goes no further in a transaction that has ended.
     *
     * @throws TransactionLost
     */
    public function check(): void
    {
        $this->look();
        if ($this->ended !== '') {
            throw new TransactionLost($this->ended);
        }
    }

    /** A place to come back to when one product cannot be written. */
    public function mark(string $name = 'dongbo_row'): void
    {
        $this->statement('SAVEPOINT ' . $name);
    }

    /** Back to the last {@see mark}. */
    public function backToMark(string $name = 'dongbo_row'): void
    {
        $this->check();
        $this->statement('ROLLBACK TO SAVEPOINT ' . $name);
        // What failed before the mark was undone with it.
        $this->errors = [];
    }

    /**
     * @throws TransactionLost        Nothing of it stands, or not all: read again what does.
     * @throws \Dongbo\Lanes\FenceLost Another worker owns the run; nothing of it stands.
     */
    public function commit(): void
    {
        global $wpdb;
        $this->check();
        if ($this->errors !== []) {
            throw new TransactionLost('a statement failed: ' . implode(' · ', array_unique($this->errors)));
        }
        $this->stop();
        $this->fence->confirm();
        if ($wpdb->query('COMMIT') === false) {
            throw new TransactionLost('the database refused the commit: ' . $wpdb->last_error);
        }
    }

    /** Undoes what still can be undone. */
    public function rollBack(): void
    {
        global $wpdb;
        $this->stop();
        $wpdb->query('ROLLBACK');
    }

    private function stop(): void
    {
        if ($this->watching) {
            remove_filter('query', [$this, 'watch'], PHP_INT_MIN);
            $this->watching = false;
        }
    }

    /** The result of the statement before this moment. */
    private function look(): void
    {
        global $wpdb;
        if (self::thread() !== $this->thread) {
            throw new TransactionLost('the connection to the database was lost and made anew');
        }
        if ((string) $wpdb->last_error === '') {
            return;
        }
        $code = self::code();
        if (in_array($code, self::FATAL, true)) {
            throw new TransactionLost($wpdb->last_error);
        }
        $this->errors[$code . $wpdb->last_error] = (string) $wpdb->last_error;
    }

    private function statement(string $sql): void
    {
        global $wpdb;
        $this->look();
        $this->own = true;
        try {
            $done = $wpdb->query($sql);
        } finally {
            $this->own = false;
        }
        if ($done === false) {
            throw new TransactionLost($sql . ': ' . $wpdb->last_error);
        }
    }

    private static function thread(): int
    {
        global $wpdb;

        return $wpdb->dbh instanceof \mysqli ? (int) @mysqli_thread_id($wpdb->dbh) : 0;
    }

    private static function code(): int
    {
        global $wpdb;

        return $wpdb->dbh instanceof \mysqli ? (int) @mysqli_errno($wpdb->dbh) : 0;
    }

    /**
     * Whether transactions here see what others commit meanwhile, and lock no gaps between rows.
     *
     * A statement-based binary log refuses writes at this isolation level (error 1665).
     */
    public static function readCommitted(): bool
    {
        global $wpdb;
        if (self::$readCommitted === null) {
            $log = (array) $wpdb->get_row('SELECT @@log_bin AS log_bin, @@binlog_format AS binlog_format', ARRAY_A);
            self::$readCommitted = isset($log['log_bin'])
                && (!(int) $log['log_bin'] || strtoupper((string) $log['binlog_format']) !== 'STATEMENT');
        }

        return self::$readCommitted;
    }
}

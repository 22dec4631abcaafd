<?php

declare(strict_types=1);

namespace Dongbo\Contract;

/** Real trouble with a real database, at a chosen product. */
final class Faults
{
    private function __construct()
    {
    }

    /**
     * Runs something while the n-th saving of a product has trouble, once or every time.
     *
     * @param int                $at      Which saving.
     * @param bool               $always  From then on every time.
     * @param callable(int): void $trouble
     */
    public static function atSave(int $at, bool $always, callable $trouble, callable $work): void
    {
        $count = 0;
        $hook = static function ($id) use (&$count, $at, $always, $trouble): void {
            $count++;
            if ($count === $at || ($always && $count > $at)) {
                $trouble((int) $id);
            }
        };
        $hooks = ['woocommerce_new_product', 'woocommerce_update_product', 'woocommerce_new_product_variation', 'woocommerce_update_product_variation'];
        foreach ($hooks as $name) {
            add_action($name, $hook);
        }
        try {
            $work();
        } finally {
            foreach ($hooks as $name) {
                remove_action($name, $hook);
            }
        }
        if ($count < $at) {
            throw new Unmet("only $count products were saved, the trouble was planned for number $at");
        }
    }

    /** This connection becomes the victim of a deadlock with another one. */
    public static function deadlock(): void
    {
        global $wpdb;
        $other = self::connect();
        // The heavier transaction survives.
        $other->query('CREATE TABLE IF NOT EXISTS contract_lock (id int PRIMARY KEY, v int) ENGINE=InnoDB');
        $other->query('REPLACE INTO contract_lock SELECT seq, 0 FROM seq_1_to_5000');
        $other->begin_transaction();
        $other->query('UPDATE contract_lock SET v = v + 1 WHERE id > 1');
        $wpdb->query('UPDATE contract_lock SET v = 7 WHERE id = 1');
        $other->query('UPDATE contract_lock SET v = 8 WHERE id = 1', MYSQLI_ASYNC);
        usleep(100000);
        $wpdb->query('UPDATE contract_lock SET v = 7 WHERE id = 2');
        if (mysqli_errno($wpdb->dbh) !== 1213) {
            throw new Unmet('there was no deadlock: ' . $wpdb->last_error);
        }
        $other->reap_async_query();
        $other->rollback();
        $other->close();
    }

    /** A lock is not given in time. */
    public static function lockTimeout(): void
    {
        global $wpdb;
        $other = self::connect();
        $other->query('CREATE TABLE IF NOT EXISTS contract_lock (id int PRIMARY KEY, v int) ENGINE=InnoDB');
        $other->query('REPLACE INTO contract_lock VALUES (1, 0)');
        $other->begin_transaction();
        $other->query('UPDATE contract_lock SET v = 1 WHERE id = 1');
        $wpdb->query('SET SESSION innodb_lock_wait_timeout = 1');
        $wpdb->query('UPDATE contract_lock SET v = 2 WHERE id = 1');
        if (mysqli_errno($wpdb->dbh) !== 1205) {
            throw new Unmet('the lock was given: ' . $wpdb->last_error);
        }
        $other->rollback();
        $other->close();
    }

    /** The server drops this connection; WordPress makes a new one and goes on as if nothing were. */
    public static function dropConnection(): void
    {
        global $wpdb;
        $other = self::connect();
        $other->query('KILL ' . mysqli_thread_id($wpdb->dbh));
        $other->close();
        usleep(50000);
    }

    public static function connect(): \mysqli
    {
        mysqli_report(MYSQLI_REPORT_OFF);
        [$host, $port, $socket] = $GLOBALS['wpdb']->parse_db_host(DB_HOST);

        return new \mysqli($host, DB_USER, DB_PASSWORD, DB_NAME, (int) $port, (string) $socket);
    }
}

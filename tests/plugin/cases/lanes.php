<?php

declare(strict_types=1);

namespace Dongbo\PluginTests;

use Dongbo\Lanes\Budget;
use Dongbo\Lanes\Commit;
use Dongbo\Lanes\Fence;
use Dongbo\Lanes\FenceLost;
use Dongbo\Lanes\OrdersFirst;
use Dongbo\Lanes\TransactionLost;
use Dongbo\Tables\Clock;
use Dongbo\Tables\Leases;
use Dongbo\Tables\Outbox;
use Dongbo\Tables\Runs;
use Dongbo\Tables\Schema;

$run = static function (): int {
    return Runs::start(1, 'catalogue', 'full');
};
$phase = static function (int $run): string {
    return (string) Runs::find($run)['phase'];
};

return [
    'a lane is held by one, until it is given back or its time is over' => static function (): void {
        global $wpdb;
        $first = Leases::acquire(1, 'catalogue', 60);
        Expect::that($first !== null, 'a free lane');
        Expect::same(null, Leases::acquire(1, 'catalogue', 60));
        Expect::same(true, Leases::held(1, 'catalogue'));
        Expect::that(Leases::acquire(1, 'token', 60) !== null && Leases::acquire(2, 'catalogue', 60) !== null, 'other lanes are others');
        Leases::release(1, 'catalogue', 'somebody else');
        Expect::same(null, Leases::acquire(1, 'catalogue', 60), 'only the holder gives it back');
        Leases::release(1, 'catalogue', (string) $first);
        $second = Leases::acquire(1, 'catalogue', 60);
        Expect::that($second !== null && $second !== $first, 'given back');
        $wpdb->query('UPDATE ' . Schema::table('lease') . ' SET lease_until = lease_until - 61000');
        Expect::that(Leases::acquire(1, 'catalogue', 60) !== null, 'run out');
        Expect::same(false, Leases::renew(1, 'catalogue', (string) $second, 60), 'the old holder has lost it');
    },
    'work makes room for an order that becomes due, not for one that was looked at and could not be sent (I1)' => static function (): void {
        Outbox::recordMissed(1, [71], Clock::now() - 1000);
        $first = new OrdersFirst(1);
        $budget = (new Budget(20.0, PHP_INT_MAX))->behind($first);
        usleep(2100000);
        Expect::same([false, false, false], [$budget->spent(), $budget->tooShort(), $budget->part(3.0)->spent()], 'what the lane has seen holds nobody up');
        Outbox::recordMissed(1, [72], Clock::now() + 1000);
        usleep(1500000);
        Expect::same(false, $budget->spent(), 'looked at every two seconds, and so not yet');
        usleep(700000);
        Expect::same([true, true, true], [$budget->spent(), $budget->tooShort(), $budget->part(3.0)->spent()], 'it goes first');
        $first->served();
        Expect::same([false, false], [$budget->spent(), $budget->tooShort()], 'and is done');
    },
    'eight workers at once: one gets the lane' => static function (): void {
        $code = 'echo Dongbo\Tables\Leases::acquire(9, "catalogue", 60) === null ? 0 : 1;';
        $file = tempnam(sys_get_temp_dir(), 'dongbo');
        file_put_contents($file, "<?php \$_SERVER['HTTP_HOST'] = 'localhost'; require " . var_export(ABSPATH . 'wp-load.php', true) . "; $code");
        $processes = [];
        for ($i = 0; $i < 8; $i++) {
            $pipes = [];
            $processes[] = [proc_open([PHP_BINARY, $file], [1 => ['pipe', 'w']], $pipes), $pipes[1]];
        }
        $got = 0;
        foreach ($processes as [$process, $pipe]) {
            $got += (int) stream_get_contents($pipe);
            proc_close($process);
        }
        unlink($file);
        Expect::same(1, $got);
    },
    'a run is started once, however often it is asked for' => static function () use ($run): void {
        Expect::same($run(), $run());
        Runs::update($run(), ['ended' => 5]);
        Expect::same(2, $run());
    },
    'who takes a run over shuts the older worker out, and nothing of it is written' => static function () use ($run, $phase): void {
        $id = $run();
        $old = Fence::take($id);
        Commit::run($old, static function () use ($id): void {
            Runs::update($id, ['phase' => 'old']);
        });
        $new = Fence::take($id);
        Expect::throws(FenceLost::class, static function () use ($old, $id): void {
            Commit::run($old, static function () use ($id): void {
                Runs::update($id, ['phase' => 'stale']);
            });
        });
        Expect::same('old', $phase($id));
        Commit::run($new, static function () use ($id): void {
            Runs::update($id, ['phase' => 'new']);
        });
        Expect::same('new', $phase($id));
    },
    'taken over in the middle of a transaction: the takeover waits, or the older worker is told before its commit' => static function () use ($run, $phase): void {
        global $wpdb;
        $id = $run();
        $old = Fence::take($id);
        Expect::throws(FenceLost::class, static function () use ($old, $id, $wpdb): void {
            Commit::run($old, static function () use ($id, $wpdb): void {
                Runs::update($id, ['phase' => 'stale']);
                // What another worker would leave, where locks do not hold (MyISAM, a lost connection).
                $wpdb->query($wpdb->prepare('UPDATE %i SET fence = fence + 5000000 WHERE id = %d', Schema::table('run'), $id));
            });
        });
        Expect::same('', $phase($id));
    },
    'a transaction the database lost is repeated, and one lost for good is told' => static function () use ($run, $phase): void {
        global $wpdb;
        $losses = [
            'rolled back by the database' => 'ROLLBACK',
            'committed by a hook that runs DDL' => 'CREATE TABLE IF NOT EXISTS ' . $wpdb->prefix . 'dongbo_test_ddl (a int)',
            'begun anew' => 'START TRANSACTION',
        ];
        foreach ($losses as $name => $sql) {
            fresh();
            $id = $run();
            $fence = Fence::take($id);
            $tries = 0;
            Commit::run($fence, static function () use ($id, $sql, $wpdb, &$tries): void {
                Runs::update($id, ['phase' => 'try ' . ++$tries]);
                if ($tries === 1) {
                    $wpdb->query($sql);
                }
            });
            Expect::same('try 2', $phase($id), $name);
            Expect::throws(TransactionLost::class, static function () use ($fence, $sql, $wpdb): void {
                Commit::run($fence, static function () use ($sql, $wpdb): void {
                    $wpdb->query($sql);
                });
            }, $name);
        }
        $wpdb->query('DROP TABLE IF EXISTS ' . $wpdb->prefix . 'dongbo_test_ddl');
    },
    'a refused statement loses the whole commit' => static function () use ($run, $phase): void {
        $id = $run();
        Expect::throws(TransactionLost::class, static function () use ($id): void {
            Commit::run(Fence::take($id), static function () use ($id): void {
                Runs::update($id, ['phase' => 'half']);
                Runs::update($id, ['no_such_column' => 1]);
            });
        });
        Expect::same('', $phase($id));
    },
    'a slice never outlives what is left of its request, its time limit or its memory' => static function (): void {
        $limit = ini_get('max_execution_time');
        $start = $_SERVER['REQUEST_TIME_FLOAT'];
        $_SERVER['REQUEST_TIME_FLOAT'] = microtime(true);
        Expect::that(abs(Budget::ofRequest()->timeLeft() - Budget::SECONDS) < 0.5, '20 s where nothing else limits');
        ini_set('max_execution_time', '12');
        Expect::that(Budget::ofRequest()->timeLeft() <= 11.1, '12 s allowed');
        $_SERVER['REQUEST_TIME_FLOAT'] = microtime(true) - 9;
        Expect::same(true, Budget::ofRequest()->tooShort(), '9 of 12 s used');
        $_SERVER['REQUEST_TIME_FLOAT'] = $start;
        ini_set('max_execution_time', (string) $limit);

        $budget = new Budget(10.0, memory_get_usage() + 3 * 1024 * 1024);
        Expect::same(false, $budget->spent());
        $block = str_repeat('x', 4 * 1024 * 1024);
        Expect::same(true, $budget->spent(), strlen($block) . ' bytes more');
        Expect::same(true, (new Budget(-1.0, PHP_INT_MAX))->spent());
    },
];

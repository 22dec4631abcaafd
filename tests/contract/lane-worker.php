<?php
/** One slice under its lane's lease: `lane-worker.php CONNECTION RUN [N]`; killed at the N-th saving of a product. */

declare(strict_types=1);

require_once __DIR__ . '/lib/load.php';

use Dongbo\Contract\Faults;
use Dongbo\Contract\SliceWork;
use Dongbo\Lanes\Budget;
use Dongbo\Lanes\Lane;

$work = static function () use ($argv): void {
    echo Lane::serve(new SliceWork((int) $argv[2]), ['id' => (int) $argv[1]], new Budget(600.0, PHP_INT_MAX))->outcome, "\n";
};
if (isset($argv[3])) {
    Faults::atSave((int) $argv[3], false, static function (): void {
        posix_kill(getmypid(), SIGKILL);
    }, $work);
} else {
    $work();
}

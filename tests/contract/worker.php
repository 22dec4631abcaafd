<?php
/** One slice in a process of its own: `worker.php CONNECTION RUN`. Meant to be killed. */

declare(strict_types=1);

require_once __DIR__ . '/lib/load.php';

use Dongbo\Contract\Script;
use Dongbo\Contract\World;

World::joined((int) $argv[1], (int) $argv[2], [Script::class, 'follow'])->slice();
echo "finished\n";

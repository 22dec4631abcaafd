<?php
// other.php FOLDER RUNS ADAPTER: the same work in another runtime of WebAssembly in PHP; prints one JSON object.
// ADAPTER is a PHP file that returns a function: path of a module in, object with call(), writeBytes(), readBytes() out.
declare(strict_types=1);

[, $folder, $runs, $adapter] = $argv;
$make = require $adapter;
$page = (string) file_get_contents("$folder/page.json");
$input = (string) file_get_contents("$folder/planner.in");
$kernels = $make("$folder/Kernels.wasm");
$planner = $make("$folder/Planner.wasm");
$at = $kernels->call('reserve', strlen($page));
$kernels->writeBytes($at, $page);
$unsigned = static function (int $value): int {
    return $value & 0xffffffff;
};
$work = [
    'fib(20)' => static function () use ($kernels, $unsigned): int {
        return $unsigned($kernels->call('fib', 20));
    },
    'sha-256 of 16 KiB' => static function () use ($kernels, $unsigned, $at): int {
        return $unsigned($kernels->call('sha256', $at, 16384));
    },
    'heap sort of 2000' => static function () use ($kernels, $unsigned): int {
        return $unsigned($kernels->call('sort', 2000));
    },
    'walk of a JSON page' => static function () use ($kernels, $unsigned, $at, $page): int {
        return $unsigned($kernels->call('walk', $at, strlen($page)));
    },
    'planner, 100 goods' => static function () use ($planner, $unsigned, $input): int {
        $planner->call('reset');
        $start = $unsigned($planner->call('alloc', strlen($input)));
        $planner->writeBytes($start, $input);
        $out = $unsigned($planner->call('plan', $start, strlen($input)));

        return strlen($planner->readBytes($out + 4, unpack('V', $planner->readBytes($out, 4))[1]));
    },
];
$result = [];
foreach ($work as $name => $run) {
    $value = $run();
    $best = INF;
    for ($i = 0; $i < (int) $runs; ++$i) {
        $start = hrtime(true);
        $run();
        $best = min($best, (hrtime(true) - $start) / 1e6);
    }
    $result[$name] = ['ms' => $best, 'value' => (string) $value];
}
echo json_encode($result), "\n";

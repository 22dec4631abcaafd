<?php
// php.php CASES: what the generated PHP answers, two lines a call (strict, trusting).
declare(strict_types=1);
error_reporting(-1);
set_error_handler(static function ($level, $message, $file, $line) {
    throw new ErrorException($message, 0, $level, $file, $line);
});

function value(array $v)
{
    [$type, $text] = $v;
    switch ($type) {
        case 'i':
        case 'l':
            return (int)$text;
        case 'f':
            return unpack('g', pack('V', (int)$text))[1];
        case 'd':
            return unpack('e', pack('P', (int)$text))[1];
    }
    return null;
}

function show(string $type, $v): string
{
    if ($type === 'r') {
        return $v === null ? 'null' : 'ref';
    }
    if ($type === 'i' || $type === 'l') {
        return (string)$v;
    }
    if (is_nan($v)) {
        return 'nan';
    }
    return (string)unpack($type === 'f' ? 'V' : 'P', pack($type === 'f' ? 'g' : 'e', $v))[1];
}

function call(string $class, array $case, array $call): string
{
    try {
        $instance = new $class(null, ['keep' => 1]);
    } catch (Fuzz\Trap $t) {
        return 'start ' . ($t->getMessage() === 'call stack exhausted' ? 'stack' : 'trap');
    }
    $results = $call['results'];
    try {
        $got = $instance->call($call['name'], ...array_map('value', $call['args']));
        $list = strlen($results) === 1 ? [$got] : ($got ?? []);
        $told = [];
        foreach ($list as $i => $v) {
            $told[] = show($results[$i], $v);
        }
        $told = implode(',', $told);
    } catch (Fuzz\Trap $t) {
        if (strpos($t->getMessage(), 'internal error') === 0) {
            return $t->getMessage();
        }
        $told = $t->getMessage() === 'call stack exhausted' ? 'stack' : 'trap';
    }
    if ($told === 'stack') {
        return $told;
    }
    $kept = [];
    foreach ($case['globals'] as [$name, $type]) {
        $kept[] = show($type, $instance->getGlobal($name));
    }
    $sum = $case['memory'] ? md5($instance->readBytes(0, $instance->pages() << 16)) : '';
    return "$told [" . implode(',', $kept) . "] $sum";
}

foreach (json_decode(file_get_contents($argv[1]), true) as $case) {
    foreach ($case['php'] as [$file]) {
        require $file;
    }
    // Without a memory there is nothing to sum up; the generated text says which it is.
    $case['memory'] = strpos(file_get_contents($case['php'][0][0]), "['memory',''") !== false;
    foreach ($case['calls'] as $n => $call) {
        foreach (['s', 't'] as $i => $mode) {
            try {
                $line = call($case['php'][$i][1], $case, $call);
            } catch (Throwable $t) {
                $line = get_class($t) . ': ' . str_replace("\n", ' ', $t->getMessage()) . ' line ' . $t->getLine();
            }
            echo "$mode {$case['module']}.$n $line\n";
        }
    }
}
echo "END\n";

<?php
// Runs the commands script.rs wrote for one file of the suite: "ok" or "line reason" each, END at the end.
declare(strict_types=1);
set_error_handler(static function ($level, $message, $file, $line) {
    throw new ErrorException($message, 0, $level, $file, $line);
});

/** The module "spectest" of the suite's own host. */
final class Spectest
{
    private $memory;
    private $table;

    public function __construct()
    {
        $this->memory = (object)['w' => array_fill(0, 16384, 0), 'max' => 2, 'limit' => 2];
        $this->table = (object)['e' => array_fill(0, 10, null), 'max' => 20, 'limit' => 20];
    }

    public function wasmExport(string $name)
    {
        $functions = ['print' => ':', 'print_i32' => 'i:', 'print_i64' => 'l:', 'print_f32' => 'f:', 'print_f64' => 'd:',
            'print_i32_f32' => 'if:', 'print_f64_f64' => 'dd:'];
        if (isset($functions[$name])) {
            return ['func', $functions[$name], null];
        }
        $globals = ['global_i32' => ['ci', 666], 'global_i64' => ['cl', 666],
            'global_f32' => ['cf', unpack('g', pack('g', 666.6))[1]], 'global_f64' => ['cd', 666.6]];
        if (isset($globals[$name])) {
            return ['global', $globals[$name][0], $globals[$name][1]];
        }
        if ($name === 'memory') {
            return ['memory', '', $this->memory];
        }
        return $name === 'table' ? ['table', 'r', $this->table] : null;
    }

    public function __call($name, $args)
    {
        return null;
    }
}

final class Runner
{
    private $hosts;
    private $last;
    private $named = [];
    private $externs = [];

    public function __construct()
    {
        $this->hosts = ['spectest' => new Spectest()];
    }

    public function command(array $c): string
    {
        switch ($c['type']) {
            case 'module':
                $this->last = $this->instance($c);
                if ($c['name'] !== null) {
                    $this->named[$c['name']] = $this->last;
                }
                return '';
            case 'register':
                $this->hosts[$c['as']] = $this->module($c['module'])->exports();
                return '';
            case 'run':
                $this->act($c['action']);
                return '';
            case 'return':
                return $this->compare($this->act($c['action']), $c['expected']);
            case 'trap':
                return $this->fails($c, 'Spec\\Trap');
            case 'unlinkable':
                return $this->fails($c, 'InvalidArgumentException');
        }
        return 'unknown command';
    }

    private function fails(array $c, string $class): string
    {
        try {
            $this->act($c['action']);
        } catch (Throwable $t) {
            $told = $t->getMessage();
            if (!is_a($t, $class)) {
                return get_class($t) . ': ' . $told;
            }
            // The suite's messages are prefixes of what an implementation may say, or the other way round.
            $same = strpos($told, $c['message']) === 0 || strpos($c['message'], $told) === 0;
            return $same ? '' : "said \"$told\" instead of \"{$c['message']}\"";
        }
        return 'did not fail with: ' . $c['message'];
    }

    private function instance(array $c)
    {
        require_once $c['file'];
        return new $c['class']($this->hosts, ['maxPages' => 65536, 'keep' => 1]);
    }

    private function module($name)
    {
        return $name === null ? $this->last : $this->named[$name];
    }

    private function act(array $a)
    {
        if ($a['kind'] === 'module') {
            return $this->instance($a);
        }
        $module = $this->module($a['module']);
        if ($a['kind'] === 'get') {
            return $module->getGlobal($a['name']);
        }
        return $module->call($a['name'], ...array_map([$this, 'value'], $a['args']));
    }

    private function value(array $v)
    {
        [$type, $text] = $v;
        switch ($type) {
            case 'i':
            case 'l':
                return (int)$text;
            case 'f':
                return self::float32((int)$text);
            case 'd':
                return unpack('e', pack('P', (int)$text))[1];
            case 'extern':
                return $this->externs[$text] = $this->externs[$text] ?? (object)['extern' => $text];
        }
        return null;
    }

    private static function float32(int $bits): float
    {
        if (($bits & 0x7f800000) === 0x7f800000 && ($bits & 0x7fffff) !== 0) {
            $wide = ($bits & 0x80000000) << 32 | 0x7ff0000000000000 | ($bits & 0x7fffff) << 29;
            return unpack('e', pack('P', $wide))[1];
        }
        return unpack('g', pack('V', $bits))[1];
    }

    private static function bits32(float $f): int
    {
        if (is_nan($f)) {
            $wide = unpack('P', pack('e', $f))[1];
            return $wide >> 32 & 0x80000000 | 0x7f800000 | $wide >> 29 & 0x7fffff;
        }
        return unpack('V', pack('g', $f))[1];
    }

    private function compare($got, array $expected): string
    {
        if (count($expected) !== 1) {
            $got = count($expected) === 0 ? [] : $got;
            foreach ($expected as $i => $one) {
                $why = $this->same($got[$i], $one);
                if ($why !== '') {
                    return $why;
                }
            }
            return '';
        }
        return $this->same($got, $expected[0]);
    }

    private function same($got, array $expected): string
    {
        [$type, $text] = $expected;
        if ($type === 'null' || $type === 'reference') {
            return ($got === null) === ($type === 'null') ? '' : 'wrong reference';
        }
        if ($type === 'extern') {
            return $got === $this->externs[$text] ? '' : 'wrong external reference';
        }
        if ($type === 'i' || $type === 'l') {
            $want = (int)$text;
            return $got === $want ? '' : 'got ' . var_export($got, true) . " instead of $text";
        }
        if (!is_float($got)) {
            return 'no float but ' . gettype($got);
        }
        $bits = $type === 'f' ? self::bits32($got) : unpack('P', pack('e', $got))[1];
        $quiet = $type === 'f' ? 0x7fc00000 : 0x7ff8000000000000;
        $sign = $type === 'f' ? 0x80000000 : PHP_INT_MIN;
        if ($text === 'canonical') {
            return ($bits & ~$sign) === $quiet ? '' : sprintf('no canonical NaN but %x', $bits);
        }
        if ($text === 'arithmetic') {
            return ($bits & $quiet) === $quiet ? '' : sprintf('no arithmetic NaN but %x', $bits);
        }
        return $bits === (int)$text ? '' : sprintf('got bits %x instead of %x', $bits, (int)$text);
    }
}

$runner = new Runner();
foreach (json_decode(file_get_contents($argv[1]), true) as $command) {
    try {
        $why = $runner->command($command);
    } catch (Throwable $t) {
        $why = get_class($t) . ': ' . $t->getMessage() . ' at ' . basename($t->getFile()) . ':' . $t->getLine();
    }
    if ($why !== '') {
        echo $command['line'], ' ', str_replace("\n", ' ', $why), "\n";
    } elseif (!in_array($command['type'], ['module', 'register', 'run'], true)) {
        echo "ok\n";
    }
}
echo "END\n";

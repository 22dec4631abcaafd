<?php
// bench.php FOLDER RUNS: times generated PHP and hand-written PHP on the same work; prints one JSON object.
declare(strict_types=1);
[, $folder, $runs] = $argv;
require __DIR__ . '/hand.php';
require "$folder/Kernels.php";
require "$folder/Planner.php";

function number(int $n): string
{
    $out = '';
    while ($n > 127) {
        $out .= chr($n & 127 | 128);
        $n >>= 7;
    }
    return $out . chr($n);
}

/** The binary form planner.rs reads. */
function encode(array $page): string
{
    $small = [];
    for ($i = 0; $i < 128; ++$i) {
        $small[$i] = chr($i);
    }
    $out = pack('P', $page['now']) . number($page['branch']) . number(count($page['shop']));
    foreach ($page['shop'] as $row) {
        $n = strlen($row['sku']);
        $out .= ($small[$n] ?? number($n)) . $row['sku'] . number($row['id']);
        $n = strlen($row['name']);
        $out .= ($small[$n] ?? number($n)) . $row['name'] . pack('P3', $row['price'], $row['sale'], $row['stock']);
        $n = strlen($row['attributes']);
        $out .= ($small[$n] ?? number($n)) . $row['attributes'];
    }
    $out .= number(count($page['goods']));
    foreach ($page['goods'] as $good) {
        $n = strlen($good['code']);
        $out .= pack('P', $good['id']) . ($small[$n] ?? number($n)) . $good['code'];
        $n = strlen($good['name']);
        $book = $good['book'];
        $out .= ($small[$n] ?? number($n)) . $good['name'] . ($good['isActive'] ? "\1" : "\0");
        $out .= $book === null ? pack('P4', $good['basePrice'], -1, 0, 0) : pack('P4', $good['basePrice'], $book['price'], $book['from'], $book['to']);
        $out .= number(count($good['inventories']));
        foreach ($good['inventories'] as $inventory) {
            $out .= number($inventory['branchId']) . pack('P2', $inventory['onHand'], $inventory['reserved']);
        }
        $out .= number(count($good['attributes']));
        foreach ($good['attributes'] as $attribute) {
            $n = strlen($attribute['attributeName']);
            $out .= ($small[$n] ?? number($n)) . $attribute['attributeName'];
            $n = strlen($attribute['attributeValue']);
            $out .= ($small[$n] ?? number($n)) . $attribute['attributeValue'];
        }
    }
    return $out;
}

final class Bytes
{
    private $text;
    private $at = 0;

    public function __construct(string $text)
    {
        $this->text = $text;
    }

    public function ended(): bool
    {
        return $this->at >= strlen($this->text);
    }

    public function byte(): string
    {
        return $this->text[$this->at++];
    }

    public function number(): int
    {
        $value = 0;
        for ($shift = 0;; $shift += 7) {
            $byte = ord($this->text[$this->at++]);
            $value |= ($byte & 127) << $shift;
            if ($byte < 128) {
                return $value;
            }
        }
    }

    public function wide(): int
    {
        $this->at += 8;
        return unpack('P', $this->text, $this->at - 8)[1];
    }

    public function text(): string
    {
        $len = $this->number();
        $this->at += $len;
        return substr($this->text, $this->at - $len, $len);
    }
}

function decode(string $bytes): array
{
    $r = new Bytes($bytes);
    $operations = [];
    while (!$r->ended()) {
        switch ($r->byte()) {
            case 'S':
                $operations[] = ['op' => 'skip', 'good' => $r->wide(), 'reason' => $r->byte()];
                break;
            case 'K':
                $operations[] = ['op' => 'keep', 'row' => $r->number()];
                break;
            case 'C':
                $operations[] = ['op' => 'create', 'good' => $r->wide(), 'name' => $r->text(), 'price' => $r->wide(),
                    'sale' => $r->wide(), 'stock' => $r->wide(), 'attributes' => $r->text()];
                break;
            default:
                $row = $r->number();
                $bits = ord($r->byte());
                $changes = [];
                if ($bits & 1) {
                    $changes['name'] = [$r->text(), $r->text()];
                }
                foreach (['price' => 2, 'sale' => 4, 'stock' => 8] as $field => $bit) {
                    if ($bits & $bit) {
                        $changes[$field] = [$r->wide(), $r->wide()];
                    }
                }
                if ($bits & 16) {
                    $changes['attributes'] = [$r->text(), $r->text()];
                }
                $operations[] = ['op' => 'update', 'row' => $row, 'changes' => $changes];
        }
    }
    return $operations;
}

$engine = new Bench\Planner();
$inside = 0;
$plan = static function (string $json) use ($engine, &$inside): string {
    $bytes = encode(json_decode($json, true));
    $start = hrtime(true);
    $engine->reset();
    $in = $engine->alloc(strlen($bytes));
    $engine->writeBytes($in, $bytes);
    $at = $engine->plan($in, strlen($bytes));
    $bytes = $engine->readBytes($at + 4, unpack('V', $engine->readBytes($at, 4))[1]);
    $inside = hrtime(true) - $start;
    return json_encode(decode($bytes), JSON_UNESCAPED_UNICODE);
};

$kernels = new Bench\Kernels();
$page = file_get_contents("$folder/page.json");
$blocks = str_repeat($page, 1);
$blocks = substr($blocks, 0, 16384);
$at = $kernels->reserve(strlen($page));
$kernels->writeBytes($at, $page);
$work = [
    'fib(20)' => [static function () use ($kernels) { return $kernels->fib(20); }, static function () { return hand_fib(20); }],
    'sha-256 of 16 KiB' => [static function () use ($kernels, $at) { return $kernels->sha256($at, 16384); },
        static function () use ($blocks) { return hand_sha256($blocks); }],
    'heap sort of 2000' => [static function () use ($kernels) { return $kernels->sort(2000); }, static function () { return hand_sort(2000); }],
    'walk of a JSON page' => [static function () use ($kernels, $at, $page) { return $kernels->walk($at, strlen($page)); },
        static function () use ($page) { return hand_walk($page); }],
    'planner, 100 goods' => [static function () use ($plan, $page) { return $plan($page); }, static function () use ($page) { return hand_plan($page); }],
];
$result = [];
foreach ($work as $name => [$generated, $hand]) {
    $a = $generated();
    $b = $hand();
    if ($a !== $b) {
        fwrite(STDERR, "$name differs:\n" . substr((string)$a, 0, 300) . "\n" . substr((string)$b, 0, 300) . "\n");
        exit(1);
    }
    $times = [[], [], []];
    for ($i = 0; $i < $runs; ++$i) {
        foreach ([$generated, $hand] as $which => $run) {
            $start = hrtime(true);
            $run();
            $times[$which][] = (hrtime(true) - $start) / 1e6;
        }
        $times[2][] = $inside / 1e6;
    }
    // The best round: on a shared machine everything above it is other people's work.
    $result[$name] = ['generated' => min($times[0]), 'hand' => min($times[1]), 'value' => is_string($a) ? md5($a) : (string)$a];
    if ($name === 'planner, 100 goods') {
        $result[$name]['inside'] = min($times[2]);
        file_put_contents("$folder/planner.in", encode(json_decode($page, true)));
    }
}
echo json_encode($result), "\n";

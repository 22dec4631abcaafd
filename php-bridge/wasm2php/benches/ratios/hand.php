<?php
// What kernels.rs and planner.rs compute, written by hand the way PHP is written.
declare(strict_types=1);

function hand_fib(int $n): int
{
    return $n < 2 ? $n : hand_fib($n - 1) + hand_fib($n - 2);
}

function hand_sha256(string $text): int
{
    static $k = null;
    if ($k === null) {
        $k = [];
        for ($n = 2; count($k) < 64; ++$n) {
            for ($d = 2; $d * $d <= $n; ++$d) {
                if ($n % $d === 0) {
                    continue 2;
                }
            }
            $root = $n ** (1 / 3);
            $k[] = (int)(($root - floor($root)) * 4294967296);
        }
    }
    $h = [0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19];
    foreach (str_split($text, 64) as $block) {
        $w = array_values(unpack('N16', $block));
        for ($i = 16; $i < 64; ++$i) {
            $p = $w[$i - 15];
            $q = $w[$i - 2];
            $s0 = ($p >> 7 | $p << 25) ^ ($p >> 18 | $p << 14) ^ $p >> 3;
            $s1 = ($q >> 17 | $q << 15) ^ ($q >> 19 | $q << 13) ^ $q >> 10;
            $w[$i] = ($w[$i - 16] + ($s0 & 0xffffffff) + $w[$i - 7] + ($s1 & 0xffffffff)) & 0xffffffff;
        }
        [$a, $b, $c, $d, $e, $f, $g, $x] = $h;
        for ($i = 0; $i < 64; ++$i) {
            $s1 = (($e >> 6 | $e << 26) ^ ($e >> 11 | $e << 21) ^ ($e >> 25 | $e << 7)) & 0xffffffff;
            $t1 = $x + $s1 + ($e & $f ^ ~$e & $g) + $k[$i] + $w[$i];
            $s0 = (($a >> 2 | $a << 30) ^ ($a >> 13 | $a << 19) ^ ($a >> 22 | $a << 10)) & 0xffffffff;
            $t2 = $s0 + ($a & $b ^ $a & $c ^ $b & $c);
            $x = $g;
            $g = $f;
            $f = $e;
            $e = ($d + $t1) & 0xffffffff;
            $d = $c;
            $c = $b;
            $b = $a;
            $a = ($t1 + $t2) & 0xffffffff;
        }
        foreach ([$a, $b, $c, $d, $e, $f, $g, $x] as $i => $part) {
            $h[$i] = ($h[$i] + $part) & 0xffffffff;
        }
    }
    return $h[0];
}

function hand_sort(int $count): int
{
    $seed = 2463534242;
    $words = [];
    for ($i = 0; $i < $count; ++$i) {
        $seed ^= $seed << 13 & 0xffffffff;
        $seed ^= $seed >> 17;
        $seed ^= $seed << 5 & 0xffffffff;
        $words[] = $seed;
    }
    $sift = static function (array &$words, int $root, int $end): void {
        while (($child = $root * 2 + 1) < $end) {
            if ($child + 1 < $end && $words[$child] < $words[$child + 1]) {
                ++$child;
            }
            if ($words[$root] >= $words[$child]) {
                return;
            }
            $kept = $words[$root];
            $words[$root] = $words[$child];
            $words[$child] = $kept;
            $root = $child;
        }
    };
    for ($start = ($count >> 1) - 1; $start >= 0; --$start) {
        $sift($words, $start, $count);
    }
    for ($end = $count - 1; $end > 0; --$end) {
        $kept = $words[0];
        $words[0] = $words[$end];
        $words[$end] = $kept;
        $sift($words, 0, $end);
    }
    $sum = 0;
    foreach ($words as $word) {
        $sum = ($sum * 31 + $word) & 0xffffffff;
    }
    return $sum;
}

function hand_walk(string $text): int
{
    $depth = 0;
    $sum = 0;
    for ($at = 0, $len = strlen($text); $at < $len; ++$at) {
        $c = $text[$at];
        if ($c === '"') {
            for (++$at; $at < $len && $text[$at] !== '"'; ++$at) {
                if ($text[$at] === '\\') {
                    ++$at;
                }
            }
        } elseif ($c === '{' || $c === '[') {
            ++$depth;
        } elseif ($c === '}' || $c === ']') {
            --$depth;
        } elseif ($c >= '0' && $c <= '9') {
            $sum = ($sum * 3 + (int)$c + $depth) & 0xffffffff;
        }
    }
    return $sum;
}

/** JSON text of a page in, JSON text of the operations out. */
function hand_plan(string $json): string
{
    $page = json_decode($json, true);
    $rows = [];
    foreach ($page['shop'] as $row) {
        $rows[$row['sku']] = $row;
    }
    $seen = [];
    $operations = [];
    foreach ($page['goods'] as $good) {
        $sku = trim($good['code']);
        if (!$good['isActive']) {
            $operations[] = ['op' => 'skip', 'good' => $good['id'], 'reason' => 'i'];
            continue;
        }
        if ($sku === '') {
            $operations[] = ['op' => 'skip', 'good' => $good['id'], 'reason' => 'e'];
            continue;
        }
        if (isset($seen[$sku])) {
            $operations[] = ['op' => 'skip', 'good' => $good['id'], 'reason' => 'd'];
            continue;
        }
        $seen[$sku] = true;
        $name = trim($good['name'], " \t\r\n\f");
        $sale = -1;
        $book = $good['book'];
        if ($book !== null && $book['from'] <= $page['now'] && $page['now'] < $book['to'] && $book['price'] < $good['basePrice']) {
            $sale = $book['price'];
        }
        $stock = 0;
        foreach ($good['inventories'] as $inventory) {
            if ($page['branch'] === 0 || $inventory['branchId'] === $page['branch']) {
                $stock += max(0, $inventory['onHand'] - $inventory['reserved']);
            }
        }
        $stock = intdiv($stock, 1000);
        $pairs = [];
        foreach ($good['attributes'] as $attribute) {
            $pairs[] = [$attribute['attributeName'], $attribute['attributeValue']];
        }
        sort($pairs);
        $attributes = '';
        foreach ($pairs as [$key, $value]) {
            $attributes .= trim($key) . '=' . trim($value) . ';';
        }
        $after = ['name' => $name, 'price' => $good['basePrice'], 'sale' => $sale, 'stock' => $stock, 'attributes' => $attributes];
        $row = $rows[$sku] ?? null;
        if ($row === null) {
            $operations[] = ['op' => 'create', 'good' => $good['id']] + $after;
            continue;
        }
        $changes = [];
        foreach ($after as $field => $value) {
            if ($row[$field] !== $value) {
                $changes[$field] = [$row[$field], $value];
            }
        }
        $operations[] = $changes === []
            ? ['op' => 'keep', 'row' => $row['id']]
            : ['op' => 'update', 'row' => $row['id'], 'changes' => $changes];
    }
    return json_encode($operations, JSON_UNESCAPED_UNICODE);
}

<?php

declare(strict_types=1);

namespace Dongbo\Contract;

$goods = static function (int $count): array {
    $goods = [];
    for ($id = 100; $id < 100 + $count; $id++) {
        $goods[] = ['id' => (string) $id];
    }
    foreach (['1' => 'Đỏ', '2' => 'Xanh', '3' => 'Tím', '4' => 'Vàng'] as $id => $colour) {
        $goods[] = ['id' => (string) $id, 'name' => 'Áo', 'attributes' => [['name' => 'Màu', 'value' => $colour]]] + ($id === 1 ? [] : ['master_id' => '1']);
    }

    return $goods;
};

/** Everything is there exactly once, linked and as the POS has it. */
$audit = static function (World $world, int $simple, string $what): void {
    wp_cache_flush();
    $links = array_column($world->rows('link'), 'shop_id', 'remote_id');
    Check::same($simple + 5, count($world->products()), "$what: products; issues: " . json_encode($world->issues(), JSON_UNESCAPED_UNICODE));
    Check::same($simple + 5, count($world->rows('link')), "$what: links");
    foreach ($world->rows('good') as $good) {
        $sku = json_decode($good->row)->code;
        $id = $world->products()[$sku] ?? 0;
        Check::that($id > 0, "$what: $sku is there");
        Check::same(['100000', '5', 'instock', 'publish'], [get_post_meta($id, '_price', true), get_post_meta($id, '_stock', true), get_post_meta($id, '_stock_status', true), get_post_status($id)], "$what: $sku");
    }
    $world->newRun();
    Check::same([], World::writesDuring([$world, 'slice']), "$what: then nothing is left to do");
    Check::same([], $world->issues(), "$what: issues");
};

$troubles = [
    'a deadlock' => [Faults::class, 'deadlock'],
    'a lock time-out' => [Faults::class, 'lockTimeout'],
    'a lost connection' => [Faults::class, 'dropConnection'],
    'a hook that runs DDL' => static function (): void {
        $GLOBALS['wpdb']->query('CREATE TABLE IF NOT EXISTS contract_ddl (id int)');
    },
    'a hook that begins a transaction of its own' => static function (): void {
        $GLOBALS['wpdb']->query('START TRANSACTION');
        $GLOBALS['wpdb']->query('COMMIT');
    },
    'a hook with a statement that fails' => static function (): void {
        $GLOBALS['wpdb']->query('INSERT INTO no_such_table VALUES (1)');
    },
];
$cases = [];
foreach ($troubles as $name => $trouble) {
    $cases["$name in the middle of a family loses and doubles nothing"] = static function () use ($name, $trouble, $goods, $audit): void {
        foreach ([3, 8] as $at) {
            $world = new World([Script::class, 'follow']);
            $world->goods($goods(6));
            Faults::atSave($at, false, $trouble, static function () use ($world): void {
                $result = $world->slice();
                Check::same([true, 0], [$result->done, $result->failed], 'the slice goes on');
            });
            $audit($world, 6, "$name at product $at");
        }
    };
}
foreach (['a hook that runs DDL', 'a hook that begins a transaction of its own', 'a hook with a statement that fails'] as $name) {
    $cases["$name at every single product loses and doubles nothing"] = static function () use ($name, $troubles, $goods, $audit): void {
        $world = new World([Script::class, 'follow']);
        $world->goods($goods(6));
        Faults::atSave(1, true, $troubles[$name], static function () use ($world): void {
            $result = $world->slice();
            Check::same([true, 0], [$result->done, $result->failed], 'the slice goes on');
        });
        $audit($world, 6, $name);
    };
}
$cases['a worker whose run was taken over writes nothing more'] = static function () use ($goods): void {
    $world = new World([Script::class, 'follow']);
    $world->goods($goods(6));
    $lost = false;
    Faults::atSave(3, false, static function () use ($world): void {
        // From another connection, as another worker would.
        Faults::connect()->query('UPDATE ' . \Dongbo\Tables\Schema::table('run') . ' SET fence = fence + 1000000 WHERE id = ' . $world->run);
    }, static function () use ($world, &$lost): void {
        $GLOBALS['wpdb']->query('SET SESSION innodb_lock_wait_timeout = 1');
        try {
            $world->slice();
        } catch (\Dongbo\Lanes\FenceLost $trouble) {
            $lost = true;
        }
    });
    // The run's row is locked while a transaction is open, so the other one waits; between two it gets in.
    Faults::connect()->query('UPDATE ' . \Dongbo\Tables\Schema::table('run') . ' SET fence = fence + 1000000 WHERE id = ' . $world->run);
    $before = count($world->products());
    $world->goods([['id' => '500']]);
    try {
        $world->slice();
    } catch (\Dongbo\Lanes\FenceLost $trouble) {
        $lost = true;
    }
    Check::that($lost, 'it noticed');
    Check::same($before, count($world->products()), 'nothing more');
};

return $cases;

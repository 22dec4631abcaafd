<?php

declare(strict_types=1);

namespace Dongbo\Report;

use Dongbo\Control\ByHand;
use Dongbo\Shop\Caches;
use Dongbo\Sync\Mirror;
use Dongbo\Sync\PlanSome;
use Dongbo\Tables\Goods;

/** Where the two sides differ and why (product.md H5), a slice of the catalogue at a time. */
final class DriftScan
{
    /** Families planned at once. */
    private const AT_ONCE = 50;

    /** Seconds one page takes at most; the rest is asked for with the cursor. */
    private const SECONDS = 10.0;

    /**
     * @param array<string, mixed> $connection
     * @return array{items: array<int, array<string, mixed>>, cursor: string|null, looked: int, total: int}
     */
    public static function page(array $connection, string $cursor, int $limit): array
    {
        $context = ByHand::looking($connection);
        $mirror = new Mirror($connection['id']);
        $until = microtime(true) + self::SECONDS;
        $page = ['items' => [], 'cursor' => $cursor, 'looked' => 0, 'total' => Goods::count($connection['id'])];
        do {
            $keys = array_map('strval', array_keys($mirror->keysAfter((string) $page['cursor'], self::AT_ONCE, 2 * self::AT_ONCE)));
            if ($keys === []) {
                $page['cursor'] = null;
                break;
            }
            $drift = $context->rules('drift', ['plan' => PlanSome::input($context, $keys)]);
            foreach ($drift['items'] ?? [] as $item) {
                $page['items'][] = self::item($item);
            }
            $page['looked'] += (int) ($drift['goods'] ?? 0);
            $page['cursor'] = end($keys);
            Caches::release();
        } while (count($page['items']) < $limit && microtime(true) < $until);

        return $page;
    }

    /**
     * The whole catalogue, item by item.
     *
     * @param array<string, mixed> $connection
     * @return \Generator<int, array<string, mixed>>
     */
    public static function each(array $connection): \Generator
    {
        $cursor = '';
        while ($cursor !== null) {
            $page = self::page($connection, $cursor, self::AT_ONCE);
            foreach ($page['items'] as $item) {
                yield $item;
            }
            $cursor = $page['cursor'];
        }
    }

    /** @param array<string, mixed> $item @return array<string, mixed> `DriftItem` of js/admin/rest.d.ts. */
    private static function item(array $item): array
    {
        return [
            'id' => (string) $item['remote_id'],
            'shop_id' => isset($item['shop_id']) ? (int) $item['shop_id'] : null,
            'label' => (string) $item['label'],
            'field' => (string) $item['field'],
            'field_label' => FieldNames::of((string) $item['field']),
            'pos' => (string) $item['pos'],
            'shop' => (string) $item['shop'],
            'cause' => (string) $item['cause'],
            'said' => Said::of((string) $item['reason']['code'], $item['reason']['params'] ?? []),
            'repairable' => (bool) $item['repairable'],
        ];
    }
}

<?php

declare(strict_types=1);

namespace Dongbo\Report;

use Dongbo\Shop\Origins;
use Dongbo\Shop\Reader;
use Dongbo\Shop\Texts;
use Dongbo\Sync\Mirror;

/** Everything on either side with a good's SKU, to pick from when it is ambiguous (product.md B4). */
final class Candidates
{
    /** A list for people; an SKU that more have is no SKU. */
    private const MOST = 20;

    /**
     * @param array<string, mixed> $connection
     * @return array<string, mixed>|null `Candidates` of js/admin/rest.d.ts.
     */
    public static function of(array $connection, string $id): ?array
    {
        $good = (new Mirror($connection['id']))->goodsById([$id])[$id] ?? null;
        if ($good === null) {
            return null;
        }
        $key = (string) ($good['sku_key'] ?? '');

        return ['products' => $key === '' ? [] : self::products($connection['id'], (string) $good['code'], $key), 'goods' => $key === '' ? [] : self::goods($connection, $id, $key)];
    }

    /** @return array<int, array<string, mixed>> */
    private static function products(int $connection, string $code, string $key): array
    {
        $found = (new Reader(new Origins($connection)))->bySkus([$code, $key]);
        $found = array_filter($found, static function (string $sku) use ($key): bool {
            return Texts::loose($sku) === Texts::loose($key);
        });
        ksort($found);

        return array_values(GoodRows::shops($connection, array_slice(array_keys($found), 0, self::MOST)));
    }

    /**
     * @param array<string, mixed> $connection
     * @return array<int, array<string, mixed>>
     */
    private static function goods(array $connection, string $id, string $key): array
    {
        $goods = [];
        foreach ((new Mirror($connection['id']))->bySkuKey([$key])[$key] ?? [] as $row) {
            $other = $row['remote_id'] === $id || count($goods) === self::MOST ? null : GoodList::find($connection, $row['remote_id']);
            if ($other !== null) {
                $goods[] = $other;
            }
        }

        return $goods;
    }
}

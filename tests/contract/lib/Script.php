<?php

declare(strict_types=1);

namespace Dongbo\Contract;

/**
 * Plans as simple as they can be, for cases about carrying plans out: every row becomes a product
 * with its name, SKU, price and stock; what is linked follows name, price and stock.
 */
final class Script
{
    /**
     * @param array<string, mixed> $family A FamilyInput record.
     *
     * @return array<int, array<string, mixed>> Operations.
     */
    public static function follow(array $family): array
    {
        $links = [];
        foreach ($family['links'] as $link) {
            $links[$link['kind'] . ':' . $link['remote_id']] = $link;
        }
        $shop = array_column($family['shop'], null, 'id');
        $variants = count($family['goods']) > 1;
        $operations = [];
        if ($variants) {
            $values = array_values(array_unique(array_map(static function (array $good): string {
                return $good['attributes'][0]['value'];
            }, $family['goods'])));
            $operations[] = self::row($family, $links, $shop, 'family', $family['key'], 'variable', [
                'name' => $family['goods'][0]['name'], 'status' => 'publish', 'attributes' => 'x',
            ]) + ['attributes' => [['name' => 'Màu', 'values' => $values]]];
        }
        foreach ($family['goods'] as $good) {
            $fields = [
                'name' => $good['name'],
                'sku' => $good['code'],
                'regular_price' => (string) intdiv($good['price'], 100),
                'status' => 'publish',
                'manage_stock' => 'yes',
                'stock' => (string) intdiv($good['stocks'][0]['on_hand'], 1000),
            ];
            if ($variants) {
                unset($fields['name']);
            }
            $operation = self::row($family, $links, $shop, 'good', $good['id'], $variants ? 'variation' : 'simple', $fields);
            if ($variants) {
                $operation['parent'] = array_filter(['shop_id' => $links['family:' . $family['key']]['shop_id'] ?? null]) + ['family' => $family['key']];
                if ($operation['kind'] === 'create') {
                    $operation['values'] = $good['attributes'];
                }
            }
            $operations[] = $operation;
        }

        return $operations;
    }

    /**
     * @param array<string, array<string, mixed>> $links
     * @param array<int, array<string, mixed>>    $shop
     * @param array<string, string>               $fields
     *
     * @return array<string, mixed>
     */
    private static function row(array $family, array $links, array $shop, string $kind, string $id, string $type, array $fields): array
    {
        $parts = ['remote_kind' => $kind, 'remote_id' => $id, 'product' => $type, 'label' => "$kind $id"];
        $link = $links["$kind:$id"] ?? null;
        $product = $link === null ? self::made($family, "$kind:$id") : $shop[$link['shop_id']] ?? null;
        if ($product === null) {
            return World::operation($parts + ['kind' => $link === null ? 'create' : 'skip', 'reason' => ['code' => $link === null ? 'new' : 'product-gone'], 'changes' => $link === null ? $fields : []]);
        }
        $last = array_column($link['fields'] ?? [], null, 'field');
        $changes = [];
        foreach ($fields as $field => $value) {
            $now = \Dongbo\Shop\Fields::text($product, $field);
            $known = ($last[$field]['pos'] ?? null) === $value;
            if (in_array($field, ['attributes', 'status'], true) || ($known && $field === 'stock')) {
                continue;
            }
            if ($now !== $value) {
                $changes[$field] = array_filter(['before' => $now, 'after' => $value], 'is_string') + ['pos' => $value];
            } elseif (!$known) {
                $changes[$field] = ['before' => $now, 'pos' => $value];
            }
        }
        $what = $link === null ? 'link' : ($changes === [] ? 'skip' : 'update');

        return World::operation($parts + ['kind' => $what, 'shop_id' => $product['id'], 'reason' => ['code' => $what === 'skip' ? 'in-step' : 'changed'], 'changes' => $changes]);
    }

    /** @return array<string, mixed>|null */
    private static function made(array $family, string $origin): ?array
    {
        foreach ($family['shop'] as $product) {
            if ($product['origin'] === $origin) {
                return $product;
            }
        }

        return null;
    }
}

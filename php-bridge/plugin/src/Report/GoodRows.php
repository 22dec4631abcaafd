<?php

declare(strict_types=1);

namespace Dongbo\Report;

use Dongbo\Shop\Origins;
use Dongbo\Shop\Reader;
use Dongbo\Shop\Texts;
use Dongbo\Tables\Query;
use Dongbo\Tables\Rows;
use Dongbo\Tables\Schema;

/** Rows of the goods list with both sides filled in (`GoodRow` of js/admin/rest.d.ts). */
final class GoodRows
{
    /**
     * @param array<string, mixed>  $connection
     * @param array<int, \stdClass> $rows Rows of {@see GoodList}.
     * @return array<int, array<string, mixed>>
     */
    public static function of(array $connection, array $rows): array
    {
        if ($rows === []) {
            return [];
        }
        $id = $connection['id'];
        $shops = self::shops($id, array_map('intval', array_column($rows, 'shop_id')));
        $causes = self::causes($id, array_map('strval', array_column($rows, 'remote_id')));
        $categories = array_column(Rows::all($id, 'categories'), 'name', 'id');
        $branches = array_map('strval', (array) ($connection['settings']['branches'] ?? []));
        $goods = [];
        foreach ($rows as $row) {
            $good = (array) json_decode((string) $row->row, true);
            $failing = in_array($row->state, ['failed', 'ambiguous'], true);
            $goods[] = [
                'id' => (string) $row->remote_id,
                'state' => (string) $row->state,
                'label' => trim(($good['code'] ?? '') . ' · ' . ($good['full_name'] ?? $good['name'] ?? ''), ' ·'),
                'pos' => self::pos($row, $good, $categories, $branches),
                'shop' => $row->shop_id === null ? null : $shops[(int) $row->shop_id] ?? null,
                'created_here' => $row->created_here === null ? null : (bool) $row->created_here,
                'causes' => $failing ? $causes[(string) $row->remote_id] ?? [] : [],
            ];
        }

        return $goods;
    }

    /**
     * @param int[] $ids
     * @return array<int, array<string, mixed>> `ShopSummary` by id.
     */
    public static function shops(int $connection, array $ids): array
    {
        $ids = array_values(array_unique(array_filter($ids)));
        $edits = Editing::of($ids);
        $shops = [];
        foreach ((new Reader(new Origins($connection)))->byIds($ids) as $id => $product) {
            $shops[(int) $id] = [
                'id' => (int) $id,
                'kind' => (string) $product['kind'],
                'parent' => (int) $product['parent'],
                'name' => (string) $product['name'],
                'sku' => (string) $product['sku'],
                'status' => (string) $product['status'],
                'regular_price' => (string) $product['regular_price'],
                'sale_price' => (string) $product['sale_price'],
                'stock' => isset($product['stock']) ? (string) Texts::decimal((int) $product['stock']) : '',
                'stock_status' => (string) $product['stock_status'],
                'edit' => $edits[(int) $id] ?? '',
                'view' => $product['status'] === 'publish' ? home_url('?p=' . ((int) $product['parent'] ?: (int) $id) . '&post_type=product') : '',
            ];
        }

        return $shops;
    }

    /**
     * @param string[] $ids
     * @return array<string, array<int, array<string, mixed>>> What is said of each good, the gravest first.
     */
    private static function causes(int $connection, array $ids): array
    {
        global $wpdb;
        $sql = "SELECT item_id, code, params FROM %i WHERE connection_id = %d AND item_kind = 'good' AND item_id IN (" . Query::places(count($ids)) . ")
            AND severity IN ('review', 'stop') ORDER BY FIELD(severity, 'stop', 'review'), id";
        $causes = [];
        // phpcs:ignore WordPress.DB.PreparedSQL -- placeholders only.
        foreach ($wpdb->get_results($wpdb->prepare($sql, Schema::table('issue'), $connection, ...$ids)) as $row) {
            $causes[(string) $row->item_id][] = Said::of((string) $row->code, Said::params($row->params));
        }

        return $causes;
    }

    /**
     * @param array<string, mixed>  $good
     * @param array<string, string> $categories
     * @param string[]              $branches
     * @return array<string, mixed> `PosSummary`
     */
    private static function pos(\stdClass $row, array $good, array $categories, array $branches): array
    {
        $category = (string) ($good['category_id'] ?? '');

        return [
            'id' => (string) $row->remote_id,
            'code' => (string) ($good['code'] ?? ''),
            'name' => (string) ($good['full_name'] ?? $good['name'] ?? ''),
            'kind' => (string) ($good['kind'] ?? 'ordinary'),
            'unit' => (string) ($good['unit'] ?? ''),
            'category_id' => $category,
            'category' => (string) ($categories[$category] ?? ''),
            'family' => (string) $row->family_key,
            // Mirrored prices are in 1/100 đồng; thousandths are what texts are made of.
            'price' => Texts::decimal(10 * (int) ($good['price'] ?? 0)),
            'on_hand' => self::onHand($row->stocks, $branches),
            'active' => (bool) ($good['active'] ?? true),
            'deleted' => (bool) ($good['deleted'] ?? false),
        ];
    }

    /** @param string[] $branches */
    private static function onHand(?string $stocks, array $branches): string
    {
        $known = array_column((array) json_decode((string) $stocks, true), 'on_hand', 'branch_id');
        $known = array_intersect_key($known, array_flip($branches));

        return $known === [] ? '' : Texts::decimal((int) array_sum($known));
    }
}

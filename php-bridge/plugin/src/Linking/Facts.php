<?php

declare(strict_types=1);

namespace Dongbo\Linking;

use Dongbo\Shop\Caches;
use Dongbo\Shop\Origins;
use Dongbo\Shop\Reader;
use Dongbo\Tables\Links;
use Dongbo\Tables\Query;
use Dongbo\Tables\Schema;

/** What both sides know of the goods and products that lines of links name (src/linking/judge.rs). */
final class Facts
{
    private const AT_ONCE = 500;

    private int $connection;
    private Reader $reader;

    public function __construct(int $connection)
    {
        $this->connection = $connection;
        $this->reader = new Reader(new Origins($connection));
    }

    /**
     * @param array<int, array<string, mixed>> $pairs Pair records.
     * @param string[]                         $keys  SKU keys of goods that are named by their code.
     * @return array{goods: array<int, array<string, mixed>>, products: array<int, array<string, mixed>>}
     */
    public function of(array $pairs, array $keys): array
    {
        $goods = $this->goods('remote_id', array_column($pairs, 'good_id')) + $this->goods('sku_key', $keys);
        $ids = array_merge(array_column($pairs, 'shop_id'), array_column($goods, 'shop_id'));
        $ids = array_merge($ids, array_keys($this->reader->bySkus(array_filter(array_map('strval', array_column($pairs, 'sku')), 'strlen'))));

        return ['goods' => array_values($goods), 'products' => $this->products(array_map('intval', $ids))];
    }

    /**
     * @param string[] $values
     * @return array<string, array<string, mixed>> GoodFact records by id.
     */
    private function goods(string $column, array $values): array
    {
        global $wpdb;
        $goods = [];
        $values = array_values(array_unique(array_filter(array_map('strval', $values), 'strlen')));
        foreach (array_chunk($values, self::AT_ONCE) as $part) {
            $sql = "SELECT g.remote_id, g.sku_key, g.family_key, g.`row`, l.shop_id, l.state FROM %i g
                LEFT JOIN %i l ON l.connection_id = g.connection_id AND l.kind = 'good' AND l.remote_id = g.remote_id
                WHERE g.connection_id = %d AND g.$column IN (" . Query::places(count($part)) . ')';
            // phpcs:ignore WordPress.DB.PreparedSQL -- the column comes from this class.
            foreach ($wpdb->get_results($wpdb->prepare($sql, Schema::table('good'), Schema::table('link'), $this->connection, ...$part)) as $row) {
                $goods[(string) $row->remote_id] = self::good($row);
            }
        }

        return $goods;
    }

    /** @return array<string, mixed> */
    private static function good(\stdClass $row): array
    {
        $good = (array) json_decode((string) $row->row, true);
        $fact = [
            'id' => (string) $row->remote_id,
            'sku_key' => (string) $row->sku_key,
            'label' => trim(($good['code'] ?? '') . ' · ' . ($good['full_name'] ?? ''), ' ·'),
            'family' => (string) $row->family_key,
            'deleted' => (bool) ($good['deleted'] ?? false),
        ];

        return $row->shop_id === null ? $fact : $fact + ['shop_id' => (int) $row->shop_id, 'state' => (string) $row->state];
    }

    /**
     * @param int[] $ids
     * @return array<int, array<string, mixed>> ProductFact records.
     */
    private function products(array $ids): array
    {
        $facts = [];
        foreach (array_chunk(array_values(array_unique(array_filter($ids))), self::AT_ONCE) as $part) {
            $linked = Links::ofProducts($this->connection, $part);
            foreach ($this->reader->byIds($part) as $id => $product) {
                $facts[] = array_intersect_key($product, ['id' => 1, 'kind' => 1, 'status' => 1, 'name' => 1, 'sku' => 1])
                    + (isset($linked[$id]) ? ['linked_to' => $linked[$id]] : []);
            }
            Caches::release();
        }

        return $facts;
    }
}

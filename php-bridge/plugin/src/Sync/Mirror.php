<?php

declare(strict_types=1);

namespace Dongbo\Sync;

use Dongbo\Tables\Query;
use Dongbo\Tables\Schema;

/** The mirror read the way planning needs it: whole families at a time. */
final class Mirror
{
    private int $connectionId;

    /** @var array<string, string> Goods by the hash of their description: those read last by family. */
    private array $described = [];

    public function __construct(int $connectionId)
    {
        $this->connectionId = $connectionId;
    }

    /**
     * The next families in order of their keys.
     *
     * @param int $families At most so many families.
     * @param int $rows     Stop before so many rows; the first family always comes.
     *
     * @return array<string, int> Rows by family key.
     */
    public function keysAfter(string $cursor, int $families, int $rows): array
    {
        global $wpdb;
        $sql = 'SELECT family_key, COUNT(*) AS n FROM %i WHERE connection_id = %d AND family_key > %s GROUP BY family_key ORDER BY family_key LIMIT %d';

        return self::upTo($wpdb->get_results($wpdb->prepare($sql, Schema::table('good'), $this->connectionId, $cursor, $families)), $rows);
    }

    /**
     * The first of these families that are there, by the same measure as {@see keysAfter}.
     *
     * @param string[] $keys
     *
     * @return array<string, int> Rows by family key.
     */
    public function sizes(array $keys, int $rows): array
    {
        global $wpdb;
        if ($keys === []) {
            return [];
        }
        $sql = 'SELECT family_key, COUNT(*) AS n FROM %i WHERE connection_id = %d AND family_key IN (' . Query::places(count($keys)) . ') GROUP BY family_key ORDER BY family_key';

        return self::upTo($wpdb->get_results($wpdb->prepare($sql, Schema::table('good'), $this->connectionId, ...$keys)), $rows);
    }

    /**
     * @param \stdClass[] $found
     *
     * @return array<string, int>
     */
    private static function upTo(array $found, int $rows): array
    {
        $keys = [];
        $sum = 0;
        foreach ($found as $row) {
            $sum += (int) $row->n;
            if ($keys !== [] && $sum > $rows) {
                break;
            }
            $keys[(string) $row->family_key] = (int) $row->n;
        }

        return $keys;
    }

    /**
     * @param string[] $keys
     *
     * @return array<string, array<int, array<string, mixed>>> Good records by family key.
     */
    public function goodsOf(array $keys): array
    {
        $families = [];
        $this->described = [];
        foreach ($this->goods('family_key', $keys) as $row) {
            $families[(string) $row->family_key][] = self::good($row);
            $this->described[(string) $row->description_hash] = (string) $row->remote_id;
        }

        return $families;
    }

    /**
     * @param string[] $ids
     *
     * @return array<string, array<string, mixed>> Good records by id.
     */
    public function goodsById(array $ids): array
    {
        $goods = [];
        foreach ($this->goods('remote_id', $ids) as $row) {
            $goods[(string) $row->remote_id] = self::good($row);
        }

        return $goods;
    }

    /**
     * Which of these goods are in the mirror.
     *
     * @param string[] $ids
     *
     * @return array<string, true>
     */
    public function known(array $ids): array
    {
        global $wpdb;
        $known = [];
        foreach (array_chunk(array_values($ids), 500) as $part) {
            $sql = 'SELECT remote_id FROM %i WHERE connection_id = %d AND remote_id IN (' . Query::places(count($part)) . ')';
            foreach ($wpdb->get_col($wpdb->prepare($sql, Schema::table('good'), $this->connectionId, ...$part)) as $id) {
                $known[(string) $id] = true;
            }
        }

        return $known;
    }

    /**
     * All rows with these SKU keys, by key.
     *
     * @param string[] $skuKeys
     *
     * @return array<string, array<int, array{sku_key: string, remote_id: string, family_key: string, label: string}>>
     */
    public function bySkuKey(array $skuKeys): array
    {
        $found = [];
        foreach ($this->goods('sku_key', $skuKeys) as $row) {
            $good = json_decode((string) $row->row, true) ?: [];
            if (!empty($good['deleted'])) {
                // Its SKU is free in the POS (B8).
                continue;
            }
            $found[(string) $row->sku_key][] = [
                'sku_key' => (string) $row->sku_key,
                'remote_id' => (string) $row->remote_id,
                'family_key' => (string) $row->family_key,
                'label' => trim(($good['code'] ?? '') . ' ' . ($good['full_name'] ?? '')),
            ];
        }

        return $found;
    }

    /**
     * Prices in these books.
     *
     * @param string[] $books
     * @param string[] $goods
     *
     * @return array<string, array<int, array<string, mixed>>> BookPrice records by good.
     */
    public function prices(array $books, array $goods): array
    {
        global $wpdb;
        $prices = [];
        if ($books === []) {
            return $prices;
        }
        foreach (array_chunk(array_values($goods), 500) as $part) {
            $sql = 'SELECT remote_id, `row` FROM %i WHERE connection_id = %d AND list = %s AND scope IN (' . Query::places(count($books))
                . ') AND remote_id IN (' . Query::places(count($part)) . ') ORDER BY scope, remote_id';
            foreach ($wpdb->get_results($wpdb->prepare($sql, Schema::table('list_row'), $this->connectionId, 'prices', ...$books, ...$part)) as $row) {
                $price = json_decode((string) $row->row, true);
                if (is_array($price)) {
                    $prices[(string) $row->remote_id][] = $price;
                }
            }
        }

        return $prices;
    }

    /** The cleaned description with this hash; the goods read last are looked at first, the table has no index for it. */
    public function description(string $hash): ?string
    {
        global $wpdb;
        $sql = 'SELECT description FROM %i WHERE connection_id = %d AND description_hash = %s';
        $text = !isset($this->described[$hash]) ? null
            : $wpdb->get_var($wpdb->prepare($sql . ' AND remote_id = %s', Schema::table('good'), $this->connectionId, $hash, $this->described[$hash]));
        $text = $text ?? $wpdb->get_var($wpdb->prepare($sql . ' LIMIT 1', Schema::table('good'), $this->connectionId, $hash));

        return $text === null ? null : (string) $text;
    }

    /**
     * @param string[] $values
     *
     * @return array<int, \stdClass>
     */
    private function goods(string $column, array $values): array
    {
        global $wpdb;
        $rows = [];
        foreach (array_chunk(array_values(array_unique(array_map('strval', $values))), 500) as $part) {
            $sql = 'SELECT remote_id, family_key, sku_key, `row`, stocks, description_hash FROM %i WHERE connection_id = %d AND %i IN (' . Query::places(count($part)) . ') ORDER BY remote_id';
            $rows = array_merge($rows, $wpdb->get_results($wpdb->prepare($sql, Schema::table('good'), $this->connectionId, $column, ...$part)));
        }

        return $rows;
    }

    /** @return array<string, mixed> A Good record. */
    private static function good(\stdClass $row): array
    {
        $good = json_decode((string) $row->row, true);
        $good = is_array($good) ? $good : ['id' => (string) $row->remote_id];
        $good['description_hash'] = (string) $row->description_hash;
        if ($row->stocks !== null) {
            $good['stocks'] = json_decode((string) $row->stocks, true) ?: [];
        }

        return $good;
    }
}

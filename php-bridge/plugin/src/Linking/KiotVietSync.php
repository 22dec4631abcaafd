<?php

declare(strict_types=1);

namespace Dongbo\Linking;

use Dongbo\Pos\Wire;
use Dongbo\Tables\Query;

/**
 * What KiotViet's own plugin left in this site's database (product.md A12). Only ever read. What its
 * rows mean is for the rules (src/linking/moving.rs).
 */
final class KiotVietSync
{
    private const PREFIX = 'kiotviet_sync_';

    /** The greatest number its columns hold; only then is the POS's own answer worth reading. */
    private const OVERFLOW = 2147483647;

    /** @return string|null The POS shop it keeps this site in step with; null when it does not. */
    public static function active(): ?string
    {
        // Its own constant: so that a site without it pays no query for the question.
        if (!defined('KIOTVIET_PLUGIN_PATH')) {
            return null;
        }
        $shop = trim((string) get_option('kiotviet_sync_retailer', ''));

        return $shop === '' ? null : $shop;
    }

    /** Whether it ever worked here. */
    public static function present(): bool
    {
        return self::has('products');
    }

    /** @return array{products: int, orders: int, categories: int} How many rows. */
    public static function counts(): array
    {
        global $wpdb;
        $counts = ['products' => 0, 'orders' => 0, 'categories' => 0];
        foreach (array_keys($counts) as $table) {
            $counts[$table] = self::has($table) ? (int) $wpdb->get_var($wpdb->prepare('SELECT COUNT(*) FROM %i', self::table($table))) : 0;
        }

        return $counts;
    }

    /**
     * Rows of products, and with them every other row about the same product or good: the rules do not
     * choose between two.
     *
     * @return array{rows: array<int, array<string, mixed>>, own: int[]} MovingProduct records; the numbers of those asked for.
     */
    public static function products(int $after, int $limit): array
    {
        global $wpdb;
        if (!self::has('products')) {
            return ['rows' => [], 'own' => []];
        }
        $table = self::table('products');
        $columns = 'id, product_id, product_kv_id, parent, retailer, status, IF(product_kv_id = ' . self::OVERFLOW . ", data_raw, '') AS raw";
        // phpcs:ignore WordPress.DB.PreparedSQL -- columns of this class.
        $rows = $wpdb->get_results($wpdb->prepare("SELECT $columns FROM %i WHERE id > %d ORDER BY id LIMIT %d", $table, $after, $limit));
        $own = array_map('intval', array_column($rows, 'id'));
        foreach (['product_id', 'product_kv_id'] as $column) {
            $values = array_values(array_unique(array_diff(array_map('intval', array_column($rows, $column)), [0, self::OVERFLOW])));
            if ($values !== []) {
                $sql = "SELECT $columns FROM %i WHERE $column IN (" . Query::places(count($values), '%d') . ') AND id NOT IN (' . Query::places(count($own), '%d') . ')';
                // phpcs:ignore WordPress.DB.PreparedSQL -- columns of this class.
                $rows = array_merge($rows, $wpdb->get_results($wpdb->prepare($sql, $table, ...array_merge($values, $own))));
            }
        }
        $records = [];
        foreach ($rows as $row) {
            $records[(int) $row->id] = [
                'row' => (int) $row->id,
                'shop_id' => (int) $row->product_id,
                'remote_id' => (string) $row->product_kv_id,
                'parent' => (string) $row->parent,
                'retailer' => (string) $row->retailer,
                'on' => (int) $row->status === 1,
                'raw_id' => self::raw($row->raw)['id'] ?? '',
            ];
        }

        return ['rows' => array_values($records), 'own' => $own];
    }

    /** @return array<int, array<string, mixed>> MovingOrder records, `known` and `linked` still to be told. */
    public static function orders(int $after, int $limit): array
    {
        global $wpdb;
        $records = [];
        if (!self::has('orders')) {
            return [];
        }
        foreach ($wpdb->get_results($wpdb->prepare('SELECT id, order_id, order_kv_id, data_raw FROM %i WHERE id > %d ORDER BY id LIMIT %d', self::table('orders'), $after, $limit)) as $row) {
            $raw = self::raw($row->data_raw);
            $records[] = [
                'row' => (int) $row->id,
                'order_id' => (int) $row->order_id,
                'remote_id' => (string) $row->order_kv_id,
                'raw' => [
                    'id' => $raw['id'] ?? '', 'code' => $raw['code'] ?? '', 'branch_id' => $raw['branchid'] ?? '',
                    'customer_id' => $raw['customerid'] ?? '', 'total' => $raw['total'] ?? '', 'created' => $raw['createddate'] ?? '',
                ],
            ];
        }

        return $records;
    }

    /** @return array<int, array<string, mixed>> MovingCategory records. */
    public static function categories(int $after, int $limit): array
    {
        global $wpdb;
        $records = [];
        if (!self::has('categories')) {
            return [];
        }
        foreach ($wpdb->get_results($wpdb->prepare('SELECT id, category_id, category_kv_id, retailer, data_raw FROM %i WHERE id > %d ORDER BY id LIMIT %d', self::table('categories'), $after, $limit)) as $row) {
            $raw = self::raw($row->data_raw);
            $records[] = ['row' => (int) $row->id, 'term_id' => (int) $row->category_id, 'remote_id' => (string) $row->category_kv_id, 'retailer' => (string) $row->retailer, 'raw_id' => $raw['categoryid'] ?? $raw['id'] ?? ''];
        }

        return $records;
    }

    private static function table(string $name): string
    {
        global $wpdb;

        return $wpdb->prefix . self::PREFIX . $name;
    }

    private static function has(string $name): bool
    {
        global $wpdb;

        return $wpdb->get_var($wpdb->prepare('SHOW TABLES LIKE %s', $wpdb->esc_like(self::table($name)))) !== null;
    }

    /**
     * The POS's answer as it was stored: plain values by lower-case name.
     *
     * @param mixed $stored
     * @return array<string, string>
     */
    private static function raw($stored): array
    {
        $answer = is_string($stored) && $stored !== '' ? Wire::decode($stored) : null;

        return array_map('strval', array_filter($answer ?? [], 'is_scalar'));
    }
}

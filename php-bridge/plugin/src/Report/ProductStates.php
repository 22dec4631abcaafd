<?php

declare(strict_types=1);

namespace Dongbo\Report;

use Dongbo\Tables\Query;
use Dongbo\Tables\Schema;

/**
 * How products of the site stand to their goods (product.md H4): for a whole page of WooCommerce's
 * list with two statements. A variable product stands as the worst of its variations.
 */
final class ProductStates
{
    /** The worst first. */
    public const STATES = ['failed', 'paused', 'excluded', 'linked', 'site-only'];

    private const FAILING = "EXISTS (SELECT 1 FROM %i i WHERE i.connection_id = l.connection_id AND i.item_kind = 'good' AND i.item_id = l.remote_id AND i.severity IN ('review', 'stop'))";

    /**
     * @param int[] $products Products and variations.
     * @return array<int, array{state: string, goods: array<int, array{id: string, code: string, name: string, state: string}>, cause: array<string, mixed>|null}>
     *         By product; products without a link are left out.
     */
    public static function of(int $connection, array $products): array
    {
        if ($products === []) {
            return [];
        }
        global $wpdb;
        // By families, and in this order: with "or" between the two keys every link is read for each product.
        $sql = "SELECT STRAIGHT_JOIN t.shop_id AS product, l.remote_id, l.state, g.`row`, " . self::FAILING . " AS failing
            FROM %i t
            JOIN %i l FORCE INDEX (family) ON l.connection_id = t.connection_id AND l.family = t.family AND l.kind = 'good' AND (l.id = t.id OR t.kind = 'family')
            LEFT JOIN %i g ON g.connection_id = l.connection_id AND g.remote_id = l.remote_id
            WHERE t.connection_id = %d AND t.shop_id IN (" . Query::places(count($products), '%d') . ') ORDER BY l.id';
        $link = Schema::table('link');
        $found = [];
        $failing = [];
        // phpcs:ignore WordPress.DB.PreparedSQL -- placeholders only.
        foreach ($wpdb->get_results($wpdb->prepare($sql, Schema::table('issue'), $link, $link, Schema::table('good'), $connection, ...$products)) as $row) {
            $good = (array) json_decode((string) $row->row, true);
            $state = (int) $row->failing === 1 ? 'failed' : ($row->state === 'active' ? 'linked' : (string) $row->state);
            $found[(int) $row->product][] = ['id' => (string) $row->remote_id, 'code' => (string) ($good['code'] ?? ''), 'name' => (string) ($good['full_name'] ?? $good['name'] ?? ''), 'state' => $state];
            if ($state === 'failed') {
                $failing[] = (string) $row->remote_id;
            }
        }
        $causes = self::causes($connection, $failing);

        return array_map(static function (array $goods) use ($causes): array {
            $state = self::worst(array_column($goods, 'state'));
            $named = array_intersect_key($causes, array_flip(array_column($goods, 'id')));

            return ['state' => $state, 'goods' => $goods, 'cause' => $state === 'failed' ? (reset($named) ?: null) : null];
        }, $found);
    }

    /**
     * A statement for the ids of the products in a state: for a list that WordPress reads itself.
     *
     * @return string Prepared.
     */
    public static function idsIn(int $connection, string $state): string
    {
        global $wpdb;
        $link = Schema::table('link');
        if ($state === 'site-only') {
            $sql = "SELECT p.ID FROM {$wpdb->posts} p WHERE p.post_type = 'product' AND NOT EXISTS (SELECT 1 FROM %i t WHERE t.connection_id = %d AND t.shop_id = p.ID)";

            return $wpdb->prepare($sql, $link, $connection);
        }
        $sql = "SELECT STRAIGHT_JOIN t.shop_id FROM %i t JOIN %i l FORCE INDEX (family) ON l.connection_id = t.connection_id AND l.family = t.family AND l.kind = 'good' AND (l.id = t.id OR t.kind = 'family')
            WHERE t.connection_id = %d GROUP BY t.shop_id HAVING ";
        $args = [$link, $link, $connection];
        $counts = ['failed' => 'SUM(' . self::FAILING . ')', 'paused' => "SUM(l.state = 'paused')", 'excluded' => "SUM(l.state = 'excluded')"];
        foreach ($counts as $worse => $count) {
            if ($worse === 'failed') {
                $args[] = Schema::table('issue');
            }
            if ($worse === $state) {
                return $wpdb->prepare($sql . "$count > 0", ...$args);
            }
            $sql .= "$count = 0 AND ";
        }

        return $wpdb->prepare($sql . 'TRUE', ...$args);
    }

    /**
     * The goods behind products, for work on many.
     *
     * @param int[] $products
     * @return string[]
     */
    public static function goods(int $connection, array $products): array
    {
        $ids = [];
        foreach (self::of($connection, $products) as $product) {
            $ids = array_merge($ids, array_column($product['goods'], 'id'));
        }

        return array_values(array_unique($ids));
    }

    /** @param string[] $states */
    private static function worst(array $states): string
    {
        foreach (self::STATES as $state) {
            if (in_array($state, $states, true)) {
                return $state;
            }
        }

        return 'linked';
    }

    /**
     * @param string[] $goods
     * @return array<string, array<string, mixed>> What is said of each, the gravest.
     */
    private static function causes(int $connection, array $goods): array
    {
        if ($goods === []) {
            return [];
        }
        global $wpdb;
        $sql = "SELECT item_id, code, params FROM %i WHERE connection_id = %d AND item_kind = 'good' AND item_id IN (" . Query::places(count($goods)) . ")
            AND severity IN ('review', 'stop') ORDER BY FIELD(severity, 'stop', 'review'), id";
        $causes = [];
        // phpcs:ignore WordPress.DB.PreparedSQL -- placeholders only.
        foreach ($wpdb->get_results($wpdb->prepare($sql, Schema::table('issue'), $connection, ...$goods)) as $row) {
            $causes[(string) $row->item_id] = $causes[(string) $row->item_id] ?? Said::of((string) $row->code, Said::params($row->params));
        }

        return $causes;
    }
}

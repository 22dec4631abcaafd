<?php

declare(strict_types=1);

namespace Dongbo\Report;

use Dongbo\Tables\Schema;

/**
 * Goods with their states (product.md H4), a page at a time; a fixed number of statements whatever
 * the size of the shop.
 *
 * A state is what the last plan left behind (link, issues, planned or not), read in one expression;
 * nothing is planned to show a list.
 */
final class GoodList
{
    public const STATES = ['linked', 'new', 'pos-only', 'site-only', 'paused', 'excluded', 'ambiguous', 'failed'];

    /**
     * @param array<string, mixed>  $connection
     * @param array<string, string> $filter `search`, `state`, `category`, `origin`.
     * @return array{rows: array<int, array<string, mixed>>, total: int}
     */
    public static function page(array $connection, array $filter, int $offset, int $limit): array
    {
        if (($filter['state'] ?? '') === 'site-only') {
            return SiteOnly::page($connection['id'], $filter['search'] ?? '', $offset, $limit);
        }
        global $wpdb;
        [$from, $args] = self::from($connection, $filter);
        // phpcs:ignore WordPress.DB.PreparedSQL -- built of constants of this class.
        $rows = $wpdb->get_results($wpdb->prepare("SELECT * FROM ($from) s ORDER BY sku_key = '', sku_key, remote_id LIMIT %d OFFSET %d", ...array_merge($args, [$limit, $offset])));
        // phpcs:ignore WordPress.DB.PreparedSQL -- built of constants of this class.
        $total = (int) $wpdb->get_var($wpdb->prepare("SELECT COUNT(*) FROM ($from) s", ...$args));

        return ['rows' => GoodRows::of($connection, $rows), 'total' => $total];
    }

    /**
     * @param array<string, mixed> $connection
     * @return array<string, mixed>|null One row, by the good's id or `shop-<id>`.
     */
    public static function find(array $connection, string $id): ?array
    {
        if (strncmp($id, 'shop-', 5) === 0) {
            return SiteOnly::find($connection['id'], (int) substr($id, 5));
        }
        global $wpdb;
        [$from, $args] = self::from($connection, ['id' => $id]);
        // phpcs:ignore WordPress.DB.PreparedSQL -- built of constants of this class.
        $rows = GoodRows::of($connection, $wpdb->get_results($wpdb->prepare($from, ...$args)));

        return $rows[0] ?? null;
    }

    /**
     * The ids that a filter names, for work on many.
     *
     * @param array<string, mixed>  $connection
     * @param array<string, string> $filter
     * @return string[]
     */
    public static function ids(array $connection, array $filter, int $limit): array
    {
        global $wpdb;
        [$from, $args] = self::from($connection, $filter);

        // phpcs:ignore WordPress.DB.PreparedSQL -- built of constants of this class.
        return array_map('strval', $wpdb->get_col($wpdb->prepare("SELECT remote_id FROM ($from) s ORDER BY remote_id LIMIT %d", ...array_merge($args, [$limit]))));
    }

    /**
     * @param array<string, mixed> $connection
     * @return array<string, int> How many goods are in each state.
     */
    public static function counts(array $connection): array
    {
        global $wpdb;
        [$from, $args] = self::from($connection, []);
        $counts = ['all' => 0] + array_fill_keys(self::STATES, 0);
        // phpcs:ignore WordPress.DB.PreparedSQL -- built of constants of this class.
        foreach ($wpdb->get_results($wpdb->prepare("SELECT state, COUNT(*) AS n FROM ($from) s GROUP BY state", ...$args)) as $row) {
            $counts[(string) $row->state] = (int) $row->n;
        }
        $counts['site-only'] = SiteOnly::count($connection['id'], '');
        $counts['all'] = array_sum($counts);

        return $counts;
    }

    /**
     * Every good with its state, filtered.
     *
     * @param array<string, mixed>  $connection
     * @param array<string, string> $filter
     * @return array{string, array<int, int|string>}
     */
    private static function from(array $connection, array $filter): array
    {
        $id = $connection['id'];
        [$excepted, $exceptedArgs] = self::excepted($connection);
        $issue = 'EXISTS (SELECT 1 FROM %i i WHERE i.connection_id = g.connection_id AND i.item_kind = \'good\' AND i.item_id = g.remote_id AND i.severity IN (\'review\', \'stop\'))';
        $columns = 'g.remote_id, g.family_key, g.sku_key, g.`row`, g.stocks, l.shop_id, l.created_here';
        $state = "CASE
            WHEN l.state = 'excluded' OR $excepted THEN 'excluded'
            WHEN l.state = 'paused' THEN 'paused'
            WHEN $issue THEN IF(l.id IS NULL, 'ambiguous', 'failed')
            WHEN l.id IS NOT NULL THEN 'linked'
            WHEN f.id IS NULL THEN 'new'
            ELSE 'pos-only' END AS state";
        $sql = "SELECT $columns, $state FROM %i g
            LEFT JOIN %i l ON l.connection_id = g.connection_id AND l.kind = 'good' AND l.remote_id = g.remote_id
            LEFT JOIN %i f ON f.connection_id = g.connection_id AND f.family_key = g.family_key
            WHERE g.connection_id = %d";
        $args = array_merge($exceptedArgs, [Schema::table('issue'), Schema::table('good'), Schema::table('link'), Schema::table('family'), $id]);
        if (!empty($filter['id'])) {
            $sql .= ' AND g.remote_id = %s';
            $args[] = $filter['id'];
        }
        if (!empty($filter['category'])) {
            $sql .= ' AND g.`row` LIKE %s';
            $args[] = '%' . self::escaped('"category_id":' . (string) wp_json_encode((string) $filter['category'])) . '%';
        }
        if (!empty($filter['origin'])) {
            $sql .= ' AND l.created_here = %d';
            $args[] = $filter['origin'] === 'created' ? 1 : 0;
        }
        if (!empty($filter['search'])) {
            $sql .= ' AND g.`row` COLLATE utf8mb4_unicode_ci REGEXP %s';
            $args[] = self::named((string) $filter['search']);
        }
        if (!empty($filter['state'])) {
            $sql .= ' HAVING state = %s';
            $args[] = $filter['state'];
        }

        return [$sql, $args];
    }

    /**
     * Goods that the selection leaves out by name.
     *
     * @param array<string, mixed> $connection
     * @return array{string, string[]}
     */
    private static function excepted(array $connection): array
    {
        $ids = array_values(array_filter((array) ($connection['settings']['selection']['except'] ?? []), 'is_scalar'));

        return $ids === [] ? ['FALSE', []] : ['g.remote_id IN (' . \Dongbo\Tables\Query::places(count($ids)) . ')', array_map('strval', $ids)];
    }

    /** A pattern that finds a text within code, name or barcode of a stored row and nowhere else in it. */
    private static function named(string $search): string
    {
        $text = substr((string) wp_json_encode($search, JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES), 1, -1);

        return '"(code|name|full_name|barcode)":"[^"]*' . preg_replace('/[.\\\\+*?\[^\]$(){}|\/]/', '\\\\$0', $text);
    }

    private static function escaped(string $text): string
    {
        global $wpdb;

        return $wpdb->esc_like($text);
    }
}

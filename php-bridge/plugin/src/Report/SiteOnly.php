<?php

declare(strict_types=1);

namespace Dongbo\Report;

use Dongbo\Tables\Schema;

/** Products and variations of the site that no good stands behind (product.md H4). */
final class SiteOnly
{
    /** @return array{rows: array<int, array<string, mixed>>, total: int} */
    public static function page(int $connection, string $search, int $offset, int $limit): array
    {
        global $wpdb;
        [$from, $args] = self::from($connection, $search);
        // phpcs:ignore WordPress.DB.PreparedSQL -- built of constants of this class.
        $ids = array_map('intval', $wpdb->get_col($wpdb->prepare("SELECT p.ID $from ORDER BY p.ID LIMIT %d OFFSET %d", ...array_merge($args, [$limit, $offset]))));

        return ['rows' => self::rows($connection, $ids), 'total' => self::count($connection, $search)];
    }

    public static function count(int $connection, string $search): int
    {
        global $wpdb;
        [$from, $args] = self::from($connection, $search);

        // phpcs:ignore WordPress.DB.PreparedSQL -- built of constants of this class.
        return (int) $wpdb->get_var($wpdb->prepare("SELECT COUNT(*) $from", ...$args));
    }

    /** @return array<string, mixed>|null */
    public static function find(int $connection, int $id): ?array
    {
        global $wpdb;
        [$from, $args] = self::from($connection, '');
        // phpcs:ignore WordPress.DB.PreparedSQL -- built of constants of this class.
        $found = $wpdb->get_var($wpdb->prepare("SELECT p.ID $from AND p.ID = %d", ...array_merge($args, [$id])));

        return $found === null ? null : self::rows($connection, [(int) $found])[0] ?? null;
    }

    /**
     * What can be bought, is not in the trash, and is not linked. A variable product is not bought
     * itself: its variations are.
     *
     * @return array{string, array<int, int|string>}
     */
    private static function from(int $connection, string $search): array
    {
        global $wpdb;
        $sql = "FROM {$wpdb->posts} p LEFT JOIN %i l ON l.connection_id = %d AND l.shop_id = p.ID
            WHERE p.post_type IN ('product', 'product_variation') AND p.post_status IN ('publish', 'private', 'draft', 'pending', 'future') AND l.id IS NULL
            AND NOT EXISTS (SELECT 1 FROM {$wpdb->posts} c WHERE c.post_parent = p.ID AND c.post_type = 'product_variation')";
        $args = [Schema::table('link'), $connection];
        if ($search !== '') {
            $sql .= " AND (p.post_title LIKE %s OR EXISTS (SELECT 1 FROM {$wpdb->postmeta} m WHERE m.post_id = p.ID AND m.meta_key = '_sku' AND m.meta_value LIKE %s))";
            $like = '%' . $wpdb->esc_like($search) . '%';
            array_push($args, $like, $like);
        }

        return [$sql, $args];
    }

    /**
     * @param int[] $ids
     * @return array<int, array<string, mixed>> `GoodRow`
     */
    private static function rows(int $connection, array $ids): array
    {
        $shops = GoodRows::shops($connection, $ids);
        $rows = [];
        foreach ($ids as $id) {
            if (isset($shops[$id])) {
                $rows[] = [
                    'id' => 'shop-' . $id,
                    'state' => 'site-only',
                    'label' => trim($shops[$id]['sku'] . ' · ' . $shops[$id]['name'], ' ·'),
                    'pos' => null,
                    'shop' => $shops[$id],
                    'created_here' => null,
                    'causes' => [],
                ];
            }
        }

        return $rows;
    }
}

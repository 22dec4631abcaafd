<?php

declare(strict_types=1);

namespace Dongbo\Tables;

/**
 * Which products' images have to be looked at: those whose rows, own images or settings are not the
 * ones last looked at, and those whose failed image may be tried again.
 */
final class Pictures
{
    /** One text of everything that planning a product's images depends on. */
    private const SEEN = "MD5(CONCAT_WS('|', %s, l.shop_id, COUNT(g.id), SUM(CRC32(CONCAT(g.remote_id, g.digest))),
        MAX(CASE WHEN t.meta_key = '_thumbnail_id' THEN t.meta_value END),
        MAX(CASE WHEN t.meta_key = '_product_image_gallery' THEN t.meta_value END)))";

    private function __construct()
    {
    }

    /**
     * @param int    $after    The last link looked at in this pass.
     * @param string $settings What the images' settings are now: another text looks at everything again.
     *
     * @return array<int, array<string, mixed>> By link id: kind, remote_id, shop_id, family, created_here,
     *                                          post_type, post_title, last, now_seen.
     */
    public static function due(int $connection, int $after, string $settings, int $limit): array
    {
        return self::select(
            $connection,
            $settings,
            "l.state = 'active' AND l.id > %d",
            'HAVING old_seen IS NULL OR old_seen <> now_seen OR old_next <= %d ORDER BY l.id LIMIT %d',
            [$after, Clock::now(), $limit]
        );
    }

    /**
     * Remembers that these links' images were looked at, as they stand now.
     *
     * @param array<int, array{kind: string, remote_id: string, last: string|null, next: int|null}> $looked By link id.
     *
     * @throws \Dongbo\Lanes\TransactionLost
     */
    public static function looked(int $connection, string $settings, array $looked): void
    {
        global $wpdb;
        if ($looked === []) {
            return;
        }
        $now = self::select($connection, $settings, 'l.id IN (' . Query::places(count($looked), '%d') . ')', '', array_keys($looked));
        foreach ($now as $link => $row) {
            $picture = $looked[$link];
            Query::write($wpdb->prepare(
                'INSERT INTO %i (connection_id, kind, remote_id, shop_id, seen, last, next) VALUES (%d, %s, %s, %d, %s, NULLIF(%s, \'\'), NULLIF(%d, 0))'
                . ' ON DUPLICATE KEY UPDATE shop_id = VALUES(shop_id), seen = VALUES(seen), last = VALUES(last), next = VALUES(next)',
                Schema::table('picture'),
                $connection,
                $picture['kind'],
                $picture['remote_id'],
                (int) $row['shop_id'],
                $row['now_seen'],
                (string) $picture['last'],
                (int) $picture['next']
            ));
        }
    }

    /** When the next failed image may be tried again; null when none waits. */
    public static function next(int $connection): ?int
    {
        global $wpdb;
        $next = $wpdb->get_var($wpdb->prepare('SELECT MIN(next) FROM %i WHERE connection_id = %d', Schema::table('picture'), $connection));

        return $next === null ? null : (int) $next;
    }

    /**
     * @param array<int, int> $args
     *
     * @return array<int, array<string, mixed>>
     */
    private static function select(int $connection, string $settings, string $where, string $tail, array $args): array
    {
        global $wpdb;
        // In this order and by this key: left to itself MariaDB reads every link for each product, minutes at 3,000 goods.
        $sql = 'SELECT STRAIGHT_JOIN l.id, l.kind, l.remote_id, l.shop_id, l.family, l.created_here, p.post_type, p.post_title,
                pic.last, pic.seen AS old_seen, pic.next AS old_next, ' . self::SEEN . " AS now_seen
            FROM %i l
            JOIN {$wpdb->posts} p ON p.ID = l.shop_id AND p.post_status <> 'trash'
            JOIN %i m FORCE INDEX (family) ON m.connection_id = l.connection_id AND m.family = l.family AND m.kind = 'good' AND (m.id = l.id OR l.kind = 'family')
            JOIN %i g ON g.connection_id = m.connection_id AND g.remote_id = m.remote_id
            LEFT JOIN {$wpdb->postmeta} t ON t.post_id = l.shop_id AND t.meta_key IN ('_thumbnail_id', '_product_image_gallery')
            LEFT JOIN %i pic ON pic.connection_id = l.connection_id AND pic.kind = l.kind AND pic.remote_id = l.remote_id
            WHERE l.connection_id = %d AND $where GROUP BY l.id $tail";
        $tables = array_map([Schema::class, 'table'], ['link', 'link', 'good', 'picture']);
        $found = $wpdb->get_results($wpdb->prepare($sql, $settings, ...$tables, ...array_merge([$connection], $args)), ARRAY_A);

        return array_column($found, null, 'id');
    }
}

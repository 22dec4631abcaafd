<?php

declare(strict_types=1);

namespace Dongbo\Control;

use Dongbo\Lanes\Wake;
use Dongbo\Push\Gather;
use Dongbo\Tables\Clock;
use Dongbo\Tables\PushQueue;
use Dongbo\Tables\Query;
use Dongbo\Tables\Schema;

/**
 * Goods by hand (product.md G1): see what sending them would do, and send them: one, selected, all. Only
 * marked here; the lane sends them, so that a button that is pressed twice sends nothing twice.
 */
final class PushGoods
{
    /** Products a preview looks at in one request. */
    public const AT_ONCE = 100;

    /**
     * @param int[] $ids Products or variations.
     * @return int How many are marked.
     */
    public static function send(int $connection, array $ids): int
    {
        $now = Clock::now();
        $count = PushQueue::record($connection, self::products($ids), true, $now, $now);
        if ($count > 0) {
            Wake::orders();
        }

        return $count;
    }

    /** Every published product that is not linked, or of which a variation is not. */
    public static function sendAll(int $connection): int
    {
        $count = 0;
        $after = 0;
        while (($ids = self::unlinked($connection, $after, 500)) !== []) {
            $count += self::send($connection, $ids);
            $after = max($ids);
        }

        return $count;
    }

    /**
     * What sending would do, row by row; nothing is written.
     *
     * @param array<string, mixed> $connection
     * @param int[]                $ids
     * @return array<int, array<string, mixed>> PushPlanRow records.
     */
    public static function preview(array $connection, array $ids): array
    {
        $context = ByHand::looking($connection, true);
        $contexts = (new Gather($context))->contexts(self::products(array_slice($ids, 0, self::AT_ONCE)));

        return $context->rules('plan_push', ['settings' => $context->settings(), 'by_hand' => true, 'products' => array_values($contexts)])['rows'];
    }

    /**
     * Published products after an id that are not linked, or of which a variation is not.
     *
     * @return int[]
     */
    public static function unlinked(int $connection, int $after, int $limit): array
    {
        global $wpdb;
        $link = Schema::table('link');
        $sql = "SELECT p.ID FROM {$wpdb->posts} p WHERE p.post_type = 'product' AND p.post_status = 'publish' AND p.ID > %d
            AND (NOT EXISTS (SELECT 1 FROM %i l WHERE l.connection_id = %d AND l.shop_id = p.ID)
                OR EXISTS (SELECT 1 FROM {$wpdb->posts} v LEFT JOIN %i m ON m.connection_id = %d AND m.shop_id = v.ID
                    WHERE v.post_parent = p.ID AND v.post_type = 'product_variation' AND v.post_status IN ('publish', 'private') AND m.id IS NULL))
            ORDER BY p.ID LIMIT %d";

        // phpcs:ignore WordPress.DB.PreparedSQL -- names of tables only.
        return array_map('intval', $wpdb->get_col($wpdb->prepare($sql, $after, $link, $connection, $link, $connection, $limit)));
    }

    /**
     * @param int[] $ids Products and variations.
     * @return int[] Products that are there.
     */
    private static function products(array $ids): array
    {
        global $wpdb;
        $products = [];
        foreach (array_chunk(array_values(array_unique(array_filter($ids))), 500) as $part) {
            $sql = "SELECT IF(post_type = 'product', ID, post_parent) FROM {$wpdb->posts} WHERE post_type IN ('product', 'product_variation') AND ID IN (" . Query::places(count($part), '%d') . ')';
            array_push($products, ...array_map('intval', $wpdb->get_col($wpdb->prepare($sql, ...$part))));
        }

        return array_values(array_unique(array_filter($products)));
    }
}

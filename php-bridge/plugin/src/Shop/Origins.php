<?php

declare(strict_types=1);

namespace Dongbo\Shop;

use Dongbo\Tables\Query;
use Dongbo\Tables\Schema;

/**
 * Whose a product is, inseparable from its first INSERT.
 *
 * `wp_insert_post` writes the row of `posts` first and its meta afterwards: a worker killed in
 * between leaves a product nobody owns, and the next run makes a second one (measured on MyISAM).
 * So the mark is a column of that row, `post_content_filtered`: WooCommerce never touches it,
 * WordPress keeps it on updates, and a copy made with "Duplicate" does not carry it, as it would a
 * meta. Value: `dongbo:<connection>:<good|family>:<remote id>`. A resume looks for marked products
 * without a link before it creates: that, not the transaction, prevents doubles. A `!` behind it says
 * that the product was whole when its link ended: it is linked again, but no longer completed, because
 * what stands in it may be the owner's by then (B5, A6).
 */
final class Origins
{
    private const MARK = 'dongbo:';
    private const WHOLE = '!';

    private int $connectionId;

    /** @var array<string, int[]>|null Products of ours without a link, by origin. */
    private ?array $orphans = null;

    public function __construct(int $connectionId)
    {
        $this->connectionId = $connectionId;
    }

    /** What stands in the posts row. */
    public function mark(string $kind, string $remoteId): string
    {
        return self::MARK . $this->connectionId . ':' . $kind . ':' . $remoteId;
    }

    /** What the rules call the origin: `good:<id>`, `family:<id>`; empty when it is not this connection's. */
    public function ofMark(string $mark): string
    {
        $own = self::MARK . $this->connectionId . ':';

        return strpos($mark, $own) === 0 ? rtrim(substr($mark, strlen($own)), self::WHOLE) : '';
    }

    /** Whether the product was whole when its link ended. */
    public function isWhole(string $mark): bool
    {
        return $this->ofMark($mark) !== '' && substr($mark, -1) === self::WHOLE;
    }

    /**
     * The links of these products end: those that Dongbo made are whole.
     *
     * @param int[] $ids
     * @throws \Dongbo\Lanes\TransactionLost
     */
    public static function leave(array $ids): void
    {
        global $wpdb;
        foreach (array_chunk($ids, 500) as $part) {
            $sql = "UPDATE {$wpdb->posts} SET post_content_filtered = CONCAT(post_content_filtered, %s)
                WHERE post_content_filtered LIKE %s AND post_content_filtered NOT LIKE %s AND ID IN (" . Query::places(count($part), '%d') . ')';
            // phpcs:ignore WordPress.DB.PreparedSQL -- placeholders only.
            Query::write($wpdb->prepare($sql, self::WHOLE, $wpdb->esc_like(self::MARK) . '%', '%' . $wpdb->esc_like(self::WHOLE), ...$part));
            // Else whoever saves a post that is in the cache writes the mark as it was.
            wp_cache_delete_multiple($part, 'posts');
        }
    }

    /**
     * Products that were made for these rows and have no link: a run was cut off behind them, or
     * the link was dropped.
     *
     * @param string[] $origins `good:<id>`, `family:<id>`; a family's other unit levels come with it.
     *
     * @return int[]
     */
    public function orphansOf(array $origins): array
    {
        if ($this->orphans === null) {
            $this->load();
        }
        $ids = [];
        foreach ($origins as $origin) {
            foreach ($this->orphans[$origin] ?? [] as $id) {
                $ids[] = $id;
            }
        }

        return $ids;
    }

    /** Looks again next time: something was cut off or unlinked. */
    public function forget(): void
    {
        $this->orphans = null;
    }

    private function load(): void
    {
        global $wpdb;
        $this->orphans = [];
        $rows = $wpdb->get_results($wpdb->prepare(
            "SELECT p.ID, p.post_content_filtered AS mark FROM {$wpdb->posts} p
            LEFT JOIN %i l ON l.connection_id = %d AND l.shop_id = p.ID
            WHERE p.post_type IN ('product', 'product_variation') AND p.post_content_filtered LIKE %s AND l.id IS NULL
            ORDER BY p.ID",
            Schema::table('link'),
            $this->connectionId,
            $wpdb->esc_like(self::MARK . $this->connectionId . ':') . '%'
        ));
        foreach ($rows as $row) {
            $origin = explode('|', $this->ofMark((string) $row->mark), 2)[0];
            $this->orphans[$origin][] = (int) $row->ID;
        }
    }
}

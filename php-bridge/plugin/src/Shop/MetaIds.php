<?php

declare(strict_types=1);

namespace Dongbo\Shop;

/**
 * Ids for meta rows that are written later, given out by the database itself.
 *
 * Whoever hears `added_post_meta` is told the row's id, so it must be known before the row is
 * written with its neighbours in one INSERT. Rows without content are inserted and deleted again
 * within the transaction: the counter of the table has passed their ids, nobody else can get them.
 * They are asked for by their key, not computed: on a cluster ids go up in steps.
 */
final class MetaIds
{
    /** Rows a time: what about thirty products need. */
    private const BLOCK = 640;

    /** @var int[] In falling order. */
    private array $ids = [];

    /** The next one; 0 when the database gave none. */
    public function take(): int
    {
        if ($this->ids === []) {
            $this->ids = $this->fetch();
        }

        return (int) array_pop($this->ids);
    }

    /** @return int[] */
    private function fetch(): array
    {
        global $wpdb;
        $key = '_dongbo_' . bin2hex(random_bytes(12));
        $rows = implode(', ', array_fill(0, self::BLOCK, $wpdb->prepare('(0, %s)', $key)));
        // phpcs:ignore WordPress.DB.PreparedSQL -- prepared row by row.
        if ($wpdb->query("INSERT INTO {$wpdb->postmeta} (post_id, meta_key) VALUES $rows") !== self::BLOCK) {
            return [];
        }
        $ids = array_map('intval', $wpdb->get_col($wpdb->prepare("SELECT meta_id FROM {$wpdb->postmeta} WHERE meta_key = %s ORDER BY meta_id DESC", $key)));
        $wpdb->query($wpdb->prepare("DELETE FROM {$wpdb->postmeta} WHERE meta_key = %s", $key));

        return $ids;
    }
}

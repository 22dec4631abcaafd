<?php

declare(strict_types=1);

namespace Dongbo\Report;

use Dongbo\Tables\Query;

/** Where products are opened in wp-admin and in the shop. One statement for a list. */
final class Editing
{
    /**
     * @param int[] $ids Products and variations.
     * @return array<int, string> Address by id; `""` for what is gone or may not be edited.
     */
    public static function of(array $ids): array
    {
        global $wpdb;
        $ids = array_values(array_unique(array_filter(array_map('intval', $ids))));
        $links = array_fill_keys($ids, '');
        if ($ids === [] || !current_user_can('edit_products')) {
            return $links;
        }
        $sql = "SELECT ID, IF(post_type = 'product_variation', post_parent, ID) AS product FROM {$wpdb->posts} WHERE ID IN (" . Query::places(count($ids), '%d') . ')';
        // phpcs:ignore WordPress.DB.PreparedSQL -- placeholders only.
        foreach ($wpdb->get_results($wpdb->prepare($sql, ...$ids)) as $row) {
            $links[(int) $row->ID] = admin_url('post.php?post=' . (int) $row->product . '&action=edit');
        }

        return $links;
    }
}

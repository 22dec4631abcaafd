<?php

declare(strict_types=1);

namespace Dongbo\Report;

use Dongbo\Shop\Texts;
use Dongbo\Tables\Schema;

/** The pairing as a table that can be edited and brought back in (product.md B4, src/linking/list.rs). */
final class LinksExport
{
    public const COLUMNS = ['good_id', 'good_code', 'good_name', 'product_id', 'product_sku', 'product_name', 'state', 'origin'];

    private const AT_ONCE = 500;

    /**
     * @return \Generator<int, array<string, string>>
     */
    public static function rows(int $connection): \Generator
    {
        global $wpdb;
        $sql = "SELECT l.id, l.remote_id, l.shop_id, l.state, l.created_here, g.`row`, p.post_title, m.meta_value AS sku FROM %i l
            LEFT JOIN %i g ON g.connection_id = l.connection_id AND g.remote_id = l.remote_id
            LEFT JOIN {$wpdb->posts} p ON p.ID = l.shop_id
            LEFT JOIN {$wpdb->postmeta} m ON m.post_id = l.shop_id AND m.meta_key = '_sku'
            WHERE l.connection_id = %d AND l.kind = 'good' AND l.id > %d ORDER BY l.id LIMIT %d";
        $after = 0;
        do {
            $rows = $wpdb->get_results($wpdb->prepare($sql, Schema::table('link'), Schema::table('good'), $connection, $after, self::AT_ONCE));
            foreach ($rows as $row) {
                $after = (int) $row->id;
                $good = (array) json_decode((string) $row->row, true);
                yield [
                    'good_id' => (string) $row->remote_id,
                    'good_code' => (string) ($good['code'] ?? ''),
                    'good_name' => (string) ($good['full_name'] ?? ''),
                    'product_id' => (string) $row->shop_id,
                    'product_sku' => (string) $row->sku,
                    'product_name' => Texts::plain((string) $row->post_title),
                    'state' => (string) $row->state,
                    'origin' => (int) $row->created_here === 1 ? 'created' : 'linked',
                ];
            }
        } while (count($rows) === self::AT_ONCE);
    }
}

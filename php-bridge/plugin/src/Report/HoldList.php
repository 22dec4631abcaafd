<?php

declare(strict_types=1);

namespace Dongbo\Report;

use Dongbo\Tables\Schema;

/** Fields that an undo holds (product.md H6), the latest first. */
final class HoldList
{
    /** @return array{rows: array<int, array<string, mixed>>, total: int} */
    public static function page(int $connection, int $offset, int $limit): array
    {
        global $wpdb;
        $table = Schema::table('hold');
        $rows = [];
        foreach ($wpdb->get_results($wpdb->prepare('SELECT * FROM %i WHERE connection_id = %d ORDER BY since DESC, id DESC LIMIT %d OFFSET %d', $table, $connection, $limit, $offset)) as $row) {
            $rows[] = [
                'id' => (int) $row->id,
                'remote_id' => (string) $row->remote_id,
                'field' => (string) $row->field,
                'field_label' => FieldNames::of((string) $row->field),
                'pos_value' => (string) $row->pos_value,
                'since' => (int) $row->since,
                'actor_id' => (int) $row->actor,
            ];
        }

        return ['rows' => $rows, 'total' => (int) $wpdb->get_var($wpdb->prepare('SELECT COUNT(*) FROM %i WHERE connection_id = %d', $table, $connection))];
    }

    /** The good a hold is about. */
    public static function good(int $connection, int $id): ?string
    {
        global $wpdb;
        $good = $wpdb->get_var($wpdb->prepare('SELECT remote_id FROM %i WHERE connection_id = %d AND id = %d', Schema::table('hold'), $connection, $id));

        return $good === null ? null : (string) $good;
    }
}

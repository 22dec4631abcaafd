<?php

declare(strict_types=1);

namespace Dongbo\Orders\Back;

use Dongbo\Tables\Rows;
use Dongbo\Tables\Schema;

/** Orders of the site of which nobody knows whether they reached the POS (product.md E5, F4). */
final class OpenIntents
{
    private const OPEN = "(state = 'sending' OR in_doubt = 1)";

    /** @return string[] The branches they went to; every branch where one does not say. */
    public static function branches(int $connection): array
    {
        global $wpdb;
        $sql = 'SELECT sending FROM %i WHERE connection_id = %d AND intent = %s AND ' . self::OPEN . ' LIMIT 1000';
        $branches = [];
        foreach ((array) $wpdb->get_col($wpdb->prepare($sql, Schema::table('outbox'), $connection, 'create')) as $state) {
            $branch = (string) (json_decode((string) $state, true)['expected']['branch_id'] ?? '');
            if ($branch === '') {
                return array_map('strval', array_column(Rows::all($connection, 'branches'), 'id'));
            }
            $branches[$branch] = $branch;
        }

        return array_values($branches);
    }

    public static function isOpen(int $connection, int $order): bool
    {
        global $wpdb;
        $sql = 'SELECT 1 FROM %i WHERE connection_id = %d AND order_id = %d AND ' . self::OPEN . ' LIMIT 1';

        return $wpdb->get_var($wpdb->prepare($sql, Schema::table('outbox'), $connection, $order)) !== null;
    }
}

<?php

declare(strict_types=1);

namespace Dongbo\Tables;

/** Fields that an undo keeps as they are until the POS says something else (product.md H6). */
final class Holds
{
    private function __construct()
    {
    }

    /**
     * @param string[] $goods
     *
     * @return array<string, array<int, array{remote_id: string, field: string, pos: string}>> Hold records
     *                                                                                          (src/plan/hold.rs) by good.
     */
    public static function of(int $connection, array $goods): array
    {
        global $wpdb;
        $holds = [];
        foreach (array_chunk(array_values(array_unique($goods)), 500) as $part) {
            $sql = 'SELECT remote_id, field, pos_value FROM %i WHERE connection_id = %d AND remote_id IN (' . Query::places(count($part)) . ') ORDER BY remote_id, field';
            foreach ($wpdb->get_results($wpdb->prepare($sql, Schema::table('hold'), $connection, ...$part)) as $row) {
                $holds[(string) $row->remote_id][] = ['remote_id' => (string) $row->remote_id, 'field' => (string) $row->field, 'pos' => (string) $row->pos_value];
            }
        }

        return $holds;
    }

    /**
     * @param array{remote_id: string, field: string, pos: string} $hold
     *
     * @throws \Dongbo\Lanes\TransactionLost
     */
    public static function put(int $connection, array $hold, int $now, int $actor): void
    {
        global $wpdb;
        Query::write($wpdb->prepare(
            'INSERT INTO %i (connection_id, remote_id, field, pos_value, since, actor) VALUES (%d, %s, %s, %s, %d, %d)
            ON DUPLICATE KEY UPDATE pos_value = VALUES(pos_value), since = VALUES(since), actor = VALUES(actor)',
            Schema::table('hold'),
            $connection,
            $hold['remote_id'],
            $hold['field'],
            $hold['pos'],
            $now,
            $actor
        ));
    }

    /**
     * Ends holds that the rules found to be over.
     *
     * @param array<int, array{remote_id: string, field: string, pos: string}> $holds
     *
     * @throws \Dongbo\Lanes\TransactionLost
     */
    public static function end(int $connection, array $holds): void
    {
        global $wpdb;
        foreach ($holds as $hold) {
            $sql = 'DELETE FROM %i WHERE connection_id = %d AND remote_id = %s AND field = %s';
            Query::write($wpdb->prepare($sql, Schema::table('hold'), $connection, $hold['remote_id'], $hold['field']));
        }
    }

    /** The owner lets go of it: the next plan writes what the POS says. */
    public static function release(int $connection, int $id): bool
    {
        global $wpdb;

        return $wpdb->query($wpdb->prepare('DELETE FROM %i WHERE connection_id = %d AND id = %d', Schema::table('hold'), $connection, $id)) === 1;
    }
}

<?php

declare(strict_types=1);

namespace Dongbo\Tables;

/**
 * Mirrored lists other than goods: `categories`, `branches`, `books`, `prices` (scope = book),
 * `settings`. Writes only what differs, so that an unchanged list costs no write.
 */
final class Rows
{
    private const BATCH = 200;

    /**
     * The rows that are not in the mirror as they are.
     *
     * @param array<int, array<string, mixed>> $rows Rows as the reader gave them.
     * @return array<string, string> Row texts by remote id.
     */
    public static function differing(int $connection, string $list, string $scope, array $rows): array
    {
        global $wpdb;
        $texts = [];
        foreach ($rows as $row) {
            $texts[self::idOf($list, $row)] = Query::json($row);
        }
        $differing = [];
        foreach (array_chunk($texts, self::BATCH, true) as $part) {
            $ids = array_map('strval', array_keys($part));
            $sql = 'SELECT remote_id, `row` FROM %i WHERE connection_id = %d AND list = %s AND scope = %s AND remote_id IN ('
                . Query::places(count($ids)) . ')';
            $sql = $wpdb->prepare($sql, Schema::table('list_row'), $connection, $list, $scope, ...$ids);
            $differing += array_diff_assoc($part, array_column($wpdb->get_results($sql, ARRAY_A), 'row', 'remote_id'));
        }

        return $differing;
    }

    /** @param array<int|string, string> $texts Row texts by remote id. */
    public static function write(int $connection, string $list, string $scope, array $texts, int $asOf): void
    {
        global $wpdb;
        foreach (array_chunk($texts, self::BATCH, true) as $part) {
            $args = [Schema::table('list_row')];
            foreach ($part as $id => $text) {
                array_push($args, $connection, $list, $scope, (string) $id, $text, $asOf);
            }
            $sql = 'INSERT INTO %i (connection_id, list, scope, remote_id, `row`, as_of) VALUES '
                . Query::places(count($part), '(%d, %s, %s, %s, %s, %d)')
                . ' ON DUPLICATE KEY UPDATE `row` = VALUES(`row`), as_of = VALUES(as_of)';
            Query::write($wpdb->prepare($sql, ...$args));
        }
    }

    /**
     * The ids in the mirror that a complete list did not show.
     *
     * @param array<int|string, true> $seen
     * @return string[]
     */
    public static function gone(int $connection, string $list, string $scope, array $seen): array
    {
        global $wpdb;
        $stored = $wpdb->get_col(
            $wpdb->prepare(
                'SELECT remote_id FROM %i WHERE connection_id = %d AND list = %s AND scope = %s',
                Schema::table('list_row'),
                $connection,
                $list,
                $scope
            )
        );

        return array_values(array_filter($stored, static function (string $id) use ($seen): bool {
            return !isset($seen[$id]);
        }));
    }

    /** @param string[] $ids */
    public static function drop(int $connection, string $list, string $scope, array $ids): void
    {
        global $wpdb;
        foreach (array_chunk($ids, self::BATCH) as $part) {
            $sql = 'DELETE FROM %i WHERE connection_id = %d AND list = %s AND scope = %s AND remote_id IN ('
                . Query::places(count($part)) . ')';
            Query::write($wpdb->prepare($sql, Schema::table('list_row'), $connection, $list, $scope, ...$part));
        }
    }

    /** @return array<int, array<string, mixed>> All rows of a list, by id. */
    public static function all(int $connection, string $list, string $scope = ''): array
    {
        global $wpdb;
        $texts = $wpdb->get_col(
            $wpdb->prepare(
                'SELECT `row` FROM %i WHERE connection_id = %d AND list = %s AND scope = %s ORDER BY id',
                Schema::table('list_row'),
                $connection,
                $list,
                $scope
            )
        );
        $rows = [];
        foreach ($texts as $text) {
            $row = json_decode((string) $text, true);
            if (is_array($row)) {
                $rows[] = $row;
            }
        }

        return $rows;
    }

    /** @param array<string, mixed> $row */
    private static function idOf(string $list, array $row): string
    {
        return (string) ($list === 'prices' ? $row['good_id'] : $row['id'] ?? $list);
    }
}

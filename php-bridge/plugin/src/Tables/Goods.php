<?php

declare(strict_types=1);

namespace Dongbo\Tables;

use Dongbo\Shop\Clean;

/**
 * The mirror of the POS's goods. What differs is found by reading ({@see differing}) before
 * anything is written ({@see write}), so that a run in which nothing changed writes nothing. Stock
 * lies in a column of its own because it comes from two lists.
 *
 * @phpstan-type Record array{remote_id: string, family_key: string, sku_key: string, digest: string, row: string,
 *     description: string|null, description_hash: string, stocks: string|null, stock_as_of: int, as_of: int,
 *     reader_version: string}
 */
final class Goods
{
    /** Rows and bytes of one statement; small hosts allow 1 MB. */
    private const BATCH = 100;
    private const BYTES = 400000;

    /** The mark of a deleted good, as it stands in the row's text. */
    private const DELETED = '"deleted":true';

    private const COLUMNS = ['remote_id', 'family_key', 'sku_key', 'digest', 'row', 'description', 'description_hash',
        'stocks', 'stock_as_of', 'as_of', 'reader_version'];

    /**
     * The rows that are not in the mirror as they are, ready to be written.
     *
     * @param array<int, array<string, mixed>> $rows   Goods as the reader gave them.
     * @param array<int, array<string, mixed>> $issues What cleaning the texts has changed is added here.
     * @return array<int, Record>
     */
    public static function differing(int $connection, array $rows, int $asOf, string $readerVersion, array &$issues): array
    {
        $stored = self::stored($connection, array_column($rows, 'id'));
        $records = [];
        foreach ($rows as $row) {
            $clean = Clean::good($row);
            array_push($issues, ...Clean::losses($row, $clean));
            $record = self::record($clean);
            $old = $stored[$record['remote_id']] ?? null;
            // A page without stock says nothing about stock: what was known stays (D2).
            if ($old !== null && $record['stocks'] === null) {
                $record['stocks'] = $old->stocks;
            }
            $sameStock = $old !== null && $old->stocks === $record['stocks'];
            if ($sameStock && $old->digest === $record['digest']) {
                continue;
            }
            $record['stock_as_of'] = $sameStock ? (int) $old->stock_as_of : $asOf;
            $record['as_of'] = $asOf;
            $record['reader_version'] = substr($readerVersion, 0, 20);
            $records[] = $record;
        }

        return $records;
    }

    /** @param array<int, Record> $records */
    public static function write(int $connection, array $records): void
    {
        $part = [];
        $bytes = 0;
        foreach ($records as $record) {
            $more = strlen($record['row']) + strlen((string) $record['description']);
            if ($part !== [] && (count($part) === self::BATCH || $bytes + $more > self::BYTES)) {
                self::upsert($connection, $part);
                $part = [];
                $bytes = 0;
            }
            $part[] = $record;
            $bytes += $more;
        }
        if ($part !== []) {
            self::upsert($connection, $part);
        }
    }

    /**
     * Stock rows that differ from the mirror's, of goods that are in it (the light stock list).
     *
     * @param array<int, array<string, mixed>> $rows `{id, stocks}`
     * @return array<string, string> Stock texts by remote id.
     */
    public static function differingStocks(int $connection, array $rows): array
    {
        $stored = self::stored($connection, array_column($rows, 'id'));
        $texts = [];
        foreach ($rows as $row) {
            $old = $stored[$row['id']] ?? null;
            if ($old === null) {
                continue;
            }
            $text = Query::json(self::merged((array) json_decode((string) $old->stocks, true), $row['stocks']));
            if ($old->stocks !== $text) {
                $texts[(string) $row['id']] = $text;
            }
        }

        return $texts;
    }

    /**
     * The light list says less than the goods' own: what it leaves out (whether a branch trades the
     * good, a branch) is what was read with the good.
     *
     * @param array<int, array<string, mixed>> $known
     * @param array<int, array<string, mixed>> $said
     * @return array<int, array<string, mixed>>
     */
    private static function merged(array $known, array $said): array
    {
        $said = array_column($said, null, 'branch_id');
        $merged = [];
        foreach ($known as $row) {
            $merged[] = ($said[$row['branch_id']] ?? []) + $row;
            unset($said[$row['branch_id']]);
        }

        return array_merge($merged, array_values($said));
    }

    /** @param array<int|string, string> $texts Stock texts by remote id. */
    public static function writeStocks(int $connection, array $texts, int $asOf): void
    {
        global $wpdb;
        // What a notification brought after this was read is newer (D3).
        $sql = 'UPDATE %i SET stocks = %s, stock_as_of = %d WHERE connection_id = %d AND remote_id = %s AND stock_as_of <= %d';
        foreach ($texts as $id => $text) {
            Query::write($wpdb->prepare($sql, Schema::table('good'), $text, $asOf, $connection, (string) $id, $asOf));
        }
    }

    /**
     * When the stock of these goods was last read or told, of those the mirror knows.
     *
     * @param string[] $ids
     * @return array<int|string, int> Milliseconds by id.
     */
    public static function stockRead(int $connection, array $ids): array
    {
        global $wpdb;
        $read = [];
        foreach (array_chunk($ids, 500) as $part) {
            $sql = 'SELECT remote_id, stock_as_of FROM %i WHERE connection_id = %d AND remote_id IN (' . Query::places(count($part)) . ')';
            foreach ($wpdb->get_results($wpdb->prepare($sql, Schema::table('good'), $connection, ...$part)) as $row) {
                $read[(string) $row->remote_id] = (int) $row->stock_as_of;
            }
        }

        return $read;
    }

    /** @return string[] Categories that goods lie in. */
    public static function categories(int $connection): array
    {
        global $wpdb;
        $mark = '"category_id":"';
        $sql = "SELECT DISTINCT SUBSTRING_INDEX(SUBSTRING_INDEX(`row`, %s, -1), '\"', 1) FROM %i WHERE connection_id = %d AND LOCATE(%s, `row`) > 0";

        return array_map('strval', $wpdb->get_col($wpdb->prepare($sql, $mark, Schema::table('good'), $connection, $mark)));
    }

    /** How many goods the mirror holds. */
    public static function count(int $connection): int
    {
        global $wpdb;

        return (int) $wpdb->get_var(
            $wpdb->prepare('SELECT COUNT(*) FROM %i WHERE connection_id = %d', Schema::table('good'), $connection)
        );
    }

    /** How many goods the mirror holds that are not marked deleted. */
    public static function known(int $connection): int
    {
        global $wpdb;
        $sql = 'SELECT COUNT(*) FROM %i WHERE connection_id = %d AND `row` NOT LIKE %s';

        return (int) $wpdb->get_var($wpdb->prepare($sql, Schema::table('good'), $connection, self::deletedPattern()));
    }

    /** @return string[] Ids of the goods that are not marked deleted. */
    public static function knownIds(int $connection): array
    {
        global $wpdb;
        $sql = 'SELECT remote_id FROM %i WHERE connection_id = %d AND `row` NOT LIKE %s ORDER BY remote_id';

        return array_map('strval', $wpdb->get_col($wpdb->prepare($sql, Schema::table('good'), $connection, self::deletedPattern())));
    }

    /**
     * What the mirror holds of these goods, in short.
     *
     * @param string[] $ids At most a page's.
     */
    public static function printOf(int $connection, array $ids): string
    {
        global $wpdb;
        if ($ids === []) {
            return '';
        }
        $sql = "SELECT CONCAT(COUNT(*), ':', BIT_XOR(CAST(CONV(LEFT(MD5(CONCAT_WS('|', remote_id, digest, COALESCE(stocks, '-'), description_hash)), 16), 16, 10) AS UNSIGNED)))
            FROM %i WHERE connection_id = %d AND remote_id IN (" . Query::places(count($ids)) . ')';

        return (string) $wpdb->get_var($wpdb->prepare($sql, Schema::table('good'), $connection, ...array_map('strval', $ids)));
    }

    private static function deletedPattern(): string
    {
        global $wpdb;

        return '%' . $wpdb->esc_like(self::DELETED) . '%';
    }

    /**
     * Marks goods that are proven to be deleted in the POS (B8). A row that is read again loses the mark.
     *
     * @param string[] $ids
     */
    public static function markDeleted(int $connection, array $ids): void
    {
        global $wpdb;
        foreach ($ids as $id) {
            $table = Schema::table('good');
            $sql = 'SELECT `row` FROM %i WHERE connection_id = %d AND remote_id = %s';
            $row = json_decode((string) $wpdb->get_var($wpdb->prepare($sql, $table, $connection, $id)), true);
            if (is_array($row)) {
                $text = Query::json(['deleted' => true] + $row);
                $sql = 'UPDATE %i SET `row` = %s, digest = %s WHERE connection_id = %d AND remote_id = %s';
                Query::write($wpdb->prepare($sql, $table, $text, md5($text), $connection, $id));
            }
        }
    }

    /**
     * The columns of one good.
     *
     * @param array<string, mixed> $row Cleaned by the site's own rules.
     * @return Record
     */
    private static function record(array $row): array
    {
        $description = isset($row['description']) ? (string) $row['description'] : null;
        $stocks = isset($row['stocks']) ? Query::json($row['stocks']) : null;
        unset($row['description'], $row['stocks']);
        $text = Query::json($row);

        return [
            'remote_id' => (string) $row['id'],
            'family_key' => (string) $row['family_key'],
            'sku_key' => mb_substr((string) $row['sku_key'], 0, 191),
            'digest' => md5($text),
            'row' => $text,
            'description' => $description,
            'description_hash' => (string) ($row['description_hash'] ?? ''),
            'stocks' => $stocks,
            'stock_as_of' => 0,
            'as_of' => 0,
            'reader_version' => '',
        ];
    }

    /** @param array<int, Record> $records */
    private static function upsert(int $connection, array $records): void
    {
        global $wpdb;
        $values = [];
        $args = [Schema::table('good')];
        foreach ($records as $record) {
            $places = ['%d'];
            $args[] = $connection;
            foreach (self::COLUMNS as $column) {
                $places[] = $record[$column] === null ? 'NULL' : '%s';
                if ($record[$column] !== null) {
                    $args[] = $record[$column];
                }
            }
            $values[] = '(' . implode(', ', $places) . ')';
        }
        $updates = array_map(static function (string $column): string {
            if ($column === 'stocks') {
                // What a notification brought after this was read is newer (D3). Before stock_as_of, which it compares.
                return 'stocks = IF(stock_as_of > VALUES(stock_as_of), stocks, VALUES(stocks))';
            }

            return $column === 'stock_as_of' ? 'stock_as_of = GREATEST(stock_as_of, VALUES(stock_as_of))' : "`$column` = VALUES(`$column`)";
        }, array_slice(self::COLUMNS, 1));
        $sql = 'INSERT INTO %i (connection_id, `' . implode('`, `', self::COLUMNS) . '`) VALUES '
            . implode(', ', $values) . ' ON DUPLICATE KEY UPDATE ' . implode(', ', $updates);
        Query::write($wpdb->prepare($sql, ...$args));
    }

    /**
     * @param string[] $ids
     * @return array<string, object> Digest and stock of the rows that are there, by id.
     */
    private static function stored(int $connection, array $ids): array
    {
        global $wpdb;
        if ($ids === []) {
            return [];
        }
        $sql = 'SELECT remote_id, digest, stocks, stock_as_of FROM %i WHERE connection_id = %d AND remote_id IN ('
            . Query::places(count($ids)) . ')';

        return (array) $wpdb->get_results($wpdb->prepare($sql, Schema::table('good'), $connection, ...$ids), OBJECT_K);
    }
}

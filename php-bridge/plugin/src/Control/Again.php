<?php

declare(strict_types=1);

namespace Dongbo\Control;

use Dongbo\Tables\Clock;
use Dongbo\Tables\Query;
use Dongbo\Tables\Schema;

/** Tries again what did not succeed (product.md H6): the goods are read from the POS and planned anew. */
final class Again
{
    /**
     * @param array<string, mixed> $issue A row of the issues' table.
     * @return int The run that does it.
     */
    public static function issue(int $connection, array $issue): int
    {
        $id = (string) $issue['item_id'];
        $goods = [];
        if ($issue['item_kind'] === 'good') {
            $goods = [$id];
        } elseif ($issue['item_kind'] === 'family') {
            $goods = self::ofFamily($connection, $id);
        }

        return $goods === [] ? Steer::start($connection, 'delta') : self::goods($connection, $goods);
    }

    /**
     * @param string[] $ids POS ids of goods.
     * @return int The run that does it.
     */
    public static function goods(int $connection, array $ids): int
    {
        self::makeDue($connection, $ids);

        return Steer::start($connection, 'named', $ids);
    }

    public static function dismiss(int $connection, int $issue): void
    {
        global $wpdb;
        Query::write($wpdb->prepare('DELETE FROM %i WHERE connection_id = %d AND id = %d', Schema::table('issue'), $connection, $issue));
    }

    /**
     * The families of these goods are planned by the next run though nothing in their input changes.
     *
     * @param string[] $ids
     */
    public static function makeDue(int $connection, array $ids): void
    {
        global $wpdb;
        foreach (array_chunk($ids, 500) as $part) {
            $sql = 'UPDATE %i f JOIN %i g ON g.connection_id = f.connection_id AND g.family_key = f.family_key SET f.due = %d'
                . ' WHERE f.connection_id = %d AND g.remote_id IN (' . Query::places(count($part)) . ')';
            Query::write($wpdb->prepare($sql, Schema::table('family'), Schema::table('good'), Clock::now(), $connection, ...$part));
        }
    }

    /** @return string[] The goods of a family, by its own id (which may name a unit level). */
    private static function ofFamily(int $connection, string $family): array
    {
        global $wpdb;
        $sql = 'SELECT remote_id FROM %i WHERE connection_id = %d AND family_key = %s LIMIT 200';

        return array_map('strval', $wpdb->get_col($wpdb->prepare($sql, Schema::table('good'), $connection, explode('|', $family, 2)[0])));
    }
}

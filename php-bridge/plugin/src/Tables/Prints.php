<?php

declare(strict_types=1);

namespace Dongbo\Tables;

/** Prints of families ({@see \Dongbo\Sync\Prints}), and under the empty key that of everything they share. */
final class Prints
{
    private const BATCH = 200;

    private function __construct()
    {
    }

    /** The shared print; empty when none was stored. */
    public static function shared(int $connection): string
    {
        global $wpdb;

        return (string) $wpdb->get_var($wpdb->prepare('SELECT print FROM %i WHERE connection_id = %d AND family_key = %s', Schema::table('print'), $connection, ''));
    }

    /**
     * @param string[] $keys
     *
     * @return string[] The products each of these families was made of, divided by commas.
     */
    public static function products(int $connection, array $keys): array
    {
        global $wpdb;
        $sql = 'SELECT products FROM %i WHERE connection_id = %d AND family_key IN (' . Query::places(count($keys)) . ')';

        return array_map('strval', $wpdb->get_col($wpdb->prepare($sql, Schema::table('print'), $connection, ...$keys)));
    }

    /**
     * The families behind one key and up to another, with what is stored of their plans.
     *
     * @param string|null $to Null: to the end.
     *
     * @return array<string, array{print: string, identity: string, products: string, digest: string, due: int|null}>
     */
    public static function between(int $connection, string $after, ?string $to): array
    {
        global $wpdb;
        $rows = [];
        $sql = $wpdb->prepare(
            'SELECT p.family_key, p.print, p.identity, p.products, f.digest, f.due FROM %i p
            JOIN %i f ON f.connection_id = p.connection_id AND f.family_key = p.family_key
            WHERE p.connection_id = %d AND p.family_key > %s',
            Schema::table('print'),
            Schema::table('family'),
            $connection,
            $after
        ) . ($to === null ? '' : $wpdb->prepare(' AND p.family_key <= %s', $to)) . ' ORDER BY p.family_key';
        // phpcs:ignore WordPress.DB.PreparedSQL -- prepared above.
        foreach ($wpdb->get_results($sql, ARRAY_A) as $row) {
            $name = (string) $row['family_key'];
            unset($row['family_key']);
            $rows[$name] = ['due' => $row['due'] === null ? null : (int) $row['due']] + $row;
        }

        return $rows;
    }

    /**
     * Stores those that are other than what is stored.
     *
     * @param array<string, array{print: string, identity: string, products: string}> $prints By family.
     *
     * @throws \Dongbo\Lanes\TransactionLost
     */
    public static function put(int $connection, array $prints): void
    {
        global $wpdb;
        foreach (array_chunk($prints, self::BATCH, true) as $part) {
            $sql = 'SELECT family_key, print, identity, products FROM %i WHERE connection_id = %d AND family_key IN (' . Query::places(count($part)) . ')';
            foreach ($wpdb->get_results($wpdb->prepare($sql, Schema::table('print'), $connection, ...array_map('strval', array_keys($part)))) as $row) {
                if ($part[$row->family_key] === ['print' => $row->print, 'identity' => $row->identity, 'products' => $row->products]) {
                    unset($part[$row->family_key]);
                }
            }
            if ($part === []) {
                continue;
            }
            $places = [];
            $args = [Schema::table('print')];
            foreach ($part as $key => $print) {
                $places[] = '(%d, %s, %s, %s, %s)';
                array_push($args, $connection, (string) $key, $print['print'], $print['identity'], $print['products']);
            }
            Query::write($wpdb->prepare(
                'INSERT INTO %i (connection_id, family_key, print, identity, products) VALUES ' . implode(', ', $places)
                . ' ON DUPLICATE KEY UPDATE print = VALUES(print), identity = VALUES(identity), products = VALUES(products)',
                ...$args
            ));
        }
    }
}

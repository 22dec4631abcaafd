<?php

declare(strict_types=1);

namespace Dongbo\Tables;

/** Which term stands for which POS category (src/model/category.rs). */
final class CategoryLinks
{
    private function __construct()
    {
    }

    /** @return array<string, array<string, mixed>> CategoryLink records by remote id. */
    public static function all(int $connection): array
    {
        global $wpdb;
        $links = [];
        foreach ($wpdb->get_results($wpdb->prepare('SELECT remote_id, term_id, name, parent, term_gone FROM %i WHERE connection_id = %d ORDER BY id', Schema::table('category_link'), $connection)) as $row) {
            $links[(string) $row->remote_id] = [
                'remote_id' => (string) $row->remote_id,
                'term_id' => (int) $row->term_id,
                'term_gone' => (bool) $row->term_gone,
                'name' => (string) $row->name,
                'parent' => (int) $row->parent,
            ];
        }

        return $links;
    }

    /** @param string[] $ids Remote ids. */
    public static function drop(int $connection, array $ids): void
    {
        global $wpdb;
        foreach (array_chunk($ids, 200) as $part) {
            $sql = 'DELETE FROM %i WHERE connection_id = %d AND remote_id IN (' . Query::places(count($part)) . ')';
            Query::write($wpdb->prepare($sql, Schema::table('category_link'), $connection, ...$part));
        }
    }

    /** The pair of a term ends; without a word when there is none. */
    public static function dropTerm(int $connection, int $term): void
    {
        global $wpdb;
        Query::write($wpdb->prepare('DELETE FROM %i WHERE connection_id = %d AND term_id = %d', Schema::table('category_link'), $connection, $term));
    }

    /**
     * @param array<string, mixed> $link        A CategoryLink record.
     * @param bool|null            $createdHere Null leaves it as it is.
     *
     * @throws \Dongbo\Lanes\TransactionLost When the term is linked to another category.
     */
    public static function put(int $connection, array $link, bool $exists, ?bool $createdHere): void
    {
        global $wpdb;
        $name = mb_substr((string) $link['name'], 0, 255);
        if (!$exists) {
            Query::write($wpdb->prepare(
                'INSERT INTO %i (connection_id, remote_id, term_id, name, parent, term_gone, created_here) VALUES (%d, %s, %d, %s, %d, %d, %d)',
                Schema::table('category_link'),
                $connection,
                $link['remote_id'],
                $link['term_id'],
                $name,
                $link['parent'],
                empty($link['term_gone']) ? 0 : 1,
                $createdHere ? 1 : 0
            ));
            return;
        }
        $made = $createdHere === null ? '' : ', created_here = ' . ($createdHere ? 1 : 0);
        Query::write($wpdb->prepare(
            "UPDATE %i SET term_id = %d, name = %s, parent = %d, term_gone = %d$made WHERE connection_id = %d AND remote_id = %s",
            Schema::table('category_link'),
            $link['term_id'],
            $name,
            $link['parent'],
            empty($link['term_gone']) ? 0 : 1,
            $connection,
            $link['remote_id']
        ));
    }
}

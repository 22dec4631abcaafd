<?php

declare(strict_types=1);

namespace Dongbo\Tests\Contract;

/**
 * Gives ids of this run names that are the same in every run: `post:1` is the case's first post.
 *
 * Each kind counts from a number of its own, far above any price or quantity in a case.
 */
final class Ids
{
    private const KINDS = [
        'post' => ['posts', 'ID', 710000000],
        'term' => ['terms', 'term_id', 720000000],
        'tt' => ['term_taxonomy', 'term_taxonomy_id', 730000000],
        'job' => ['actionscheduler_actions', 'action_id', 740000000],
        'attribute' => ['woocommerce_attribute_taxonomies', 'attribute_id', 750000000],
    ];

    private array $names = [];

    /** Lets the tables count from there. Done once a database. */
    public static function prepare(): void
    {
        global $wpdb;
        foreach (self::KINDS as [$table, , $from]) {
            $wpdb->query("ALTER TABLE {$wpdb->prefix}{$table} AUTO_INCREMENT = {$from}");
        }
    }

    /** Names every new id among the rows, in the order in which they were given out. */
    public function learn(array $tables): void
    {
        foreach (self::KINDS as $kind => [$table, $column, $from]) {
            $ids = array_map('intval', array_column($tables[$table] ?? [], $column));
            sort($ids);
            foreach ($ids as $id) {
                if ($id >= $from && !isset($this->names[$id])) {
                    $known = array_filter($this->names, static fn (string $name): bool => strpos($name, $kind . ':') === 0);
                    $this->names[$id] = $kind . ':' . (count($known) + 1);
                }
            }
        }
    }

    /** Writes names for ids wherever they stand in a text. */
    public function replace(string $text): string
    {
        return preg_replace_callback('/(?<!\d)7[1-5]\d{7}(?!\d)/', function (array $found) {
            return $this->names[(int) $found[0]] ?? 'a row that is gone';
        }, $text);
    }
}

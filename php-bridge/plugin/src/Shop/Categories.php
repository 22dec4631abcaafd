<?php

declare(strict_types=1);

namespace Dongbo\Shop;

/** Product categories: read in one statement, written through WordPress. */
final class Categories
{
    private const TAXONOMY = 'product_cat';

    private static bool $busy = false;

    private function __construct()
    {
    }

    /** @return array<int, array{id: int, name: string, parent: int}> Term records by id. */
    public static function all(): array
    {
        global $wpdb;
        $rows = $wpdb->get_results($wpdb->prepare("SELECT t.term_id, t.name, x.parent FROM {$wpdb->terms} t JOIN {$wpdb->term_taxonomy} x ON x.term_id = t.term_id WHERE x.taxonomy = %s ORDER BY t.term_id", self::TAXONOMY));
        $terms = [];
        foreach ($rows as $row) {
            $terms[(int) $row->term_id] = self::record($row);
        }

        return $terms;
    }

    /** Dongbo itself is writing a category: no edit by a person. */
    public static function busy(): bool
    {
        return self::$busy;
    }

    /** The category WooCommerce puts products into that have none; 0 for none. */
    public static function ofNone(): int
    {
        return (int) get_option('default_product_cat', 0);
    }

    /** @return array{id: int, name: string, parent: int}|null One Term record. */
    public static function one(int $id): ?array
    {
        global $wpdb;
        $row = $wpdb->get_row($wpdb->prepare("SELECT t.term_id, t.name, x.parent FROM {$wpdb->terms} t JOIN {$wpdb->term_taxonomy} x ON x.term_id = t.term_id WHERE x.taxonomy = %s AND t.term_id = %d", self::TAXONOMY, $id));

        return $row === null ? null : self::record($row);
    }

    /**
     * @param string $name     Plain text.
     * @param int    $parent   Term id, 0 for a root.
     * @param string $remoteId Makes the slug unique where WordPress would take two names for one.
     *
     * @throws Refused
     */
    public static function create(string $name, int $parent, string $remoteId): int
    {
        $made = self::writing(static function () use ($name, $parent, $remoteId) {
            $made = wp_insert_term(wp_slash(Clean::storedTerm($name)), self::TAXONOMY, ['parent' => $parent]);
            if (is_wp_error($made) && $made->get_error_code() === 'term_exists') {
                $slug = sanitize_title($name . '-' . $remoteId);
                $made = wp_insert_term(wp_slash(Clean::storedTerm($name)), self::TAXONOMY, ['parent' => $parent, 'slug' => $slug]);
            }

            return $made;
        });
        if (is_wp_error($made)) {
            throw new Refused('category-refused', ['name' => $name, 'cause' => wp_strip_all_tags($made->get_error_message())]);
        }

        return (int) $made['term_id'];
    }

    /**
     * Renames and moves; the address (slug) stays, it may be linked from outside.
     *
     * @throws Refused
     */
    public static function update(int $id, string $name, int $parent): void
    {
        $made = self::writing(static function () use ($id, $name, $parent) {
            return wp_update_term($id, self::TAXONOMY, ['name' => wp_slash(Clean::storedTerm($name)), 'parent' => $parent]);
        });
        if (is_wp_error($made)) {
            throw new Refused('category-refused', ['name' => $name, 'cause' => wp_strip_all_tags($made->get_error_message())]);
        }
    }

    public static function delete(int $id): bool
    {
        return self::writing(static function () use ($id) {
            return wp_delete_term($id, self::TAXONOMY);
        }) === true;
    }

    /**
     * @template T
     * @param callable(): T $work
     * @return T
     */
    private static function writing(callable $work)
    {
        self::$busy = true;
        try {
            return $work();
        } finally {
            self::$busy = false;
        }
    }

    /** @return array{id: int, name: string, parent: int} */
    private static function record(\stdClass $row): array
    {
        return ['id' => (int) $row->term_id, 'name' => Texts::plain((string) $row->name), 'parent' => (int) $row->parent];
    }
}

<?php

declare(strict_types=1);

namespace Dongbo\Shop;

/**
 * WooCommerce's brands (`product_brand`, part of it since 9.6, before that a feature that may be off):
 * where the taxonomy is not there, nothing is written.
 */
final class Brands
{
    private const TAXONOMY = 'product_brand';

    private function __construct()
    {
    }

    /** Whether the shop knows brands. */
    public static function known(): bool
    {
        return taxonomy_exists(self::TAXONOMY);
    }

    /**
     * Makes sure that a brand exists; to be called before the transaction that needs it.
     *
     * @throws Refused When WordPress will not have it.
     */
    public static function ensure(string $name): int
    {
        $id = self::find($name);
        if ($id > 0) {
            return $id;
        }
        $slug = sanitize_title($name);
        if ($slug === '' || get_term_by('slug', $slug, self::TAXONOMY) !== false) {
            // `Đo` and `Đỏ` are two brands with one slug.
            $slug = ($slug === '' ? 'b' : $slug) . '-' . substr(md5($name), 0, 6);
        }
        $made = wp_insert_term(wp_slash(Clean::storedTerm($name)), self::TAXONOMY, ['slug' => $slug]);
        if (is_wp_error($made)) {
            throw new Refused('brand-refused', ['brand' => $name, 'cause' => wp_strip_all_tags($made->get_error_message())]);
        }

        return (int) $made['term_id'];
    }

    /**
     * @throws Refused When the brand does not exist: {@see ensure} was not called or failed.
     */
    public static function assign(int $product, string $name): void
    {
        $id = $name === '' ? 0 : self::find($name);
        if ($name !== '' && $id === 0) {
            throw new Refused('brand-refused', ['brand' => $name, 'cause' => '-']);
        }
        wp_set_object_terms($product, $id === 0 ? [] : [$id], self::TAXONOMY);
    }

    /** By its exact name: the database's comparison takes `Đo` for `Đỏ`. */
    private static function find(string $name): int
    {
        global $wpdb;
        $stored = Clean::storedTerm($name);
        $rows = $wpdb->get_results($wpdb->prepare("SELECT t.term_id, t.name FROM {$wpdb->terms} t JOIN {$wpdb->term_taxonomy} x ON x.term_id = t.term_id WHERE x.taxonomy = %s AND t.name = %s ORDER BY t.term_id", self::TAXONOMY, $stored));
        $loose = 0;
        foreach ($rows as $row) {
            if (Texts::plain((string) $row->name) === $name) {
                return (int) $row->term_id;
            }
            if ($loose === 0 && Texts::loose(Texts::plain((string) $row->name)) === Texts::loose($name)) {
                $loose = (int) $row->term_id;
            }
        }

        return $loose;
    }
}

<?php

declare(strict_types=1);

namespace Dongbo\Shop;

/**
 * Answers whether something in the trash holds the address (slug) of a product that is created.
 *
 * WordPress looks for it with every new post and moves what it finds out of the way. What went into
 * the trash since WordPress 4.5 has moved already (`…__trashed`), so one look per transaction tells
 * for nearly every shop that there is nothing to find. Where there is, WordPress looks for itself.
 */
final class KnownTrash
{
    private ?bool $empty = null;

    public function listen(): void
    {
        add_filter('add_trashed_suffix_to_trashed_posts', [$this, 'beforeLook'], PHP_INT_MAX);
    }

    public function leave(): void
    {
        remove_filter('add_trashed_suffix_to_trashed_posts', [$this, 'beforeLook'], PHP_INT_MAX);
    }

    /**
     * @param mixed $look
     *
     * @return mixed
     */
    public function beforeLook($look)
    {
        if ($this->empty === null) {
            $this->empty = self::isEmpty();
        }

        return $this->empty ? false : $look;
    }

    private static function isEmpty(): bool
    {
        global $wpdb;
        // The types WordPress itself looks through; with them its index on type and status serves.
        $types = array_values(get_post_types(['exclude_from_search' => false]));
        if ($types === []) {
            return true;
        }
        $in = implode(', ', array_fill(0, count($types), '%s'));

        // phpcs:ignore WordPress.DB.PreparedSQL -- placeholders only.
        return $wpdb->get_var($wpdb->prepare("SELECT ID FROM {$wpdb->posts} WHERE post_type IN ($in) AND post_status = 'trash' AND post_name <> '' AND post_name NOT LIKE %s LIMIT 1", array_merge($types, ['%' . $wpdb->esc_like('__trashed')]))) === null && $wpdb->last_error === '';
    }
}

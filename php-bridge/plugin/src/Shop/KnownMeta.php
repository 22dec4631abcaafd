<?php

declare(strict_types=1);

namespace Dongbo\Shop;

/**
 * Keeps what is known of one product's meta while it is saved.
 *
 * WordPress forgets a post's meta with every key that is written and reads all of it again for the
 * next, looks for each key before it adds it, and writes each by itself: of the 160 statements of a
 * new product 76 are these. Here the cache is filled again from memory, a key that does not exist is
 * added without looking for it and not looked for to be deleted, and added rows wait for each other
 * ({@see MetaIds}). Rows, their ids in the hooks and the hooks' order stay the same, which a test
 * compares.
 *
 * Only while every write to the table is accounted for by its hook: with the first that is not
 * (plain SQL by some plugin) nothing is known any more and WordPress reads for itself. Whatever
 * statement names the table, rows that wait are written before it.
 */
final class KnownMeta
{
    private int $id;

    /** What tells the new product's row in `posts`. */
    private string $mark;

    private ?MetaIds $ids;

    /** @var array<string, array<int, string|null>>|null Stored values by key. */
    private ?array $known = null;

    /** Writes whose hook has not come yet. */
    private int $pending = 0;

    /** Somebody wrote to the table before the product had an id. */
    private bool $strayed = false;

    /** @var array<int, array{0: string, 1: string|null}> Rows that wait, by their ids. */
    private array $waiting = [];

    private bool $writing = false;

    private function __construct(int $id, string $mark, ?MetaIds $ids)
    {
        $this->id = $id;
        $this->mark = $mark;
        $this->ids = $ids;
    }

    /**
     * Runs a save.
     *
     * @template T
     *
     * @param int           $id   The product, 0 for a new one.
     * @param string        $mark {@see Origins::mark} of a new one.
     * @param MetaIds|null  $ids  Null where each row is written at once.
     * @param callable(): T $save
     *
     * @return T
     */
    public static function during(int $id, string $mark, ?MetaIds $ids, callable $save)
    {
        $self = new self($id, $mark, $ids);
        $hooks = [
            ['query', 'onQuery', 1],
            ['added_post_meta', 'onAdded', 4],
            ['updated_post_meta', 'onUpdated', 4],
            ['deleted_post_meta', 'onDeleted', 4],
            ['clean_post_cache', 'onCleaned', 1],
            ['transition_post_status', 'onStatus', 3],
            ['woocommerce_new_product', 'onCreated', 2],
        ];
        $before = [['add_post_metadata', 'beforeAdd'], ['update_post_metadata', 'beforeUpdate'], ['delete_post_metadata', 'beforeDelete']];
        foreach ($hooks as [$name, $method, $arguments]) {
            add_filter($name, [$self, $method], PHP_INT_MIN, $arguments);
        }
        foreach ($before as [$name, $method]) {
            add_filter($name, [$self, $method], PHP_INT_MAX, 5);
        }
        try {
            if ($id !== 0) {
                $self->read();
            }

            return $save();
        } finally {
            $self->write();
            foreach ($hooks as [$name, $method]) {
                remove_filter($name, [$self, $method], PHP_INT_MIN);
            }
            foreach ($before as [$name, $method]) {
                remove_filter($name, [$self, $method], PHP_INT_MAX);
            }
        }
    }

    /**
     * The first hook that knows a new post's id.
     *
     * @param string   $new
     * @param string   $old
     * @param \WP_Post $post
     */
    public function onStatus($new, $old, $post): void
    {
        if ($this->id !== 0 || $old !== 'new' || $post->post_content_filtered !== $this->mark
            || !in_array($post->post_type, ['product', 'product_variation'], true)) {
            return;
        }
        $this->id = (int) $post->ID;
        if ($this->strayed) {
            $this->read();
        } else {
            $this->known = [];
            $this->remember();
        }
    }

    /**
     * WooCommerce reads a new product's meta of other plugins right after it has created it; there
     * is none unless one of the known keys is not WooCommerce's own. What is added after this makes
     * WooCommerce forget the answer.
     *
     * @param int         $id
     * @param \WC_Product $product
     */
    public function onCreated($id, $product): void
    {
        $store = $product->get_data_store();
        if ((int) $id === $this->id && $this->known !== null && $this->pending === 0
            && $store instanceof \WC_Data_Store && is_a($store->get_current_class_name(), \WC_Product_Data_Store_CPT::class, true)
            && array_diff(array_keys($this->known), (new \WC_Product_Data_Store_CPT())->get_internal_meta_keys()) === []) {
            wp_cache_set($product->get_meta_cache_key(), [], 'products');
        }
    }

    /**
     * @param string $sql
     *
     * @return string
     */
    public function onQuery($sql)
    {
        global $wpdb;
        if ($this->writing || strpos((string) $sql, $wpdb->postmeta) === false) {
            return $sql;
        }
        $this->write();
        if (strncasecmp(ltrim((string) $sql), 'SELECT', 6) !== 0) {
            $this->known === null ? $this->strayed = true : $this->pending++;
        }

        return $sql;
    }

    /** @param int $id */
    public function onCleaned($id): void
    {
        if ((int) $id === $this->id) {
            $this->remember();
        }
    }

    /**
     * @param int    $metaId
     * @param int    $id
     * @param string $key
     * @param mixed  $value
     */
    public function onAdded($metaId, $id, $key, $value): void
    {
        if (!isset($this->waiting[(int) $metaId]) && $this->accounted((int) $id)) {
            $this->known[$key][] = self::stored($value);
            $this->remember();
        }
    }

    /**
     * @param int    $metaId
     * @param int    $id
     * @param string $key
     * @param mixed  $value
     */
    public function onUpdated($metaId, $id, $key, $value): void
    {
        if ($this->accounted((int) $id)) {
            if (count($this->known[$key] ?? []) === 1) {
                $this->known[$key] = [self::stored($value)];
            } else {
                $this->stop();
            }
            $this->remember();
        }
    }

    /**
     * @param int[]  $metaIds
     * @param int    $id
     * @param string $key
     * @param mixed  $value
     */
    public function onDeleted($metaIds, $id, $key, $value): void
    {
        if ($this->accounted((int) $id)) {
            if (count((array) $metaIds) === count($this->known[$key] ?? [])) {
                unset($this->known[$key]);
            } else {
                $this->stop();
            }
            $this->remember();
        }
    }

    /**
     * What WordPress would do next, but for the INSERT, which waits.
     *
     * @param mixed  $done
     * @param int    $id
     * @param string $key
     * @param mixed  $value
     * @param bool   $unique
     *
     * @return mixed
     */
    public function beforeAdd($done, $id, $key, $value, $unique)
    {
        if ($done !== null || $unique || $this->ids === null || (int) $id !== $this->id || $this->known === null || $this->pending !== 0) {
            return $done;
        }
        $stored = self::stored($value);
        if (self::holdsObjects($value) || !self::fits((string) $key, $stored)) {
            return $done;
        }
        $this->writing = true;
        $metaId = $this->ids->take();
        $this->writing = false;
        if ($metaId === 0) {
            return $done;
        }
        do_action('add_post_meta', $id, $key, $value);
        $this->waiting[$metaId] = [(string) $key, $stored];
        if ($this->known !== null) {
            $this->known[$key][] = $stored;
            $this->remember();
        }
        do_action('added_post_meta', $metaId, $id, $key, $value);

        return $metaId;
    }

    /**
     * A key that does not exist: what WordPress would do after it has looked.
     *
     * @param mixed  $done
     * @param int    $id
     * @param string $key
     * @param mixed  $value
     * @param mixed  $previous
     *
     * @return mixed
     */
    public function beforeUpdate($done, $id, $key, $value, $previous)
    {
        if ($done !== null || (int) $id !== $this->id || !$this->lacks($key) || !empty($previous) || self::holdsObjects($value)) {
            return $done;
        }

        return add_metadata('post', $this->id, wp_slash($key), wp_slash($value)) !== false;
    }

    /**
     * @param mixed  $done
     * @param int    $id
     * @param string $key
     * @param mixed  $value
     * @param bool   $all
     *
     * @return mixed
     */
    public function beforeDelete($done, $id, $key, $value, $all)
    {
        return $done === null && (int) $id === $this->id && !$all && $this->lacks($key) ? false : $done;
    }

    /** The rows that wait, in one statement; a refusal is seen by whoever watches the transaction. */
    private function write(): void
    {
        global $wpdb;
        if ($this->waiting === []) {
            return;
        }
        $rows = [];
        foreach ($this->waiting as $metaId => [$key, $value]) {
            $rows[] = $value === null
                ? $wpdb->prepare('(%d, %d, %s, NULL)', $metaId, $this->id, $key)
                : $wpdb->prepare('(%d, %d, %s, %s)', $metaId, $this->id, $key, $value);
        }
        $this->waiting = [];
        $this->writing = true;
        // phpcs:ignore WordPress.DB.PreparedSQL -- prepared row by row.
        $wpdb->query("INSERT INTO {$wpdb->postmeta} (meta_id, post_id, meta_key, meta_value) VALUES " . implode(', ', $rows));
        $this->writing = false;
    }

    private function lacks(string $key): bool
    {
        return $this->known !== null && $this->pending === 0 && !isset($this->known[$key]);
    }

    /** The write just done is the one this hook is about. */
    private function accounted(int $id): bool
    {
        if ($this->known === null) {
            return false;
        }
        $this->pending--;
        if ($this->pending !== 0) {
            $this->stop();
        }

        return $this->known !== null && $id === $this->id;
    }

    private function read(): void
    {
        global $wpdb;
        $this->known = [];
        foreach ($wpdb->get_results($wpdb->prepare("SELECT meta_key, meta_value FROM {$wpdb->postmeta} WHERE post_id = %d ORDER BY meta_id", $this->id)) as $row) {
            if ($row->meta_key === null) {
                $this->known = null;

                return;
            }
            $this->known[$row->meta_key][] = $row->meta_value;
        }
        $this->remember();
    }

    private function remember(): void
    {
        if ($this->known !== null) {
            wp_cache_set($this->id, $this->known, 'post_meta');
        }
    }

    private function stop(): void
    {
        $this->known = null;
        wp_cache_delete($this->id, 'post_meta');
    }

    /**
     * @param mixed $value
     */
    private static function stored($value): ?string
    {
        return $value === null ? null : (string) maybe_serialize($value);
    }

    /** Whether the database takes it as it is; what it would not, WordPress refuses itself. */
    private static function fits(string $key, ?string $value): bool
    {
        global $wpdb;

        return strlen($key) <= 255 && ($value === null || !preg_match('/[^\x00-\x7f]/', $value)
            || $wpdb->strip_invalid_text_for_column($wpdb->postmeta, 'meta_value', $value) === $value);
    }

    /** @param mixed $value */
    private static function holdsObjects($value): bool
    {
        if (!is_array($value)) {
            return is_object($value);
        }
        $found = false;
        array_walk_recursive($value, static function ($one) use (&$found): void {
            $found = $found || is_object($one);
        });

        return $found;
    }
}

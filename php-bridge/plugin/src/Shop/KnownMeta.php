<?php

declare(strict_types=1);

namespace Dongbo\Shop;

/**
 * Keeps what is known of one product's meta while it is saved.
 *
 * WordPress forgets a post's meta with every key that is written and reads all of it again for the
 * next, and looks for each key before it adds it: of the 160 statements of a new product 56 ask
 * what this request has just written itself. Here the cache is filled again from memory, a key that
 * does not exist is added without looking for it, and one that does not exist is not looked for to
 * be deleted. Rows and hooks stay the same, which a test compares.
 *
 * Only while every write to the table is accounted for by its hook: with the first that is not
 * (plain SQL by some plugin) nothing is known any more and WordPress reads for itself.
 */
final class KnownMeta
{
    private int $id;

    /** @var array<string, string[]>|null Stored values by key. */
    private ?array $known = null;

    /** Writes whose hook has not come yet. */
    private int $pending = 0;

    private function __construct(int $id)
    {
        $this->id = $id;
    }

    /**
     * Runs a save.
     *
     * @template T
     *
     * @param int           $id   The product, 0 for a new one.
     * @param callable(): T $save
     *
     * @return T
     */
    public static function during(int $id, callable $save)
    {
        $self = new self($id);
        $hooks = [
            ['query', 'onQuery', 1],
            ['added_post_meta', 'onAdded', 4],
            ['updated_post_meta', 'onUpdated', 4],
            ['deleted_post_meta', 'onDeleted', 4],
        ];
        foreach ($hooks as [$name, $method, $arguments]) {
            add_filter($name, [$self, $method], PHP_INT_MIN, $arguments);
        }
        add_filter('update_post_metadata', [$self, 'beforeUpdate'], PHP_INT_MAX, 5);
        add_filter('delete_post_metadata', [$self, 'beforeDelete'], PHP_INT_MAX, 5);
        add_action('wp_insert_post', [$self, 'onInserted'], PHP_INT_MAX, 3);
        try {
            if ($id !== 0) {
                $self->read();
            }

            return $save();
        } finally {
            foreach ($hooks as [$name, $method]) {
                remove_filter($name, [$self, $method], PHP_INT_MIN);
            }
            remove_filter('update_post_metadata', [$self, 'beforeUpdate'], PHP_INT_MAX);
            remove_filter('delete_post_metadata', [$self, 'beforeDelete'], PHP_INT_MAX);
            remove_action('wp_insert_post', [$self, 'onInserted'], PHP_INT_MAX);
        }
    }

    /**
     * @param int      $id
     * @param \WP_Post $post
     * @param bool     $update
     */
    public function onInserted($id, $post, $update): void
    {
        if ($this->id === 0 && !$update && in_array($post->post_type, ['product', 'product_variation'], true)) {
            $this->id = (int) $id;
            $this->read();
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
        if ($this->known !== null && strncasecmp(ltrim((string) $sql), 'SELECT', 6) !== 0 && strpos((string) $sql, $wpdb->postmeta) !== false) {
            $this->pending++;
        }

        return $sql;
    }

    /**
     * @param int    $metaId
     * @param int    $id
     * @param string $key
     * @param mixed  $value
     */
    public function onAdded($metaId, $id, $key, $value): void
    {
        if ($this->accounted((int) $id)) {
            $stored = self::stored($value);
            $stored === null ? $this->stop() : $this->known[$key][] = $stored;
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
            $stored = self::stored($value);
            if ($stored === null || count($this->known[$key] ?? []) !== 1) {
                $this->stop();
            } else {
                $this->known[$key] = [$stored];
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
            if ($row->meta_key === null || $row->meta_value === null) {
                $this->known = null;

                return;
            }
            $this->known[$row->meta_key][] = (string) $row->meta_value;
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

    /** @param mixed $value */
    private static function holdsObjects($value): bool
    {
        if (!is_array($value)) {
            return is_object($value) || $value === null;
        }
        $found = false;
        array_walk_recursive($value, static function ($one) use (&$found): void {
            $found = $found || is_object($one);
        });

        return $found;
    }
}

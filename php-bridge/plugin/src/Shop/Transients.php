<?php

declare(strict_types=1);

namespace Dongbo\Shop;

/**
 * Transients kept in memory while products are saved in a transaction, and brought up to date once
 * after COMMIT.
 *
 * WooCommerce drops a dozen transients with every save. In a transaction each of them locks its row
 * of `options` until COMMIT, and these rows are everybody's: measured, shoppers who bought meanwhile
 * ran into deadlocks on `wc_term_counts`. Half of the statements of a save go with them. Where an
 * object cache is installed transients are no rows and nothing is held.
 */
final class Transients
{
    private static bool $anyHeld = false;

    private bool $held;

    /** @var array<string, true> Dropped. */
    private array $dropped = [];

    /** @var array<string, int> Set again after they were dropped, with their seconds to live. */
    private array $set = [];

    private function __construct()
    {
        $this->held = !wp_using_ext_object_cache();
    }

    /** From here on transients of this request stay in memory. */
    public static function hold(): self
    {
        $self = new self();
        if ($self->held) {
            wp_using_ext_object_cache(true);
            self::$anyHeld = true;
            add_action('all', [$self, 'note'], 10, 3);
        }

        return $self;
    }

    /** Whether WordPress is told of an object cache only so that they stay in memory. */
    public static function held(): bool
    {
        return self::$anyHeld;
    }

    /**
     * Notes what is dropped or set. Called for every hook there is.
     *
     * @param string $hook
     * @param mixed  $value
     * @param mixed  $seconds
     */
    public function note($hook, $value = null, $seconds = 0): void
    {
        // Some hundred times a product, so the first letter decides for most.
        if ($hook[0] !== 'd' && $hook[0] !== 'p') {
            return;
        }
        if (strncmp($hook, 'delete_transient_', 17) === 0) {
            $name = substr($hook, 17);
            $this->dropped[$name] = true;
            unset($this->set[$name]);
        } elseif (strncmp($hook, 'pre_set_transient_', 18) === 0) {
            $this->set[substr($hook, 18)] = (int) $seconds;
        }
    }

    /**
     * The transaction was committed: what was dropped is dropped now, what was made anew is stored.
     *
     * What was only set because memory did not know it, and is stored, stands as it stood.
     */
    public function replay(): void
    {
        $dropped = $this->dropped;
        $made = [];
        foreach ($this->set as $name => $seconds) {
            $made[$name] = [wp_cache_get((string) $name, 'transient'), $seconds];
        }
        $this->release();
        $stored = self::stored(array_keys($dropped + $made));
        foreach (array_intersect_key($stored, $dropped) as $name => $one) {
            delete_transient((string) $name);
        }
        foreach ($made as $name => [$value, $seconds]) {
            if ($value !== false && (isset($dropped[$name]) || !isset($stored[$name]))) {
                set_transient((string) $name, $value, $seconds);
            }
        }
    }

    /**
     * @param array<int, int|string> $names
     *
     * @return array<string, true> Those that are rows.
     */
    private static function stored(array $names): array
    {
        global $wpdb;
        $stored = [];
        foreach (array_chunk($names, 200) as $part) {
            $options = array_map(static function ($name): string {
                return '_transient_' . $name;
            }, $part);
            $in = implode(', ', array_fill(0, count($options), '%s'));
            // phpcs:ignore WordPress.DB.PreparedSQL -- placeholders only.
            foreach ($wpdb->get_col($wpdb->prepare("SELECT option_name FROM {$wpdb->options} WHERE option_name IN ($in)", $options)) as $option) {
                $stored[substr((string) $option, 11)] = true;
            }
        }

        return $stored;
    }

    /** Transients are rows again. */
    public function release(): void
    {
        if (!$this->held) {
            return;
        }
        remove_action('all', [$this, 'note']);
        foreach (array_keys($this->dropped + $this->set) as $name) {
            wp_cache_delete((string) $name, 'transient');
        }
        wp_using_ext_object_cache(false);
        $this->held = false;
        self::$anyHeld = false;
        $this->dropped = [];
        $this->set = [];
    }
}

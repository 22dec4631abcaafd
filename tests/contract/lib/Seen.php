<?php

declare(strict_types=1);

namespace Dongbo\Contract;

/**
 * Everything a way of saving products leaves behind, in a form in which two ways can be compared:
 * rows, counts, layered navigation, transients, jobs and hooks, with ids made relative.
 */
final class Seen
{
    private const HOOKS = '/^((add|added|update|updated|delete|deleted)_(post_?meta|term_relationships?)|save_post(_product(_variation)?)?|wp_insert_post|set_object_terms|transition_post_status'
        . '|woocommerce_(?!.*(_get_|delete_product_transients|_type_query|_data_store|_class$|_options$|_read|_amount$|_is_|_title|run_product_attribute))\w*(product|variation|stock)\w*)$/';

    /** Transients a shop has, one of them another plugin's. */
    private const TRANSIENTS = ['wc_products_onsale', 'wc_featured_products', 'wc_outofstock_count', 'wc_low_stock_count', 'wc_term_counts', 'wc_other_plugin'];

    private const JOB = 'woocommerce_run_product_attribute_lookup_update_callback';

    private const COUNTING = '/^woocommerce_(product_recount_terms|term_recount_product_count) /';

    private static int $first = 710000000;

    /** @var array<int, string> Names by id. */
    private array $names;

    /** @param array<int, string> $names */
    private function __construct(array $names)
    {
        $this->names = $names;
    }

    /**
     * @param callable(): array<string, int> $work Gives the products by name; the same names for both ways.
     *
     * @return array<string, mixed> What there is to compare, by kind.
     */
    public static function of(callable $work): array
    {
        global $wpdb;
        // Ids that are no price, quantity or term, and never an earlier case's.
        self::$first += 1000;
        $wpdb->query("ALTER TABLE {$wpdb->posts} AUTO_INCREMENT = " . self::$first);
        foreach (self::TRANSIENTS as $name) {
            set_transient($name, 'old', 3600);
        }
        // Emptying the shop has left the counts of what was there.
        self::recount();
        $before = self::counts();
        $events = [];
        $metaIds = [];
        $listen = static function (string $hook) use (&$events, &$metaIds): void {
            if (!preg_match(self::HOOKS, $hook)) {
                return;
            }
            $arguments = array_slice(func_get_args(), 1);
            if (in_array($hook, ['added_post_meta', 'updated_post_meta'], true)) {
                $metaIds[(int) $arguments[0]] = $arguments[1] . ' ' . $arguments[2];
            }
            if (preg_match('/_post_?meta$/', $hook) && strpos($hook, 'add_') !== 0) {
                array_shift($arguments);
            }
            $events[] = [$hook, $arguments];
        };
        add_action('all', $listen);
        try {
            $ids = $work();
        } finally {
            remove_action('all', $listen);
        }
        $self = new self(array_flip($ids));
        self::runJobs();
        wp_cache_flush();
        $left = self::moved($before, self::counts());
        self::recount();

        $hooks = array_map([$self, 'hook'], $events);
        // Counting may be put off: that it is heard of counts, not when or how often.
        $counting = array_unique(preg_replace('/ .*/', '', preg_grep(self::COUNTING, $hooks)));
        sort($counting);

        return [
            'hooks' => array_values(preg_grep(self::COUNTING, $hooks, PREG_GREP_INVERT)),
            'hooks of counting' => $counting,
            'meta ids that are not the rows’' => self::wrong($metaIds),
            'rows' => array_map([$self, 'rows'], array_combine(array_keys($ids), array_values($ids))),
            'counts' => $left,
            'counts made anew' => self::moved($before, self::counts()),
            'transients' => $self->transients(),
            'jobs' => $self->jobs(array_values($ids)),
        ];
    }

    /** @return array<string, mixed> */
    private function rows(int $id): array
    {
        global $wpdb;
        $post = (array) $wpdb->get_row("SELECT * FROM {$wpdb->posts} WHERE ID = $id");
        $left = ['ID', 'post_content_filtered', 'post_date', 'post_date_gmt', 'post_modified', 'post_modified_gmt', 'guid', 'post_name'];
        $post = array_diff_key($post, array_flip($left)) + ['guid' => preg_match('/^http/', $post['guid'])];

        return array_map([$this, 'named'], [
            'post' => $post,
            'meta' => $wpdb->get_results("SELECT meta_key, meta_value FROM {$wpdb->postmeta} WHERE post_id = $id ORDER BY meta_id", ARRAY_A),
            'terms' => $wpdb->get_results("SELECT x.taxonomy, t.slug FROM {$wpdb->term_relationships} r JOIN {$wpdb->term_taxonomy} x USING (term_taxonomy_id) JOIN {$wpdb->terms} t USING (term_id) WHERE r.object_id = $id ORDER BY 1, 2", ARRAY_A),
            'lookup' => $wpdb->get_row("SELECT * FROM {$wpdb->prefix}wc_product_meta_lookup WHERE product_id = $id", ARRAY_A),
            'layered navigation' => $wpdb->get_results("SELECT * FROM {$wpdb->prefix}wc_product_attributes_lookup WHERE product_id = $id ORDER BY taxonomy, term_id", ARRAY_A),
        ]);
    }

    private static function recount(): void
    {
        foreach (['product_type', 'product_visibility', 'product_cat'] as $taxonomy) {
            wp_update_term_count_now(get_terms(['taxonomy' => $taxonomy, 'hide_empty' => false, 'fields' => 'tt_ids']), $taxonomy);
        }
    }

    /** @return array<string, int> Terms' counts, WooCommerce's own included. */
    private static function counts(): array
    {
        global $wpdb;
        $counts = [];
        foreach ($wpdb->get_results("SELECT term_taxonomy_id, count FROM {$wpdb->term_taxonomy}") as $row) {
            $counts['term ' . $row->term_taxonomy_id] = (int) $row->count;
        }
        foreach ($wpdb->get_results("SELECT term_id, meta_key, meta_value FROM {$wpdb->termmeta} WHERE meta_key LIKE 'product\\_count\\_%'") as $row) {
            $counts[$row->meta_key . ' ' . $row->term_id] = (int) $row->meta_value;
        }

        return $counts;
    }

    /**
     * @param array<string, int> $before
     * @param array<string, int> $after
     *
     * @return array<string, int>
     */
    private static function moved(array $before, array $after): array
    {
        $moved = [];
        foreach ($after as $name => $count) {
            $moved[$name] = $count - ($before[$name] ?? 0);
        }
        ksort($moved);

        return array_filter($moved);
    }

    /** @return array<string, string> The names that are stored, and whether what was there still is. */
    private function transients(): array
    {
        global $wpdb;
        $found = [];
        foreach ($wpdb->get_results("SELECT option_name, option_value FROM {$wpdb->options} WHERE option_name LIKE '\\_transient\\_%' AND option_name NOT LIKE '\\_transient\\_timeout\\_%' AND (option_name LIKE '%wc\\_%' OR option_name LIKE '%product%')") as $row) {
            $found[$this->named((string) $row->option_name)] = $row->option_value === 'old' ? 'as it was' : 'there';
        }
        // Made anew by whoever lists categories or attributes next; only the old one must not stay.
        foreach (['_transient_wc_term_counts', '_transient_wc_attribute_taxonomies'] as $name) {
            if (($found[$name] ?? '') === 'there') {
                unset($found[$name]);
            }
        }
        // Of products of earlier cases.
        $found = array_filter($found, static function (string $name): bool {
            return strpos($name, '#another') === false;
        }, ARRAY_FILTER_USE_KEY);
        ksort($found);

        return $found;
    }

    /**
     * Jobs about these products that wait, layered navigation's done with.
     *
     * @param int[] $ids
     *
     * @return string[]
     */
    private function jobs(array $ids): array
    {
        global $wpdb;
        $jobs = [];
        foreach ($wpdb->get_results("SELECT hook, args FROM {$wpdb->prefix}actionscheduler_actions WHERE status = 'pending'") as $row) {
            if (array_intersect((array) json_decode((string) $row->args, true), $ids) !== []) {
                $jobs[] = $row->hook . ' ' . $this->named((string) $row->args);
            }
        }
        sort($jobs);

        return array_values(array_unique($jobs));
    }

    private static function runJobs(): void
    {
        global $wpdb;
        $table = $wpdb->prefix . 'actionscheduler_actions';
        foreach ($wpdb->get_results($wpdb->prepare("SELECT action_id, args FROM $table WHERE hook = %s AND status = 'pending' ORDER BY action_id", self::JOB)) as $row) {
            do_action(self::JOB, ...json_decode((string) $row->args, true));
            $wpdb->delete($table, ['action_id' => $row->action_id]);
        }
    }

    /**
     * @param array<int, string> $metaIds `post key` by the id a hook told.
     *
     * @return string[]
     */
    private static function wrong(array $metaIds): array
    {
        global $wpdb;
        $wrong = [];
        foreach ($metaIds as $id => $name) {
            $row = $wpdb->get_row($wpdb->prepare("SELECT post_id, meta_key FROM {$wpdb->postmeta} WHERE meta_id = %d", $id));
            if ($row === null || $row->post_id . ' ' . $row->meta_key !== $name) {
                $wrong[] = "$id $name";
            }
        }

        return $wrong;
    }

    /** @param array{0: string, 1: array<int, mixed>} $event */
    private function hook(array $event): string
    {
        $texts = array_map(function ($argument): string {
            if ($argument instanceof \WP_Post || $argument instanceof \WC_Product) {
                return get_class($argument) . ' ' . $this->named((string) ($argument instanceof \WP_Post ? $argument->ID : $argument->get_id()));
            }

            return is_object($argument) ? get_class($argument) : $this->named((string) json_encode($argument, JSON_UNESCAPED_UNICODE | JSON_PARTIAL_OUTPUT_ON_ERROR));
        }, $event[1]);

        return $event[0] . ' ' . implode(' ', $texts);
    }

    /**
     * @param mixed $value
     *
     * @return mixed
     */
    private function named($value)
    {
        if (is_array($value)) {
            return array_map([$this, 'named'], $value);
        }
        if (!is_scalar($value)) {
            return $value;
        }
        // A moment of this run, and what tells the two ways' goods apart.
        $text = preg_replace(['/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/', '/PLAIN|OURS!/'], ['time', 'WAY'], (string) $value);

        return (string) preg_replace_callback('/71\d{7}/', function (array $number): string {
            return '#' . ($this->names[(int) $number[0]] ?? 'another');
        }, (string) $text);
    }
}

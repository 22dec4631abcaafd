<?php

declare(strict_types=1);

namespace Dongbo\Shop;

/**
 * Answers what WordPress asks about terms while products are created, as long as the answer is known.
 *
 * A new product has the terms this request has given it and no others, yet WordPress asks for them
 * some twenty times, because every relation that is written makes it forget all answers. Likewise
 * whether a term exists: relations do not change that. Watched is every statement: one that writes
 * to these tables without the hook that should follow ends the knowledge.
 */
final class KnownTerms
{
    private const PRODUCTS = 'product_ids';

    /** The mark of the product that is about to be created. */
    private string $mark = '';

    /** The product being created, 0 for none. */
    private int $id = 0;

    /** @var array<string, int[]> Its terms (`term_taxonomy_id`) by taxonomy. */
    private array $relations = [];

    /** Relations written whose hook has not come yet. */
    private int $pending = 0;

    /** @var array<int, bool> Products created here, and whether they have an attribute of the site. */
    private array $created = [];

    /** @var array<int, int> The parents of variations created here. */
    private array $parents = [];

    /** @var array<string, int[]> Term ids by the statement that finds them. */
    private array $found = [];

    /** @var array<int, int> Term ids by `term_taxonomy_id`. */
    private array $terms = [];

    /** @var array<int, true>|null Terms that keep a list of their products in their meta. */
    private ?array $withProducts = null;

    public function listen(): void
    {
        add_filter('query', [$this, 'onQuery'], PHP_INT_MIN);
        add_filter('terms_pre_query', [$this, 'beforeTerms'], PHP_INT_MAX, 2);
        add_filter('delete_term_metadata', [$this, 'beforeTermMeta'], PHP_INT_MAX, 5);
        add_action('transition_post_status', [$this, 'onStatus'], PHP_INT_MIN, 3);
        add_action('added_term_relationship', [$this, 'onAdded'], PHP_INT_MIN, 3);
        add_action('deleted_term_relationships', [$this, 'onDeleted'], PHP_INT_MIN, 3);
        add_action('set_object_terms', [$this, 'onSet'], PHP_INT_MIN, 4);
    }

    public function leave(): void
    {
        remove_filter('query', [$this, 'onQuery'], PHP_INT_MIN);
        remove_filter('terms_pre_query', [$this, 'beforeTerms'], PHP_INT_MAX);
        remove_filter('delete_term_metadata', [$this, 'beforeTermMeta'], PHP_INT_MAX);
        remove_action('transition_post_status', [$this, 'onStatus'], PHP_INT_MIN);
        remove_action('added_term_relationship', [$this, 'onAdded'], PHP_INT_MIN);
        remove_action('deleted_term_relationships', [$this, 'onDeleted'], PHP_INT_MIN);
        remove_action('set_object_terms', [$this, 'onSet'], PHP_INT_MIN);
    }

    /** The next product that is created carries this mark; empty: none is. */
    public function expect(string $mark): void
    {
        $this->mark = $mark;
        $this->forget();
    }

    /** Whether it was created here and has no attribute of the site. */
    public function createdWithoutAttributes(int $id): bool
    {
        return isset($this->created[$id]) && !$this->created[$id];
    }

    /** The product whose rows in layered navigation cover this one's. */
    public function top(int $id): int
    {
        return $this->parents[$id] ?? (get_post_type($id) === 'product_variation' ? (int) wp_get_post_parent_id($id) : 0) ?: $id;
    }

    /**
     * @param string   $new
     * @param string   $old
     * @param \WP_Post $post
     */
    public function onStatus($new, $old, $post): void
    {
        if ($this->mark === '' || $old !== 'new' || $post->post_content_filtered !== $this->mark) {
            return;
        }
        $this->mark = '';
        $this->id = (int) $post->ID;
        $this->created[$this->id] = $post->post_type === 'product_variation';
        if ($this->created[$this->id]) {
            $this->parents[$this->id] = (int) $post->post_parent;
        }
        foreach (get_object_taxonomies($post->post_type) as $taxonomy) {
            $this->relations[$taxonomy] = [];
            wp_cache_set($this->id, [], $taxonomy . '_relationships');
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
        $sql = (string) $sql;
        if (strpos($sql, $wpdb->prefix . 'term') === false || strncasecmp(ltrim($sql), 'SELECT', 6) === 0) {
            return $sql;
        }
        if (strpos($sql, $wpdb->term_relationships) !== false) {
            $this->pending++;
        }
        if (strpos($sql, $wpdb->terms) !== false || strpos($sql, $wpdb->term_taxonomy) !== false) {
            $this->found = [];
            $this->terms = [];
        }
        if (strpos($sql, $wpdb->termmeta) !== false) {
            $this->withProducts = null;
        }

        return $sql;
    }

    /**
     * @param int    $object
     * @param int    $term
     * @param string $taxonomy
     */
    public function onAdded($object, $term, $taxonomy): void
    {
        if (strncmp((string) $taxonomy, 'pa_', 3) === 0 && isset($this->created[(int) $object])) {
            $this->created[(int) $object] = true;
        }
        if ($this->accounted((int) $object)) {
            $this->relations[$taxonomy][] = (int) $term;
        }
    }

    /**
     * @param int    $object
     * @param int[]  $terms
     * @param string $taxonomy
     */
    public function onDeleted($object, $terms, $taxonomy): void
    {
        if ($this->accounted((int) $object)) {
            $this->relations[$taxonomy] = array_values(array_diff($this->relations[$taxonomy] ?? [], array_map('intval', (array) $terms)));
        }
    }

    /**
     * WordPress has just forgotten the product's terms of this taxonomy.
     *
     * @param int          $object
     * @param int[]        $terms
     * @param int[]|string $termTaxonomyIds
     * @param string       $taxonomy
     */
    public function onSet($object, $terms, $termTaxonomyIds, $taxonomy): void
    {
        $known = (int) $object === $this->id && $this->pending === 0 ? $this->relations[$taxonomy] ?? null : null;
        // Of several their order would have to be known.
        if ($known === null || count($known) > 1) {
            return;
        }
        $ids = array_map([$this, 'term'], $known);
        if (!in_array(0, $ids, true)) {
            wp_cache_set($this->id, $ids, $taxonomy . '_relationships');
        }
    }

    /**
     * @param mixed          $terms
     * @param \WP_Term_Query $query
     *
     * @return mixed
     */
    public function beforeTerms($terms, $query)
    {
        if ($terms !== null) {
            return $terms;
        }
        $asked = $query->query_vars;
        if (!empty($asked['object_ids'])) {
            return $this->ofProduct($asked);
        }

        return $this->existing($asked, (string) $query->request);
    }

    /**
     * A term without a list of its products needs none deleted.
     *
     * @param mixed  $done
     * @param int    $term
     * @param string $key
     * @param mixed  $value
     * @param bool   $all
     *
     * @return mixed
     */
    public function beforeTermMeta($done, $term, $key, $value, $all)
    {
        global $wpdb;
        if ($done !== null || $all || $key !== self::PRODUCTS) {
            return $done;
        }
        if ($this->withProducts === null) {
            $this->withProducts = array_fill_keys(array_map('intval', $wpdb->get_col($wpdb->prepare("SELECT term_id FROM {$wpdb->termmeta} WHERE meta_key = %s", self::PRODUCTS))), true);
        }

        return isset($this->withProducts[(int) $term]) ? null : false;
    }

    /** The term with this `term_taxonomy_id`, 0 for none. */
    private function term(int $termTaxonomyId): int
    {
        if (!isset($this->terms[$termTaxonomyId])) {
            $term = get_term_by('term_taxonomy_id', $termTaxonomyId);
            $this->terms[$termTaxonomyId] = $term instanceof \WP_Term ? $term->term_id : 0;
        }

        return $this->terms[$termTaxonomyId];
    }

    /**
     * @param array<string, mixed> $asked
     *
     * @return array<int, mixed>|int|null None, when that is known.
     */
    private function ofProduct(array $asked)
    {
        $objects = array_map('intval', (array) $asked['object_ids']);
        if ($objects !== [$this->id] || $this->pending !== 0 || empty($asked['taxonomy'])) {
            return null;
        }
        foreach ((array) $asked['taxonomy'] as $taxonomy) {
            if (($this->relations[$taxonomy] ?? null) !== []) {
                return null;
            }
        }

        return $asked['fields'] === 'count' ? 0 : [];
    }

    /**
     * Single terms by slug, id or name, as `term_exists` and `get_term_by` ask for them.
     *
     * @param array<string, mixed> $asked
     *
     * @return array<int, mixed>|null
     */
    private function existing(array $asked, string $statement): ?array
    {
        global $wpdb;
        if ((int) $asked['number'] !== 1 || !in_array($asked['fields'], ['ids', 'all'], true) || $asked['get'] !== 'all'
            || !preg_match('/^\s*SELECT\s+t\.term_id\s+FROM/i', $statement) || preg_match('/termmeta|term_relationships/', $statement)) {
            return null;
        }
        if (!isset($this->found[$statement])) {
            // phpcs:ignore WordPress.DB.PreparedSQL -- WordPress's own statement.
            $this->found[$statement] = array_map('intval', $wpdb->get_col($statement));
        }
        $ids = $this->found[$statement];
        if ($asked['fields'] === 'ids') {
            return $ids;
        }
        $taxonomy = count((array) $asked['taxonomy']) === 1 ? (string) current((array) $asked['taxonomy']) : '';
        $terms = array_map(static function (int $id) use ($taxonomy) {
            return get_term($id, $taxonomy);
        }, $ids);

        return array_filter($terms, static function ($term): bool {
            return !$term instanceof \WP_Term;
        }) === [] ? $terms : null;
    }

    /** The relation just written is the one this hook is about. */
    private function accounted(int $object): bool
    {
        $this->pending--;
        if ($this->pending !== 0) {
            $this->forget();
        }

        return $this->id !== 0 && $object === $this->id;
    }

    private function forget(): void
    {
        $this->id = 0;
        $this->relations = [];
        $this->pending = 0;
    }
}

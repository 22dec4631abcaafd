<?php

declare(strict_types=1);

namespace Dongbo\Shop;

/**
 * The fast way to save products, for the length of one transaction (woocommerce-writes.md).
 *
 * WooCommerce's own objects are saved with all their hooks; only questions whose answers this
 * request has just written itself, or has asked for many products at once, are not put to the
 * database again ({@see KnownMeta}, {@see KnownTerms}, {@see KnownBarcodes}, {@see KnownTrash}), meta
 * rows go into one INSERT ({@see MetaIds}), and what WooCommerce would put
 * off anyway is noted to be paid once for many products ({@see Debts}). Rows, hooks and transients
 * are those of a plain `save()`, which `tests/contract/cases/fidelity.php` and the recordings hold
 * against each other. On a WooCommerce without a recording nothing of this happens.
 */
final class Fast
{
    /** The versions in `tests/recorded`. A test compares the two lists. */
    public const RECORDED = ['9.4.2', '9.6.2', '9.8.5', '9.9.5', '10.0.4', '10.2.2', '10.4.3', '10.6.2', '10.9.4', '11.0.1'];

    /** WooCommerce's job for a product's rows in layered navigation: its id and what to do with it. */
    public const LOOKUP_JOB = 'woocommerce_run_product_attribute_lookup_update_callback';

    /** The job's second argument: all rows of a product are made anew. */
    private const LOOKUP_ALL = 1;

    private static ?self $current = null;

    /** This shop's WooCommerce. */
    private static ?string $version = null;

    private MetaIds $metaIds;
    private KnownTerms $terms;
    private KnownTrash $trash;
    private ?KnownBarcodes $barcodes = null;

    /** @var array<string, array<int, true>> Ids by what is owed of them. */
    private array $owed = [];

    private function __construct()
    {
        $this->metaIds = new MetaIds();
        $this->terms = new KnownTerms();
        $this->trash = new KnownTrash();
    }

    /** Whether this WooCommerce's plain way is on record. */
    public static function recorded(): bool
    {
        self::$version = self::$version ?? (defined('WC_VERSION') ? (string) constant('WC_VERSION') : '');

        return in_array(self::$version, self::RECORDED, true);
    }

    /** From here on, inside a transaction that sees what others commit; null where plain saves are due. */
    public static function begin(): ?self
    {
        if (!self::recorded()) {
            return null;
        }
        $self = new self();
        add_filter('pre_as_schedule_single_action', [$self, 'beforeJob'], PHP_INT_MAX, 4);
        add_action('added_term_relationship', [$self, 'oweCount'], 10, 3);
        add_action('deleted_term_relationships', [$self, 'oweCounts'], 10, 3);
        add_action('transition_post_status', [$self, 'oweCountsOf'], 10, 3);
        $self->terms->listen();
        $self->trash->listen();

        return self::$current = $self;
    }

    /**
     * @param string[] $barcodes Those the transaction is about to give to products.
     */
    public function expectBarcodes(array $barcodes): void
    {
        $this->barcodes = new KnownBarcodes($barcodes);
        $this->barcodes->listen();
    }

    /** The transaction ends, one way or the other. */
    public function end(): void
    {
        if ($this->barcodes !== null) {
            $this->barcodes->leave();
        }
        remove_filter('pre_as_schedule_single_action', [$this, 'beforeJob'], PHP_INT_MAX);
        remove_action('added_term_relationship', [$this, 'oweCount']);
        remove_action('deleted_term_relationships', [$this, 'oweCounts']);
        remove_action('transition_post_status', [$this, 'oweCountsOf']);
        $this->terms->leave();
        $this->trash->leave();
        self::$current = null;
    }

    /**
     * Saves one product.
     *
     * @param string $mark What tells its row in `posts` when it is a new one.
     */
    public static function save(\WC_Product $product, string $mark): int
    {
        if (!self::recorded()) {
            return (int) $product->save();
        }
        $fast = self::$current;
        if ($fast === null) {
            return (int) KnownMeta::during($product->get_id(), $mark, null, [$product, 'save']);
        }
        $fast->terms->expect($product->get_id() === 0 ? $mark : '');
        try {
            return (int) KnownMeta::during($product->get_id(), $mark, $fast->metaIds, [$product, 'save']);
        } finally {
            $fast->terms->expect('');
        }
    }

    /**
     * Brings what WooCommerce derives of a stored product into step, with its meta known.
     *
     * @param callable(): void $work
     */
    public static function derive(int $id, callable $work): void
    {
        if (self::$current === null) {
            $work();
        } else {
            KnownMeta::during($id, '', self::$current->metaIds, $work);
        }
    }

    /**
     * What the transaction leaves to be done, by kind; to be stored in the same commit.
     *
     * @return array<string, int[]>
     */
    public function owed(): array
    {
        return array_map('array_keys', $this->owed);
    }

    /**
     * A job for layered navigation's table: one for the whole product is enough, and none for a new
     * product without an attribute of the site.
     *
     * @param mixed  $done
     * @param int    $when
     * @param string $hook
     * @param mixed  $args
     *
     * @return mixed
     */
    public function beforeJob($done, $when, $hook, $args)
    {
        if ($done !== null || $hook !== self::LOOKUP_JOB || !is_array($args) || count($args) !== 2) {
            return $done;
        }
        $id = (int) reset($args);
        $what = (int) end($args);
        if ($what === self::LOOKUP_ALL) {
            if ($this->terms->createdWithoutAttributes($id)) {
                return 0;
            }
            $id = $this->terms->top($id);
        }
        $this->owed[Debts::LOOKUP . $what][$id] = true;

        return 0;
    }

    /**
     * @param int    $object
     * @param int    $term     A `term_taxonomy_id`.
     * @param string $taxonomy
     */
    public function oweCount($object, $term, $taxonomy): void
    {
        $this->owed[Debts::COUNT . $taxonomy][(int) $term] = true;
    }

    /**
     * @param int    $object
     * @param int[]  $terms
     * @param string $taxonomy
     */
    public function oweCounts($object, $terms, $taxonomy): void
    {
        foreach ((array) $terms as $term) {
            $this->oweCount($object, (int) $term, $taxonomy);
        }
    }

    /**
     * WordPress counts only what is published.
     *
     * @param string   $new
     * @param string   $old
     * @param \WP_Post $post
     */
    public function oweCountsOf($new, $old, $post): void
    {
        if ($new === $old || $old === 'new') {
            return;
        }
        foreach (get_object_taxonomies($post->post_type) as $taxonomy) {
            $this->oweCounts($post->ID, (array) wp_get_object_terms($post->ID, $taxonomy, ['fields' => 'tt_ids']), $taxonomy);
        }
    }
}

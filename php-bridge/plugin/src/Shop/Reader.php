<?php

declare(strict_types=1);

namespace Dongbo\Shop;

/**
 * Reads products in bulk as ShopProduct records (src/model/shop.rs): raw stored values, a handful
 * of statements for a hundred products, no WooCommerce objects and no caches in between.
 */
final class Reader
{
    /** Products a statement. */
    private const CHUNK = 200;

    /** Meta read of a product, and what begins with `attribute_`; {@see \Dongbo\Sync\Prints} covers the same. */
    public const META = [
        '_sku', '_global_unique_id', '_regular_price', '_sale_price', '_sale_price_dates_from',
        '_sale_price_dates_to', '_manage_stock', '_stock', '_stock_status', '_weight',
        '_product_attributes', '_tax_class', Fields::BRANCH_STOCK, Fields::ROLE_PRICES,
    ];

    /** Taxonomies read of a product, and what begins with `pa_`. */
    public const TAXONOMIES = ['product_type', 'product_visibility', 'product_cat', 'product_brand'];

    private Origins $origins;

    /** @var array<int, string>|null SKUs that WooCommerce's lookup table does not know. */
    private ?array $unlisted = null;

    public function __construct(Origins $origins)
    {
        $this->origins = $origins;
    }

    /**
     * The products and variations with these ids, whatever their status.
     *
     * @param int[] $ids
     *
     * @return array<int, array<string, mixed>> ShopProduct records by id.
     */
    public function byIds(array $ids): array
    {
        $records = [];
        foreach (array_chunk(array_values(array_unique(array_filter($ids))), self::CHUNK) as $chunk) {
            $records += $this->chunk($chunk);
        }

        return $records;
    }

    /**
     * The ids themselves, the parents of variations, and all variations of variable products.
     *
     * @param int[] $ids
     *
     * @return int[]
     */
    public function withFamilies(array $ids): array
    {
        global $wpdb;
        $ids = array_values(array_unique(array_filter($ids)));
        $all = $ids;
        foreach (array_chunk($ids, self::CHUNK) as $chunk) {
            $in = self::marks($chunk, '%d');
            // phpcs:ignore WordPress.DB.PreparedSQL -- placeholders only.
            $parents = $wpdb->get_col($wpdb->prepare("SELECT DISTINCT post_parent FROM {$wpdb->posts} WHERE ID IN ($in) AND post_type = 'product_variation' AND post_parent > 0", $chunk));
            $all = array_merge($all, array_map('intval', $parents));
        }
        $all = array_values(array_unique($all));
        foreach (array_chunk($all, self::CHUNK) as $chunk) {
            $all = array_merge($all, $this->variationsOf($chunk));
        }

        return array_values(array_unique($all));
    }

    /**
     * @param int[] $parents
     *
     * @return int[]
     */
    public function variationsOf(array $parents): array
    {
        global $wpdb;
        if ($parents === []) {
            return [];
        }
        $in = self::marks($parents, '%d');
        // phpcs:ignore WordPress.DB.PreparedSQL -- placeholders only.
        $ids = $wpdb->get_col($wpdb->prepare("SELECT ID FROM {$wpdb->posts} WHERE post_parent IN ($in) AND post_type = 'product_variation'", array_values($parents)));

        return array_map('intval', $ids);
    }

    /**
     * Products that may hold one of these SKUs, trash included: candidates, the rules compare.
     *
     * The database's collation ignores case and accents, so more come back than match.
     *
     * @param string[] $skus As the POS and as the rules spell them.
     *
     * @return array<int, string> The stored SKU by product id.
     */
    public function bySkus(array $skus): array
    {
        global $wpdb;
        $skus = self::spellings($skus);
        $found = [];
        foreach (array_chunk($skus, self::CHUNK) as $chunk) {
            $in = self::marks($chunk, '%s');
            // phpcs:ignore WordPress.DB.PreparedSQL -- placeholders only.
            $rows = $wpdb->get_results($wpdb->prepare("SELECT product_id, sku FROM {$wpdb->prefix}wc_product_meta_lookup WHERE sku IN ($in)", $chunk));
            foreach ($rows as $row) {
                $found[(int) $row->product_id] = (string) $row->sku;
            }
        }
        if ($skus !== [] && $this->unlisted() !== []) {
            $wanted = array_flip(array_map([Texts::class, 'loose'], $skus));
            foreach ($this->unlisted() as $id => $sku) {
                if (isset($wanted[Texts::loose($sku)])) {
                    $found[$id] = $sku;
                }
            }
        }

        return $found;
    }

    /**
     * SKUs missing from the lookup table or other there: over 100 characters, written by plain SQL.
     *
     * @return array<int, string>
     */
    private function unlisted(): array
    {
        global $wpdb;
        if ($this->unlisted === null) {
            $this->unlisted = [];
            // BINARY: the two tables of an old site may have different collations.
            $rows = $wpdb->get_results("SELECT m.post_id, m.meta_value FROM {$wpdb->postmeta} m
                LEFT JOIN {$wpdb->prefix}wc_product_meta_lookup l ON l.product_id = m.post_id
                WHERE m.meta_key = '_sku' AND m.meta_value <> '' AND (l.sku IS NULL OR BINARY l.sku <> BINARY m.meta_value)");
            foreach ($rows as $row) {
                $this->unlisted[(int) $row->post_id] = (string) $row->meta_value;
            }
        }

        return $this->unlisted;
    }

    /**
     * @param int[] $ids
     *
     * @return array<int, array<string, mixed>>
     */
    private function chunk(array $ids): array
    {
        $posts = $this->posts($ids);
        if ($posts === []) {
            return [];
        }
        $meta = $this->meta(array_keys($posts));
        $terms = $this->terms(array_keys($posts));
        $attributes = new ReadAttributes($posts, $meta, $terms);
        $records = [];
        foreach ($posts as $id => $post) {
            $records[$id] = $this->record($id, $post, $meta[$id] ?? [], $terms[$id] ?? [])
                + ['attributes' => $attributes->of($id)];
        }

        return $records;
    }

    /**
     * @param array<string, string>                                $meta
     * @param array<string, array<int, array<string, int|string>>> $terms
     *
     * @return array<string, mixed>
     */
    private function record(int $id, \stdClass $post, array $meta, array $terms): array
    {
        $record = [
            'id' => $id,
            'kind' => $this->kind($post, $terms),
            'parent' => $post->post_type === 'product_variation' ? (int) $post->post_parent : 0,
            'status' => (string) $post->post_status,
            'name' => Texts::plain((string) $post->post_title),
            'description_hash' => (string) $post->hash,
            'sku' => $meta['_sku'] ?? '',
            'barcode' => $meta['_global_unique_id'] ?? '',
            'regular_price' => $meta['_regular_price'] ?? '',
            'sale_price' => $meta['_sale_price'] ?? '',
            'manage_stock' => ($meta['_manage_stock'] ?? 'no') === 'yes',
            'stock_status' => $meta['_stock_status'] ?? '',
            'weight' => $meta['_weight'] ?? '',
            'brand' => implode(', ', array_column($terms['product_brand'] ?? [], 'name')),
            'tax_class' => $post->post_type === 'product_variation' ? '' : $meta['_tax_class'] ?? '',
            'branch_stock' => $meta[Fields::BRANCH_STOCK] ?? '',
            'role_prices' => $meta[Fields::ROLE_PRICES] ?? '',
            'categories' => array_map('intval', array_column($terms['product_cat'] ?? [], 'id')),
            'visibility' => self::visibility(array_column($terms['product_visibility'] ?? [], 'slug')),
            'origin' => $this->origins->ofMark((string) $post->mark),
        ];
        sort($record['categories']);
        if ($this->origins->isWhole((string) $post->mark)) {
            $record['complete'] = true;
        }
        $stock = Texts::thousandths($meta['_stock'] ?? '');
        if ($stock !== null) {
            $record['stock'] = $stock;
        }
        foreach (['sale_from' => '_sale_price_dates_from', 'sale_to' => '_sale_price_dates_to'] as $field => $key) {
            if ((int) ($meta[$key] ?? 0) > 0) {
                $record[$field] = (int) $meta[$key] * 1000;
            }
        }

        return $record;
    }

    /** @param array<string, array<int, array<string, int|string>>> $terms */
    private function kind(\stdClass $post, array $terms): string
    {
        if ($post->post_type === 'product_variation') {
            return 'variation';
        }
        // A product that was cut off before its type was written is what it was to become.
        $made = strpos($this->origins->ofMark((string) $post->mark), 'family:') === 0 ? 'variable' : 'simple';
        $type = $terms['product_type'][0]['slug'] ?? $made;

        return in_array($type, ['simple', 'variable'], true) ? $type : 'other';
    }

    /** @param string[] $slugs */
    private static function visibility(array $slugs): string
    {
        $catalogue = !in_array('exclude-from-catalog', $slugs, true);
        $search = !in_array('exclude-from-search', $slugs, true);
        if ($catalogue && $search) {
            return 'visible';
        }

        return $catalogue ? 'catalog' : ($search ? 'search' : 'hidden');
    }

    /**
     * @param int[] $ids
     *
     * @return array<int, \stdClass>
     */
    private function posts(array $ids): array
    {
        global $wpdb;
        $in = self::marks($ids, '%d');
        // Only the hash of the text travels: of the bytes that WordPress itself would be given, as Clean
        // computes it; an old site's connection may speak another character set than its tables hold.
        $charset = preg_match('/^\w+$/D', (string) $wpdb->charset) ? (string) $wpdb->charset : 'utf8mb4';
        // phpcs:ignore WordPress.DB.PreparedSQL -- placeholders only.
        $rows = $wpdb->get_results($wpdb->prepare("SELECT ID, post_type, post_parent, post_status, post_title, post_content_filtered AS mark, MD5(CONVERT(post_content USING $charset)) AS hash FROM {$wpdb->posts} WHERE ID IN ($in) AND post_type IN ('product', 'product_variation') ORDER BY ID", $ids));
        $posts = [];
        foreach ($rows as $row) {
            $posts[(int) $row->ID] = $row;
        }

        return $posts;
    }

    /**
     * @param int[] $ids
     *
     * @return array<int, array<string, string>> The first value of each key, as WordPress takes it.
     */
    private function meta(array $ids): array
    {
        global $wpdb;
        $in = self::marks($ids, '%d');
        $keys = self::marks(self::META, '%s');
        // phpcs:ignore WordPress.DB.PreparedSQL -- placeholders only.
        $rows = $wpdb->get_results($wpdb->prepare("SELECT post_id, meta_key, meta_value FROM {$wpdb->postmeta} WHERE post_id IN ($in) AND (meta_key IN ($keys) OR meta_key LIKE %s) ORDER BY meta_id", array_merge($ids, self::META, ['attribute\_%'])));
        $meta = [];
        foreach ($rows as $row) {
            if (!isset($meta[(int) $row->post_id][$row->meta_key])) {
                $meta[(int) $row->post_id][$row->meta_key] = (string) $row->meta_value;
            }
        }

        return $meta;
    }

    /**
     * @param int[] $ids
     *
     * @return array<int, array<string, array<int, array<string, int|string>>>> By product and taxonomy.
     */
    private function terms(array $ids): array
    {
        global $wpdb;
        $in = self::marks($ids, '%d');
        $taxonomies = self::marks(self::TAXONOMIES, '%s');
        // phpcs:ignore WordPress.DB.PreparedSQL -- placeholders only.
        $rows = $wpdb->get_results($wpdb->prepare("SELECT r.object_id, x.taxonomy, t.term_id, t.slug, t.name FROM {$wpdb->term_relationships} r
            JOIN {$wpdb->term_taxonomy} x ON x.term_taxonomy_id = r.term_taxonomy_id
            JOIN {$wpdb->terms} t ON t.term_id = x.term_id
            WHERE r.object_id IN ($in) AND (x.taxonomy IN ($taxonomies) OR x.taxonomy LIKE %s)
            ORDER BY t.term_id", array_merge($ids, self::TAXONOMIES, ['pa\_%'])));
        $terms = [];
        foreach ($rows as $row) {
            $terms[(int) $row->object_id][$row->taxonomy][] = [
                'id' => (int) $row->term_id,
                'slug' => (string) $row->slug,
                'name' => Texts::plain((string) $row->name),
            ];
        }

        return $terms;
    }

    /**
     * @param string[] $skus
     *
     * @return string[] Composed and decomposed, where this PHP can tell.
     */
    private static function spellings(array $skus): array
    {
        $all = [];
        foreach ($skus as $sku) {
            $sku = trim((string) $sku);
            if ($sku === '') {
                continue;
            }
            $all[] = $sku;
            if (class_exists('Normalizer') && preg_match('/[^\x00-\x7f]/', $sku)) {
                $all[] = (string) \Normalizer::normalize($sku, \Normalizer::FORM_C);
                $all[] = (string) \Normalizer::normalize($sku, \Normalizer::FORM_D);
            }
        }

        return array_values(array_unique($all));
    }

    /** @param array<int, mixed> $values */
    private static function marks(array $values, string $mark): string
    {
        return implode(', ', array_fill(0, count($values), $mark));
    }
}

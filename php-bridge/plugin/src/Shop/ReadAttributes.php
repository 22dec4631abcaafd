<?php

declare(strict_types=1);

namespace Dongbo\Shop;

/**
 * Attributes of products read in bulk, by their labels.
 *
 * A variable product keeps a serialized list and its terms; a variation keeps `attribute_<key>` with
 * the slug of a term (`pa_…`) or the text itself.
 */
final class ReadAttributes
{
    /** @var array<int, \stdClass> */
    private array $posts;

    /** @var array<int, array<string, string>> */
    private array $meta;

    /** @var array<int, array<string, array<int, array<string, int|string>>>> */
    private array $terms;

    /** @var array<string, string> Label by taxonomy. */
    private array $labels;

    /** @var array<string, array<string, string>> Term name by taxonomy and slug. */
    private array $names = [];

    /** @var array<int, array<string, array<string, mixed>>> `_product_attributes` by product. */
    private array $lists = [];

    /**
     * @param array<int, \stdClass>                                            $posts
     * @param array<int, array<string, string>>                                $meta
     * @param array<int, array<string, array<int, array<string, int|string>>>> $terms
     */
    public function __construct(array $posts, array $meta, array $terms)
    {
        $this->posts = $posts;
        $this->meta = $meta;
        $this->terms = $terms;
        $this->labels = Attributes::labels();
        $this->loadLists();
        $this->loadNames();
    }

    /** @return array<int, array{name: string, values: string[]}> ShopAttribute records. */
    public function of(int $id): array
    {
        return $this->posts[$id]->post_type === 'product_variation' ? $this->variation($id) : $this->product($id);
    }

    /** @return array<int, array{name: string, values: string[]}> */
    private function product(int $id): array
    {
        $found = [];
        foreach ($this->lists[$id] ?? [] as $attribute) {
            $name = (string) ($attribute['name'] ?? '');
            $values = empty($attribute['is_taxonomy'])
                ? array_values(array_filter(array_map('trim', explode('|', (string) ($attribute['value'] ?? ''))), 'strlen'))
                : array_column($this->terms[$id][$name] ?? [], 'name');
            $found[] = ['name' => $this->label($name), 'values' => $values];
        }

        return $found;
    }

    /** @return array<int, array{name: string, values: string[]}> */
    private function variation(int $id): array
    {
        $list = $this->lists[(int) $this->posts[$id]->post_parent] ?? [];
        $found = [];
        foreach ($this->meta[$id] ?? [] as $key => $value) {
            if (strpos($key, 'attribute_') !== 0) {
                continue;
            }
            $name = substr($key, 10);
            $taxonomy = isset($this->labels[$name]) ? $name : urldecode($name);
            $label = isset($this->labels[$taxonomy])
                ? $this->label($taxonomy)
                : Texts::plain((string) ($list[$name]['name'] ?? $name));
            $value = $this->names[$taxonomy][$value] ?? Texts::plain($value);
            $found[] = ['name' => $label, 'values' => $value === '' ? [] : [$value]];
        }

        return $found;
    }

    private function label(string $name): string
    {
        return $this->labels[$name] ?? Texts::plain($name);
    }

    /** The lists of the products, and of parents that were not asked for. */
    private function loadLists(): void
    {
        global $wpdb;
        $missing = [];
        foreach ($this->posts as $id => $post) {
            if ($post->post_type === 'product_variation') {
                $missing[(int) $post->post_parent] = (int) $post->post_parent;
            } else {
                $this->lists[$id] = self::unpack($this->meta[$id]['_product_attributes'] ?? '');
            }
        }
        $missing = array_values(array_diff_key(array_filter($missing), $this->lists));
        if ($missing === []) {
            return;
        }
        $in = implode(', ', array_fill(0, count($missing), '%d'));
        // phpcs:ignore WordPress.DB.PreparedSQL -- placeholders only.
        foreach ($wpdb->get_results($wpdb->prepare("SELECT post_id, meta_value FROM {$wpdb->postmeta} WHERE meta_key = '_product_attributes' AND post_id IN ($in)", $missing)) as $row) {
            $this->lists[(int) $row->post_id] = self::unpack((string) $row->meta_value);
        }
    }

    private function loadNames(): void
    {
        global $wpdb;
        $slugs = [];
        $taxonomies = [];
        foreach ($this->meta as $values) {
            foreach ($values as $key => $value) {
                if (strpos($key, 'attribute_pa_') === 0 && $value !== '') {
                    $slugs[$value] = $value;
                    $name = substr($key, 10);
                    $taxonomies[$name] = $name;
                    $taxonomies[urldecode($name)] = urldecode($name);
                }
            }
        }
        if ($slugs === []) {
            return;
        }
        $in = implode(', ', array_fill(0, count($slugs), '%s'));
        $from = implode(', ', array_fill(0, count($taxonomies), '%s'));
        // phpcs:ignore WordPress.DB.PreparedSQL -- placeholders only.
        $rows = $wpdb->get_results($wpdb->prepare("SELECT x.taxonomy, t.slug, t.name FROM {$wpdb->terms} t JOIN {$wpdb->term_taxonomy} x ON x.term_id = t.term_id WHERE t.slug IN ($in) AND x.taxonomy IN ($from)", array_merge(array_map('strval', array_values($slugs)), array_values($taxonomies))));
        foreach ($rows as $row) {
            $this->names[$row->taxonomy][$row->slug] = Texts::plain((string) $row->name);
        }
    }

    /** @return array<string, array<string, mixed>> By key, in the order of their positions. */
    private static function unpack(string $stored): array
    {
        $list = $stored === '' ? [] : @unserialize(trim($stored), ['allowed_classes' => false]);
        if (!is_array($list)) {
            return [];
        }
        $list = array_filter($list, 'is_array');
        uasort($list, static function (array $a, array $b): int {
            return (int) ($a['position'] ?? 0) <=> (int) ($b['position'] ?? 0);
        });

        return $list;
    }
}

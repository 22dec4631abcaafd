<?php

declare(strict_types=1);

namespace Dongbo\Shop;

/**
 * Site-wide attributes (`pa_…`) and their values, found by label and made when missing.
 *
 * Made before the transaction that needs them: they may be repeated, belong to no row, and a
 * taxonomy registered in a rolled-back transaction would haunt the request.
 */
final class Attributes
{
    /** What WooCommerce allows in a slug (`pa_` + 28 + NUL fits the taxonomy column of 32). */
    private const SLUG = 28;

    /** @var array<string, array<string, array{id: int, slug: string}>> Terms by taxonomy and name. */
    private array $terms = [];

    /** @return array<string, string> Plain label by taxonomy name. */
    public static function labels(): array
    {
        $labels = [];
        foreach (wc_get_attribute_taxonomies() as $attribute) {
            $labels[wc_attribute_taxonomy_name($attribute->attribute_name)] = Texts::plain((string) $attribute->attribute_label);
        }

        return $labels;
    }

    /** The taxonomy with this label; the same letters in another case are the same label. */
    public static function taxonomy(string $label): ?string
    {
        $labels = self::labels();
        $exact = array_search($label, $labels, true);
        if ($exact !== false) {
            return (string) $exact;
        }
        $loose = array_search(Texts::loose($label), array_map([Texts::class, 'loose'], $labels), true);

        return $loose === false ? null : (string) $loose;
    }

    /**
     * Makes sure that an attribute and these values exist.
     *
     * @param string   $label
     * @param string[] $values
     *
     * @throws Refused When WooCommerce will not have the attribute or a value.
     */
    public function ensure(string $label, array $values): void
    {
        $taxonomy = self::taxonomy($label) ?? $this->create($label);
        self::register($taxonomy, $label);
        $missing = array_diff($values, array_keys($this->terms[$taxonomy] ?? []));
        if ($missing === []) {
            return;
        }
        $this->load($taxonomy, $missing);
        foreach ($missing as $value) {
            if (!isset($this->terms[$taxonomy][$value])) {
                $this->insert($taxonomy, $label, (string) $value);
            }
        }
    }

    /**
     * The term of a value.
     *
     * @return array{id: int, slug: string}
     *
     * @throws Refused When it does not exist: {@see ensure} was not called or failed.
     */
    public function term(string $taxonomy, string $value): array
    {
        if (!isset($this->terms[$taxonomy][$value])) {
            $this->load($taxonomy, [$value]);
        }
        if (!isset($this->terms[$taxonomy][$value])) {
            throw new Refused('attribute-refused', ['attribute' => self::labels()[$taxonomy] ?? $taxonomy, 'value' => $value, 'cause' => '-']);
        }

        return $this->terms[$taxonomy][$value];
    }

    /** Forgets what was read; terms may have gone. */
    public function forget(): void
    {
        $this->terms = [];
    }

    private function create(string $label): string
    {
        $cause = '';
        for ($try = 0; $try < 20; $try++) {
            $slug = self::slug($label, $try);
            $made = wc_create_attribute([
                'name' => wp_slash(Clean::storedLabel($label)),
                'slug' => $slug,
                'type' => 'select',
                'order_by' => 'menu_order',
                'has_archives' => false,
            ]);
            if (!is_wp_error($made)) {
                return wc_attribute_taxonomy_name($slug);
            }
            $cause = $made->get_error_message();
        }
        throw new Refused('attribute-refused', ['attribute' => $label, 'value' => '', 'cause' => wp_strip_all_tags($cause)]);
    }

    /**
     * A slug of at most 28 bytes of ASCII: `Màu sắc` → `mau-sac`. Taken or reserved ones get a number.
     */
    private static function slug(string $label, int $try): string
    {
        // WooCommerce takes a `pa_` for its own prefix and leaves it out: an attribute of another name.
        $slug = (string) preg_replace('/^(?:pa_)+/', '', wc_sanitize_taxonomy_name($label));
        if (!preg_match('/^[a-z0-9_-]+$/D', $slug)) {
            $slug = 'a-' . substr(md5($label), 0, 10);
        }
        $suffix = $try === 0 ? '' : '-' . ($try + 1);
        if (strlen($slug . $suffix) > self::SLUG) {
            $suffix = '-' . substr(md5($label), 0, 6) . $suffix;
        }

        return rtrim(substr($slug, 0, self::SLUG - strlen($suffix)), '-_') . $suffix;
    }

    /** WooCommerce registers its taxonomies at `init`; a new one is needed in this very request. */
    private static function register(string $taxonomy, string $label): void
    {
        if (taxonomy_exists($taxonomy)) {
            return;
        }
        register_taxonomy(
            $taxonomy,
            apply_filters('woocommerce_taxonomy_objects_' . $taxonomy, ['product']),
            apply_filters('woocommerce_taxonomy_args_' . $taxonomy, [
                'labels' => ['name' => $label],
                'hierarchical' => false,
                'show_ui' => false,
                'query_var' => true,
                'rewrite' => false,
                'public' => false,
            ])
        );
    }

    private function insert(string $taxonomy, string $label, string $value): void
    {
        $base = sanitize_title($value);
        if ($base === '') {
            $base = 'v-' . substr(md5($value), 0, 10);
        }
        $cause = '';
        for ($try = 0; $try < 20; $try++) {
            // A slug of its own lets WordPress keep `XL` and `xl` apart, and `Đo` from `Đỏ`.
            $slug = $try === 0 ? $base : $base . '-' . ($try + 1);
            if (get_term_by('slug', $slug, $taxonomy) !== false) {
                continue;
            }
            $made = wp_insert_term(wp_slash(Clean::storedTerm($value)), $taxonomy, ['slug' => $slug]);
            if (!is_wp_error($made)) {
                $this->load($taxonomy, [$value]);
                return;
            }
            $cause = $made->get_error_message();
        }
        throw new Refused('attribute-refused', ['attribute' => $label, 'value' => $value, 'cause' => wp_strip_all_tags($cause)]);
    }

    /**
     * Reads terms by their exact names: the database's comparison takes `Đo` for `Đỏ`.
     *
     * @param string[] $values
     */
    private function load(string $taxonomy, array $values): void
    {
        global $wpdb;
        foreach (array_chunk(array_values($values), 200) as $chunk) {
            $stored = array_map([Clean::class, 'storedTerm'], array_map('strval', $chunk));
            $in = implode(', ', array_fill(0, count($stored), '%s'));
            // phpcs:ignore WordPress.DB.PreparedSQL -- placeholders only.
            $rows = $wpdb->get_results($wpdb->prepare("SELECT t.term_id, t.name, t.slug FROM {$wpdb->terms} t JOIN {$wpdb->term_taxonomy} x ON x.term_id = t.term_id WHERE x.taxonomy = %s AND t.name IN ($in) ORDER BY t.term_id DESC", array_merge([$taxonomy], $stored)));
            foreach ($rows as $row) {
                $this->terms[$taxonomy][Texts::plain((string) $row->name)] = ['id' => (int) $row->term_id, 'slug' => (string) $row->slug];
            }
        }
    }
}

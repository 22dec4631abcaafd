<?php

declare(strict_types=1);

namespace Dongbo\Shop;

/**
 * The conditions under which products are saved, the same whoever runs.
 *
 * - The user's kses filters are off: texts were cleaned on entry ({@see Clean}).
 * - A backslash survives: WooCommerce hands texts to `wp_insert_post` unslashed, which unslashes
 *   them again.
 * - The origin stands in the INSERT itself ({@see Origins}).
 * - Term counts are made once for many products.
 */
final class Saving
{
    private static int $id = -1;
    private static bool $busy = false;
    private static string $mark = '';

    /** @var array<string, string> Exact texts by column. */
    private static array $texts = [];

    private function __construct()
    {
    }

    /**
     * Runs something without the filters that depend on who is logged in.
     *
     * @template T
     *
     * @param callable(): T $work
     *
     * @return T
     */
    public static function withoutUserFilters(callable $work)
    {
        $active = has_filter('content_save_pre', 'wp_filter_post_kses') !== false;
        if (!$active) {
            return $work();
        }
        kses_remove_filters();
        try {
            return $work();
        } finally {
            kses_init_filters();
        }
    }

    /**
     * Saves one product.
     *
     * @param \WC_Product           $product
     * @param string                $mark    The origin's mark for a new one, else empty.
     * @param array<string, string> $texts   Exact `post_title`, `post_content` where they are written.
     */
    public static function save(\WC_Product $product, string $mark, array $texts): int
    {
        self::$busy = true;
        self::$id = $product->get_id();
        self::$mark = self::$id === 0 ? $mark : '';
        self::$texts = array_filter($texts, static function (string $text): bool {
            // WooCommerce takes a name of “0” for none.
            return $text === '0' || strpos($text, '\\') !== false;
        });
        // And WordPress a post of that name for an empty one.
        add_filter('wp_insert_post_empty_content', '__return_false', PHP_INT_MAX);
        add_filter('wp_insert_post_data', [self::class, 'row'], PHP_INT_MAX, 4);
        try {
            return (int) self::withoutUserFilters(static function () use ($product) {
                return Fast::save($product, self::$mark);
            });
        } finally {
            remove_filter('wp_insert_post_data', [self::class, 'row'], PHP_INT_MAX);
            remove_filter('wp_insert_post_empty_content', '__return_false', PHP_INT_MAX);
            self::$id = -1;
            self::$busy = false;
        }
    }

    /** Whether Dongbo itself is saving a product right now: what hooks tell of it is no news. */
    public static function busy(): bool
    {
        return self::$busy;
    }

    /**
     * The row that is about to be written; its values are slashed.
     *
     * @param array<string, mixed> $data
     * @param array<string, mixed> $post
     * @param array<string, mixed> $raw
     * @param bool                 $update
     *
     * @return array<string, mixed>
     */
    public static function row($data, $post = [], $raw = [], $update = false)
    {
        $ours = self::$id === (int) ($post['ID'] ?? 0)
            && in_array($data['post_type'] ?? '', ['product', 'product_variation'], true);
        if (!$ours) {
            return $data;
        }
        foreach (self::$texts as $column => $text) {
            $data[$column] = wp_slash($text);
        }
        foreach (['post_title', 'post_content'] as $column) {
            $data[$column] = Clean::held((string) $data[$column], $column);
        }
        if (self::$id === 0) {
            $data['post_content_filtered'] = wp_slash(self::$mark);
            if ($data['post_type'] === 'product_variation' && ($data['guid'] ?? null) === '' && Fast::recorded()) {
                // WooCommerce writes a variation's guid itself. For an empty one WordPress asks for a
                // permalink before: WooCommerce then reads the variation, which has no attributes yet,
                // takes them out of its title, and puts them back when it reads it next.
                $data['guid'] = wp_slash(home_url('?post_type=product_variation'));
            }
            // Only this INSERT is the product's: what hooks insert after it is not.
            self::$id = -1;
        }

        return $data;
    }
}

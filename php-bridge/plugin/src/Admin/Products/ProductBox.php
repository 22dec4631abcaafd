<?php

declare(strict_types=1);

namespace Dongbo\Admin\Products;

use Dongbo\Admin\Screen;
use Dongbo\Report\ProductStates;

/**
 * The box “KiotViet” on a product's own page (product.md H4): state, POS codes, and why each field is
 * as it is, computed when somebody asks (js/admin/product-box.mjs).
 */
final class ProductBox
{
    private const HANDLE = 'dongbo-product-box';

    /** Goods listed; the rest stand on Dongbo's own page. */
    private const LISTED = 12;

    /** @var array<string, mixed> */
    private array $connection;

    /** @param array<string, mixed> $connection */
    public function __construct(array $connection)
    {
        $this->connection = $connection;
    }

    public function hooks(): void
    {
        add_action('add_meta_boxes_' . ProductScreens::TYPE, [$this, 'add']);
    }

    /** @param mixed $post */
    public function add($post): void
    {
        $id = $post instanceof \WP_Post ? (int) $post->ID : 0;
        if ($id <= 0 || $post->post_status === 'auto-draft') {
            return;
        }
        add_meta_box('dongbo-product', 'KiotViet', function () use ($id): void {
            $this->box($id);
        }, null, 'side', 'default');
        $stamp = dirname(DONGBO_FILE) . '/assets/stamp.php';
        if (is_file($stamp)) {
            wp_enqueue_script(self::HANDLE, plugins_url('assets/product-box.js', DONGBO_FILE), ['wp-api-fetch', 'wp-i18n'], (require $stamp)['version'], true);
            wp_set_script_translations(self::HANDLE, 'dongbo', dirname(DONGBO_FILE) . '/languages');
        }
    }

    private function box(int $id): void
    {
        $standing = ProductStates::of($this->connection['id'], [$id])[$id] ?? null;
        if ($standing === null) {
            echo '<p>' . esc_html__('No good of KiotViet stands behind this product.', 'dongbo') . '</p>';
            echo '<p><a href="' . esc_url(self::goods(['search' => (string) get_post_meta($id, '_sku', true)])) . '">' . esc_html__('Find its good', 'dongbo') . '</a></p>';

            return;
        }
        echo '<div class="dongbo-product-box"><p><strong>' . esc_html(Marks::names()[$standing['state']]) . '</strong></p>';
        if ($standing['cause'] !== null) {
            echo '<p>' . esc_html(trim($standing['cause']['sentence'] . ' ' . $standing['cause']['remedy'])) . '</p>';
        }
        echo '<ul>';
        foreach (array_slice($standing['goods'], 0, self::LISTED) as $good) {
            echo '<li><a href="' . esc_url(self::goods(['good' => $good['id']])) . '">' . esc_html($good['code'] === '' ? $good['id'] : $good['code']) . '</a>';
            if ($good['state'] !== 'linked') {
                echo ' · ' . esc_html(Marks::names()[$good['state']]);
            }
            if ($good['code'] !== '') {
                echo ' <button type="button" class="button-link" data-why="' . esc_attr($good['id']) . '">';
                echo esc_html__('Why?', 'dongbo') . '<span class="screen-reader-text"> ' . esc_html($good['code']) . '</span></button>';
            }
            echo '</li>';
        }
        echo '</ul>';
        if (count($standing['goods']) > self::LISTED) {
            /* translators: %d: how many more. */
            echo '<p>' . esc_html(sprintf(__('and %d more', 'dongbo'), count($standing['goods']) - self::LISTED)) . '</p>';
        }
        echo '<div role="status" data-part="why"></div></div>';
    }

    /** @param array<string, string> $query */
    private static function goods(array $query): string
    {
        return add_query_arg(array_map('rawurlencode', ['screen' => 'goods'] + $query), Screen::url());
    }
}

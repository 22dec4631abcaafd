<?php

declare(strict_types=1);

namespace Dongbo\Admin\Products;

use Dongbo\Admin\Screen;
use Dongbo\Report\ProductStates;

/** The column “KiotViet” in WooCommerce's list of products: the state, the POS code, and why it failed. */
final class ProductColumn
{
    private const COLUMN = 'dongbo';

    /** Codes shown; a shirt may have fifty. */
    private const CODES = 3;

    private int $connection;

    /** @var array<int, array<string, mixed>|null> */
    private array $known = [];

    public function __construct(int $connection)
    {
        $this->connection = $connection;
    }

    public function hooks(): void
    {
        add_filter('manage_edit-product_columns', [$this, 'add'], 20);
        add_action('manage_product_posts_custom_column', [$this, 'cell'], 10, 2);
        add_filter('the_posts', [$this, 'learn'], 10, 2);
        add_action('admin_head', [$this, 'style']);
    }

    /**
     * After the stock.
     *
     * @param mixed $columns
     * @return array<string, string>
     */
    public function add($columns): array
    {
        $columns = (array) $columns;
        $after = array_search('is_in_stock', array_keys($columns), true);
        $place = $after === false ? count($columns) : $after + 1;

        return array_slice($columns, 0, $place, true) + [self::COLUMN => 'KiotViet'] + array_slice($columns, $place, null, true);
    }

    /**
     * All of the page at once.
     *
     * @param mixed $posts
     * @param mixed $query
     * @return mixed
     */
    public function learn($posts, $query)
    {
        if (is_array($posts) && $query instanceof \WP_Query && $query->is_main_query()) {
            $ids = array_map('intval', array_column($posts, 'ID'));
            $this->known = ProductStates::of($this->connection, $ids) + array_fill_keys($ids, null);
        }

        return $posts;
    }

    /**
     * @param mixed $column
     * @param mixed $product
     */
    public function cell($column, $product): void
    {
        if ($column !== self::COLUMN) {
            return;
        }
        $standing = $this->known[(int) $product] ?? null;
        if ($standing === null) {
            echo '<span aria-hidden="true">–</span><span class="screen-reader-text">' . esc_html(Marks::names()['site-only']) . '</span>';

            return;
        }
        echo wp_kses_post(Marks::of($standing['state']));
        $codes = array_values(array_filter(array_column($standing['goods'], 'code')));
        foreach (array_slice($codes, 0, self::CODES) as $at => $code) {
            echo '<br><a href="' . esc_url(add_query_arg(['screen' => 'goods', 'good' => rawurlencode($standing['goods'][$at]['id'])], Screen::url())) . '">' . esc_html($code) . '</a>';
        }
        if (count($codes) > self::CODES) {
            /* translators: %d: how many more. */
            echo '<br>' . esc_html(sprintf(__('and %d more', 'dongbo'), count($codes) - self::CODES));
        }
        if ($standing['cause'] !== null) {
            echo '<br><small>' . esc_html($standing['cause']['sentence']) . '</small>';
        }
    }

    /** As wide as WooCommerce's own columns of its kind; marks of states are styled on pages of orders only. */
    public function style(): void
    {
        echo '<style>.widefat .column-dongbo{width:12ch}.column-dongbo mark.order-status{display:inline-flex;line-height:2;color:#454545;background:#e5e5e5;border-radius:4px;margin:-.25em 0}'
            . '.column-dongbo mark.order-status span{margin:0 .8em}.column-dongbo mark.status-processing{background:#c6e1c6;color:#2c4700}.column-dongbo mark.status-on-hold{background:#f8dda7;color:#573b00}'
            . '.column-dongbo mark.status-failed{background:#eba3a3;color:#570000}</style>';
    }
}

<?php

declare(strict_types=1);

namespace Dongbo\Admin\Products;

use Dongbo\Report\ProductStates;

/** Narrows WooCommerce's list of products to those in one state. */
final class ProductFilter
{
    private const FIELD = 'dongbo_state';

    private int $connection;

    public function __construct(int $connection)
    {
        $this->connection = $connection;
    }

    public function hooks(): void
    {
        add_action('restrict_manage_posts', [$this, 'field'], 20);
        add_filter('posts_where', [$this, 'where'], 10, 2);
    }

    /** @param mixed $type Of posts. */
    public function field($type): void
    {
        if ($type !== ProductScreens::TYPE) {
            return;
        }
        $label = __('State in KiotViet', 'dongbo');
        echo '<label class="screen-reader-text" for="dongbo-state">' . esc_html($label) . '</label>';
        echo '<select name="' . esc_attr(self::FIELD) . '" id="dongbo-state"><option value="">' . esc_html($label) . '</option>';
        foreach (Marks::names() as $state => $name) {
            echo '<option value="' . esc_attr($state) . '"' . selected($this->state(), $state, false) . '>' . esc_html("KiotViet: $name") . '</option>';
        }
        echo '</select>';
    }

    /**
     * @param mixed $where
     * @param mixed $query
     * @return mixed
     */
    public function where($where, $query)
    {
        $own = $query instanceof \WP_Query && $query->is_main_query() && $query->get('post_type') === ProductScreens::TYPE;

        return $own && $this->state() !== '' ? "$where AND {$GLOBALS['wpdb']->posts}.ID IN (" . ProductStates::idsIn($this->connection, $this->state()) . ')' : $where;
    }

    private function state(): string
    {
        // phpcs:ignore WordPress.Security.NonceVerification -- a filter of a list, as WooCommerce's own are.
        $state = isset($_GET[self::FIELD]) ? sanitize_key(wp_unslash($_GET[self::FIELD])) : '';

        return in_array($state, ProductStates::STATES, true) ? $state : '';
    }
}

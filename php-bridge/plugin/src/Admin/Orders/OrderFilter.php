<?php

declare(strict_types=1);

namespace Dongbo\Admin\Orders;

use Dongbo\Report\OrderList;

/** Narrows WooCommerce's list of orders to those in one state. */
final class OrderFilter
{
    private const FIELD = 'dongbo_state';

    private int $connection;

    public function __construct(int $connection)
    {
        $this->connection = $connection;
    }

    /** @param string $page The screen's id. */
    public function hooks(string $page): void
    {
        if ($page === OrderScreens::POSTS) {
            add_action('restrict_manage_posts', [$this, 'field']);
            add_filter('posts_where', [$this, 'posts'], 10, 2);

            return;
        }
        add_action('woocommerce_order_list_table_restrict_manage_orders', [$this, 'field']);
        add_filter('woocommerce_order_list_table_prepare_items_query_args', [$this, 'wanted']);
        add_filter('woocommerce_orders_table_query_clauses', [$this, 'clauses'], 10, 3);
    }

    /** @param mixed $type Of orders or posts. */
    public function field($type): void
    {
        if ($type !== OrderScreens::POST) {
            return;
        }
        $label = __('State in KiotViet', 'dongbo');
        echo '<label class="screen-reader-text" for="dongbo-state">' . esc_html($label) . '</label>';
        echo '<select name="' . esc_attr(self::FIELD) . '" id="dongbo-state"><option value="">' . esc_html($label) . '</option>';
        foreach (Standing::names() as $state => $name) {
            echo '<option value="' . esc_attr($state) . '"' . selected($this->state(), $state, false) . '>' . esc_html("KiotViet: $name") . '</option>';
        }
        echo '</select>';
    }

    /**
     * The list's own query carries it, so that no other query of the page is narrowed.
     *
     * @param mixed $args
     * @return mixed
     */
    public function wanted($args)
    {
        return is_array($args) && $this->state() !== '' ? $args + [self::FIELD => $this->state()] : $args;
    }

    /**
     * @param mixed $clauses
     * @param mixed $query
     * @param mixed $args
     * @return mixed
     */
    public function clauses($clauses, $query, $args)
    {
        if (is_array($clauses) && is_array($args) && isset($args[self::FIELD])) {
            $clauses['where'] .= " AND {$GLOBALS['wpdb']->prefix}wc_orders.id IN (" . OrderList::inState($this->connection, $args[self::FIELD]) . ')';
        }

        return $clauses;
    }

    /**
     * @param mixed $where
     * @param mixed $query
     * @return mixed
     */
    public function posts($where, $query)
    {
        $own = $query instanceof \WP_Query && $query->is_main_query() && $query->get('post_type') === OrderScreens::POST;

        return $own && $this->state() !== '' ? "$where AND {$GLOBALS['wpdb']->posts}.ID IN (" . OrderList::inState($this->connection, $this->state()) . ')' : $where;
    }

    private function state(): string
    {
        // phpcs:ignore WordPress.Security.NonceVerification -- a filter of a list, as WooCommerce's own are.
        $state = isset($_GET[self::FIELD]) ? sanitize_key(wp_unslash($_GET[self::FIELD])) : '';

        return in_array($state, OrderList::states(), true) ? $state : '';
    }
}

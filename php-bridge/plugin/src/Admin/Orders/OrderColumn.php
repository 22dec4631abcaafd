<?php

declare(strict_types=1);

namespace Dongbo\Admin\Orders;

/** The column “KiotViet” in WooCommerce's list of orders: the POS code, the state, and why it failed. */
final class OrderColumn
{
    private const COLUMN = 'dongbo';

    private Standing $standing;

    public function __construct(Standing $standing)
    {
        $this->standing = $standing;
    }

    /** @param string $page The screen's id. */
    public function hooks(string $page): void
    {
        add_filter("manage_{$page}_columns", [$this, 'add'], 20);
        $cells = $page === OrderScreens::POSTS ? 'manage_' . OrderScreens::POST . '_posts' : "manage_$page";
        add_action($cells . '_custom_column', [$this, 'cell'], 10, 2);
        add_filter('woocommerce_order_query', [$this, 'orders']);
        add_filter('the_posts', [$this, 'posts']);
    }

    /**
     * After the state WooCommerce keeps.
     *
     * @param mixed $columns
     * @return array<string, string>
     */
    public function add($columns): array
    {
        $columns = (array) $columns;
        $after = array_search('order_status', array_keys($columns), true);
        $place = $after === false ? count($columns) : $after + 1;

        return array_slice($columns, 0, $place, true) + [self::COLUMN => 'KiotViet'] + array_slice($columns, $place, null, true);
    }

    /**
     * What the list is about to show.
     *
     * @param mixed $found
     * @return mixed
     */
    public function orders($found)
    {
        $orders = is_object($found) && isset($found->orders) ? $found->orders : $found;
        $this->learn(is_array($orders) ? $orders : []);

        return $found;
    }

    /**
     * @param mixed $posts
     * @return mixed
     */
    public function posts($posts)
    {
        $this->learn(is_array($posts) ? $posts : []);

        return $posts;
    }

    /** @param array<int, mixed> $rows */
    private function learn(array $rows): void
    {
        $ids = [];
        foreach ($rows as $row) {
            if ($row instanceof \WC_Order) {
                $ids[] = $row->get_id();
            } elseif ($row instanceof \WP_Post && $row->post_type === OrderScreens::POST) {
                $ids[] = $row->ID;
            }
        }
        if ($ids !== []) {
            $this->standing->learn($ids);
        }
    }

    /**
     * @param mixed $column
     * @param mixed $order The order, or its id where orders are posts.
     */
    public function cell($column, $order): void
    {
        if ($column !== self::COLUMN) {
            return;
        }
        $standing = $this->standing->of($order instanceof \WC_Order ? $order->get_id() : (int) $order);
        if ($standing === null) {
            echo '<span aria-hidden="true">–</span>';

            return;
        }
        echo wp_kses_post(Standing::mark($standing['state']));
        if ($standing['pos_code'] !== '') {
            echo '<br>' . esc_html($standing['pos_code']);
        }
        if ($standing['cause'] !== null && in_array($standing['state'], ['failed', 'review'], true)) {
            echo '<br><small>' . esc_html($standing['cause']['sentence']) . '</small>';
        }
    }
}

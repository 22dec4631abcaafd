<?php

declare(strict_types=1);

namespace Dongbo\Admin\Orders;

use Dongbo\Activation\Requirements;
use Dongbo\Tables\Connections;
use Dongbo\Tables\Schema;

/**
 * What Dongbo adds to WooCommerce's own pages of orders (product.md H8): a column and a filter in the
 * list, a box on the order's page, with orders in tables of their own and as posts. Other pages of
 * wp-admin load nothing of it.
 */
final class OrderScreens
{
    public const CAPABILITY = 'manage_woocommerce';

    /** With tables of their own, list and order share one page. */
    public const OWN_TABLES = 'woocommerce_page_wc-orders';
    public const POST = 'shop_order';
    public const POSTS = 'edit-shop_order';

    public static function hooks(): void
    {
        add_action('current_screen', [self::class, 'on']);
    }

    /** @param mixed $screen */
    public static function on($screen): void
    {
        $page = $screen instanceof \WP_Screen ? $screen->id : '';
        if (!in_array($page, [self::OWN_TABLES, self::POST, self::POSTS], true) || !current_user_can(self::CAPABILITY)) {
            return;
        }
        $connection = Requirements::unmet() === [] && Schema::ready() ? Connections::current() : null;
        if ($connection === null) {
            return;
        }
        if ($page !== self::POST) {
            $list = new OrderColumn(new Standing($connection['id']));
            $list->hooks($page);
            (new OrderFilter($connection['id']))->hooks($page);
        }
        if ($page !== self::POSTS) {
            (new OrderBox($connection))->hooks($page);
        }
    }
}

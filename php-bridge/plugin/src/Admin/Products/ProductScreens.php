<?php

declare(strict_types=1);

namespace Dongbo\Admin\Products;

use Dongbo\Activation\Requirements;
use Dongbo\Tables\Connections;
use Dongbo\Tables\Schema;

/**
 * What Dongbo adds to WooCommerce's own pages of products (product.md H4): a column, a filter and
 * bulk actions in the list, a box on the product's page. Other pages of wp-admin load nothing of it.
 */
final class ProductScreens
{
    public const CAPABILITY = 'manage_woocommerce';
    public const TYPE = 'product';
    public const LIST = 'edit-product';

    public static function hooks(): void
    {
        add_action('current_screen', [self::class, 'on']);
    }

    /** @param mixed $screen */
    public static function on($screen): void
    {
        $page = $screen instanceof \WP_Screen ? $screen->id : '';
        if (!in_array($page, [self::TYPE, self::LIST], true) || !current_user_can(self::CAPABILITY)) {
            return;
        }
        $connection = Requirements::unmet() === [] && Schema::ready() ? Connections::current() : null;
        if ($connection === null) {
            return;
        }
        if ($page === self::TYPE) {
            (new ProductBox($connection))->hooks();

            return;
        }
        (new ProductColumn($connection['id']))->hooks();
        (new ProductFilter($connection['id']))->hooks();
        (new BulkActions($connection))->hooks();
    }
}

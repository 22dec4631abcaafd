<?php

declare(strict_types=1);

/** What WC() gives. */
final class WooCommerce
{
    public string $version = WC_VERSION;

    private static ?self $instance = null;

    public static function instance()
    {
        return self::$instance = self::$instance ?? new self();
    }

    public function plugin_path()
    {
        return untrailingslashit(WC_ABSPATH);
    }
}

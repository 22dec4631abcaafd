<?php

declare(strict_types=1);

/** Forgets what the object cache holds of a group. */
class WC_Cache_Helper
{
    public static function invalidate_cache_group($group)
    {
        if ($group === 'woocommerce-attributes') {
            wp_cache_delete('wc_attribute_taxonomies', $group);
        }

        return true;
    }
}

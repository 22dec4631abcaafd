<?php

declare(strict_types=1);

namespace Automattic\WooCommerce\Utilities;

/** Where plugins say what they get on with. */
class FeaturesUtil
{
    /** @var array<string, array<string, bool>> */
    private static array $declared = [];

    public static function declare_compatibility(string $feature_id, string $plugin_file, bool $positive_compatibility = true): bool
    {
        if (!doing_action('before_woocommerce_init')) {
            return false;
        }
        self::$declared[$feature_id][plugin_basename($plugin_file)] = $positive_compatibility;

        return true;
    }
}

<?php
// Draft, private and published; hidden and shown again; titles of variations with odd values.

declare(strict_types=1);

use Dongbo\Tests\Contract\Observation;

return static function (Observation $see): void {
    $id = $see->step('draft', static function () {
        $product = new WC_Product_Simple();
        $product->set_name('Nháp');
        $product->set_status('draft');
        $product->set_regular_price('1000');

        return $product->save();
    });
    foreach (['publish', 'private', 'publish', 'draft'] as $place => $status) {
        $see->step("$status ($place)", static function () use ($id, $status) {
            $product = wc_get_product($id);
            $product->set_status($status);
            $product->save();

            return [wc_get_product($id)->get_status(), wc_get_product($id)->get_slug()];
        });
    }
    foreach (['catalog', 'visible'] as $visibility) {
        $see->step("visibility $visibility", static function () use ($id, $visibility) {
            $product = wc_get_product($id);
            $product->set_catalog_visibility($visibility);

            return $product->save();
        });
    }
    add_filter('doing_it_wrong_trigger_error', '__return_false');
    $see->step('compatibility said too late', static fn () => \Automattic\WooCommerce\Utilities\FeaturesUtil::declare_compatibility('custom_order_tables', 'dongbo/dongbo.php', true));
};

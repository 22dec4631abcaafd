<?php
// The rows layered navigation reads, which jobs make a second after the change.

declare(strict_types=1);

use Dongbo\Tests\Contract\Observation;

return static function (Observation $see): void {
    $work = static function (): string {
        // The jobs are due a second from now.
        sleep(2);
        // More than once: Action Scheduler stops early in a request that has slept.
        for ($pass = 0; $pass < 8; $pass++) {
            do_action('action_scheduler_run_queue', 'contract');
        }

        return 'worked off';
    };
    $ids = $see->step('family', static fn () => (require __DIR__ . '/family.inc.php')());
    $see->step('jobs', $work);
    $see->step('stock', static function () use ($ids) {
        wc_update_product_stock($ids['AO-DO-L'], 0, 'set');
        wc_update_product_stock($ids['AO-DO-M'], 4, 'set');
    });
    $see->step('jobs after stock', $work);
    $see->step('another value, an open one, a simple product', static function () use ($ids) {
        $variation = wc_get_product($ids['AO-DO-M']);
        $variation->set_attributes(['pa_mau' => 'xanh', 'pa_size' => '']);
        $variation->save();
        $term = wp_insert_term('Bông', 'pa_mau');
        $attribute = new WC_Product_Attribute();
        $attribute->set_id(wc_attribute_taxonomy_id_by_name('pa_mau'));
        $attribute->set_name('pa_mau');
        $attribute->set_options([$term['term_id']]);
        $attribute->set_visible(true);
        $product = new WC_Product_Simple();
        $product->set_name('Gối');
        $product->set_attributes([$attribute]);

        return $product->save();
    });
    $see->step('jobs after values', $work);
    $see->step('a value taken away, a variation deleted', static function () use ($ids) {
        $parent = wc_get_product($ids['parent']);
        $attributes = $parent->get_attributes();
        unset($attributes['pa_size']);
        $parent->set_attributes($attributes);
        $parent->save();

        return wc_get_product($ids['AO-XANH-M'])->delete(true);
    });
    $see->step('jobs after removals', $work);
    $see->step('trash', static fn () => wc_get_product($ids['parent'])->delete());
    $see->step('jobs after trash', $work);
};

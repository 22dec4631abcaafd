<?php
/**
 * Makes again, with WooCommerce's own CRUD as any plugin would, what the first sync has made: products spread over
 * the whole shop, with their variations, until there are about ROWS. Prints how many rows that were, their seconds and
 * statements; and the same for what WooCommerce leaves to the end of the request and to its background jobs, without
 * which a family has no prices in lists and layered navigation does not find it.
 *
 *   lab exec DIR plain-saves.php ROWS
 */

declare(strict_types=1);

[, $wanted] = $argv;
const PLAIN_OWN = ['name', 'description', 'regular_price', 'sale_price', 'date_on_sale_from', 'date_on_sale_to', 'weight', 'manage_stock', 'stock_quantity', 'stock_status', 'status'];

// Without Dongbo's own ears, which would be counted as WooCommerce's cost.
foreach (['woocommerce_new_product', 'woocommerce_update_product', 'woocommerce_new_product_variation', 'woocommerce_update_product_variation'] as $plain_event) {
    remove_action($plain_event, [Dongbo\Push\Recorder::class, 'changed'], 100);
}

$plain_like = static function (WC_Product $made, WC_Product $new, array $more): WC_Product {
    $data = $made->get_data();
    $new->set_props(array_intersect_key($data, array_flip(array_merge(PLAIN_OWN, $more))));
    if ($made->get_sku('edit') !== '') {
        $new->set_sku('PLAIN-' . $made->get_sku('edit'));
    }

    return $new;
};

$ids = array_map('intval', $GLOBALS['wpdb']->get_col("SELECT ID FROM {$GLOBALS['wpdb']->posts} WHERE post_type = 'product' AND post_status = 'publish' ORDER BY ID"));
$all = (int) $GLOBALS['wpdb']->get_var("SELECT COUNT(*) FROM {$GLOBALS['wpdb']->posts} WHERE post_type IN ('product', 'product_variation')");
$step = max(1, (int) floor($all / (int) $wanted));
$timed = static function (callable $work): array {
    global $wpdb;
    $from = microtime(true);
    $before = $wpdb->num_queries;
    $work();

    return ['seconds' => microtime(true) - $from, 'sql' => $wpdb->num_queries - $before];
};
$spent = ['seconds' => 0.0, 'sql' => 0];
$rows = 0;
foreach ($ids as $at => $id) {
    if ($at % $step !== 0) {
        continue;
    }
    $made = wc_get_product($id);
    $children = array_filter(array_map('wc_get_product', $made->get_children()));
    $took = $timed(static function () use ($made, $children, $plain_like): void {
        $class = $made->is_type('variable') ? WC_Product_Variable::class : WC_Product_Simple::class;
        $parent = $plain_like($made, new $class(), ['category_ids', 'attributes'])->save();
        foreach ($children as $child) {
            $new = $plain_like($child, new WC_Product_Variation(), ['attributes']);
            $new->set_parent_id($parent);
            $new->save();
        }
    });
    $spent = ['seconds' => $spent['seconds'] + $took['seconds'], 'sql' => $spent['sql'] + $took['sql']];
    $rows += 1 + count($children);
}
$owed = $timed(static function (): void {
    WC_Post_Data::do_deferred_product_sync();
    $jobs = ['hook' => 'woocommerce_run_product_attribute_lookup_update_callback', 'status' => ActionScheduler_Store::STATUS_PENDING, 'per_page' => -1];
    foreach (as_get_scheduled_actions($jobs) as $job) {
        do_action_ref_array($job->get_hook(), array_values($job->get_args()));
    }
});
echo json_encode(['rows' => $rows, 'owed' => $owed] + $spent);

<?php
// A variation deleted, a family to the trash and back, deleted for good.

declare(strict_types=1);

use Dongbo\Tests\Contract\Observation;

return static function (Observation $see): void {
    $ids = (require __DIR__ . '/family.inc.php')();
    $see->step('begin', static fn () => $ids);
    $see->step('variation deleted', static fn () => wc_get_product($ids['AO-XANH-M'])->delete(true));
    $see->step('children', static fn () => wc_get_product($ids['parent'])->get_children());
    $see->step('parent to the trash', static fn () => wc_get_product($ids['parent'])->delete());
    $see->step('SKU look-up in the trash', static fn () => wc_get_product_id_by_sku('AO-DO-M'));
    $see->step('and back', static fn () => wp_untrash_post($ids['parent']) instanceof WP_Post);
    $see->step('parent deleted for good', static fn () => wc_get_product($ids['parent'])->delete(true));
    $see->step('what is left', static fn () => [wc_get_product($ids['parent']), wc_get_product($ids['AO-DO-M'])]);
};

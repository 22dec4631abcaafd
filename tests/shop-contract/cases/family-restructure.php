<?php
// Attributes of a variable product added, taken away, renamed; a value renamed.

declare(strict_types=1);

use Dongbo\Tests\Contract\Observation;

return static function (Observation $see): void {
    $ids = (require __DIR__ . '/family.inc.php')();
    $see->step('begin', static fn () => $ids);
    $see->step('attribute renamed', static function () {
        foreach (wc_get_attribute_taxonomies() as $row) {
            if ($row->attribute_name === 'mau') {
                return wc_update_attribute((int) $row->attribute_id, ['name' => 'Màu sắc', 'slug' => 'mau', 'type' => 'select', 'order_by' => 'menu_order', 'has_archives' => false]);
            }
        }
    });
    $see->step('value renamed', static function () {
        $term = get_term_by('slug', 'do', 'pa_mau');

        return wp_update_term($term->term_id, 'pa_mau', ['name' => 'Đỏ đô']);
    });
    $see->step('name after the value was renamed', static fn () => wc_get_product($ids['AO-DO-M'])->get_name());
    $see->step('only one attribute left', static function () use ($ids) {
        $parent = wc_get_product($ids['parent']);
        $attributes = $parent->get_attributes();
        unset($attributes['pa_size']);
        $parent->set_attributes($attributes);

        return $parent->save();
    });
    $see->step('a value more', static function () use ($ids) {
        $parent = wc_get_product($ids['parent']);
        $term = wp_insert_term('Vàng', 'pa_mau');
        $attributes = $parent->get_attributes();
        $colour = clone $attributes['pa_mau'];
        $colour->set_options(array_merge($colour->get_options(), [$term['term_id']]));
        $attributes['pa_mau'] = $colour;
        $parent->set_attributes($attributes);
        $parent->save();

        return wc_get_product($ids['parent'])->get_attributes()['pa_mau']->get_options();
    });
};

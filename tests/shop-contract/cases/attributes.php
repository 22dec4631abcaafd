<?php
// Attributes: twice, reserved, too long, sanitised names.

declare(strict_types=1);

use Dongbo\Tests\Contract\Observation;

return static function (Observation $see): void {
    $make = static fn (string $name, string $slug = '') => static fn () => wc_create_attribute(['name' => $name, 'slug' => $slug, 'type' => 'select', 'order_by' => 'menu_order', 'has_archives' => false]);
    $see->step('with slug', $make('Chất liệu', 'chat-lieu'));
    $see->step('again', $make('Chất liệu', 'chat-lieu'));
    $see->step('without slug', $make('Kích cỡ'));
    $see->step('28 characters', $make('Dài', str_repeat('a', 28)));
    $see->step('29 characters', $make('Dài quá', str_repeat('b', 29)));
    $see->step('reserved', $make('Type', 'type'));
    $see->step('no name', $make('', 'khong-ten'));
    $see->step('sanitised names', static fn () => array_map('wc_sanitize_taxonomy_name', ['Màu sắc', 'SIZE (cm)', 'đỏ & đen', '  a  b ', 'Ø', str_repeat('ế', 20)]));
    $see->step('taxonomy names', static fn () => array_map('wc_attribute_taxonomy_name', ['Màu sắc', 'mau', '']));
    $see->step('list', static fn () => array_map(static fn ($row) => [$row->attribute_name, $row->attribute_label, $row->attribute_type, $row->attribute_orderby, $row->attribute_public], array_values(wc_get_attribute_taxonomies())));
};

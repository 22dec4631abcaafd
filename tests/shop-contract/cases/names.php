<?php
// Names and texts that are often broken: long, quoted, emoji, HTML; by an administrator and by cron.

declare(strict_types=1);

use Dongbo\Tests\Contract\Observation;

return static function (Observation $see): void {
    foreach ([1, 0] as $user) {
        wp_set_current_user($user);
        foreach ([
            'long' => str_repeat('Ư', 300),
            'quoted' => 'Bàn 24" &quot;gỗ&quot; & \'sồi\' \\ C:\\x',
            'emoji' => 'Trà sữa 🧋 👨‍👩‍👧',
            'tags' => 'Máy <b>lọc</b> <script>alert(1)</script>',
            'blank' => '   ',
        ] as $kind => $name) {
            $see->step("$kind, user $user", static function () use ($name) {
                $product = new WC_Product_Simple();
                $product->set_name($name);
                $product->set_description("<table><tr><td>$name</td></tr></table>");
                $id = $product->save();
                $read = wc_get_product($id);

                return [$id, mb_strlen($read->get_name('edit')), $read->get_name('edit') === $name, $read->get_name('edit'), $read->get_description('edit'), $read->get_slug()];
            });
        }
    }
    $see->step('category names', static fn () => array_map(static fn ($name) => wp_insert_term($name, 'product_cat'), ['Đồ "cũ" & mới', "Trẻ em's", '<b>In</b>', '   ', str_repeat('ă', 201)]));
};

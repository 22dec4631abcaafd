<?php

declare(strict_types=1);

namespace Dongbo\Contract;

use Dongbo\Shop\Attributes;
use Dongbo\Shop\Clean;
use Dongbo\Shop\Origins;
use Dongbo\Shop\Products;
use Dongbo\Shop\Reader;
use Dongbo\Shop\Refused;

$writer = static function (array $texts = []): Products {
    return new Products(new Attributes(), static function (string $hash) use ($texts): ?string {
        return $texts[$hash] ?? null;
    });
};
$read = static function (int $id): array {
    return (new Reader(new Origins(1)))->byIds([$id])[$id];
};

return [
    'a simple product reads back as it was written' => static function () use ($writer, $read): void {
        new World();
        $text = Clean::description('<table><tr><td>Cỡ &quot;M&quot;</td></tr></table> C:\\new 🍜');
        $category = wp_insert_term('Thời trang', 'product_cat')['term_id'];
        $id = $writer([md5($text) => $text])->create(World::operation(['remote_id' => '7', 'changes' => [
            'name' => 'Áo "M" & <5kg> C:\\ 🍜', 'description' => md5($text), 'sku' => 'SP-7', 'barcode' => '8934563138165',
            'regular_price' => '149000', 'sale_price' => '99000', 'sale_from' => '1732000000000', 'sale_to' => '1999000000000',
            'manage_stock' => 'yes', 'stock' => '12', 'weight' => '0.5', 'status' => 'publish', 'visibility' => 'catalog',
            'categories' => (string) $category,
        ]]), 0, (new Origins(1))->mark('good', '7'))->id;
        wp_cache_flush();
        $product = $read($id);
        foreach (['kind' => 'simple', 'name' => Clean::name('Áo "M" & <5kg> C:\\ 🍜'), 'description_hash' => md5($text), 'sku' => 'SP-7',
            'barcode' => '8934563138165', 'regular_price' => '149000', 'sale_price' => '99000', 'sale_from' => 1732000000000,
            'sale_to' => 1999000000000, 'manage_stock' => true, 'stock' => 12000, 'stock_status' => 'instock', 'weight' => '0.5',
            'status' => 'publish', 'visibility' => 'catalog', 'categories' => [$category], 'origin' => 'good:7', 'attributes' => [],
            'parent' => 0] as $field => $value) {
            Check::same($value, $product[$field], $field);
        }
        Check::same('99000', get_post_meta($id, '_price', true), 'the sale is on');
    },

    'a variable product and its variations read back by labels' => static function () use ($read): void {
        new World();
        $attributes = new Attributes();
        $writer = new Products($attributes, static function (): ?string {
            return null;
        });
        $attributes->ensure('Màu sắc', ['Đỏ', 'Đo', 'xl', 'XL']);
        $attributes->ensure('Cỡ', ['38']);
        $parent = $writer->create(World::operation(['remote_id' => '1', 'remote_kind' => 'family', 'product' => 'variable',
            'changes' => ['name' => 'Áo', 'status' => 'publish', 'attributes' => 'x'],
            'attributes' => [['name' => 'Màu sắc', 'values' => ['Đỏ', 'Đo', 'xl', 'XL']], ['name' => 'Cỡ', 'values' => ['38']]]]), 0, 'dongbo:1:family:1')->id;
        $ids = [];
        foreach (['Đỏ', 'Đo', 'xl', 'XL'] as $place => $colour) {
            $ids[] = $writer->create(World::operation(['remote_id' => (string) (10 + $place), 'product' => 'variation',
                'changes' => ['sku' => "A$place", 'regular_price' => (string) (100 + $place), 'status' => 'publish', 'values' => 'x'],
                'values' => [['name' => 'Màu sắc', 'value' => $colour], ['name' => 'Cỡ', 'value' => '38']]]), $parent, "dongbo:1:good:1$place")->id;
        }
        Products::syncParents([$parent]);
        wp_cache_flush();
        Check::same([['name' => 'Màu sắc', 'values' => ['Đỏ', 'Đo', 'xl', 'XL']], ['name' => 'Cỡ', 'values' => ['38']]], $read($parent)['attributes'], 'the parent');
        Check::same('variable', $read($parent)['kind'], 'kind');
        foreach (['Đỏ', 'Đo', 'xl', 'XL'] as $place => $colour) {
            $variation = $read($ids[$place]);
            Check::same([['name' => 'Màu sắc', 'values' => [$colour]], ['name' => 'Cỡ', 'values' => ['38']]], $variation['attributes'], "variation $colour");
            Check::same(['variation', $parent, "good:1$place"], [$variation['kind'], $variation['parent'], $variation['origin']], 'place');
        }
        $product = wc_get_product($parent);
        Check::same(4, count($product->get_children()), 'children');
        Check::same(['100', '101', '102', '103'], get_post_meta($parent, '_price'), 'price range');
    },

    'in an old site whose tables hold three bytes a character, emojis of a description are kept (B13)' => static function (): void {
        global $wpdb;
        $table = $wpdb->get_row("SHOW FULL COLUMNS FROM {$wpdb->posts} LIKE 'post_content'");
        // What a request knows of its columns is its own: another one looks.
        $wpdb->query("ALTER TABLE {$wpdb->posts} MODIFY post_content longtext CHARACTER SET utf8mb3 NOT NULL, MODIFY post_title text CHARACTER SET utf8mb3 NOT NULL");
        $look = static function () use ($wpdb): void {
            foreach (['col_meta', 'table_charset'] as $name) {
                $known = new \ReflectionProperty(\wpdb::class, $name);
                $known->setAccessible(true);
                $known->setValue($wpdb, []);
            }
        };
        $look();
        try {
            $world = new World();
            $world->goods([['id' => '1', 'name' => 'Gấu 🧸', 'description' => '<p>Đẹp 😀</p>']]);
            Check::same([true, 0], [$world->slice()->done, count($world->rows('issue'))], json_encode($world->issues(), JSON_UNESCAPED_UNICODE));
            wp_cache_flush();
            $post = get_post($world->products()['SP1']);
            Check::same(['Gấu 🧸', '<p>Đẹp 😀</p>'], array_map('html_entity_decode', [$post->post_title, $post->post_content]), 'as a browser shows it');
            $world->newRun();
            Check::same([], World::writesDuring([$world, 'slice']), 'nothing left to do');
        } finally {
            $wpdb->query("ALTER TABLE {$wpdb->posts} MODIFY post_content longtext COLLATE {$table->Collation} NOT NULL, MODIFY post_title text COLLATE {$table->Collation} NOT NULL");
            $look();
        }
    },

    'in an old site whose tables hold three bytes a character, categories, attributes and values with emojis are made, once (B12, B2)' => static function (): void {
        global $wpdb;
        $labels = $wpdb->prefix . 'woocommerce_attribute_taxonomies';
        $columns = [$wpdb->terms => ['name', 'varchar(200)', 'NOT NULL DEFAULT \'\''], $labels => ['attribute_label', 'varchar(200)', 'NULL']];
        $before = [];
        $look = static function () use ($wpdb): void {
            foreach (['col_meta', 'table_charset'] as $name) {
                $known = new \ReflectionProperty(\wpdb::class, $name);
                $known->setAccessible(true);
                $known->setValue($wpdb, []);
            }
        };
        foreach ($columns as $table => [$column, $type, $rest]) {
            $before[$table] = $wpdb->get_row("SHOW FULL COLUMNS FROM {$table} LIKE '{$column}'")->Collation;
            $wpdb->query("ALTER TABLE {$table} MODIFY {$column} {$type} CHARACTER SET utf8mb3 {$rest}");
        }
        $look();
        try {
            $world = new World();
            $world->list('categories', [['id' => '7', 'name' => 'Đồ uống 🥤 𝐁𝐢𝐚']]);
            $world->categories();
            $color = static function (string $value): array {
                return ['attributes' => [['name' => 'Màu 🌈', 'value' => $value]], 'category_id' => '7'];
            };
            $world->goods([['id' => '20'] + $color('Xanh 🌊'), ['id' => '21', 'master_id' => '20', 'family_key' => '20'] + $color('Đỏ')]);
            Check::same([true, 0], [$world->slice()->done, count($world->rows('issue'))], json_encode($world->issues(), JSON_UNESCAPED_UNICODE));
            wp_cache_flush();
            $named = static function (string $taxonomy): array {
                return array_map('html_entity_decode', get_terms(['taxonomy' => $taxonomy, 'hide_empty' => false, 'fields' => 'names', 'orderby' => 'term_id']));
            };
            $attribute = array_filter(wc_get_attribute_taxonomies(), static function ($one): bool {
                return html_entity_decode($one->attribute_label) === 'Màu 🌈';
            });
            Check::same(1, count($attribute), 'one attribute');
            Check::same(['Xanh 🌊', 'Đỏ'], $named(wc_attribute_taxonomy_name(reset($attribute)->attribute_name)), 'its values as a browser shows them');
            Check::same('Đồ uống 🥤 𝐁𝐢𝐚', array_reverse($named('product_cat'))[0], 'the category as a browser shows it');
            $world->newRun();
            Check::same([[], []], [World::writesDuring([$world, 'categories']), World::writesDuring([$world, 'slice'])], 'nothing left to do');
        } finally {
            foreach ($columns as $table => [$column, $type, $rest]) {
                $wpdb->query("ALTER TABLE {$table} MODIFY {$column} {$type} COLLATE {$before[$table]} {$rest}");
            }
            $look();
        }
    },

    'in an old site whose database speaks latin1 a description is read as it was written (B13)' => static function (): void {
        global $wpdb;
        $table = $wpdb->get_row("SHOW FULL COLUMNS FROM {$wpdb->posts} LIKE 'post_content'");
        $charset = $wpdb->charset;
        $wpdb->query("ALTER TABLE {$wpdb->posts} MODIFY post_content longtext CHARACTER SET latin1 NOT NULL");
        $wpdb->set_charset($wpdb->dbh, 'latin1', 'latin1_swedish_ci');
        $wpdb->charset = 'latin1';
        try {
            $world = new World();
            $world->goods([['id' => '1', 'name' => 'Tra', 'description' => '<p>Mô tả đẹp “ngoặc”</p>']]);
            Check::same([true, 0], [$world->slice()->done, count($world->rows('issue'))], json_encode($world->issues(), JSON_UNESCAPED_UNICODE));
            wp_cache_flush();
            Check::same('<p>Mô tả đẹp “ngoặc”</p>', get_post($world->products()['SP1'])->post_content, 'as WordPress shows it');
            $world->newRun();
            Check::same([], World::writesDuring([$world, 'slice']), 'nothing left to do');
        } finally {
            $wpdb->set_charset($wpdb->dbh, $charset);
            $wpdb->charset = $charset;
            $wpdb->query("ALTER TABLE {$wpdb->posts} MODIFY post_content longtext COLLATE {$table->Collation} NOT NULL");
        }
    },

    'what WordPress takes from a category’s name is named, once (B13, Q4)' => static function (): void {
        $world = new World();
        $names = ['1' => 'Bia <330ml> lon', '2' => str_repeat('Á', 210), '3' => 'Bánh & kẹo "ngon" 🧁', '4' => 'hai  dấu cách', '5' => '<>'];
        $world->list('categories', array_map(static function (string $id, string $name): array {
            return ['id' => $id, 'name' => $name];
        }, array_map('strval', array_keys($names)), $names));
        foreach (['first', 'second'] as $time) {
            $world->newRun();
            $world->categories();
            $named = preg_grep('/^name-cleaned /', $world->issues());
            Check::same(2, count($named), "$time: " . json_encode($world->issues(), JSON_UNESCAPED_UNICODE));
            Check::has('"after","value":"Bia lon"', $named, $time);
            Check::has('name-cleaned 2', $named, $time);
        }
        $world->list('categories', [['id' => '1', 'name' => 'Bia 330ml lon']]);
        $world->newRun();
        $world->categories();
        Check::same([], preg_grep('/^name-cleaned 1 /', $world->issues()), 'closed when the POS has another name');
    },

    'labels that look like WooCommerce’s own names become attributes that WooCommerce knows (B2)' => static function (): void {
        new World();
        $attributes = new Attributes();
        $labels = ['color', 'pa_color', 'PA_Type', 'type', 'pa_pa_size', 'pa_', 'year'];
        foreach ($labels as $label) {
            $attributes->ensure($label, ['Đỏ']);
            $taxonomy = (string) Attributes::taxonomy($label);
            Check::that(wc_attribute_taxonomy_id_by_name($taxonomy) > 0, "$label is an attribute of the site: $taxonomy");
            Check::that($attributes->term($taxonomy, 'Đỏ')['id'] > 0, "$label has its value");
        }
        Check::same(count($labels), count(array_unique(array_map([Attributes::class, 'taxonomy'], $labels))), 'each its own');
    },

    'labels that give one slug become two attributes' => static function (): void {
        new World();
        $attributes = new Attributes();
        $long = 'Kích thước tổng thể của sản phẩm khi mở hết cỡ';
        foreach (['Mau', 'Màu', 'Type', $long, $long . ' (cm)', '颜色'] as $label) {
            $attributes->ensure($label, ['a']);
        }
        $found = array_map([Attributes::class, 'taxonomy'], ['Mau', 'Màu', 'Type', $long, $long . ' (cm)', '颜色', 'MÀU']);
        Check::same(6, count(array_unique($found)), 'six attributes: ' . implode(' ', $found));
        Check::same($found[1], $found[6], 'case makes no other attribute');
        foreach ($found as $taxonomy) {
            Check::that(strlen($taxonomy) <= 31 && taxonomy_exists($taxonomy), $taxonomy);
        }
    },

    'stock is moved, not set: what a shopper buys meanwhile stays bought' => static function () use ($writer, $read): void {
        new World();
        $id = $writer()->create(World::operation(['remote_id' => '1', 'changes' => ['name' => 'A', 'sku' => 'A', 'manage_stock' => 'yes', 'stock' => '10']]), 0, '')->id;
        $planned = $read($id);
        wc_update_product_stock($id, 1, 'decrease');
        $writer()->update(World::operation(['remote_id' => '1', 'kind' => 'update', 'shop_id' => $id, 'changes' => ['stock' => ['before' => '10', 'after' => '12']]]), $planned);
        wp_cache_flush();
        Check::same(11000, $read($id)['stock'], '10 → 12 while one is bought');
        $writer()->update(World::operation(['remote_id' => '1', 'kind' => 'update', 'shop_id' => $id, 'changes' => ['stock' => ['before' => '11', 'after' => '0']]]), $read($id));
        wp_cache_flush();
        Check::same([0, 'outofstock'], [$read($id)['stock'], $read($id)['stock_status']], 'sold out');
    },

    'stock that was never managed is set' => static function () use ($writer, $read): void {
        new World();
        $id = $writer()->create(World::operation(['remote_id' => '1', 'changes' => ['name' => 'A', 'sku' => 'A']]), 0, '')->id;
        Check::same(false, isset($read($id)['stock']), 'none');
        $writer()->update(World::operation(['remote_id' => '1', 'kind' => 'update', 'shop_id' => $id, 'changes' => ['manage_stock' => ['before' => 'no', 'after' => 'yes'], 'stock' => '7']]), $read($id));
        wp_cache_flush();
        Check::same(7000, $read($id)['stock'], 'set');
    },

    'a variation that leaves its stock to the parent does not move the parent’s' => static function () use ($writer, $read): void {
        new World();
        $parent = new \WC_Product_Variable();
        $parent->set_name('P');
        $parent->set_manage_stock(true);
        $parent->set_stock_quantity(50);
        $parent->save();
        $variation = new \WC_Product_Variation();
        $variation->set_parent_id($parent->get_id());
        $variation->save();
        $written = $writer()->update(World::operation(['remote_id' => '1', 'kind' => 'update', 'product' => 'variation', 'shop_id' => $variation->get_id(),
            'changes' => ['stock' => ['before' => '50', 'after' => '40']]]), $read($variation->get_id()) + ['stock' => 50000]);
        Check::same(['stock-refused'], array_map(static function (Refused $refused): string {
            return $refused->issue();
        }, $written->refused), 'refused');
        wp_cache_flush();
        Check::same(50000, $read($parent->get_id())['stock'], 'the parent’s stock');
    },

    'a barcode WooCommerce refuses or would alter is left out and named' => static function () use ($writer, $read): void {
        new World();
        $first = $writer()->create(World::operation(['remote_id' => '1', 'changes' => ['name' => 'A', 'sku' => 'A', 'barcode' => '123']]), 0, '');
        $second = $writer()->create(World::operation(['remote_id' => '2', 'changes' => ['name' => 'B', 'sku' => 'B', 'barcode' => '123']]), 0, '');
        $third = $writer()->create(World::operation(['remote_id' => '3', 'changes' => ['name' => 'C', 'sku' => 'C', 'barcode' => 'ABC-1']]), 0, '');
        Check::same([0, 1, 1], [count($first->refused), count($second->refused), count($third->refused)], 'refusals');
        Check::same('barcode-refused', $second->refused[0]->issue(), 'code');
        Check::same(['B', ''], [$read($second->id)['sku'], $read($second->id)['barcode']], 'the rest is there');
        Check::same('', $read($third->id)['barcode'], 'letters');
    },

    'an SKU that exists makes no twin' => static function () use ($writer): void {
        $world = new World();
        $writer()->create(World::operation(['remote_id' => '1', 'changes' => ['name' => 'A', 'sku' => 'A']]), 0, '');
        $refused = '';
        try {
            $writer()->create(World::operation(['remote_id' => '2', 'changes' => ['name' => 'B', 'sku' => 'A']]), 0, '');
        } catch (Refused $refusal) {
            $refused = $refusal->issue();
        }
        Check::same('sku-refused', $refused, 'refused');
        Check::same(1, count($world->products()), 'products');
    },

    'cron and administrator store the same text' => static function () use ($writer, $read): void {
        new World();
        $text = Clean::description('<p style="color:red" onclick="x()">a <script>alert(1)</script><iframe src="x"></iframe>b</p>');
        $stored = [];
        foreach ([0, 1] as $user) {
            wp_set_current_user($user);
            kses_init();
            $id = $writer([md5($text) => $text])->create(World::operation(['remote_id' => "u$user", 'changes' => ['name' => 'A & B', 'sku' => "U$user", 'description' => md5($text)]]), 0, '')->id;
            $stored[] = [get_post($id)->post_title, get_post($id)->post_content, $read($id)['description_hash'], has_filter('content_save_pre', 'wp_filter_post_kses') !== false];
        }
        wp_set_current_user(0);
        kses_init();
        Check::same(md5($text), $stored[0][2], 'the hash');
        Check::same(array_slice($stored[0], 0, 3), array_slice($stored[1], 0, 3), 'both');
        Check::same([true, false], array_column($stored, 3), 'each has its own filters back');
        Check::that(strpos($text, 'alert') === false && strpos($text, 'iframe') === false, $text);
    },

    'cleaning twice changes nothing more, and what it takes away is named' => static function (): void {
        $names = ['Bánh & kẹo', 'Áo &quot;M&quot;', '5 < 7 > 3', '&lt;script&gt;alert(1)&lt;/script&gt;x', "a\x00b\nc", '🍜 phở', '<b>x</b>', '&amp;amp;lt;', str_repeat('ă', 300), 'C:\\Users', "nháy ' đơn", '100%cotton', ''];
        foreach ($names as $name) {
            $clean = Clean::name($name);
            Check::same($clean, Clean::name($clean), "name $name");
            Check::same($clean, \Dongbo\Shop\Texts::plain(Clean::stored($clean)), "stored $name");
            $term = Clean::term($name);
            Check::same($term, Clean::term($term), "term $name");
            Check::that(mb_strlen($term) <= 200, 'length');
        }
        foreach (['<p onclick="x">a</p>', '<scr<script></script>ipt>alert(1)</script>', '&lt;b&gt; & "x" <table><tr><td>1', 'a < b > c', '<style>p{}</style><p style="color:red;position:fixed">x', "C:\\x \"y\" 'z'", '🍜', '<iframe src=x></iframe>y', '<!-- c --><b>x'] as $html) {
            $clean = Clean::description($html);
            Check::same($clean, Clean::description($clean), "description $html");
            Check::that(stripos($clean, '<script') === false && stripos($clean, 'onclick') === false, $clean);
        }
        Check::same(str_repeat('ă', 300), Clean::name(str_repeat('ă', 300)), '300 letters');
        $raw = World::good(['id' => '1', 'name' => 'a<img src=x>b', 'description' => '<iframe src="x"></iframe>hello', 'attributes' => [['name' => str_repeat('x', 250), 'value' => 'y']]]);
        $codes = array_column(Clean::losses($raw, Clean::good($raw)), 'code');
        Check::same(['name-cleaned', 'name-cleaned'], $codes, 'losses');
        $raw = World::good(['id' => '1', 'name' => ' Áo &quot;M&quot; 🍜 ', 'description' => '<table><tr><td>"x"</td></tr></table>&quot; <b>y</b>']);
        Check::same([], Clean::losses($raw, Clean::good($raw)), 'nothing lost');
    },
];

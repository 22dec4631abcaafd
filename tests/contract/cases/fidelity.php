<?php

declare(strict_types=1);

namespace Dongbo\Contract;

use Dongbo\Shop\Attributes;
use Dongbo\Shop\Products;
use Dongbo\Shop\Reader;
use Dongbo\Shop\Origins;

/** Rows a product consists of, ids and times made relative. */
$rows = static function (int $id, array $ids): array {
    global $wpdb;
    $post = (array) $wpdb->get_row("SELECT * FROM {$wpdb->posts} WHERE ID = $id");
    unset($post['post_content_filtered'], $post['post_date'], $post['post_date_gmt'], $post['post_modified'], $post['post_modified_gmt'], $post['post_name']);
    // A product's address holds its slug, which is its own; a variation's only its id.
    $post['guid'] = $post['post_type'] === 'product_variation' ? preg_replace('/(?<=p=)' . $id . '$/', 'ID', $post['guid']) : null;
    $meta = $wpdb->get_results("SELECT meta_key, meta_value FROM {$wpdb->postmeta} WHERE post_id = $id ORDER BY meta_id", ARRAY_A);
    $terms = $wpdb->get_results("SELECT x.taxonomy, t.slug FROM {$wpdb->term_relationships} r JOIN {$wpdb->term_taxonomy} x USING (term_taxonomy_id) JOIN {$wpdb->terms} t USING (term_id) WHERE r.object_id = $id ORDER BY 1, 2", ARRAY_A);
    $lookup = $wpdb->get_row("SELECT * FROM {$wpdb->prefix}wc_product_meta_lookup WHERE product_id = $id", ARRAY_A);
    $text = json_encode([$post, $meta, $terms, $lookup]);
    foreach ($ids as $place => $one) {
        $text = (string) preg_replace('/(?<=")' . $one . '(?=")/', "#$place", $text);
    }

    return json_decode(strtr($text, ['PLAIN' => 'SKU', 'OURS' => 'SKU']), true);
};

/** Hooks that tell of a write, in order. */
$hooks = static function (callable $work): array {
    $seen = [];
    $all = static function (string $hook) use (&$seen): void {
        if (preg_match('/^(add|added|update|updated|delete|deleted)_(post_?meta|term_relationships?)$|^save_post|^wp_insert_post$|^set_object_terms$|^transition_post_status$|^woocommerce_(?!.*(_get_|delete_product_transients|_type_query|_data_store|_class$|_options$|_read))\w*(product|variation|stock)\w*$/', $hook)) {
            $seen[] = $hook;
        }
    };
    add_action('all', $all);
    try {
        $work();
    } finally {
        remove_action('all', $all);
    }

    return $seen;
};

/**
 * What a plain save of a variation reads for an address that is written over at once: WordPress asks for a
 * permalink while the row has no guid (Saving::row says one). Nothing but filters of reading, and only there.
 */
$withoutGuid = static function (array $hooks): array {
    $reading = ['woocommerce_stock_amount', 'woocommerce_product_variation_title_include_attributes', 'woocommerce_product_variation_title_attributes_separator', 'woocommerce_product_variation_title'];
    $kept = [];
    $before = '';
    foreach ($hooks as $hook) {
        if ($before === 'woocommerce_new_product_variation_data' && in_array($hook, $reading, true)) {
            continue;
        }
        $kept[] = $before = $hook;
    }

    return $kept;
};

$set = static function (\WC_Product $product, string $sku): \WC_Product {
    $product->set_name('Áo');
    $product->set_sku($sku);
    $product->set_regular_price('100000');
    $product->set_sale_price('80000');
    $product->set_manage_stock(true);
    $product->set_status('publish');
    $product->set_weight('0.5');
    $product->set_stock_quantity(5);

    return $product;
};
$operation = static function (string $sku, array $more = []): array {
    return World::operation($more + ['remote_id' => '1', 'changes' => ['name' => 'Áo', 'sku' => $sku, 'regular_price' => '100000', 'sale_price' => '80000',
        'manage_stock' => 'yes', 'status' => 'publish', 'weight' => '0.5', 'stock' => '5']]);
};
$writer = static function (?Attributes $attributes = null): Products {
    return new Products($attributes ?? new Attributes(), static function (): ?string {
        return null;
    });
};

return [
    'a simple product has the rows and hooks of a plain save' => static function () use ($rows, $hooks, $set, $operation, $writer): void {
        new World();
        $plain = $ours = 0;
        $fired = $hooks(static function () use (&$plain, $set): void {
            $plain = $set(new \WC_Product_Simple(), 'PLAIN')->save();
        });
        Check::that(count($fired) > 60, count($fired) . ' hooks');
        Check::same($fired, $hooks(static function () use (&$ours, $operation, $writer): void {
            $ours = $writer()->create($operation('OURS'), 0, 'dongbo:1:good:1')->id;
        }), 'hooks');
        Check::same($rows($plain, [$plain]), $rows($ours, [$ours]), 'rows');
        wp_cache_flush();
        $fired = $hooks(static function () use ($plain): void {
            $product = wc_get_product($plain);
            $product->set_regular_price('200000');
            $product->set_sale_price('');
            $product->set_weight('');
            $product->save();
        });
        wp_cache_flush();
        Check::same($fired, $hooks(static function () use ($ours, $writer): void {
            $writer()->update(World::operation(['remote_id' => '1', 'kind' => 'update', 'shop_id' => $ours, 'changes' => ['regular_price' => '200000', 'sale_price' => '', 'weight' => '']]),
                (new Reader(new Origins(1)))->byIds([$ours])[$ours]);
        }), 'hooks of an update');
        Check::same($rows($plain, [$plain]), $rows($ours, [$ours]), 'rows of an update');
        Check::same(get_post_meta($ours), array_map(static function (array $values): array {
            return $values;
        }, (static function () use ($ours): array {
            wp_cache_flush();

            return get_post_meta($ours);
        })()), 'the cache holds what the database does');
    },

    'a variable product has the rows and hooks of a plain save' => static function () use ($rows, $hooks, $withoutGuid, $set, $operation, $writer): void {
        new World();
        $attributes = new Attributes();
        $attributes->ensure('Màu', ['Đỏ', 'Xanh']);
        $taxonomy = (string) Attributes::taxonomy('Màu');
        $plain = $ours = [];
        $parent = static function () use ($taxonomy, $attributes): \WC_Product_Variable {
            $attribute = new \WC_Product_Attribute();
            $attribute->set_id(wc_attribute_taxonomy_id_by_name($taxonomy));
            $attribute->set_name($taxonomy);
            $attribute->set_options([$attributes->term($taxonomy, 'Đỏ')['id'], $attributes->term($taxonomy, 'Xanh')['id']]);
            $attribute->set_visible(true);
            $attribute->set_variation(true);
            $product = new \WC_Product_Variable();
            $product->set_name('Áo');
            $product->set_status('publish');
            $product->set_attributes([$attribute]);

            return $product;
        };
        $fired = $hooks(static function () use (&$plain, $parent, $set, $taxonomy, $attributes): void {
            $plain[] = $parent()->save();
            foreach (['Đỏ', 'Xanh'] as $value) {
                $variation = $set(new \WC_Product_Variation(), 'PLAIN' . count($plain));
                $variation->set_parent_id($plain[0]);
                $variation->set_attributes([$taxonomy => $attributes->term($taxonomy, $value)['slug']]);
                $plain[] = $variation->save();
            }
            \WC_Product_Variable::sync($plain[0]);
        });
        Check::same($withoutGuid($fired), $hooks(static function () use (&$ours, $operation, $writer, $attributes): void {
            $ours[] = $writer($attributes)->create(World::operation(['remote_id' => '1', 'remote_kind' => 'family', 'product' => 'variable', 'changes' => ['name' => 'Áo', 'status' => 'publish', 'attributes' => 'x'],
                'attributes' => [['name' => 'Màu', 'values' => ['Đỏ', 'Xanh']]]]), 0, 'dongbo:1:family:1')->id;
            foreach (['Đỏ', 'Xanh'] as $value) {
                $ours[] = $writer($attributes)->create($operation('OURS' . count($ours), ['product' => 'variation', 'values' => [['name' => 'Màu', 'value' => $value]]]), $ours[0], 'x')->id;
            }
            Products::syncParents([$ours[0]]);
        }), 'hooks');
        foreach ($plain as $place => $id) {
            Check::same($rows($id, $plain), $rows($ours[$place], $ours), "rows of product $place");
        }
    },

    'plain SQL of some plugin in the middle of a save is not written over by what was known' => static function () use ($operation, $writer): void {
        global $wpdb;
        new World();
        $hook = static function ($metaId, $id, $key) use ($wpdb): void {
            if ($key === '_weight') {
                $wpdb->insert($wpdb->postmeta, ['post_id' => $id, 'meta_key' => '_theirs', 'meta_value' => 'a']);
                wp_cache_delete($id, 'post_meta');
            }
            if ($key === '_stock_status') {
                update_post_meta($id, '_theirs', 'b');
            }
        };
        add_action('added_post_meta', $hook, 10, 3);
        $id = $writer()->create($operation('OURS'), 0, 'x')->id;
        remove_action('added_post_meta', $hook, 10);
        Check::same(['b'], get_post_meta($id, '_theirs'), 'cached');
        wp_cache_flush();
        Check::same(['b'], get_post_meta($id, '_theirs'), 'stored');
    },
];

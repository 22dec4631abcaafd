<?php
// Nothing is loaded of what has not changed, and whatever changes is seen, whoever wrote it (issue 3, Speed; Q4).

declare(strict_types=1);

namespace Dongbo\Contract;

use Dongbo\Lanes\Budget;
use Dongbo\Sync\Stopper;
use Dongbo\Tables\Schema;

/** Families a run would look at and find to be other than they were. */
$seen = static function (World $world): array {
    wp_cache_flush();

    return (new Stopper($world->context(), []))->count(new Budget(600.0, PHP_INT_MAX))['changed'];
};

/** Two plain goods, a family of two and a combo, in step with the shop. */
$shop = static function () use ($seen): World {
    $world = new World();
    $world->list('categories', [['id' => '5', 'name' => 'Áo']]);
    $world->categories();
    $world->goods([
        ['id' => '1', 'category_id' => '5'],
        ['id' => '2'],
        ['id' => '10', 'attributes' => [['name' => 'Màu', 'value' => 'Đỏ']]],
        ['id' => '11', 'master_id' => '10', 'attributes' => [['name' => 'Màu', 'value' => 'Xanh']]],
        ['id' => '20', 'kind' => 'combo', 'materials' => [['id' => '2', 'quantity' => 1000]]],
    ]);
    $seen($world);
    Check::that($world->slice()->done, 'the first sync');

    return $world;
};

/** The product of a row. */
$product = static function (World $world, string $remote): int {
    foreach ($world->rows('link') as $link) {
        if ($link->remote_id === $remote && $link->kind === 'good') {
            return (int) $link->shop_id;
        }
    }
    throw new Unmet("row $remote has no product");
};

$changes = [
    'a price in the meta table' => ['1', static function (int $id): void {
        global $wpdb;
        $wpdb->update($wpdb->postmeta, ['meta_value' => '1'], ['post_id' => $id, 'meta_key' => '_regular_price']);
    }],
    'two values that trade places' => ['1', static function (int $id): void {
        global $wpdb;
        $wpdb->query("UPDATE {$wpdb->postmeta} SET meta_key = IF(meta_key = '_stock', '_weight', '_stock') WHERE post_id = $id AND meta_key IN ('_stock', '_weight')");
    }],
    'a meta row that goes' => ['1', static function (int $id): void {
        delete_post_meta($id, '_manage_stock');
    }],
    'a title in the posts table' => ['1', static function (int $id): void {
        global $wpdb;
        $wpdb->update($wpdb->posts, ['post_title' => 'Khác'], ['ID' => $id]);
    }],
    'a description' => ['1', static function (int $id): void {
        global $wpdb;
        $wpdb->update($wpdb->posts, ['post_content' => 'x'], ['ID' => $id]);
    }],
    'a product in the trash' => ['1', static function (int $id): void {
        wp_trash_post($id);
    }],
    'a product that is gone' => ['1', static function (int $id): void {
        wp_delete_post($id, true);
    }],
    'a term relation' => ['1', static function (int $id): void {
        global $wpdb;
        $term = wp_insert_term('Của tôi', 'product_cat');
        $wpdb->insert($wpdb->term_relationships, ['object_id' => $id, 'term_taxonomy_id' => $term['term_taxonomy_id']]);
    }],
    'a variation’s attribute' => ['10', static function (int $id): void {
        global $wpdb;
        $wpdb->query("UPDATE {$wpdb->postmeta} SET meta_value = 'xanh' WHERE post_id = $id AND meta_key LIKE 'attribute\\_%'");
    }],
    'the label of an attribute' => ['10', static function (): void {
        global $wpdb;
        $wpdb->query("UPDATE {$wpdb->prefix}woocommerce_attribute_taxonomies SET attribute_label = 'Sắc'");
        delete_transient('wc_attribute_taxonomies');
        \WC_Cache_Helper::invalidate_cache_group('woocommerce-attributes');
    }],
    'the name of a value' => ['10', static function (): void {
        global $wpdb;
        $wpdb->query("UPDATE {$wpdb->terms} SET name = 'Đỏ tươi' WHERE name = 'Đỏ'");
    }],
    'a variation made by hand' => ['10', static function (int $id): void {
        $variation = new \WC_Product_Variation();
        $variation->set_parent_id((int) wp_get_post_parent_id($id));
        $variation->set_regular_price('5');
        $variation->save();
    }],
    'a product made by hand with an SKU of the POS' => ['1', static function (): void {
        global $wpdb;
        $hand = new \WC_Product_Simple();
        $hand->set_name('Tay');
        $hand->save();
        $wpdb->insert($wpdb->postmeta, ['post_id' => $hand->get_id(), 'meta_key' => '_sku', 'meta_value' => 'sp1']);
    }],
    'an SKU that moves to another’s product' => ['1', static function (int $id, World $world, callable $product): void {
        global $wpdb;
        $wpdb->update($wpdb->postmeta, ['meta_value' => 'SP1'], ['post_id' => $product($world, '2'), 'meta_key' => '_sku']);
        $wpdb->update($wpdb->prefix . 'wc_product_meta_lookup', ['sku' => 'SP1'], ['product_id' => $product($world, '2')]);
    }],
    'a link dropped by hand' => ['1', static function (): void {
        global $wpdb;
        $wpdb->delete(Schema::table('link'), ['remote_id' => '1', 'kind' => 'good']);
    }],
    'a field held' => ['1', static function (int $id, World $world): void {
        global $wpdb;
        $wpdb->insert(Schema::table('hold'), ['connection_id' => $world->connection, 'remote_id' => '1', 'field' => 'regular_price', 'pos_value' => '100000']);
    }],
    'a stock in the mirror' => ['1', static function (int $id, World $world): void {
        $world->goods([['id' => '1', 'category_id' => '5', 'stock' => 9000]]);
    }],
    'a component’s stock, for its combo' => ['20', static function (int $id, World $world): void {
        $world->goods([['id' => '2', 'stock' => 0]]);
    }],
    'another good with the same code' => ['1', static function (int $id, World $world): void {
        $world->goods([['id' => '3', 'code' => 'SP1']]);
    }],
    'a category linked to another one' => ['1', static function (int $id, World $world): void {
        global $wpdb;
        $wpdb->update(Schema::table('category_link'), ['term_id' => wp_insert_term('Nữa', 'product_cat')['term_id']], ['remote_id' => '5']);
    }],
    'the settings' => ['1', static function (int $id, World $world): void {
        $world->settings['prices'] = ['x' => 1];
    }],
    'a date that has come' => ['1', static function (int $id, World $world): void {
        global $wpdb;
        $wpdb->query($wpdb->prepare('UPDATE %i SET due = %d WHERE family_key = %s', Schema::table('family'), $world->now, '1'));
    }],
];

$cases = [
    'nothing changed: no family is looked at and nothing is written, right after the first sync' => static function () use ($shop, $seen): void {
        global $wpdb;
        $world = $shop();
        $before = $wpdb->num_queries;
        $changed = null;
        $writes = World::writesDuring(static function () use ($seen, $world, &$changed): void {
            $changed = $seen($world);
        });
        Check::same([[], []], [$changed, $writes], 'families and writes');
        Check::that($wpdb->num_queries - $before < 40, ($wpdb->num_queries - $before) . ' statements');
    },
];
foreach ($changes as $what => [$remote, $change]) {
    $cases["$what is seen"] = static function () use ($shop, $seen, $product, $remote, $change): void {
        $world = $shop();
        Check::same([], $seen($world), 'in step');
        $change($product($world, $remote), $world, $product);
        Check::that(in_array($remote, $seen($world), true), 'the family is looked at and found other');
    };
}

return $cases;

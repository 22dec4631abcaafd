<?php

declare(strict_types=1);

namespace Dongbo\PluginTests;

use Dongbo\Tables\CategoryLinks;
use Dongbo\Tables\Connections;
use Dongbo\Tables\Hearing;
use Dongbo\Tables\Links;
use Dongbo\Tables\Schema;

/** A shop with products of the owner's, linked ones and made ones, in categories of both kinds. */
$shop = static function (): array {
    foreach (['Áo', 'Quần'] as $name) {
        $term = get_term_by('name', $name, 'product_cat');
        if ($term instanceof \WP_Term) {
            wp_delete_term($term->term_id, 'product_cat');
        }
    }
    $connection = Shop::connected();
    $product = static function (string $name, string $sku): int {
        $product = new \WC_Product_Simple();
        $product->set_name($name);
        $product->set_sku($sku);
        $product->set_regular_price('5000');

        return (int) $product->save();
    };
    $made = [];
    foreach (['3' => 'Áo', '33' => 'Quần'] as $remote => $name) {
        $made[$remote] = (int) wp_insert_term($name, 'product_cat')['term_id'];
        CategoryLinks::put($connection['id'], ['remote_id' => (string) $remote, 'term_id' => $made[$remote], 'name' => $name, 'parent' => 0], false, true);
    }
    $own = ['alone' => $product('Của tôi', 'MINE'), 'linked' => $product('Đã liên kết', 'R2')];
    $red = ['attributes' => [['name' => 'Màu', 'value' => 'Đỏ']], 'has_variants' => true, 'family_key' => '5'];
    $blue = ['attributes' => [['name' => 'Màu', 'value' => 'Xanh']], 'has_variants' => true, 'family_key' => '5', 'master_id' => '5'];
    $ids = Shop::synced($connection, [Shop::good('1'), Shop::good('2', ['category_id' => '33']), Shop::good('5', $red), Shop::good('6', $blue)]);
    wp_set_object_terms($own['linked'], [$made['33']], 'product_cat');

    return [$connection, $own, $ids, $made];
};
$statuses = static function (array $ids): array {
    return array_map(static function (int $id): string {
        clean_post_cache($id);

        return (string) get_post_status($id);
    }, $ids);
};
$cases = [];
foreach (range(0, 7) as $bits) {
    $wanted = ['forget_links' => ($bits & 4) > 0, 'trash_products' => ($bits & 2) > 0, 'remove_categories' => ($bits & 1) > 0];
    $title = implode(', ', array_keys(array_filter($wanted))) ?: 'nothing more';
    $cases["disconnecting with $title does what was announced and nothing else (A6, Q1)"] = static function () use ($wanted, $shop, $statuses): void {
        [$connection, $own, $ids, $made] = $shop();
        $parent = (int) wp_get_post_parent_id($ids['5']);
        Expect::that($ids['2'] === $own['linked'] && $parent > 0, 'the shop is as it should be');
        $links = count(Links::of($connection['id'], ['1', '2', '5', '6'], ['5']));
        $dry = Ask::declaredRoute('POST', '/connection/disconnect', ['dry' => true] + $wanted);
        $empty = $wanted['trash_products'] ? 1 : 0;
        Expect::same([$links, 2, $empty], [$dry->links, $dry->created_products, $dry->created_categories]);
        Expect::same([0, 'active'], [count(array_filter($statuses([$ids['1'], $parent]), static function (string $status): bool {
            return $status === 'trash';
        })), Connections::find($connection['id'])['state']], 'a dry run does nothing');
        $done = Ask::declaredRoute('POST', '/connection/disconnect', $wanted);
        $created = $wanted['trash_products'] ? ['trash', 'trash'] : ['publish', 'publish'];
        Expect::same($created, $statuses([$ids['1'], $parent]), 'what Dongbo made');
        Expect::same(['publish', 'publish'], $statuses([$own['alone'], $own['linked']]), 'the owner’s own and linked ones');
        Expect::same($wanted['trash_products'] ? 'closing-only-linked' : null, array_values(array_filter(array_column(array_column((array) $done->staying, 'said'), 'code'), static function (string $code): bool {
            return $code === 'closing-only-linked';
        }))[0] ?? null);
        $gone = $wanted['remove_categories'] && $wanted['trash_products'];
        Expect::same([!$gone, true], [term_exists($made['3'], 'product_cat') !== null, term_exists($made['33'], 'product_cat') !== null], 'only an empty category goes');
        Expect::same($wanted['forget_links'] ? 0 : $links, count(Links::of($connection['id'], ['1', '2', '5', '6'], ['5'])));
        Expect::same([true, $gone ? 1 : 0, 'closed', null], [$done->done, $done->created_categories, Connections::find($connection['id'])['state'], Connections::current()]);
        if ($wanted['trash_products']) {
            wp_untrash_post($ids['1']);
            Expect::that(get_post($ids['1']) instanceof \WP_Post && get_post_meta($ids['1'], '_sku', true) === 'R1', 'it can be had back whole');
        }
    };
}

return $cases + [
    'a product under which somebody made a variation by hand stays, and so does all where there is no trash (A6)' => static function () use ($shop, $statuses): void {
        [$connection, , $ids] = $shop();
        $parent = (int) wp_get_post_parent_id($ids['5']);
        $variation = new \WC_Product_Variation();
        $variation->set_parent_id($parent);
        $variation->set_regular_price('1');
        $own = (int) $variation->save();
        $code = "wp_set_current_user(" . get_current_user_id() . "); echo json_encode((new Dongbo\\Control\\Disconnect(Dongbo\\Tables\\Connections::find({$connection['id']})))->plan(['forget_links' => false, 'trash_products' => true, 'remove_categories' => true]));";
        $none = json_decode(Child::wordpress($code, 'define("EMPTY_TRASH_DAYS", 0);')['out'], true);
        Expect::same([0, true], [$none['created_products'], in_array('closing-no-trash', array_column(array_column($none['staying'], 'said'), 'code'), true)]);
        $done = Ask::declaredRoute('POST', '/connection/disconnect', ['trash_products' => true]);
        Expect::same([1, ['publish', 'publish', 'trash']], [$done->created_products, $statuses([$parent, $own, $ids['1']])]);
    },
    'a request that has no time for all goes on with the next, and nothing else works meanwhile (A6)' => static function () use ($shop): void {
        [$connection, , $ids] = $shop();
        $wanted = ['forget_links' => true, 'trash_products' => true, 'remove_categories' => false];
        $part = (new \Dongbo\Control\Disconnect($connection))->carryOut($wanted, new \Dongbo\Lanes\Budget(0.0, PHP_INT_MAX));
        Expect::same([false, 1, 'disconnecting'], [$part['done'], $part['created_products'], \Dongbo\Lanes\Guard::refusal((array) Connections::current())]);
        Expect::that(count(Links::of($connection['id'], ['1'], [])) === 1, 'links go last');
        $rest = Ask::declaredRoute('POST', '/connection/disconnect', $wanted);
        Expect::same([true, 1, 0], [$rest->done, $rest->created_products, count(Links::of($connection['id'], ['1'], []))]);
    },
    'connecting to the same shop again goes on where it was, to another starts clean (A6)' => static function (): void {
        $id = InStep::shop(3);
        $before = Links::count($id);
        Expect::same(3, $before);
        Ask::as('administrator');
        Ask::declaredRoute('POST', '/connection/disconnect', []);
        Expect::same(null, Connections::current());
        Expect::same(null, \Dongbo\Connection\Connect::to('myshop', 'client', 'secret', 0));
        Expect::same([$id, $before], [Connections::current()['id'], Links::count($id)]);
        Expect::same(null, \Dongbo\Connection\Connect::to('othershop', 'client', 'secret', 0));
        $other = (int) Connections::current()['id'];
        Expect::same([true, 0, 'closed', $before], [$other !== $id, Links::count($other), Connections::find($id)['state'], Links::count($id)]);
        InStep::clear();
    },
];

<?php

declare(strict_types=1);

namespace Dongbo\PluginTests;

use Dongbo\Connection\Home;
use Dongbo\Connection\Secret;
use Dongbo\Control\ByHand;
use Dongbo\Sync\PlanSome;
use Dongbo\Sync\SyncContext;
use Dongbo\Tables\Connections;
use Dongbo\Tables\Goods;
use Dongbo\Tables\Rows;

/** A connected shop whose mirror is filled and, where wanted, brought into step. */
final class Shop
{
    /**
     * @param array<string, mixed> $settings
     * @return array<string, mixed> The connection.
     */
    public static function connected(array $settings = ['branches' => ['7']]): array
    {
        self::clean();
        Ask::as('administrator');
        $id = Connections::create([
            'pos' => 'kiotviet', 'shop' => 'myshop', 'state' => 'active', 'client_id' => 'abc',
            'secret' => Secret::seal('very-secret'), 'home_mark' => Home::confirmed(), 'settings' => (string) json_encode($settings),
        ]);
        Rows::write($id, 'branches', '', ['7' => '{"id":"7","name":"Chính","active":true}', '8' => '{"id":"8","name":"Kho","active":true}'], 1);
        Rows::write($id, 'books', '', ['5' => '{"id":"5","name":"Giá sỉ","active":true}'], 1);
        Rows::write($id, 'categories', '', ['3' => '{"id":"3","name":"Áo"}'], 1);

        return (array) Connections::find($id);
    }

    /**
     * @param array<string, mixed> $more
     * @return array<string, mixed> A Good record.
     */
    public static function good(string $id, array $more = []): array
    {
        return $more + [
            'id' => $id, 'code' => 'R' . $id, 'name' => 'Áo số ' . $id, 'full_name' => 'Áo số ' . $id, 'kind' => 'ordinary', 'active' => true, 'sold_directly' => true,
            'has_variants' => false, 'conversion' => 1000000, 'price' => 10000000, 'category_id' => '3',
            'stocks' => [['branch_id' => '7', 'on_hand' => 10000, 'reserved' => 0]], 'family_key' => $id, 'sku_key' => 'r' . $id,
        ];
    }

    /** @param array<int, array<string, mixed>> $goods */
    public static function mirror(int $connection, array $goods): void
    {
        $issues = [];
        Goods::write($connection, Goods::differing($connection, $goods, 1, 'test', $issues));
    }

    /**
     * @param array<string, mixed>             $connection
     * @param array<int, array<string, mixed>> $goods
     * @return array<string, int> Product ids by good.
     */
    public static function synced(array $connection, array $goods): array
    {
        global $wpdb;
        self::mirror($connection['id'], $goods);
        ByHand::run($connection, 'test', static function (SyncContext $context) use ($goods): array {
            return PlanSome::apply($context, array_column($goods, 'family_key'), null);
        });
        $ids = [];
        foreach ($wpdb->get_results($wpdb->prepare('SELECT remote_id, shop_id FROM %i WHERE connection_id = %d AND kind = %s', \Dongbo\Tables\Schema::table('link'), $connection['id'], 'good')) as $row) {
            $ids[(string) $row->remote_id] = (int) $row->shop_id;
        }

        return $ids;
    }

    /** Products of earlier cases go. */
    public static function clean(): void
    {
        global $wpdb;
        foreach ($wpdb->get_col("SELECT ID FROM {$wpdb->posts} WHERE post_type IN ('product', 'product_variation')") as $id) {
            wp_delete_post((int) $id, true);
        }
        wp_cache_flush();
    }
}

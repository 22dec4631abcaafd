<?php

declare(strict_types=1);

namespace Dongbo\Control;

use Dongbo\Lanes\Wake;
use Dongbo\Lanes\Webhooks;
use Dongbo\Tables\Clock;
use Dongbo\Tables\Connections;
use Dongbo\Tables\Hearing;
use Dongbo\Tables\Query;
use Dongbo\Tables\Schema;

/**
 * Ends the connection (product.md A6). Everything stays by default: links are kept, so that connecting to
 * the same shop again goes on where it was. Only what Dongbo made is ever touched, and nothing for good.
 */
final class Disconnect
{
    /** @var array<string, mixed> */
    private array $connection;

    /** @param array<string, mixed> $connection */
    public function __construct(array $connection)
    {
        $this->connection = $connection;
    }

    /** @return array<string, int|bool> `DisconnectPlan` of js/admin/rest.d.ts: what there is. */
    public function plan(): array
    {
        return [
            'links' => $this->count('link', ''),
            'created_products' => $this->count('link', 'AND created_here = 1'),
            'created_categories' => $this->count('category_link', 'AND created_here = 1 AND term_gone = 0'),
            'webhooks' => count(array_filter(Hearing::types($this->connection['id']), static function (array $type): bool {
                return $type['state'] === 'on';
            })),
            'done' => false,
        ];
    }

    /**
     * @param array{forget_links: bool, trash_products: bool, remove_categories: bool} $wanted
     * @return array<string, int|bool> What was done.
     */
    public function carryOut(array $wanted): array
    {
        $id = $this->connection['id'];
        foreach (\Dongbo\Report\RunList::open($id) as $run) {
            Steer::cancel($run['id']);
        }
        // While the POS can still be asked; other applications' webhooks are not touched.
        $webhooks = Webhooks::unregister($this->connection) ?? 0;
        Connections::update($id, ['token' => '', 'token_obtained' => 0, 'token_expires' => 0]);
        Connections::setState($id, 'closed');
        Wake::stop();
        $done = ['links' => 0, 'created_products' => 0, 'created_categories' => 0, 'webhooks' => $webhooks, 'done' => true];
        if ($wanted['trash_products']) {
            $done['created_products'] = $this->trash();
        }
        if ($wanted['remove_categories']) {
            $done['created_categories'] = $this->removeCategories();
        }
        if ($wanted['forget_links']) {
            $done['links'] = $this->forget();
        }

        return $done;
    }

    private function count(string $table, string $more): int
    {
        global $wpdb;

        // phpcs:ignore WordPress.DB.PreparedSQL -- conditions of this class.
        return (int) $wpdb->get_var($wpdb->prepare("SELECT COUNT(*) FROM %i WHERE connection_id = %d $more", Schema::table($table), $this->connection['id']));
    }

    /** The products Dongbo made, with their variations; WooCommerce's trash, where they can be had back. */
    private function trash(): int
    {
        global $wpdb;
        $sql = "SELECT l.shop_id FROM %i l JOIN {$wpdb->posts} p ON p.ID = l.shop_id WHERE l.connection_id = %d AND l.created_here = 1 AND p.post_type = 'product' AND p.post_status <> 'trash'";
        $count = 0;
        foreach ($wpdb->get_col($wpdb->prepare($sql, Schema::table('link'), $this->connection['id'])) as $id) {
            $count += wp_trash_post((int) $id) ? 1 : 0;
        }

        return $count;
    }

    /** Those Dongbo made and nothing lies in. The deepest first, so that a parent is empty in its turn. */
    private function removeCategories(): int
    {
        global $wpdb;
        $sql = 'SELECT term_id FROM %i WHERE connection_id = %d AND created_here = 1 AND term_gone = 0 ORDER BY id DESC';
        $count = 0;
        foreach ($wpdb->get_col($wpdb->prepare($sql, Schema::table('category_link'), $this->connection['id'])) as $id) {
            $term = get_term((int) $id, 'product_cat');
            $children = get_terms(['taxonomy' => 'product_cat', 'parent' => (int) $id, 'hide_empty' => false, 'fields' => 'ids']);
            if ($term instanceof \WP_Term && (int) $term->count === 0 && $children === [] && wp_delete_term((int) $id, 'product_cat') === true) {
                $count++;
            }
        }

        return $count;
    }

    private function forget(): int
    {
        global $wpdb;
        $links = Query::write($wpdb->prepare('DELETE FROM %i WHERE connection_id = %d', Schema::table('link'), $this->connection['id']));
        Query::write($wpdb->prepare('DELETE FROM %i WHERE connection_id = %d', Schema::table('category_link'), $this->connection['id']));
        Query::write($wpdb->prepare('UPDATE %i SET due = %d WHERE connection_id = %d', Schema::table('family'), Clock::now(), $this->connection['id']));

        return $links;
    }
}

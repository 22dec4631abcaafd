<?php

declare(strict_types=1);

namespace Dongbo\Control;

use Dongbo\Engine\Engine;
use Dongbo\Lanes\Budget;
use Dongbo\Lanes\Log;
use Dongbo\Lanes\Wake;
use Dongbo\Lanes\Webhooks;
use Dongbo\Report\RunList;
use Dongbo\Report\Said;
use Dongbo\Shop\Categories;
use Dongbo\Tables\CategoryLinks;
use Dongbo\Tables\Clock;
use Dongbo\Tables\Connections;
use Dongbo\Tables\Hearing;
use Dongbo\Tables\History;
use Dongbo\Tables\Links;
use Dongbo\Tables\Query;
use Dongbo\Tables\Schema;

/**
 * Ends the connection (product.md A6). Everything stays by default: links are kept, so that connecting to
 * the same shop again goes on where it was. What goes is the rules' to say (src/linking/closing.rs), before
 * and while it is done; a request does as much as it has time for.
 */
final class Disconnect
{
    /** While it is being done: nothing else reads or writes. */
    private const CLOSING = 'closing';

    /** @var array<string, mixed> */
    private array $connection;

    private ClosingFacts $facts;

    /** @param array<string, mixed> $connection */
    public function __construct(array $connection)
    {
        $this->connection = $connection;
        $this->facts = new ClosingFacts($connection['id']);
    }

    /**
     * What there is, whatever was asked for; categories as they would be empty with these options.
     *
     * @param array{forget_links: bool, trash_products: bool, remove_categories: bool} $wanted
     * @return array<string, mixed> `DisconnectPlan` of js/admin/rest.d.ts.
     */
    public function plan(array $wanted): array
    {
        $products = $this->rules(['trash_products' => true] + $wanted);
        $categories = $this->rules(['remove_categories' => true] + $wanted);

        return [
            'links' => $this->count('link'),
            'created_products' => count($products['trash']),
            'created_categories' => count($categories['remove']),
            'webhooks' => $this->registered(),
            'staying' => self::staying($this->rules($wanted)['staying']),
            'done' => false,
        ];
    }

    /**
     * @param array{forget_links: bool, trash_products: bool, remove_categories: bool} $wanted
     * @return array<string, mixed> What this request did; `done` false: ask again.
     */
    public function carryOut(array $wanted, ?Budget $budget = null): array
    {
        $budget = $budget ?? Budget::ofRequest();
        $id = $this->connection['id'];
        $done = ['links' => 0, 'created_products' => 0, 'created_categories' => 0, 'webhooks' => 0, 'staying' => [], 'done' => false];
        $left = [];
        if ($this->connection['state'] !== self::CLOSING) {
            $hanging = $this->registered();
            $done['webhooks'] = $this->begin();
            if ($done['webhooks'] === 0 && $hanging > 0) {
                $left[] = ['reason' => ['code' => 'closing-webhooks-left'], 'count' => $hanging];
            }
        }
        $plan = $this->rules($wanted);
        $done['staying'] = self::staying(array_merge($plan['staying'], $left));
        $done['created_products'] = $this->trash($plan['trash'], $budget);
        if ($done['created_products'] < count($plan['trash'])) {
            return $done;
        }
        $done['created_categories'] = $this->removeCategories($plan['remove']);
        if ($wanted['forget_links']) {
            $done['links'] = $this->forget();
        }
        Connections::setState($id, 'closed');

        return ['done' => true] + $done;
    }

    /** @return int Webhooks that were taken back, while the POS can still be asked. */
    private function begin(): int
    {
        $id = $this->connection['id'];
        foreach (RunList::open($id) as $run) {
            Steer::cancel($run['id']);
        }
        $webhooks = Webhooks::unregister($this->connection) ?? 0;
        Connections::setState($id, self::CLOSING, 'disconnecting');
        if ($webhooks > 0 && $this->registered() > 0) {
            // A worker that was looking after them has registered them again in between; from now on none does.
            Webhooks::unregister($this->connection);
        }
        Connections::update($id, ['token' => '', 'token_obtained' => 0, 'token_expires' => 0]);
        Wake::stop();

        return $webhooks;
    }

    /**
     * @param array<string, bool> $wanted
     * @return array<string, mixed> A ClosingPlan record.
     */
    private function rules(array $wanted): array
    {
        return Engine::call('plan_disconnect', ['wanted' => $wanted, 'no_trash' => !self::hasTrash()] + $this->facts->read());
    }

    private static function hasTrash(): bool
    {
        return defined('EMPTY_TRASH_DAYS') && (int) constant('EMPTY_TRASH_DAYS') > 0;
    }

    private function count(string $table): int
    {
        global $wpdb;

        return (int) $wpdb->get_var($wpdb->prepare('SELECT COUNT(*) FROM %i WHERE connection_id = %d', Schema::table($table), $this->connection['id']));
    }

    private function registered(): int
    {
        return count(array_filter(Hearing::types($this->connection['id']), static function (array $type): bool {
            return $type['state'] === 'on';
        }));
    }

    /**
     * WooCommerce's trash, where they can be had back.
     *
     * @param int[] $products
     * @return int How many of them are in it now.
     */
    private function trash(array $products, Budget $budget): int
    {
        $context = ByHand::looking($this->connection);
        $count = 0;
        foreach ($products as $id) {
            $before = (string) get_post_status($id);
            if (!wp_trash_post($id)) {
                Log::error("product $id could not be moved to the trash");
                $count++;
                continue;
            }
            History::add($context, [['remote_kind' => 'good', 'remote_id' => '', 'shop_id' => $id, 'label' => (string) get_the_title($id), 'field' => 'status', 'before_value' => $before, 'after_value' => 'trash', 'reason' => 'disconnecting']]);
            $count++;
            if ($budget->spent()) {
                break;
            }
        }
        $this->facts->forget();

        return $count;
    }

    /** @param int[] $terms The deepest first. */
    private function removeCategories(array $terms): int
    {
        $count = 0;
        foreach ($terms as $id) {
            if (Categories::delete($id)) {
                // Not a person's deletion: connected again, the category comes back.
                CategoryLinks::dropTerm($this->connection['id'], $id);
                $count++;
            }
        }

        return $count;
    }

    private function forget(): int
    {
        global $wpdb;
        $links = Links::dropAll($this->connection['id']);
        Query::write($wpdb->prepare('DELETE FROM %i WHERE connection_id = %d', Schema::table('category_link'), $this->connection['id']));
        Query::write($wpdb->prepare('UPDATE %i SET due = %d WHERE connection_id = %d', Schema::table('family'), Clock::now(), $this->connection['id']));

        return $links;
    }

    /**
     * @param array<int, array<string, mixed>> $staying Staying records.
     * @return array<int, array<string, mixed>>
     */
    private static function staying(array $staying): array
    {
        return array_map(static function (array $one): array {
            return ['said' => Said::of($one['reason']['code'], $one['reason']['params'] ?? []), 'count' => (int) $one['count']];
        }, $staying);
    }
}

<?php

declare(strict_types=1);

namespace Dongbo\Contract;

use Dongbo\Lanes\Budget;
use Dongbo\Lanes\Fence;
use Dongbo\Sync\PlanCategories;
use Dongbo\Sync\PlanGoods;
use Dongbo\Sync\SliceResult;
use Dongbo\Sync\SyncContext;
use Dongbo\Tables\Rows;
use Dongbo\Tables\Schema;

/**
 * A connection of its own with an empty mirror in an emptied shop, and the rules that plan for it:
 * the real ones, or a script of the case.
 */
final class World
{
    public int $connection;
    public int $run;
    public int $now = 1732262400000;

    /** @var array<string, mixed> */
    public array $settings = ['branches' => ['1'], 'order_branch' => '1'];

    /** @var callable|null `fn(array $family): array` gives a family's operations; null: the real rules. */
    public $script;

    private Fence $fence;

    public function __construct(?callable $script = null)
    {
        global $wpdb;
        $this->script = $script;
        self::emptyShop();
        foreach (Schema::tables() as $table) {
            $wpdb->query('DELETE FROM ' . Schema::table($table));
        }
        $wpdb->insert(Schema::table('connection'), ['pos' => 'kiotviet', 'shop' => 'thu', 'state' => 'active']);
        $this->connection = (int) $wpdb->insert_id;
        $this->newRun();
        $this->list('branches', [['id' => '1', 'name' => 'Trung tâm', 'active' => true]]);
    }

    /** The same world in another process. */
    public static function joined(int $connection, int $run, ?callable $script): self
    {
        $world = (new \ReflectionClass(self::class))->newInstanceWithoutConstructor();
        $world->script = $script;
        $world->connection = $connection;
        $world->run = $run;
        $world->fence = Fence::take($run);

        return $world;
    }

    /** Takes the run over, as the next worker does. */
    public function takeOver(): void
    {
        $this->fence = Fence::take($this->run);
    }

    /** A run of its own, as the next sync would have. */
    public function newRun(): void
    {
        global $wpdb;
        $wpdb->insert(Schema::table('run'), ['connection_id' => $this->connection, 'lane' => 'catalogue', 'kind' => 'full']);
        $this->run = (int) $wpdb->insert_id;
        $this->fence = Fence::take($this->run);
    }

    public function context(): SyncContext
    {
        $rules = $this->script === null ? null : function (string $name, array $input): array {
            return $this->answer($name, $input);
        };

        return new SyncContext($this->connection, $this->settings, 1, $this->run, $this->fence, 0, function (): int {
            return $this->now;
        }, $rules);
    }

    /** One slice from the beginning, with all the time it wants. */
    public function slice(string $cursor = '', float $seconds = 600.0): SliceResult
    {
        return PlanGoods::slice($this->context(), new Budget($seconds, PHP_INT_MAX), $cursor);
    }

    public function categories(): void
    {
        PlanCategories::run($this->context());
    }

    /**
     * Puts goods into the mirror as the run loop does.
     *
     * @param array<int, array<string, mixed>> $goods Good records; what is left out gets a usual value.
     */
    public function goods(array $goods): void
    {
        global $wpdb;
        foreach ($goods as $good) {
            $good = \Dongbo\Shop\Clean::good(self::good($good));
            $wpdb->replace(Schema::table('good'), [
                'connection_id' => $this->connection,
                'remote_id' => $good['id'],
                'family_key' => $good['family_key'],
                'sku_key' => $good['sku_key'],
                'description' => $good['description'],
                'description_hash' => $good['description_hash'],
                'stocks' => json_encode($good['stocks']),
                'row' => json_encode(array_diff_key($good, ['description' => 1, 'stocks' => 1]), JSON_UNESCAPED_UNICODE),
            ]);
            if ($wpdb->last_error !== '') {
                throw new \RuntimeException($wpdb->last_error);
            }
        }
    }

    /** @param array<int, array<string, mixed>> $rows */
    public function list(string $list, array $rows, string $scope = ''): void
    {
        Rows::write($this->connection, $list, $scope, Rows::differing($this->connection, $list, $scope, $rows), $this->now);
    }

    /**
     * @param array<string, mixed> $good
     *
     * @return array<string, mixed>
     */
    public static function good(array $good): array
    {
        $code = $good['code'] ?? 'SP' . $good['id'];
        $stock = $good['stock'] ?? 5000;
        unset($good['stock']);

        return $good + [
            'code' => $code,
            'name' => 'Hàng ' . $good['id'],
            'full_name' => $good['name'] ?? 'Hàng ' . $good['id'],
            'kind' => 'ordinary',
            'active' => true,
            'sold_directly' => true,
            'has_variants' => isset($good['attributes']),
            'conversion' => 1000000,
            'price' => 10000000,
            'description' => '',
            'stocks' => [['branch_id' => '1', 'on_hand' => $stock, 'reserved' => 0]],
            'family_key' => $good['master_id'] ?? $good['id'],
            'sku_key' => mb_strtolower(trim($code), 'UTF-8'),
        ];
    }

    /**
     * An operation with the parts every one has.
     *
     * @param array<string, mixed> $parts
     *
     * @return array<string, mixed>
     */
    public static function operation(array $parts): array
    {
        $changes = [];
        foreach ($parts['changes'] ?? [] as $field => $change) {
            $change = is_array($change) ? $change : ['after' => $change];
            $changes[] = ['field' => $field] + $change + ['pos' => (string) ($change['after'] ?? ''), 'reason' => 'changed'];
        }

        return ['changes' => $changes] + $parts + [
            'kind' => 'create',
            'reason' => ['code' => 'new'],
            'remote_kind' => 'good',
            'label' => 'label of ' . $parts['remote_id'],
            'product' => 'simple',
        ];
    }

    /**
     * @return array<int, \stdClass> Rows of one of Dongbo's tables.
     */
    public function rows(string $table): array
    {
        global $wpdb;

        return $wpdb->get_results($wpdb->prepare('SELECT * FROM %i WHERE connection_id = %d ORDER BY id', Schema::table($table), $this->connection));
    }

    /** @return string[] `code item` of every open issue. */
    public function issues(): array
    {
        return array_map(static function (\stdClass $row): string {
            return $row->code . ' ' . $row->item_id . ' ' . $row->params;
        }, $this->rows('issue'));
    }

    /** @return array<string, int> Products by SKU, trash left out. */
    public function products(): array
    {
        global $wpdb;
        $found = [];
        foreach ($wpdb->get_results("SELECT p.ID, m.meta_value AS sku FROM {$wpdb->posts} p LEFT JOIN {$wpdb->postmeta} m ON m.post_id = p.ID AND m.meta_key = '_sku'
            WHERE p.post_type IN ('product', 'product_variation') AND p.post_status <> 'trash' ORDER BY p.ID") as $row) {
            $sku = (string) $row->sku;
            $found[$sku === '' ? '#' . $row->ID : $sku . (isset($found[$sku]) ? '#' . $row->ID : '')] = (int) $row->ID;
        }

        return $found;
    }

    /** Writes of what follows, own bookkeeping included, by table. */
    public static function writesDuring(callable $work): array
    {
        global $wpdb;
        $writes = [];
        $watch = static function ($sql) use (&$writes) {
            if (preg_match('/^\s*(?:INSERT(?:\s+IGNORE)?\s+INTO|UPDATE|DELETE\s+FROM|REPLACE\s+INTO)\s+`?(\w+)/i', $sql, $found)) {
                $writes[$found[1]] = ($writes[$found[1]] ?? 0) + 1;
            }

            return $sql;
        };
        add_filter('query', $watch);
        try {
            $work();
        } finally {
            remove_filter('query', $watch);
        }

        return $writes;
    }

    /** @return array<string, mixed> */
    private function answer(string $name, array $input): array
    {
        if ($name === 'version') {
            return ['rules' => 'script'];
        }
        $families = [];
        foreach ($input['families'] as $family) {
            $plan = ($this->script)($family);
            $families[] = ['key' => $family['key']] + (isset($plan['operations']) ? $plan : ['operations' => $plan]);
        }

        return ['families' => $families];
    }

    private static function emptyShop(): void
    {
        global $wpdb;
        $ids = $wpdb->get_col("SELECT ID FROM {$wpdb->posts} WHERE post_type IN ('product', 'product_variation')");
        if ($ids !== []) {
            $in = implode(',', array_map('intval', $ids));
            $wpdb->query("DELETE FROM {$wpdb->postmeta} WHERE post_id IN ($in)");
            $wpdb->query("DELETE FROM {$wpdb->term_relationships} WHERE object_id IN ($in)");
            $wpdb->query("DELETE FROM {$wpdb->posts} WHERE ID IN ($in)");
            $wpdb->query("DELETE FROM {$wpdb->prefix}wc_product_meta_lookup");
        }
        foreach ($wpdb->get_results("SELECT term_id, taxonomy FROM {$wpdb->term_taxonomy} WHERE taxonomy = 'product_cat' OR taxonomy LIKE 'pa\\_%'") as $row) {
            if ((int) $row->term_id !== (int) get_option('default_product_cat')) {
                wp_delete_term((int) $row->term_id, $row->taxonomy);
            }
        }
        foreach (preg_grep('/^pa_/', get_taxonomies()) as $taxonomy) {
            unregister_taxonomy($taxonomy);
        }
        $wpdb->query("DELETE FROM {$wpdb->prefix}woocommerce_attribute_taxonomies");
        delete_transient('wc_attribute_taxonomies');
        \WC_Cache_Helper::invalidate_cache_group('woocommerce-attributes');
        wp_cache_flush();
    }
}

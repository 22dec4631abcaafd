<?php

declare(strict_types=1);

namespace Dongbo\Control;

use Dongbo\Lanes\Budget;
use Dongbo\Lanes\Commit;
use Dongbo\Lanes\Fence;
use Dongbo\Shop\Caches;
use Dongbo\Shop\Origins;
use Dongbo\Shop\Reader;
use Dongbo\Shop\Texts;
use Dongbo\Sync\Mirror;
use Dongbo\Sync\PlanSome;
use Dongbo\Tables\Clock;
use Dongbo\Tables\Findings;
use Dongbo\Tables\Goods;
use Dongbo\Tables\Query;
use Dongbo\Tables\Rows;
use Dongbo\Tables\Runs;
use Dongbo\Tables\Schema;

/**
 * The pre-flight (product.md G3): looks at every good, every product and the POS's settings, a slice
 * at a time. Findings and the place to go on from are kept in one commit, so that it goes on where
 * it stopped, whoever asks next.
 */
final class PreflightJob
{
    public const LANE = 'preflight';

    private const GOODS = 'goods';
    private const PRODUCTS = 'products';

    /** Families, and products, looked at in one commit. */
    private const FAMILIES = 50;
    private const AT_ONCE = 200;

    /** @var array<string, mixed> */
    private array $connection;

    /** @param array<string, mixed> $connection */
    public function __construct(array $connection)
    {
        $this->connection = $connection;
    }

    /** @return array<string, mixed>|null The open one, else the last. */
    public function run(): ?array
    {
        return Runs::open($this->connection['id'], self::LANE) ?? Runs::last($this->connection['id'], self::LANE, self::LANE);
    }

    /**
     * Starts it, or goes on with the open one.
     *
     * @return bool It is done.
     * @throws \Dongbo\Lanes\FenceLost When somebody else goes on with it at this moment.
     */
    public function work(Budget $budget): bool
    {
        $id = Runs::start($this->connection['id'], self::LANE, self::LANE);
        $fence = Fence::take($id);
        $run = (array) Runs::find($id);
        if ($run['phase'] === '') {
            $run = ['phase' => self::GOODS, 'cursor_key' => '', 'done' => 0, 'total' => Goods::count($this->connection['id']) + $this->products()] + $run;
            Findings::forget($this->connection['id'], $id);
        }
        do {
            [$findings, $run] = $run['phase'] === self::GOODS ? $this->goods($run) : $this->site($run);
            Commit::run($fence, function () use ($id, $findings, $run): void {
                Findings::add($this->connection['id'], $id, $findings);
                $values = ['phase' => $run['phase'], 'cursor_key' => $run['cursor_key'], 'done' => $run['done'], 'total' => $run['total']];
                Runs::update($id, $run['phase'] === 'done' ? ['ended' => Clock::now(), 'outcome' => 'done'] + $values : $values);
            });
            Caches::release();
        } while ($run['phase'] !== 'done' && !$budget->spent());

        return $run['phase'] === 'done';
    }

    /**
     * @param array<string, mixed> $run
     * @return array{array<int, array<string, mixed>>, array<string, mixed>} Findings, and the run as it is then.
     */
    private function goods(array $run): array
    {
        $keys = (new Mirror($this->connection['id']))->keysAfter((string) $run['cursor_key'], self::FAMILIES, 2 * self::FAMILIES);
        if ($keys === []) {
            return [[], ['phase' => self::PRODUCTS, 'cursor_key' => '0'] + $run];
        }
        $context = ByHand::looking($this->connection);
        $names = array_map('strval', array_keys($keys));
        $found = $context->rules('preflight', ['settings' => $context->settings(), 'goods' => PlanSome::input($context, $names)]);

        return [$found['findings'] ?? [], ['cursor_key' => end($names), 'done' => $run['done'] + array_sum($keys)] + $run];
    }

    /**
     * @param array<string, mixed> $run
     * @return array{array<int, array<string, mixed>>, array<string, mixed>}
     */
    private function site(array $run): array
    {
        global $wpdb;
        $sql = "SELECT ID FROM {$wpdb->posts} WHERE post_type IN ('product', 'product_variation') AND ID > %d ORDER BY ID LIMIT %d";
        $ids = array_map('intval', $wpdb->get_col($wpdb->prepare($sql, (int) $run['cursor_key'], self::AT_ONCE)));
        $context = ByHand::looking($this->connection);
        if ($ids === []) {
            $pos = Rows::all($this->connection['id'], 'settings');
            $found = $context->rules('preflight', ['settings' => $context->settings()] + ($pos === [] ? [] : ['pos' => $pos[0]]));

            return [$found['findings'] ?? [], ['phase' => 'done', 'cursor_key' => '', 'done' => $run['total']] + $run];
        }
        $found = $context->rules('preflight', ['settings' => $context->settings(), 'products' => $this->siteProducts($ids)]);

        return [$found['findings'] ?? [], ['cursor_key' => (string) end($ids), 'done' => $run['done'] + count($ids)] + $run];
    }

    /**
     * @param int[] $ids
     * @return array<int, array<string, mixed>> SiteProduct records (src/preflight).
     */
    private function siteProducts(array $ids): array
    {
        $reader = new Reader(new Origins($this->connection['id']));
        $products = $reader->byIds($ids);
        $skus = array_filter(array_map('strval', array_column($products, 'sku')), 'strlen');
        $holders = [];
        foreach ($reader->bySkus(array_values($skus)) as $id => $sku) {
            $holders[Texts::loose((string) $sku)][] = (int) $id;
        }
        $states = $this->states($ids);
        $site = [];
        foreach ($products as $id => $product) {
            $same = $product['sku'] === '' ? [] : $holders[Texts::loose((string) $product['sku'])] ?? [];
            $record = ['product' => $product, 'twins' => array_values(array_diff($same, [(int) $id]))];
            $site[] = isset($states[(int) $id]) ? $record + ['link' => $states[(int) $id]] : $record;
        }

        return $site;
    }

    /**
     * @param int[] $ids
     * @return array<int, string> The state of each product's link.
     */
    private function states(array $ids): array
    {
        global $wpdb;
        $sql = 'SELECT shop_id, state FROM %i WHERE connection_id = %d AND shop_id IN (' . Query::places(count($ids), '%d') . ')';

        // phpcs:ignore WordPress.DB.PreparedSQL -- placeholders only.
        return array_column($wpdb->get_results($wpdb->prepare($sql, Schema::table('link'), $this->connection['id'], ...$ids)), 'state', 'shop_id');
    }

    private function products(): int
    {
        global $wpdb;

        return (int) $wpdb->get_var("SELECT COUNT(*) FROM {$wpdb->posts} WHERE post_type IN ('product', 'product_variation')");
    }
}

<?php

declare(strict_types=1);

namespace Dongbo\Linking;

use Dongbo\Control\Again;
use Dongbo\Control\ByHand;
use Dongbo\Engine\Engine;
use Dongbo\Lanes\Atomic;
use Dongbo\Report\Said;
use Dongbo\Shop\Orders;
use Dongbo\Shop\Texts;
use Dongbo\Sync\SyncContext;
use Dongbo\Tables\CategoryLinks;
use Dongbo\Tables\OrderLinks;
use Dongbo\Tables\Outbox;
use Dongbo\Tables\Rows;

/**
 * Moving over from KiotViet Sync (product.md A12): what its tables propose, to look at and to accept, in
 * parts. Goods, orders and categories each by themselves.
 */
final class Moving
{
    public const PARTS = ['goods', 'orders', 'categories'];

    /** Rows at once; orders bring the POS's whole answer with them. */
    private const AT_ONCE = ['goods' => Pairing::AT_ONCE, 'orders' => 100, 'categories' => 2000];

    /** @var array<string, mixed> */
    private array $connection;

    /** @param array<string, mixed> $connection */
    public function __construct(array $connection)
    {
        $this->connection = $connection;
    }

    /** @return array<string, mixed> `MovingStatus` of js/admin/rest.d.ts. */
    public function status(): array
    {
        $active = KiotVietSync::active();

        return ['present' => KiotVietSync::present(), 'active' => $active !== null, 'shop' => (string) ($active ?? get_option('kiotviet_sync_retailer', ''))] + KiotVietSync::counts();
    }

    /**
     * What the rows after this one propose.
     *
     * @param int[]|null $chosen Carry out these rows only; null with `$accept`: every row that can be.
     * @return array<string, mixed> `MovingPage` of js/admin/rest.d.ts.
     */
    public function page(string $part, int $after, bool $accept = false, ?array $chosen = null): array
    {
        if ($part === 'orders') {
            return $this->orders($after, $accept, $chosen);
        }

        return $part === 'categories' ? $this->categories($after, $accept, $chosen) : $this->goods($after, $accept, $chosen);
    }

    /** @param int[]|null $chosen @return array<string, mixed> */
    private function goods(int $after, bool $accept, ?array $chosen): array
    {
        $read = KiotVietSync::products($after, self::AT_ONCE['goods']);
        $moved = $this->rules(['products' => $read['rows']]);
        $own = array_flip($read['own']);
        $verdicts = array_values(array_filter((new Pairing(ByHand::looking($this->connection)))->judge($moved['pairs'], [], false), static function (array $verdict) use ($own): bool {
            return isset($own[$verdict['line']]);
        }));
        if ($accept) {
            $verdicts = self::chosen($verdicts, 'line', $chosen);
            $verdicts = $verdicts === [] ? [] : ByHand::run($this->connection, 'goods', static function (SyncContext $context) use ($verdicts): array {
                return (new Pairing($context))->carryOut($verdicts);
            });
            $linked = array_map('strval', array_column(array_filter($verdicts, static function (array $verdict): bool {
                return $verdict['deed'] === 'link' && $verdict['state'] === 'active';
            }), 'good_id'));
            if ($linked !== []) {
                Again::makeDue($this->connection['id'], $linked);
            }
        }
        $passed = array_filter($moved['passed'], static function (array $one) use ($own): bool {
            return isset($own[$one['row']]);
        });

        return self::answer(array_map([LinkImport::class, 'line'], $verdicts), $passed, $read['own'], self::AT_ONCE['goods']);
    }

    /** @param int[]|null $chosen @return array<string, mixed> */
    private function orders(int $after, bool $accept, ?array $chosen): array
    {
        $id = $this->connection['id'];
        $rows = KiotVietSync::orders($after, self::AT_ONCE['orders']);
        $known = Orders::of(array_column($rows, 'order_id'));
        $linked = OrderLinks::of($id, array_column($rows, 'order_id'));
        foreach ($rows as $at => $row) {
            $rows[$at] += ['known' => isset($known[$row['order_id']]), 'linked' => isset($linked[$row['order_id']])];
        }
        $moved = $this->rules(['orders' => $rows]);
        $orders = $accept ? self::chosen($moved['orders'], 'row', $chosen) : $moved['orders'];
        if ($accept) {
            $now = \Dongbo\Tables\Clock::now();
            Atomic::run(static function () use ($id, $orders, $moved, $now): bool {
                foreach ($orders as $order) {
                    OrderLinks::put($id, $order['link'], $now);
                }
                Outbox::recordMissed($id, $moved['aside'], $now);
                Outbox::ignore($id, $moved['aside'], $now);

                return true;
            });
            foreach ($orders as $order) {
                // Looked at once: as it is now counts as sent, so that later changes are seen.
                Outbox::record((int) $order['link']['order_id'], '', $now, $now);
            }
        }
        $lines = array_map(static function (array $order): array {
            $link = $order['link'];

            return ['line' => $order['row'], 'deed' => 'link', 'good' => (string) $link['remote_id'], 'label' => (string) $link['code'], 'shop_id' => (int) $link['order_id'], 'product' => '', 'state' => '', 'said' => Said::of('pair-links')];
        }, $orders);

        return self::answer($lines, $moved['passed'], array_column($rows, 'row'), self::AT_ONCE['orders']);
    }

    /** @param int[]|null $chosen @return array<string, mixed> */
    private function categories(int $after, bool $accept, ?array $chosen): array
    {
        $id = $this->connection['id'];
        $rows = KiotVietSync::categories($after, self::AT_ONCE['categories']);
        $known = array_column(Rows::all($id, 'categories'), 'name', 'id');
        $moved = $this->rules(['categories' => $rows, 'known_categories' => array_map('strval', array_keys($known)), 'terms' => self::terms(array_column($rows, 'term_id')), 'category_links' => array_values(CategoryLinks::all($id))]);
        $categories = $accept ? self::chosen($moved['categories'], 'row', $chosen) : $moved['categories'];
        if ($accept) {
            Atomic::run(static function () use ($id, $categories): bool {
                foreach ($categories as $category) {
                    CategoryLinks::put($id, $category, false, false);
                }

                return true;
            });
        }
        $lines = array_map(static function (array $category) use ($known): array {
            return ['line' => $category['row'], 'deed' => 'link', 'good' => (string) $category['remote_id'], 'label' => (string) ($known[$category['remote_id']] ?? ''), 'shop_id' => $category['term_id'], 'product' => $category['name'], 'state' => '', 'said' => Said::of('pair-links')];
        }, $categories);

        return self::answer($lines, $moved['passed'], array_column($rows, 'row'), self::AT_ONCE['categories']);
    }

    /**
     * @param array<string, mixed> $rows
     * @return array<string, mixed> A Moved record.
     */
    private function rules(array $rows): array
    {
        return Engine::call('read_moving', ['shop' => (string) $this->connection['shop'], 'branches' => array_map('strval', array_column(Rows::all($this->connection['id'], 'branches'), 'id'))] + $rows);
    }

    /**
     * @param int[] $ids
     * @return array<int, array<string, mixed>> Term records.
     */
    private static function terms(array $ids): array
    {
        $terms = $ids === [] ? [] : get_terms(['taxonomy' => 'product_cat', 'include' => $ids, 'hide_empty' => false]);

        return array_map(static function (\WP_Term $term): array {
            return ['id' => $term->term_id, 'name' => Texts::plain($term->name), 'parent' => $term->parent];
        }, is_array($terms) ? array_values($terms) : []);
    }

    /**
     * @param array<int, array<string, mixed>> $items
     * @param int[]|null                       $chosen
     * @return array<int, array<string, mixed>>
     */
    private static function chosen(array $items, string $number, ?array $chosen): array
    {
        return $chosen === null ? $items : array_values(array_filter($items, static function (array $item) use ($number, $chosen): bool {
            return in_array($item[$number], $chosen, true);
        }));
    }

    /**
     * @param array<int, array<string, mixed>> $lines
     * @param array<int, array<string, mixed>> $passed Passed records.
     * @param int[]                            $rows
     * @return array<string, mixed>
     */
    private static function answer(array $lines, array $passed, array $rows, int $limit): array
    {
        foreach ($passed as $one) {
            $lines[] = ['line' => $one['row'], 'deed' => 'refuse', 'good' => '', 'label' => '', 'shop_id' => $one['shop_id'], 'product' => '', 'state' => '', 'said' => Said::of($one['reason']['code'], $one['reason']['params'] ?? [])];
        }
        usort($lines, static function (array $a, array $b): int {
            return $a['line'] <=> $b['line'];
        });

        return ['lines' => $lines, 'counts' => LinkImport::counts($lines), 'next' => count($rows) === $limit ? (int) end($rows) : null];
    }
}

<?php

declare(strict_types=1);

namespace Dongbo\Sync;

use Dongbo\Shop\Products;
use Dongbo\Shop\Reader;
use Dongbo\Tables\Families as FamilyTable;
use Dongbo\Tables\History;
use Dongbo\Tables\Holds;
use Dongbo\Tables\Issues;
use Dongbo\Tables\Links;
use Dongbo\Tables\Prints as PrintTable;
use Dongbo\Tables\PushQueue;

/**
 * What is written down about operations that were carried out: links with the values read back,
 * history, issues, and the family's digest *after* the writing, so that the next run finds nothing
 * to do. Everything here runs inside the transaction that did the writing.
 */
final class Settlement
{
    /** Issues of the writing that a later writing of the row settles. */
    private const SETTLED = ['write-failed', 'write-lost', 'write-deadly', 'changed-meanwhile', 'parent-missing', 'field-not-taken'];

    private const REFUSALS = ['sku' => 'sku-refused', 'barcode' => 'barcode-refused', 'stock' => 'stock-refused',
        'brand' => 'brand-refused', 'attributes' => 'attribute-refused', 'values' => 'attribute-refused'];

    /** Kinds of items that are no good's: what concerns the whole shop. */
    private const WHOLE = ['branch', 'connection'];

    private SyncContext $context;
    private Families $families;
    private Reader $reader;

    public function __construct(SyncContext $context, Families $families, Reader $reader)
    {
        $this->context = $context;
        $this->families = $families;
        $this->reader = $reader;
    }

    /**
     * Parents first: they are saved by WooCommerce, the rest are Dongbo's own tables.
     *
     * @param Outcome[] $outcomes
     *
     * @return int[] The parents brought into step.
     */
    public function parents(array $outcomes): array
    {
        $parents = [];
        foreach ($outcomes as $outcome) {
            if ($outcome->operation['kind'] === 'unlink') {
                continue;
            }
            if ($outcome->operation['product'] === 'variable') {
                $parents[] = $outcome->shopId;
            } elseif ($outcome->operation['product'] === 'variation') {
                $parents[] = (int) ($outcome->operation['parent']['shop_id']
                    ?? $outcome->work->parents[$outcome->operation['parent']['family'] ?? ''] ?? 0);
            }
        }
        $parents = array_values(array_unique(array_filter($parents)));
        Products::syncParents($parents);

        return $parents;
    }

    /**
     * Links, history and the issues of these operations.
     *
     * @param Outcome[] $outcomes
     * @param bool      $suspect  A statement failed meanwhile: what does not stand as written is written again.
     *
     * @throws \Dongbo\Lanes\TransactionLost
     */
    public function outcomes(array $outcomes, bool $suspect = false): void
    {
        if ($outcomes === []) {
            return;
        }
        $products = $this->reader->byIds(array_map(static function (Outcome $outcome): int {
            return $outcome->shopId;
        }, $outcomes));
        $entries = [];
        $settled = [];
        foreach ($outcomes as $outcome) {
            $product = $products[$outcome->shopId] ?? null;
            // A product that made room may have its own new SKU by now.
            if ($product !== null && !in_array($outcome->operation['kind'], ['unlink', 'release'], true)) {
                $outcome->compare($product, $suspect);
            }
            $this->vanished($outcome, $product);
            $this->link($outcome, $product);
            $entries = array_merge($entries, $outcome->entries());
            $settled[] = $this->settled($outcome);
        }
        History::add($this->context, $entries);
        Issues::closeWritten($this->context, $settled);
    }

    /**
     * A plugin of the site removed the product while it was being saved: that is named now; the next
     * run plans it as one that was deleted on the website.
     *
     * @param array<string, mixed>|null $product
     */
    private function vanished(Outcome $outcome, ?array $product): void
    {
        if ($product !== null || $outcome->operation['kind'] === 'unlink') {
            return;
        }
        $outcome->work->issue($outcome->operation, 'product-gone', ['product' => (string) $outcome->shopId]);
        $outcome->work->retry = true;
    }

    /**
     * Families whose plan has been carried out to its end.
     *
     * @param Work[] $works
     *
     * @throws \Dongbo\Lanes\TransactionLost
     */
    public function finish(array $works): void
    {
        if ($works === []) {
            return;
        }
        $now = $this->context->now();
        $keys = array_map(static function (Work $work): string {
            return $work->family->key;
        }, $works);
        foreach ($works as $work) {
            Holds::end($this->context->connectionId(), $work->plan['released'] ?? []);
            PushQueue::record($this->context->connectionId(), $work->plan['push'] ?? [], false, $now, $now);
        }
        $after = $this->families->gather($keys);
        $stored = FamilyTable::of($this->context->connectionId(), $keys);
        $rows = [];
        $found = [];
        $written = [];
        $items = [];
        foreach ($works as $work) {
            $key = $work->family->key;
            $found = array_merge($found, $work->plan['issues'] ?? []);
            $written = array_merge($written, $work->issues);
            $items = array_merge($items, $work->family->items());
            if (isset($after[$key])) {
                $row = ['digest' => $after[$key]->digest, 'due' => $this->due($work, $after[$key], $stored[$key] ?? null, $now)];
                if (self::other($stored[$key] ?? null, $row, $this->context->rulesVersion())) {
                    $rows[$key] = $row;
                }
            }
        }
        if ($rows !== []) {
            FamilyTable::put($this->context->connectionId(), $rows, $this->context->rulesVersion(), $now);
        }
        PrintTable::put($this->context->connectionId(), $this->prints($after));
        $ofShop = array_filter($found, static function (array $issue): bool {
            return in_array($issue['item']['kind'], self::WHOLE, true);
        });
        $found = array_diff_key($found, $ofShop);
        Issues::report($this->context, $found, 'plan');
        Issues::close($this->context, $items, $found);
        Issues::report($this->context, $written, 'write');
        Issues::report($this->context, $ofShop, 'shop');
        $this->closeOfShop($works[0]->standing);
    }

    /**
     * What concerned the whole shop and is over.
     *
     * @param array<int, array<string, mixed>>|null $standing
     *
     * @throws \Dongbo\Lanes\TransactionLost
     */
    private function closeOfShop(?array $standing): void
    {
        $connection = $this->context->connectionId();
        foreach ($standing === null ? [] : self::WHOLE as $kind) {
            if (Issues::open($connection, $kind)) {
                Issues::closeAll($this->context, $standing, 'shop');

                return;
            }
        }
    }

    /**
     * @param array<string, Gathered> $families
     *
     * @return array<string, array{print: string, identity: string, products: string}>
     */
    private function prints(array $families): array
    {
        $prints = Prints::ofSome($this->context, $this->families, $families);

        return array_map(static function (Gathered $family) use ($prints): array {
            return $prints->of($family, $family->digest);
        }, $families);
    }

    /**
     * Whether a family's row has to be written.
     *
     * @param array{digest: string, due: int|null, rules: string}|null $stored
     * @param array{digest: string, due: int|null}                     $row
     */
    private static function other(?array $stored, array $row, string $rules): bool
    {
        return $stored === null || $stored['digest'] !== $row['digest'] || $stored['due'] !== $row['due']
            || $stored['rules'] !== substr($rules, 0, 20);
    }

    /**
     * When the family is planned again though nothing in its input has changed.
     *
     * What could not be written is tried by the next run: what stood in the way (another plugin, an
     * attribute) is no part of the input, and the owner may have mended it by then. So is a family
     * whose plan was made before a neighbour in the same batch gave up an SKU: the digest is taken
     * afterwards and would hide that.
     *
     * @param array{digest: string, due: int|null, rules: string}|null $stored
     */
    private function due(Work $work, Gathered $after, ?array $stored, int $now): ?int
    {
        $due = isset($work->plan['due']) ? (int) $work->plan['due'] : null;
        if (!$work->retry && self::neighbours($work->family, $after) === self::neighbours($after, $after)) {
            return $due;
        }
        if (PlanGoods::isDue($stored['due'] ?? null, $now)) {
            return $stored['due'];
        }

        return min($due ?? PHP_INT_MAX, $now);
    }

    /**
     * What a plan saw of other families and of products that are not its own.
     *
     * @param Gathered $after The family after the writing: its links say what is its own.
     *
     * @return array<int, mixed>
     */
    private static function neighbours(Gathered $family, Gathered $after): array
    {
        $own = array_flip(array_column($after->input['links'], 'shop_id'));
        $others = array_filter($family->input['shop'], static function (array $product) use ($own): bool {
            return !isset($own[$product['id']]);
        });

        return [array_column($others, 'sku', 'id'), array_column($others, 'linked_to', 'id'), $family->input['twins']];
    }

    /** @param array<string, mixed>|null $product */
    private function link(Outcome $outcome, ?array $product): void
    {
        global $wpdb;
        $operation = $outcome->operation;
        if ($operation['kind'] === 'release') {
            // Another row's product: its own plan writes its SKU and remembers it.
            return;
        }
        $name = $operation['remote_kind'] . ':' . $operation['remote_id'];
        $old = $outcome->work->family->links[$name] ?? null;
        if ($operation['kind'] === 'unlink') {
            if ($old !== null) {
                Links::drop($old['id']);
                // From now on it is one of ours without a link, which the digest below must know.
                $this->families->forgetOrigins();
                unset($outcome->work->family->links[$name]);
            }

            return;
        }
        $link = $outcome->link($old['link'] ?? [], $product);
        // What a cut-off run created is linked by a later one.
        $origin = $product['origin'] ?? '';
        $made = $operation['kind'] === 'create' || $origin === $name || ($operation['kind'] === 'convert' && $origin !== '');
        if ($old !== null && $old['link'] === $link) {
            return;
        }
        Links::put($this->context->connectionId(), $old['id'] ?? null, $link, $made, $this->context->rulesVersion(), $this->context->now());
        // A family of many rows is written in several transactions by one plan.
        $outcome->work->family->links[$name] = [
            'id' => $old['id'] ?? (int) $wpdb->insert_id,
            'created_here' => $old['created_here'] ?? $made,
            'link' => $link,
        ];
    }

    /** @return array{kind: string, id: string, codes: string[]} Issues this writing has settled. */
    private function settled(Outcome $outcome): array
    {
        $codes = self::SETTLED;
        foreach ($outcome->operation['changes'] ?? [] as $change) {
            if (isset(self::REFUSALS[$change['field']]) && !isset($outcome->refused[$change['field']])) {
                $codes[] = self::REFUSALS[$change['field']];
            }
        }

        return ['kind' => (string) $outcome->operation['remote_kind'], 'id' => (string) $outcome->operation['remote_id'], 'codes' => $codes];
    }
}

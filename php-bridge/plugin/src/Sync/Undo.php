<?php

declare(strict_types=1);

namespace Dongbo\Sync;

use Dongbo\Lanes\Commit;
use Dongbo\Shop\Attributes;
use Dongbo\Shop\Caches;
use Dongbo\Shop\Products;
use Dongbo\Tables\History;
use Dongbo\Tables\Holds;
use Dongbo\Tables\Links;
use Dongbo\Tables\Schema;

/**
 * Undoes a change of price or stock from the history and holds the field (product.md H6). Whether and
 * to what is decided by the rules (src/plan/hold.rs).
 */
final class Undo
{
    private function __construct()
    {
    }

    /**
     * @param SyncContext $context A run of its own with a fence, and the person who asks as actor.
     * @param int         $entry   The history entry.
     *
     * @return array{code: string, params: array<int, array{name: string, value: string}>}|null Why not, null when done.
     *
     * @throws \Dongbo\Lanes\FenceLost       When another worker has taken over.
     * @throws \Dongbo\Lanes\TransactionLost When the database would not keep it; nothing was undone.
     * @throws \Dongbo\Shop\Refused          When WooCommerce would not have the value.
     */
    public static function apply(SyncContext $context, int $entry): ?array
    {
        global $wpdb;
        $sql = 'SELECT remote_id, field, before_value, after_value FROM %i WHERE connection_id = %d AND id = %d AND remote_kind = %s';
        $row = $wpdb->get_row($wpdb->prepare($sql, Schema::table('history'), $context->connectionId(), $entry, 'good'), ARRAY_A);
        $key = $row === null ? null : self::family($context, (string) $row['remote_id']);
        if ($key === null) {
            return ['code' => 'undo-not-linked', 'params' => []];
        }
        $parts = new Parts($context);
        $gathered = $parts->families->gather([$key]);
        $plan = $context->rules('plan_undo', array_filter([
            'remote_id' => (string) $row['remote_id'],
            'field' => (string) $row['field'],
            'before' => $row['before_value'],
            'after' => $row['after_value'],
        ], 'is_string') + ['goods' => $parts->families->input($gathered)]);
        if (isset($plan['refused'])) {
            return ['code' => $plan['refused']['code'], 'params' => $plan['refused']['params'] ?? []];
        }
        self::carryOut($context, $parts, $gathered[$key], $plan['operation'], $plan['hold']);

        return null;
    }

    /**
     * @param array<string, mixed>                                 $operation
     * @param array{remote_id: string, field: string, pos: string} $hold
     */
    private static function carryOut(SyncContext $context, Parts $parts, Gathered $family, array $operation, array $hold): void
    {
        $id = (int) $operation['shop_id'];
        $current = array_column($family->input['shop'], null, 'id')[$id];
        $touched = array_filter([$id, (int) $current['parent']]);
        $products = new Products(new Attributes(), [$parts->mirror, 'description']);
        $outcome = new Outcome(new Work($family, ['operations' => []]), $operation, $id);
        Commit::run($context->fence(), static function () use ($context, $products, $family, $operation, $hold, $current, $outcome): void {
            foreach ($products->update($operation, $current)->refused as $refused) {
                throw $refused;
            }
            Products::syncParents(array_filter([(int) $current['parent']]));
            $context->fence()->stands();
            $link = $family->links['good:' . $hold['remote_id']] ?? null;
            if ($link !== null) {
                // What was last written is not what should be there: a hold that ends ends in the POS's value.
                $fields = array_filter($link['link']['fields'], static function (array $last) use ($hold): bool {
                    return $last['field'] !== $hold['field'];
                });
                Links::put($context->connectionId(), $link['id'], ['fields' => array_values($fields)] + $link['link'], $link['created_here'], $context->rulesVersion(), $context->now());
            }
            Holds::put($context->connectionId(), $hold, $context->now(), $context->actor());
            History::add($context, $outcome->entries());
        }, static function () use ($touched): void {
            Caches::rolledBack($touched);
        });
        Caches::committed($touched);
    }

    private static function family(SyncContext $context, string $good): ?string
    {
        global $wpdb;
        $sql = 'SELECT family_key FROM %i WHERE connection_id = %d AND remote_id = %s';
        $key = $wpdb->get_var($wpdb->prepare($sql, Schema::table('good'), $context->connectionId(), $good));

        return $key === null ? null : (string) $key;
    }
}

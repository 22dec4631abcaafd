<?php

declare(strict_types=1);

namespace Dongbo\Linking;

use Dongbo\Control\Again;
use Dongbo\Lanes\Atomic;
use Dongbo\Shop\Origins;
use Dongbo\Shop\Reader;
use Dongbo\Sync\PlanSome;
use Dongbo\Sync\SyncContext;
use Dongbo\Tables\History;
use Dongbo\Tables\Issues;
use Dongbo\Tables\Links;

/**
 * Carries out what the rules say of lines of links (product.md B4): all of them in one transaction, so
 * that two goods can swap their products; then the planner is asked whether it can work with each, and
 * a link it cannot work with is taken back.
 */
final class Pairing
{
    /** Lines carried out at once. */
    public const AT_ONCE = 500;

    private SyncContext $context;
    private int $connection;

    public function __construct(SyncContext $context)
    {
        $this->context = $context;
        $this->connection = $context->connectionId();
    }

    /**
     * What lines would do; nothing is written.
     *
     * @param array<int, array<string, mixed>> $pairs  Pair records.
     * @param string[]                         $keys   SKU keys of goods named by their code.
     * @param bool                             $moving A linked good may be moved to another product.
     * @return array<int, array<string, mixed>> LinkVerdict records, one a line.
     */
    public function judge(array $pairs, array $keys, bool $moving): array
    {
        $facts = (new Facts($this->connection))->of($pairs, $keys);

        return $this->context->rules('judge_links', ['pairs' => $pairs, 'moving' => $moving] + $facts)['verdicts'];
    }

    /**
     * @param array<int, array<string, mixed>> $verdicts
     * @return array<int, array<string, mixed>> The same, with refusals of the planner.
     */
    public function carryOut(array $verdicts): array
    {
        $before = Links::of($this->connection, array_map('strval', array_column(self::those($verdicts, ['move', 'unlink', 'state']), 'good_id')), []);
        $before = array_column($before, null, 'id');
        $byGood = [];
        foreach ($before as $row) {
            $byGood[$row['link']['remote_id']] = $row;
        }
        Atomic::run(function () use ($verdicts, $byGood): bool {
            $this->write($verdicts, $byGood);

            return true;
        });
        $verdicts = $this->checked($verdicts, $byGood);
        $this->record($verdicts, $byGood);
        Again::makeDue($this->connection, array_map('strval', array_column(self::those($verdicts, ['link', 'move', 'state']), 'good_id')));

        return $verdicts;
    }

    /**
     * @param array<int, array<string, mixed>>    $verdicts
     * @param array<string, array<string, mixed>> $before   Rows of links by good.
     */
    private function write(array $verdicts, array $before): void
    {
        foreach (self::those($verdicts, ['move', 'unlink']) as $verdict) {
            Links::drop($before[$verdict['good_id']]['id']);
        }
        $made = $this->made(array_column(self::those($verdicts, ['link', 'move']), 'shop_id'));
        foreach (self::those($verdicts, ['link', 'move']) as $verdict) {
            $link = ['kind' => 'good', 'remote_id' => $verdict['good_id'], 'shop_id' => $verdict['shop_id'], 'family' => $verdict['family'], 'state' => $verdict['state'], 'fields' => []];
            Links::put($this->connection, null, $link, isset($made[$verdict['shop_id']]), $this->context->rulesVersion(), $this->context->now());
        }
        foreach (self::those($verdicts, ['state']) as $verdict) {
            Links::setState($this->connection, $before[$verdict['good_id']]['id'], $verdict['state']);
        }
    }

    /**
     * Products that Dongbo once made are still its own when they are linked again (A6).
     *
     * @param int[] $ids
     * @return array<int, true>
     */
    private function made(array $ids): array
    {
        $products = (new Reader(new Origins($this->connection)))->byIds($ids);

        return array_fill_keys(array_keys(array_filter($products, static function (array $product): bool {
            return ($product['origin'] ?? '') !== '';
        })), true);
    }

    /**
     * @param array<int, array<string, mixed>>    $verdicts
     * @param array<string, array<string, mixed>> $before
     * @return array<int, array<string, mixed>>
     */
    private function checked(array $verdicts, array $before): array
    {
        $new = self::those($verdicts, ['link', 'move']);
        $refused = $this->refusedByPlan(array_column($new, 'family'));
        foreach ($new as $at => $verdict) {
            $reason = $refused[$verdict['good_id']] ?? null;
            if ($reason === null) {
                continue;
            }
            $verdicts[$at] = ['deed' => 'refuse', 'reason' => $reason] + $verdict;
            Atomic::run(function () use ($verdict, $before): bool {
                foreach (Links::of($this->connection, [(string) $verdict['good_id']], []) as $row) {
                    Links::drop($row['id']);
                }
                $old = $before[$verdict['good_id']] ?? null;
                if ($old !== null && Links::ofProducts($this->connection, [$old['link']['shop_id']]) === []) {
                    Links::put($this->connection, null, $old['link'], $old['created_here'], $this->context->rulesVersion(), $this->context->now());
                }

                return true;
            });
        }

        return $verdicts;
    }

    /**
     * Goods whose link the rules cannot work with, and why.
     *
     * @param string[] $families
     * @return array<string, array<string, mixed>> Reasons by good.
     */
    private function refusedByPlan(array $families): array
    {
        $refused = [];
        foreach (PlanSome::plan($this->context, array_values(array_unique(array_map('strval', $families)))) as $plan) {
            $goods = [];
            foreach ($plan['operations'] as $operation) {
                $goods[] = (string) $operation['remote_id'];
                if ($operation['kind'] === 'review' && $operation['remote_kind'] === 'good') {
                    $refused[(string) $operation['remote_id']] = $operation['reason'];
                }
            }
            // What was unclear before is settled with the link, not with the next run.
            Issues::close($this->context, $goods, $plan['issues'], ['good']);
        }

        return $refused;
    }

    /**
     * @param array<int, array<string, mixed>>    $verdicts
     * @param array<string, array<string, mixed>> $before
     */
    private function record(array $verdicts, array $before): void
    {
        $entries = [];
        foreach (self::those($verdicts, ['link', 'move', 'unlink', 'state']) as $verdict) {
            $old = $before[$verdict['good_id']]['link'] ?? null;
            $entry = ['remote_kind' => 'good', 'remote_id' => $verdict['good_id'], 'shop_id' => $verdict['shop_id'], 'label' => $verdict['label'], 'reason' => 'by-hand'];
            if ($verdict['deed'] === 'state') {
                $entries[] = $entry + ['field' => 'link_state', 'before_value' => (string) ($old['state'] ?? ''), 'after_value' => $verdict['state']];
                continue;
            }
            if ($old !== null) {
                $entries[] = ['shop_id' => $old['shop_id']] + $entry + ['field' => 'unlinked', 'before_value' => (string) $old['shop_id']];
            }
            if ($verdict['deed'] !== 'unlink') {
                $entries[] = $entry + ['field' => 'linked', 'after_value' => (string) $verdict['shop_id']];
            }
        }
        History::add($this->context, $entries);
    }

    /**
     * @param array<int, array<string, mixed>> $verdicts
     * @param string[]                         $deeds
     * @return array<int, array<string, mixed>> With their places.
     */
    private static function those(array $verdicts, array $deeds): array
    {
        return array_filter($verdicts, static function (array $verdict) use ($deeds): bool {
            return in_array($verdict['deed'], $deeds, true);
        });
    }
}

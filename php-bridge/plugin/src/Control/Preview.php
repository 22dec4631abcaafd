<?php

declare(strict_types=1);

namespace Dongbo\Control;

use Dongbo\Report\Said;
use Dongbo\Shop\Caches;
use Dongbo\Sync\Gathered;
use Dongbo\Sync\Parts;
use Dongbo\Sync\PlanCategories;
use Dongbo\Sync\PlanGoods;
use Dongbo\Sync\PlanSome;
use Dongbo\Sync\SyncContext;
use Dongbo\Tables\Families;
use Dongbo\Tables\Goods;

/**
 * The preview (product.md H3): what the browser plans from, in chunks, and what it accepted. The same
 * gathering the server plans with, long texts as hashes; applied is only what the server plans alike.
 */
final class Preview
{
    /** Rows gathered at once. */
    private const ROWS = 120;

    /** Milliseconds after which a preview is made anew. */
    public const OLD = 1800000;

    /**
     * @param array<string, mixed> $connection
     * @param bool                 $all Also families whose input is what it was when they were last in step.
     * @return array<string, mixed> `PreviewChunk` of js/admin/rest.d.ts.
     */
    public static function chunk(array $connection, string $cursor, int $limit, bool $all): array
    {
        // As what was accepted is planned, else the hashes would differ.
        $context = ByHand::looking($connection, true);
        $parts = new Parts($context);
        $keys = array_map('strval', array_keys($parts->mirror->keysAfter($cursor, $limit, self::ROWS)));
        $gathered = $parts->families->gather($keys);
        if (!$all) {
            $stored = Families::of($connection['id'], $keys);
            $gathered = PlanGoods::changed($gathered, $stored, $context->now());
        }
        $input = $parts->families->input($gathered);
        Caches::release();

        return [
            'rules_version' => $context->rulesVersion(),
            'made' => $context->now(),
            'settings_revision' => $connection['settings_revision'],
            'input' => (object) (['hash' => true] + $input),
            'families' => count($gathered),
            'goods' => array_sum(array_map(static function (Gathered $family): int {
                return $family->rows();
            }, $gathered)),
            'total' => Goods::count($connection['id']),
            'cursor' => $keys === [] ? null : end($keys),
        ];
    }

    /**
     * The tree both sides have: a sync puts categories in place before goods (B12).
     *
     * @param array<string, mixed> $connection
     * @return array<string, mixed> `PreviewCategories` of js/admin/rest.d.ts.
     */
    public static function categories(array $connection): array
    {
        $context = ByHand::looking($connection, true);

        return ['rules_version' => $context->rulesVersion(), 'input' => PlanCategories::preview($context)];
    }

    /**
     * @param array<string, mixed>  $connection
     * @param array<string, string> $hashes By family.
     * @return array<string, mixed> `PreviewApplied` of js/admin/rest.d.ts.
     */
    public static function apply(array $connection, array $hashes): array
    {
        $families = array_map('strval', array_keys($hashes));
        $report = ByHand::run($connection, 'preview', static function (SyncContext $context) use ($families, $hashes): array {
            return PlanSome::apply($context, $families, $hashes);
        });
        $changed = [];
        foreach ($report['changed'] as $plan) {
            $changed[] = ['family' => (string) $plan['key'], 'hash' => (string) ($plan['hash'] ?? ''), 'plan' => $plan];
        }
        $failed = [];
        foreach ($report['left'] as $family) {
            $failed[] = ['family' => (string) $family, 'cause' => Said::of('time-over')];
        }
        $known = array_merge($report['applied'], array_column($changed, 'family'), array_column($failed, 'family'));
        foreach (array_diff($families, array_map('strval', $known)) as $family) {
            $failed[] = ['family' => $family, 'cause' => Said::of('good-unknown')];
        }
        $applied = array_map(static function ($family) use ($hashes): array {
            return ['family' => (string) $family, 'hash' => (string) ($hashes[(string) $family] ?? '')];
        }, $report['applied']);

        return ['applied' => $applied, 'changed' => $changed, 'failed' => $failed];
    }
}

<?php

declare(strict_types=1);

namespace Dongbo\Control;

use Dongbo\Report\DriftScan;
use Dongbo\Report\Said;
use Dongbo\Report\WhyReport;
use Dongbo\Sync\PlanSome;
use Dongbo\Sync\SyncContext;
use Dongbo\Tables\Query;
use Dongbo\Tables\Schema;

/** Sets what drifts back to what the POS says (product.md H5): some goods, or all of them slice by slice. */
final class Repair
{
    /**
     * @param array<string, mixed> $connection
     * @param string[]             $ids POS ids of goods, or a family's own id.
     * @return array{repaired: int, left: array<int, array<string, mixed>>, cursor: string|null}
     */
    public static function some(array $connection, array $ids): array
    {
        $families = self::families($connection['id'], $ids);
        $left = [];
        foreach (array_diff($ids, array_keys($families)) as $id) {
            $left[] = ['id' => (string) $id, 'label' => (string) $id, 'cause' => Said::of('good-unknown')];
        }

        return ['repaired' => self::carryOut($connection, array_values(array_unique($families)), $left), 'left' => $left, 'cursor' => null];
    }

    /**
     * @param array<string, mixed> $connection
     * @return array{repaired: int, left: array<int, array<string, mixed>>, cursor: string|null}
     */
    public static function slice(array $connection, string $cursor): array
    {
        $page = DriftScan::page($connection, $cursor, 100);
        $ids = [];
        $left = [];
        foreach ($page['items'] as $item) {
            if ($item['repairable']) {
                $ids[] = $item['id'];
            } elseif ($item['cause'] !== 'order-pending') {
                $left[] = ['id' => $item['id'], 'label' => $item['label'], 'cause' => $item['said']];
            }
        }
        $families = self::families($connection['id'], $ids);

        return ['repaired' => self::carryOut($connection, array_values(array_unique($families)), $left), 'left' => $left, 'cursor' => $page['cursor']];
    }

    /**
     * @param array<string, mixed>             $connection
     * @param string[]                         $families
     * @param array<int, array<string, mixed>> $left Families there was no time for are added.
     */
    private static function carryOut(array $connection, array $families, array &$left): int
    {
        if ($families === []) {
            return 0;
        }
        $report = ByHand::run($connection, 'repair', static function (SyncContext $context) use ($families): array {
            return PlanSome::apply($context, $families, null, null, ['repair' => true]);
        });
        foreach ($report['left'] as $family) {
            $left[] = ['id' => $family, 'label' => $family, 'cause' => Said::of('time-over')];
        }

        return (int) $report['counts']['updated'];
    }

    /**
     * @param string[] $ids
     * @return array<string, string> Family keys by the ids given.
     */
    private static function families(int $connection, array $ids): array
    {
        global $wpdb;
        $families = [];
        foreach (array_chunk(array_values(array_unique(array_map('strval', $ids))), 500) as $part) {
            $sql = 'SELECT remote_id, family_key FROM %i WHERE connection_id = %d AND remote_id IN (' . Query::places(count($part)) . ')';
            // phpcs:ignore WordPress.DB.PreparedSQL -- placeholders only.
            foreach ($wpdb->get_results($wpdb->prepare($sql, Schema::table('good'), $connection, ...$part)) as $row) {
                $families[(string) $row->remote_id] = (string) $row->family_key;
            }
        }
        // A family's own product is named by the family (one unit level of it).
        foreach ($ids as $id) {
            $base = explode('|', (string) $id, 2)[0];
            if (!isset($families[(string) $id]) && WhyReport::family($connection, $base) !== null) {
                $families[(string) $id] = (string) WhyReport::family($connection, $base);
            }
        }

        return $families;
    }
}

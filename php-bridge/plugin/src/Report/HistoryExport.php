<?php

declare(strict_types=1);

namespace Dongbo\Report;

/** The history as rows of a table for people (product.md H6). */
final class HistoryExport
{
    public const COLUMNS = ['time', 'who', 'item', 'field', 'before', 'after', 'reason', 'product', 'good', 'run'];

    /**
     * @param array<string, int|string> $filter
     * @return \Generator<int, array<string, string>>
     */
    public static function rows(int $connection, array $filter): \Generator
    {
        foreach (HistoryList::each($connection, $filter) as $entry) {
            yield self::row($entry);
        }
    }

    /** @param array<string, mixed> $entry @return array<string, string> */
    public static function row(array $entry): array
    {
        return [
            'time' => (string) wp_date('Y-m-d H:i:s', intdiv((int) $entry['at'], 1000)),
            'who' => $entry['actor'] === '' ? __('Dongbo', 'dongbo') : (string) $entry['actor'],
            'item' => (string) $entry['label'],
            'field' => (string) $entry['field_label'],
            'before' => (string) $entry['before'],
            'after' => (string) $entry['after'],
            'reason' => (string) $entry['said']['sentence'],
            'product' => $entry['shop_id'] > 0 ? (string) $entry['shop_id'] : '',
            'good' => (string) $entry['remote_id'],
            'run' => (string) $entry['run'],
        ];
    }
}

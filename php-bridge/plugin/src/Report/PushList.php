<?php

declare(strict_types=1);

namespace Dongbo\Report;

use Dongbo\Shop\Texts;
use Dongbo\Tables\PushQueue;
use Dongbo\Tables\Schema;

/** Products on their way to the POS and how each ended, with the reason in words (product.md G1). */
final class PushList
{
    /** What the queue calls its states, and people. */
    private const STATES = [
        'waiting' => ['waiting', 'sending'],
        'pushed' => ['pushed'],
        'linked' => ['linked'],
        'updated' => ['updated'],
        'in-step' => ['in-step'],
        'failed' => ['failed'],
        'refused' => ['refused'],
    ];

    /** @return string[] What a list may be narrowed to. */
    public static function states(): array
    {
        return array_keys(self::STATES);
    }

    /** @return array{rows: array<int, array<string, mixed>>, total: int} The latest change first. */
    public static function page(int $connection, string $state, string $search, int $offset, int $limit): array
    {
        global $wpdb;
        $where = "q.connection_id = %d AND q.shop_id <> %d AND q.state <> 'dropped'";
        $args = [Schema::table('push'), $connection, PushQueue::CATEGORIES];
        if ($state !== '') {
            $where .= ' AND q.state IN (' . implode(', ', array_fill(0, count(self::STATES[$state]), '%s')) . ')';
            array_push($args, ...self::STATES[$state]);
        }
        if ($search !== '') {
            $where .= " AND EXISTS (SELECT 1 FROM {$wpdb->posts} p WHERE p.ID = q.shop_id AND p.post_title LIKE %s)";
            $args[] = '%' . $wpdb->esc_like($search) . '%';
        }
        // phpcs:disable WordPress.DB.PreparedSQL -- conditions of this class.
        $rows = (array) $wpdb->get_results($wpdb->prepare("SELECT q.shop_id, q.state, q.code, q.params, q.results, q.next_try, q.changed FROM %i q WHERE $where ORDER BY q.changed DESC, q.id DESC LIMIT %d OFFSET %d", ...array_merge($args, [$limit, $offset])));
        $total = (int) $wpdb->get_var($wpdb->prepare("SELECT COUNT(*) FROM %i q WHERE $where", ...$args));
        // phpcs:enable

        return ['rows' => array_map([self::class, 'row'], $rows), 'total' => $total];
    }

    /** @return array<string, mixed> */
    private static function row(\stdClass $row): array
    {
        $rows = [];
        foreach ((array) json_decode((string) $row->results, true) as $result) {
            $rows[] = [
                'id' => (int) $result['shop_id'],
                'state' => (string) $result['outcome'],
                'pos_code' => (string) ($result['pos_code'] ?? ''),
                'cause' => empty($result['code']) ? null : Said::of((string) $result['code'], $result['params'] ?? []),
            ];
        }
        $state = in_array($row->state, self::STATES['waiting'], true) ? 'waiting' : (string) $row->state;

        return [
            'id' => (int) $row->shop_id,
            'name' => Texts::plain((string) get_post_field('post_title', (int) $row->shop_id, 'raw')),
            'state' => $state,
            'cause' => $row->code === '' ? null : Said::of((string) $row->code, (array) json_decode((string) $row->params, true)),
            'rows' => $rows,
            'next_try' => $state === 'failed' ? (int) $row->next_try : null,
            'changed' => (int) $row->changed,
        ];
    }
}

<?php

declare(strict_types=1);

namespace Dongbo\Report;

use Dongbo\Control\Steer;
use Dongbo\ListNames;
use Dongbo\Tables\Schema;

/** Open issues for people (product.md H6): the gravest first, each with cause and remedy. */
final class IssueList
{
    /** Items that are no record of the shop but a part of the work: the rules label them with a code. */
    private const OWN = ['connection', 'page'];

    private const ORDER = "FIELD(i.severity, 'stop', 'review', 'notice'), i.last_seen DESC, i.id DESC";

    /**
     * @param array{search?: string, severity?: string, code?: string, good?: string, id?: int} $filter
     * @return array{rows: array<int, array<string, mixed>>, total: int}
     */
    public static function page(int $connection, array $filter, int $offset, int $limit): array
    {
        global $wpdb;
        [$where, $args] = self::where($connection, $filter);
        $tables = '%i i LEFT JOIN %i l ON l.connection_id = i.connection_id AND l.kind = i.item_kind AND l.remote_id = i.item_id';
        $names = [Schema::table('issue'), Schema::table('link')];
        // phpcs:ignore WordPress.DB.PreparedSQL -- conditions of this class.
        $rows = $wpdb->get_results($wpdb->prepare("SELECT i.*, l.shop_id FROM $tables WHERE $where ORDER BY " . self::ORDER . ' LIMIT %d OFFSET %d', ...array_merge($names, $args, [$limit, $offset])), ARRAY_A);
        // phpcs:ignore WordPress.DB.PreparedSQL -- conditions of this class.
        $total = (int) $wpdb->get_var($wpdb->prepare("SELECT COUNT(*) FROM %i i WHERE $where", ...array_merge([Schema::table('issue')], $args)));
        $edits = Editing::of(array_column($rows, 'shop_id'));
        $issues = [];
        foreach ($rows as $row) {
            $issues[] = self::issue($row, $edits[(int) $row['shop_id']] ?? '');
        }

        return ['rows' => $issues, 'total' => $total];
    }

    /** @return array<string, mixed>|null A row as it is stored. */
    public static function find(int $connection, int $id): ?array
    {
        global $wpdb;
        $row = $wpdb->get_row($wpdb->prepare('SELECT * FROM %i WHERE connection_id = %d AND id = %d', Schema::table('issue'), $connection, $id), ARRAY_A);

        return is_array($row) ? $row : null;
    }

    /** @return array<int, array{code: string, said: array<string, mixed>, severity: string, count: int}> The most frequent first. */
    public static function counts(int $connection): array
    {
        global $wpdb;
        $sql = 'SELECT code, severity, COUNT(*) AS n, MAX(params) AS params FROM %i WHERE connection_id = %d GROUP BY code, severity ORDER BY n DESC, code';
        $counts = [];
        foreach ($wpdb->get_results($wpdb->prepare($sql, Schema::table('issue'), $connection)) as $row) {
            $counts[] = ['code' => (string) $row->code, 'said' => Said::of((string) $row->code, Said::params($row->params)), 'severity' => (string) $row->severity, 'count' => (int) $row->n];
        }

        return $counts;
    }

    /**
     * @param array<string, mixed> $filter
     * @return array{string, array<int, int|string>}
     */
    private static function where(int $connection, array $filter): array
    {
        global $wpdb;
        $where = 'i.connection_id = %d';
        $args = [$connection];
        foreach (['severity' => 'severity', 'code' => 'code', 'good' => 'item_id', 'id' => 'id'] as $name => $column) {
            if (!empty($filter[$name])) {
                $where .= " AND i.$column = %s";
                $args[] = (string) $filter[$name];
            }
        }
        if (!empty($filter['search'])) {
            $where .= ' AND (i.label COLLATE utf8mb4_unicode_ci LIKE %s OR i.item_id = %s)';
            array_push($args, '%' . $wpdb->esc_like((string) $filter['search']) . '%', (string) $filter['search']);
        }

        return [$where, $args];
    }

    /**
     * @param array<string, mixed> $row
     * @return array<string, mixed>
     */
    private static function issue(array $row, string $edit): array
    {
        $known = in_array($row['item_kind'], ['good', 'family'], true) && strpos((string) $row['item_id'], 'label:') !== 0;

        return [
            'id' => (int) $row['id'],
            'item_kind' => (string) $row['item_kind'],
            'item_id' => strpos((string) $row['item_id'], 'label:') === 0 ? '' : (string) $row['item_id'],
            'label' => in_array($row['item_kind'], self::OWN, true) ? ListNames::of((string) $row['label']) : (string) $row['label'],
            'severity' => (string) $row['severity'],
            'said' => Said::of((string) $row['code'], Said::params($row['params'])),
            'source' => (string) $row['source'],
            'first_seen' => (int) $row['first_seen'],
            'last_seen' => (int) $row['last_seen'],
            'run' => (int) $row['run_id'],
            'good' => $known && $row['item_kind'] === 'good' ? (string) $row['item_id'] : '',
            'edit' => $edit,
            'retryable' => $known,
            'doubted' => in_array($row['code'], Steer::SHORT, true),
        ];
    }
}

<?php

declare(strict_types=1);

namespace Dongbo\Tables;

/** What is open, for people: counts and lists; and what is over. {@see Issues} writes it. */
final class OpenIssues
{
    public static function count(int $connection): int
    {
        global $wpdb;

        return (int) $wpdb->get_var(
            $wpdb->prepare('SELECT COUNT(*) FROM %i WHERE connection_id = %d', Schema::table('issue'), $connection)
        );
    }

    /** @param string[] $codes */
    public static function any(int $connection, array $codes): bool
    {
        global $wpdb;
        $sql = 'SELECT 1 FROM %i WHERE connection_id = %d AND code IN (' . Query::places(count($codes)) . ') LIMIT 1';

        return $wpdb->get_var($wpdb->prepare($sql, Schema::table('issue'), $connection, ...$codes)) !== null;
    }

    /** @return string[] The ids of the items that have this issue. */
    public static function items(int $connection, string $code): array
    {
        global $wpdb;

        return array_map('strval', $wpdb->get_col($wpdb->prepare('SELECT item_id FROM %i WHERE connection_id = %d AND code = %s', Schema::table('issue'), $connection, $code)));
    }

    /** @return array<int, array<string, mixed>> The gravest and latest first; `params` decoded. */
    public static function latest(int $connection, int $limit): array
    {
        global $wpdb;
        $rows = (array) $wpdb->get_results(
            $wpdb->prepare(
                "SELECT item_kind, item_id, code, label, params, severity, first_seen FROM %i WHERE connection_id = %d
                ORDER BY FIELD(severity, 'stop', 'review', 'notice'), last_seen DESC, id DESC LIMIT %d",
                Schema::table('issue'),
                $connection,
                $limit
            ),
            ARRAY_A
        );
        foreach ($rows as $place => $row) {
            $params = json_decode((string) $row['params'], true);
            $rows[$place]['params'] = is_array($params) ? $params : [];
        }

        return $rows;
    }

    /** How an issue record is told from others; kept with the run that met it. */
    public static function mark(array $issue): string
    {
        $item = $issue['item'];

        return md5($item['kind'] . '|' . ($item['id'] ?? 'label:' . md5((string) $item['label'])) . '|' . $issue['code']);
    }

    /**
     * Closes what a source named before and does not name now.
     *
     * @param string[] $kept Marks.
     */
    public static function closeOthers(int $connection, string $source, array $kept): void
    {
        global $wpdb;
        $table = Schema::table('issue');
        $sql = 'SELECT id, item_kind, item_id, code FROM %i WHERE connection_id = %d AND source = %s';
        foreach ((array) $wpdb->get_results($wpdb->prepare($sql, $table, $connection, $source)) as $row) {
            if (!in_array(md5($row->item_kind . '|' . $row->item_id . '|' . $row->code), $kept, true)) {
                Query::write($wpdb->prepare('DELETE FROM %i WHERE id = %d', $table, $row->id));
            }
        }
    }

    /**
     * Closes what had ended earlier runs at lists that one has got past now. A run names nothing
     * graver than its own end, so among the connection's issues these are those that stop.
     *
     * @param string[] $labels What the rules call these parts of a run.
     */
    public static function closeOvercome(int $connection, array $labels): void
    {
        global $wpdb;
        $items = array_map(static function (string $label): string {
            return 'label:' . md5($label);
        }, $labels);
        $sql = "DELETE FROM %i WHERE connection_id = %d AND source = 'read' AND item_kind = 'connection' AND severity = 'stop' AND item_id IN (" . Query::places(count($items)) . ')';
        Query::write($wpdb->prepare($sql, Schema::table('issue'), $connection, ...$items));
    }

    /** Takes back what one run named: whoever started it was told at once. */
    public static function forgetRun(int $connection, int $run): void
    {
        global $wpdb;
        Query::write($wpdb->prepare("DELETE FROM %i WHERE connection_id = %d AND source = 'read' AND run_id = %d", Schema::table('issue'), $connection, $run));
    }

    /**
     * Closes what readers found before and a complete run has not found again.
     *
     * @param array<string, true> $met Marks.
     */
    public static function closeUnmet(int $connection, array $met): void
    {
        global $wpdb;
        $table = Schema::table('issue');
        $rows = (array) $wpdb->get_results(
            $wpdb->prepare("SELECT id, item_kind, item_id, code FROM %i WHERE connection_id = %d AND source = 'read'", $table, $connection)
        );
        foreach ($rows as $row) {
            if (!isset($met[md5($row->item_kind . '|' . $row->item_id . '|' . $row->code)])) {
                Query::write($wpdb->prepare('DELETE FROM %i WHERE id = %d', $table, $row->id));
            }
        }
    }
}

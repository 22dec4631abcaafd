<?php

declare(strict_types=1);

namespace Dongbo\Tables;

/** What the last pre-flight found: written a slice at a time, read in pages. */
final class Findings
{
    /**
     * @param array<int, array{issue: array<string, mixed>, shop_id?: int}> $findings Finding records (src/preflight).
     */
    public static function add(int $connection, int $run, array $findings): void
    {
        global $wpdb;
        foreach (array_chunk($findings, 100) as $part) {
            $args = [Schema::table('finding')];
            foreach ($part as $finding) {
                $issue = $finding['issue'];
                array_push(
                    $args,
                    $connection,
                    $run,
                    (string) $issue['severity'],
                    (string) $issue['code'],
                    (string) $issue['item']['kind'],
                    mb_substr((string) ($issue['item']['id'] ?? ''), 0, 80),
                    mb_substr((string) $issue['item']['label'], 0, 255),
                    (int) ($finding['shop_id'] ?? 0),
                    Query::json($issue['params'] ?? [])
                );
            }
            $sql = 'INSERT INTO %i (connection_id, run_id, severity, code, item_kind, item_id, label, shop_id, params) VALUES '
                . Query::places(count($part), '(%d, %d, %s, %s, %s, %s, %s, %d, %s)');
            Query::write($wpdb->prepare($sql, ...$args));
        }
    }

    /** Those of other runs are over. */
    public static function forget(int $connection, int $butOf): void
    {
        global $wpdb;
        Query::write($wpdb->prepare('DELETE FROM %i WHERE connection_id = %d AND run_id <> %d', Schema::table('finding'), $connection, $butOf));
    }

    /** @return array<int, \stdClass> Code, severity, an example's params, how many; the gravest first. */
    public static function counts(int $connection): array
    {
        global $wpdb;
        $sql = "SELECT code, severity, MIN(params) AS params, COUNT(*) AS n FROM %i WHERE connection_id = %d GROUP BY code, severity
            ORDER BY FIELD(severity, 'stop', 'review', 'notice'), n DESC, code";

        return $wpdb->get_results($wpdb->prepare($sql, Schema::table('finding'), $connection));
    }

    /** @return array<int, \stdClass> The gravest first. */
    public static function page(int $connection, string $code, int $offset, int $limit): array
    {
        global $wpdb;
        $where = 'connection_id = %d' . ($code === '' ? '' : ' AND code = %s');
        $args = array_merge([Schema::table('finding'), $connection], $code === '' ? [] : [$code], [$limit, $offset]);

        // phpcs:ignore WordPress.DB.PreparedSQL -- constants of this class.
        return $wpdb->get_results($wpdb->prepare("SELECT * FROM %i WHERE $where ORDER BY FIELD(severity, 'stop', 'review', 'notice'), code, id LIMIT %d OFFSET %d", ...$args));
    }
}

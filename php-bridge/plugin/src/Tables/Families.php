<?php

declare(strict_types=1);

namespace Dongbo\Tables;

/** What each family's input was when it was last in step, and when a date makes it due again. */
final class Families
{
    private function __construct()
    {
    }

    /**
     * @param string[] $keys
     *
     * @return array<string, array{digest: string, due: int|null, rules: string}>
     */
    public static function of(int $connection, array $keys): array
    {
        global $wpdb;
        if ($keys === []) {
            return [];
        }
        $sql = 'SELECT family_key, digest, due, rules_version FROM %i WHERE connection_id = %d AND family_key IN (' . Query::places(count($keys)) . ')';
        $families = [];
        foreach ($wpdb->get_results($wpdb->prepare($sql, Schema::table('family'), $connection, ...$keys)) as $row) {
            $families[(string) $row->family_key] = [
                'digest' => (string) $row->digest,
                'due' => $row->due === null ? null : (int) $row->due,
                'rules' => (string) $row->rules_version,
            ];
        }

        return $families;
    }

    /**
     * @param array<string, array{digest: string, due: int|null}> $families
     *
     * @throws \Dongbo\Lanes\TransactionLost
     */
    public static function put(int $connection, array $families, string $rules, int $now): void
    {
        global $wpdb;
        foreach (array_chunk($families, 200, true) as $part) {
            $places = [];
            $args = [Schema::table('family')];
            foreach ($part as $key => $family) {
                $places[] = $family['due'] === null ? '(%d, %s, %s, NULL, %d, %s)' : '(%d, %s, %s, %d, %d, %s)';
                array_push($args, $connection, (string) $key, $family['digest']);
                if ($family['due'] !== null) {
                    $args[] = $family['due'];
                }
                array_push($args, $now, substr($rules, 0, 20));
            }
            $sql = 'INSERT INTO %i (connection_id, family_key, digest, due, planned, rules_version) VALUES ' . implode(', ', $places)
                . ' ON DUPLICATE KEY UPDATE digest = VALUES(digest), due = VALUES(due), planned = VALUES(planned), rules_version = VALUES(rules_version)';
            Query::write($wpdb->prepare($sql, ...$args));
        }
    }
}

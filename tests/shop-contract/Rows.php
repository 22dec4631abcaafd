<?php

declare(strict_types=1);

namespace Dongbo\Tests\Contract;

/** The rows of the tables a recording looks at, and how two readings differ. */
final class Rows
{
    /** Marks of time before a step, so that "touched again" shows even within one second. */
    public const EARLIER = ['2001-09-09 01:46:40', '2001-09-09 08:46:40', '1000000000'];

    private array $scope;

    public function __construct(array $scope)
    {
        $this->scope = $scope;
    }

    /** @return array<string, array<string, array<string, ?string>>> Rows by table and key. */
    public function read(): array
    {
        global $wpdb;
        $tables = [];
        foreach ($this->scope['tables'] as $table => $key) {
            $tables[$table] = [];
            foreach ($wpdb->get_results("SELECT * FROM {$wpdb->prefix}{$table}", ARRAY_A) as $row) {
                if ($this->counts($table, $row)) {
                    $tables[$table][implode(' ', array_intersect_key($row, array_flip($key)))] = $row;
                }
            }
        }

        return $tables;
    }

    /**
     * Sets marks of time of the case's rows back, and has WordPress forget what it remembers of them.
     *
     * All to one moment: the order of posts by date must not hang on where a second ended.
     */
    public function backdate(): void
    {
        global $wpdb;
        // The lab's sites are in UTC+7.
        [$utc, $local, $stamp] = self::EARLIER;
        $wpdb->query("UPDATE {$wpdb->posts} SET post_date = '$local', post_date_gmt = '$utc', post_modified = '$local', post_modified_gmt = '$utc' WHERE ID >= 710000000");
        foreach ($wpdb->get_col("SELECT ID FROM {$wpdb->posts} WHERE ID >= 710000000") as $id) {
            wp_cache_delete($id, 'posts');
        }
        $wpdb->query("UPDATE {$wpdb->options} SET option_value = '$stamp' WHERE option_name LIKE '\_transient\_product%-transient-version'");
        wp_cache_delete('alloptions', 'options');
        wp_cache_delete('notoptions', 'options');
        foreach ($wpdb->get_col("SELECT option_name FROM {$wpdb->options} WHERE option_name LIKE '\_transient\_product%-transient-version'") as $name) {
            wp_cache_delete($name, 'options');
        }
    }

    /** @return array<string, string[]> Changes by table: `+ row`, `- row`, `~ row: column before → after`. */
    public function difference(array $before, array $after): array
    {
        $changes = [];
        foreach ($this->scope['tables'] as $table => $key) {
            foreach ($after[$table] as $id => $row) {
                if (!isset($before[$table][$id])) {
                    $changes[$table][] = '+ ' . $this->line($table, $row);
                } elseif ($before[$table][$id] !== $row) {
                    $line = $this->change($table, $before[$table][$id], $row);
                    if ($line !== null) {
                        $changes[$table][] = '~ ' . $line;
                    }
                }
            }
            foreach (array_diff_key($before[$table], $after[$table]) as $row) {
                $changes[$table][] = '- ' . $this->line($table, $row);
            }
        }

        return $changes;
    }

    private function counts(string $table, array $row): bool
    {
        switch ($table) {
            case 'options':
                return (bool) preg_match($this->scope['options'], $row['option_name']);
            case 'postmeta':
                return !in_array($row['meta_key'], $this->scope['metas_left_out'], true);
            case 'actionscheduler_actions':
                return !preg_match($this->scope['jobs_left_out'], $row['hook']);
            default:
                return true;
        }
    }

    private function line(string $table, array $row): string
    {
        $row = array_diff_key($row, array_flip($this->scope['columns_left_out'][$table] ?? []));
        if ($table === 'postmeta' || $table === 'termmeta') {
            return sprintf('%s %s = %s', $row['post_id'] ?? $row['term_id'], $row['meta_key'], self::shown($row['meta_value']));
        }
        $parts = [];
        foreach ($row as $column => $value) {
            if ($value !== '' || $table === 'wc_product_meta_lookup') {
                $parts[] = $column . '=' . self::shown($value);
            }
        }

        return implode(' ', $parts);
    }

    private function change(string $table, array $before, array $after): ?string
    {
        $parts = [];
        foreach (array_diff_key($after, array_flip($this->scope['columns_left_out'][$table] ?? [])) as $column => $value) {
            if ($before[$column] !== $value) {
                $parts[] = sprintf('%s %s → %s', $column, self::shown($before[$column]), self::shown($value));
            }
        }
        if (!$parts) {
            return null;
        }
        $name = isset($after['meta_key'])
            ? ($after['post_id'] ?? $after['term_id']) . ' ' . $after['meta_key']
            : ($after['option_name'] ?? implode(' ', array_intersect_key($after, array_flip($this->scope['tables'][$table]))));

        return $name . ': ' . implode(', ', $parts);
    }

    private static function shown(?string $value): string
    {
        return $value === null ? 'NULL' : '"' . $value . '"';
    }
}

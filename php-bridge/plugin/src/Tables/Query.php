<?php

declare(strict_types=1);

namespace Dongbo\Tables;

use Dongbo\Lanes\TransactionLost;

/** Writes that are never refused in silence: wpdb only returns false and goes on. */
final class Query
{
    /**
     * @param string $sql A prepared statement.
     * @return int Rows affected.
     * @throws TransactionLost When the database refused it.
     */
    public static function write(string $sql): int
    {
        global $wpdb;
        $quiet = $wpdb->suppress_errors(true);
        // phpcs:ignore WordPress.DB.PreparedSQL -- callers prepare.
        $result = $wpdb->query($sql);
        $error = (string) $wpdb->last_error;
        $wpdb->suppress_errors($quiet);
        if ($result === false) {
            throw new TransactionLost('the database refused a statement: ' . $error);
        }

        return (int) $result;
    }

    /** `%s, %s, %s` */
    public static function places(int $count, string $place = '%s'): string
    {
        return implode(', ', array_fill(0, $count, $place));
    }

    /** @param array<int|string, mixed> $value */
    public static function json(array $value): string
    {
        return (string) wp_json_encode($value, JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES);
    }
}

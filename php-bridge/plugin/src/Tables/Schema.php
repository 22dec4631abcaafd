<?php

declare(strict_types=1);

namespace Dongbo\Tables;

/**
 * Dongbo's own tables and how they came to be: one list of statements a version.
 *
 * Every statement can be repeated, and the version is stored after each list, so a migration that
 * was cut goes on where it was. Runs in admin, cron and CLI, never on a shopper's request. A
 * version already released is never edited: the next one gets a number of its own, and the
 * dump of each (`tests/schemas/<n>.sql`) is upgraded in a test.
 */
final class Schema
{
    /** The version this code writes. */
    public const VERSION = 2;

    private const OPTION = 'dongbo_schema';


    /** The full name of a table. */
    public static function table(string $name): string
    {
        global $wpdb;

        return $wpdb->prefix . 'dongbo_' . $name;
    }

    /** @return string[] Every table, without prefixes. */
    public static function tables(): array
    {
        return array_keys(Versions\First::tables() + Versions\Second::tables());
    }

    /** The version found in the database; 0 before the first migration. */
    public static function installed(): int
    {
        return (int) get_option(self::OPTION, 0);
    }

    /** Tables are exactly as this code knows them. Nothing may be written while they are not. */
    public static function ready(): bool
    {
        return self::installed() === self::VERSION;
    }

    /** The database was written by a newer Dongbo: this one must leave it alone (A11). */
    public static function newer(): bool
    {
        return self::installed() > self::VERSION;
    }

    /**
     * Brings the tables to this code's version.
     *
     * @return string The database's own words when a statement failed, else an empty text.
     */
    public static function migrate(): string
    {
        global $wpdb;
        $from = self::installed();
        if ($from >= self::VERSION) {
            return '';
        }
        $quiet = $wpdb->suppress_errors(true);
        try {
            for ($version = $from + 1; $version <= self::VERSION; $version++) {
                foreach (self::statements($version) as $sql) {
                    // phpcs:ignore WordPress.DB -- built from constants in this class.
                    if ($wpdb->query($sql) === false) {
                        return (string) $wpdb->last_error;
                    }
                }
                update_option(self::OPTION, $version, false);
            }
        } finally {
            $wpdb->suppress_errors($quiet);
        }

        return '';
    }

    /** Removes every table and the version. */
    public static function drop(): void
    {
        global $wpdb;
        foreach (self::tables() as $name) {
            $wpdb->query($wpdb->prepare('DROP TABLE IF EXISTS %i', self::table($name)));
        }
        delete_option(self::OPTION);
    }

    /** @return string[] */
    private static function statements(int $version): array
    {
        $versions = [1 => [Versions\First::class, 'tables'], 2 => [Versions\Second::class, 'tables']];
        $statements = [];
        foreach ($versions[$version]() as $name => $columns) {
            $statements[] = self::create($name, $columns);
        }

        return $statements;
    }

    private static function create(string $name, string $columns): string
    {
        // One character set for all columns: wpdb takes a table that mixes ascii and utf8mb4 for an
        // ascii one and then refuses every statement with a Vietnamese letter in it.
        return 'CREATE TABLE IF NOT EXISTS `' . self::table($name) . "` (\n" . $columns
            . "\n) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin";
    }
}

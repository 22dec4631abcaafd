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
    public const VERSION = 1;

    private const OPTION = 'dongbo_schema';

    /** Every table, without prefixes. */
    public const TABLES = [
        'connection', 'good', 'list_row', 'link', 'category_link', 'family',
        'issue', 'history', 'run', 'run_seen', 'lease',
    ];

    /** The full name of a table. */
    public static function table(string $name): string
    {
        global $wpdb;

        return $wpdb->prefix . 'dongbo_' . $name;
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
        foreach (self::TABLES as $name) {
            $wpdb->query($wpdb->prepare('DROP TABLE IF EXISTS %i', self::table($name)));
        }
        delete_option(self::OPTION);
    }

    /** @return string[] */
    private static function statements(int $version): array
    {
        $lists = [1 => self::first()];
        $statements = [];
        foreach ($lists[$version] ?? [] as $name => $columns) {
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

    /**
     * Version 1. Every text is compared byte by byte; times are UTC milliseconds.
     *
     * @return array<string, string>
     */
    private static function first(): array
    {
        $id = 'varchar(40) NOT NULL';
        $code = 'varchar(60) NOT NULL';
        $hash = "char(32) NOT NULL DEFAULT ''";
        $serial = 'bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY';
        $connection = 'connection_id bigint unsigned NOT NULL';
        $time = 'bigint NOT NULL DEFAULT 0';

        return [
            'connection' => "id $serial,
pos $code,
shop varchar(191) NOT NULL DEFAULT '',
client_id varchar(191) NOT NULL DEFAULT '',
secret text,
token text,
token_obtained $time,
token_expires $time,
settings longtext,
settings_revision int unsigned NOT NULL DEFAULT 0,
state varchar(20) NOT NULL DEFAULT 'new',
state_code varchar(60) NOT NULL DEFAULT '',
home_mark char(64) NOT NULL DEFAULT '',
created $time",
            'good' => "id $serial,
$connection,
remote_id $id,
family_key $id,
sku_key varchar(191) NOT NULL DEFAULT '',
digest $hash,
`row` mediumtext NOT NULL,
description longtext,
description_hash $hash,
stocks text,
stock_as_of $time,
as_of $time,
reader_version varchar(20) NOT NULL DEFAULT '',
UNIQUE KEY remote (connection_id, remote_id),
KEY family (connection_id, family_key),
KEY sku (connection_id, sku_key)",
            'list_row' => "id $serial,
$connection,
list varchar(20) NOT NULL,
scope varchar(40) NOT NULL DEFAULT '',
remote_id $id,
`row` text NOT NULL,
as_of $time,
UNIQUE KEY place (connection_id, list, scope, remote_id),
KEY remote (connection_id, list, remote_id)",
            'link' => "id $serial,
$connection,
kind varchar(10) NOT NULL,
remote_id varchar(80) NOT NULL,
shop_id bigint unsigned NOT NULL,
family varchar(80) NOT NULL,
state varchar(10) NOT NULL DEFAULT 'active',
created_here tinyint NOT NULL DEFAULT 0,
fields mediumtext,
rules_version varchar(20) NOT NULL DEFAULT '',
created $time,
changed $time,
UNIQUE KEY remote (connection_id, kind, remote_id),
UNIQUE KEY shop (connection_id, shop_id),
KEY family (connection_id, family)",
            'category_link' => "id $serial,
$connection,
remote_id $id,
term_id bigint unsigned NOT NULL,
name varchar(255) NOT NULL DEFAULT '',
parent bigint unsigned NOT NULL DEFAULT 0,
term_gone tinyint NOT NULL DEFAULT 0,
created_here tinyint NOT NULL DEFAULT 0,
UNIQUE KEY remote (connection_id, remote_id),
UNIQUE KEY term (connection_id, term_id)",
            'family' => "id $serial,
$connection,
family_key $id,
digest $hash,
due bigint NULL,
planned $time,
rules_version varchar(20) NOT NULL DEFAULT '',
UNIQUE KEY family (connection_id, family_key),
KEY due (connection_id, due)",
            'issue' => "id $serial,
$connection,
item_kind varchar(20) NOT NULL,
item_id varchar(80) NOT NULL DEFAULT '',
code $code,
label varchar(255) NOT NULL DEFAULT '',
params text,
severity varchar(10) NOT NULL,
source varchar(10) NOT NULL DEFAULT 'read',
first_seen $time,
last_seen $time,
run_id bigint unsigned NOT NULL DEFAULT 0,
UNIQUE KEY item (connection_id, item_kind, item_id, code)",
            'history' => "id $serial,
$connection,
run_id bigint unsigned NOT NULL DEFAULT 0,
at $time,
actor bigint unsigned NOT NULL DEFAULT 0,
remote_kind varchar(10) NOT NULL,
remote_id varchar(80) NOT NULL,
shop_id bigint unsigned NOT NULL DEFAULT 0,
label varchar(255) NOT NULL DEFAULT '',
field varchar(30) NOT NULL,
before_value text,
after_value text,
reason varchar(60) NOT NULL,
params text,
KEY at (connection_id, at),
KEY remote (connection_id, remote_id),
KEY shop (connection_id, shop_id)",
            'run' => "id $serial,
$connection,
lane varchar(20) NOT NULL,
kind varchar(20) NOT NULL,
state longtext,
phase varchar(40) NOT NULL DEFAULT '',
cursor_key varchar(80) NOT NULL DEFAULT '',
done int unsigned NOT NULL DEFAULT 0,
total int unsigned NOT NULL DEFAULT 0,
fence bigint unsigned NOT NULL DEFAULT 0,
started $time,
changed $time,
ended bigint NULL,
wait_until bigint NULL,
outcome varchar(20) NOT NULL DEFAULT '',
summary text,
counters text,
KEY open (connection_id, lane, ended)",
            'run_seen' => "run_id bigint unsigned NOT NULL,
list varchar(20) NOT NULL,
scope varchar(40) NOT NULL DEFAULT '',
seq int unsigned NOT NULL,
ids mediumtext NOT NULL,
PRIMARY KEY (run_id, list, scope, seq)",
            'lease' => "$connection,
lane varchar(20) NOT NULL,
holder char(32) NOT NULL DEFAULT '',
lease_until $time,
fence bigint unsigned NOT NULL DEFAULT 0,
PRIMARY KEY (connection_id, lane)",
        ];
    }
}

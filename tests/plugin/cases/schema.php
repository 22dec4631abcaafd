<?php

declare(strict_types=1);

namespace Dongbo\PluginTests;

use Dongbo\Activation\Lifecycle;
use Dongbo\Lanes\Wake;
use Dongbo\Tables\Schema;

/** @return array<string, string> How the database describes each table, by name. */
$described = static function (): array {
    global $wpdb;
    $tables = [];
    foreach (Schema::tables() as $name) {
        $row = $wpdb->get_row('SHOW CREATE TABLE ' . Schema::table($name), ARRAY_N);
        $tables[$name] = preg_replace('/ AUTO_INCREMENT=\d+/', '', (string) ($row[1] ?? ''));
    }

    return $tables;
};

/** Loads a dump of tests/schemas, made for the prefix wp_. */
$load = static function (int $version): void {
    global $wpdb;
    Schema::drop();
    $sql = str_replace('`wp_dongbo_', '`' . $wpdb->prefix . 'dongbo_', (string) file_get_contents(dirname(__DIR__, 2) . "/schemas/$version.sql"));
    foreach (array_filter(array_map('trim', preg_split('/;\s*\n/', $sql))) as $statement) {
        if ($wpdb->query($statement) === false) {
            throw new \RuntimeException($wpdb->last_error);
        }
    }
    update_option('dongbo_schema', $version, false);
};

return [
    'every released schema is upgraded to what a fresh site gets, and keeps its rows' => static function () use ($described, $load): void {
        global $wpdb;
        Schema::drop();
        Expect::same('', Schema::migrate());
        $fresh = $described();
        for ($version = 1; is_file(dirname(__DIR__, 2) . "/schemas/$version.sql"); $version++) {
            $load($version);
            $wpdb->query('INSERT INTO ' . Schema::table('connection') . " (pos, shop) VALUES ('kiotviet', 'Tiệm 😀')");
            Expect::same('', Schema::migrate(), "from $version");
            Expect::same($fresh, $described(), "from $version");
            Expect::same('Tiệm 😀', $wpdb->get_var('SELECT shop FROM ' . Schema::table('connection')), "from $version");
            $wpdb->query('TRUNCATE ' . Schema::table('connection'));
        }
    },
    'a migration that was cut goes on where it was' => static function () use ($described): void {
        global $wpdb;
        $fresh = $described();
        $wpdb->query('DROP TABLE ' . Schema::table('lease'));
        $wpdb->query('DROP TABLE ' . Schema::table('run_seen'));
        delete_option('dongbo_schema');
        Expect::same(false, Schema::ready());
        Expect::same('', Schema::migrate());
        Expect::same($fresh, $described());
        Expect::same(true, Schema::ready());
    },
    'tables of a newer version are left alone' => static function (): void {
        update_option('dongbo_schema', Schema::VERSION + 1, false);
        try {
            Expect::same(true, Schema::newer());
            Expect::same('', Schema::migrate());
            Expect::same(Schema::VERSION + 1, Schema::installed());
            $child = Child::wp('sync');
            Expect::same(1, $child['code']);
            Expect::that(strpos($child['err'], 'newer version') !== false, $child['err']);
            Wake::ring('guard');
            global $wpdb;
            Expect::same('0', $wpdb->get_var('SELECT COUNT(*) FROM ' . Schema::table('run')));
        } finally {
            update_option('dongbo_schema', Schema::VERSION, false);
        }
    },
    'uninstalling leaves no table, option or schedule; with “keep data” it leaves the tables (A8)' => static function (): void {
        global $wpdb;
        $left = static function () use ($wpdb): array {
            return array_merge(
                $wpdb->get_col($wpdb->prepare('SHOW TABLES LIKE %s', $wpdb->esc_like($wpdb->prefix . 'dongbo_') . '%')),
                $wpdb->get_col("SELECT option_name FROM {$wpdb->options} WHERE option_name LIKE 'dongbo%'")
            );
        };
        wp_schedule_event(time() + 100, 'dongbo_minute', Wake::HOOK, ['guard']);
        wp_schedule_single_event(time() + 100, Wake::HOOK);
        $id = \Dongbo\Tables\Connections::create(['pos' => 'kiotviet', 'shop' => 'myshop', 'state' => 'closed', 'settings' => '{"shell":{"keep_data":true}}']);
        Lifecycle::uninstall();
        Expect::same(count(Schema::tables()) + 1, count($left()), 'kept');
        Expect::same(false, wp_next_scheduled(Wake::HOOK, ['guard']));
        Expect::same(false, wp_next_scheduled(Wake::HOOK));
        \Dongbo\Tables\Connections::saveSettings($id, []);
        Lifecycle::uninstall();
        Expect::same([], $left());
        Schema::migrate();
    },
];

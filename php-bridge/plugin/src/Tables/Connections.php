<?php

declare(strict_types=1);

namespace Dongbo\Tables;

/**
 * Connections to the POS: one of use a site (product.md A10).
 *
 * `state`: `new` (typed in, not proved) · `active` · `reconnect` (the POS refused the credentials,
 * A3) · `paused` (the stored secret cannot be read, A2) · `closed` (another shop took its place;
 * connecting to it again continues where it was, A6). `state_code` says why.
 */
final class Connections
{
    /** @return array<string, mixed>|null The one of use; one not proved yet only when there is no other. */
    public static function current(): ?array
    {
        return self::one("state <> 'closed' ORDER BY state = 'new', id DESC");
    }

    /** @return array<string, mixed>|null */
    public static function find(int $id): ?array
    {
        return self::one('id = %d', $id);
    }

    /** @return array<string, mixed>|null The one to a shop, whatever became of it. */
    public static function ofShop(string $pos, string $shop): ?array
    {
        return self::one('pos = %s AND shop = %s ORDER BY id DESC', $pos, $shop);
    }

    /** @return array<string, mixed>|null The one that waits to be proved. */
    public static function candidate(): ?array
    {
        return self::one("state = 'new' ORDER BY id DESC");
    }

    /** The connection works: it is the one of use from here on. */
    public static function activate(int $id): void
    {
        global $wpdb;
        Query::write(
            $wpdb->prepare(
                "UPDATE %i SET state = IF(id = %d, 'active', 'closed'), state_code = ''
                WHERE state <> 'closed' OR id = %d",
                Schema::table('connection'),
                $id,
                $id
            )
        );
    }

    /** @param array<string, mixed> $values */
    public static function create(array $values): int
    {
        global $wpdb;
        $wpdb->insert(Schema::table('connection'), $values + ['settings' => '{}', 'created' => Clock::now()]);

        return (int) $wpdb->insert_id;
    }

    /** @param array<string, mixed> $values */
    public static function update(int $id, array $values): void
    {
        global $wpdb;
        $wpdb->update(Schema::table('connection'), $values, ['id' => $id]);
    }

    public static function setState(int $id, string $state, string $code = ''): void
    {
        self::update($id, ['state' => $state, 'state_code' => $code]);
    }

    /**
     * Stores the choices that differ from the rules' defaults.
     *
     * @param array<string, mixed> $settings
     */
    public static function saveSettings(int $id, array $settings): void
    {
        global $wpdb;
        ksort($settings);
        $json = (string) wp_json_encode((object) $settings, JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES);
        $wpdb->query(
            $wpdb->prepare(
                'UPDATE %i SET settings = %s, settings_revision = settings_revision + 1 WHERE id = %d AND settings <> %s',
                Schema::table('connection'),
                $json,
                $id,
                $json
            )
        );
    }

    /**
     * @param int|string ...$args
     * @return array<string, mixed>|null
     */
    private static function one(string $where, ...$args): ?array
    {
        global $wpdb;
        // phpcs:ignore WordPress.DB.PreparedSQL -- conditions come from this class.
        $sql = $wpdb->prepare("SELECT * FROM %i WHERE $where LIMIT 1", Schema::table('connection'), ...$args);
        $row = $wpdb->get_row($sql, ARRAY_A);
        if (!is_array($row)) {
            return null;
        }
        foreach (['id', 'token_obtained', 'token_expires', 'settings_revision', 'created'] as $name) {
            $row[$name] = (int) $row[$name];
        }
        $settings = json_decode((string) $row['settings'], true);
        $row['settings'] = is_array($settings) ? $settings : [];

        return $row;
    }
}

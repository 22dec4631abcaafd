<?php

declare(strict_types=1);

namespace Dongbo\Tables;

/**
 * The connection to the POS: one a site (product.md A10).
 *
 * `state`: `new` (typed in, not proved) · `active` · `reconnect` (the POS refused the credentials,
 * A3) · `paused` (the stored secret cannot be read, A2). `state_code` says why.
 */
final class Connections
{
    /** @return array<string, mixed>|null */
    public static function current(): ?array
    {
        global $wpdb;
        $row = $wpdb->get_row(
            $wpdb->prepare('SELECT * FROM %i ORDER BY id DESC LIMIT 1', Schema::table('connection')),
            ARRAY_A
        );
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
}

<?php

declare(strict_types=1);

namespace Dongbo\Control;

use Dongbo\Connection\Settings;
use Dongbo\Lanes\Budget;
use Dongbo\Sync\PlanSome;
use Dongbo\Sync\SyncContext;
use Dongbo\Tables\Links;
use Dongbo\Tables\Schema;

/**
 * Another match key on a shop that has links (product.md B4): not taken without a second word, because it
 * may link or create many products at once. What would happen is planned with the new key and counted;
 * what is linked stays linked.
 */
final class MatchKeyChange
{
    /** Families planned for the count; a shop of more is told of as many as there was time for. */
    private const AT_ONCE = 50;

    /**
     * @param array<string, mixed> $connection
     * @param array<string, mixed> $values What is to be saved.
     * @return array<string, string>|null Params of `match-key-live`; null when there is nothing to be asked.
     */
    public static function asks(array $connection, array $values): ?array
    {
        $linked = array_key_exists('match_key', $values) ? Links::count($connection['id']) : 0;
        if ($linked === 0) {
            return null;
        }
        $known = (new SettingsStore($connection))->read();
        $key = $values['match_key'] ?? $known['defaults']->match_key;
        if ($key === $known['values']->match_key) {
            return null;
        }
        $settings = ['match_key' => $key] + Settings::forRules($connection['settings']);
        $context = new SyncContext($connection['id'], $settings, $connection['settings_revision'], 0, null, get_current_user_id());
        $counts = array_fill_keys(['link', 'create', 'review'], 0);
        $looked = 0;
        $budget = Budget::ofRequest();
        foreach (array_chunk(self::families($connection['id']), self::AT_ONCE) as $part) {
            foreach (PlanSome::plan($context, $part) as $plan) {
                foreach ($plan['operations'] as $operation) {
                    if ($operation['remote_kind'] === 'good' && isset($counts[$operation['kind']])) {
                        $counts[$operation['kind']]++;
                        $looked++;
                    }
                }
            }
            if ($budget->spent()) {
                break;
            }
        }

        return array_map('strval', ['linked' => $linked, 'unlinked' => $looked] + $counts);
    }

    /** @return string[] Families with a good that is not linked. */
    private static function families(int $connection): array
    {
        global $wpdb;
        $sql = "SELECT DISTINCT g.family_key FROM %i g LEFT JOIN %i l ON l.connection_id = g.connection_id AND l.kind = 'good' AND l.remote_id = g.remote_id
            WHERE g.connection_id = %d AND l.id IS NULL ORDER BY g.family_key";

        return array_map('strval', $wpdb->get_col($wpdb->prepare($sql, Schema::table('good'), Schema::table('link'), $connection)));
    }
}

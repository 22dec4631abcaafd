<?php

declare(strict_types=1);

namespace Dongbo\Rest;

use Dongbo\Control\MatchKeyChange;
use Dongbo\Control\SettingsStore;

/** `/settings`: values, defaults and choices; save, try out, export, import (product.md H7). */
final class SettingsResource
{
    private const VALUES = ['type' => 'object', 'required' => true, 'additionalProperties' => true];

    public static function register(): void
    {
        Route::add('GET', '/settings', static function (Call $call): array {
            return (new SettingsStore($call->connection()))->read();
        });
        Route::add('PUT', '/settings', [self::class, 'save'], [
            'values' => self::VALUES,
            'revision' => ['type' => 'integer', 'minimum' => 0],
            'confirm' => ['type' => 'boolean', 'default' => false],
        ]);
        Route::add('POST', '/settings/check', static function (Call $call): array {
            return (new SettingsStore($call->connection()))->tried($call->items('values'));
        }, ['values' => self::VALUES]);
        Route::add('GET', '/settings/export', static function (Call $call): array {
            return (new SettingsStore($call->connection()))->export();
        });
        Route::add('POST', '/settings/import', [self::class, 'import'], ['file' => self::VALUES]);
    }

    /** @return array<string, mixed> */
    public static function save(Call $call): array
    {
        $connection = $call->connection();
        if ($call->has('revision') && $call->number('revision') !== $connection['settings_revision']) {
            throw new Refusal('settings-changed');
        }
        $asks = $call->flag('confirm') ? null : MatchKeyChange::asks($connection, $call->items('values'));
        if ($asks !== null) {
            throw new Refusal('match-key-live', 409, $asks);
        }
        $store = new SettingsStore($connection);
        self::refuse($store->save($call->items('values')));

        return $store->read();
    }

    /** @return array<string, mixed> */
    public static function import(Call $call): array
    {
        $store = new SettingsStore($call->connection());
        $troubles = $store->import($call->items('file'));
        if ($troubles === null) {
            throw new Refusal('settings-file-odd', 400);
        }
        self::refuse($troubles);

        return $store->read();
    }

    /**
     * @param array<int, array<string, mixed>> $troubles
     * @throws Refusal
     */
    private static function refuse(array $troubles): void
    {
        if ($troubles === []) {
            return;
        }
        $first = $troubles[0]['said'];
        throw (new Refusal('settings-refused', 400, ['field' => $troubles[0]['field'], 'why' => $first['sentence']]))->with($troubles);
    }
}

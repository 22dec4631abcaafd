<?php

declare(strict_types=1);

namespace Dongbo\Report;

use Dongbo\Texts;

/** A code with its words, the way REST and WP-CLI give it (`Said` of js/admin/rest.d.ts). */
final class Said
{
    /**
     * @param array<int, array{name: string, value: string}>|null $params
     * @return array{code: string, params: array<int, array{name: string, value: string}>, sentence: string, remedy: string}
     */
    public static function of(string $code, ?array $params = null): array
    {
        $params = array_values($params ?? []);

        return ['code' => $code, 'params' => $params, 'sentence' => Texts::sentence($code, $params), 'remedy' => Texts::remedy($code, $params)];
    }

    /**
     * @param array<string, string> $params By name.
     * @return array{code: string, params: array<int, array{name: string, value: string}>, sentence: string, remedy: string}
     */
    public static function because(string $code, array $params): array
    {
        $list = [];
        foreach ($params as $name => $value) {
            $list[] = ['name' => (string) $name, 'value' => (string) $value];
        }

        return self::of($code, $list);
    }

    /** @return array<int, array{name: string, value: string}> What a `params` column holds. */
    public static function params(?string $json): array
    {
        $params = json_decode((string) $json, true);

        return is_array($params) ? array_values($params) : [];
    }
}

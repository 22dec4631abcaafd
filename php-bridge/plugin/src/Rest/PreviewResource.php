<?php

declare(strict_types=1);

namespace Dongbo\Rest;

use Dongbo\Control\Preview;
use Dongbo\Report\Overview;
use Dongbo\Tables\Clock;

/** `/preview`: what the browser plans from, and what it accepted (product.md H3). */
final class PreviewResource
{
    /** Families of one request. */
    private const MANY = 200;

    public static function register(): void
    {
        Route::add('GET', '/preview/categories', static function (Call $call): array {
            return Preview::categories($call->connection());
        });
        Route::add('GET', '/preview/chunk', static function (Call $call): array {
            return Preview::chunk($call->connection(), $call->text('cursor'), $call->number('limit'), $call->flag('all'));
        }, [
            'cursor' => ['type' => 'string', 'maxLength' => 80, 'default' => ''],
            'limit' => ['type' => 'integer', 'minimum' => 1, 'maximum' => self::MANY, 'default' => 100],
            'all' => ['type' => 'boolean', 'default' => false],
        ]);
        Route::add('POST', '/preview/apply', [self::class, 'apply'], [
            'rules_version' => ['type' => 'string', 'required' => true],
            'made' => ['type' => 'integer', 'required' => true],
            'families' => ['type' => 'array', 'required' => true, 'minItems' => 1, 'maxItems' => self::MANY, 'items' => [
                'type' => 'object',
                'properties' => ['family' => ['type' => 'string', 'maxLength' => 80], 'hash' => ['type' => 'string', 'maxLength' => 40]],
                'additionalProperties' => false,
            ]],
        ]);
    }

    /** @return array<string, mixed> */
    public static function apply(Call $call): array
    {
        $connection = $call->writable();
        if ($call->text('rules_version') !== Overview::versions()['rules']) {
            throw new Refusal('rules-differ');
        }
        if (Clock::now() - $call->number('made') > Preview::OLD) {
            throw new Refusal('preview-old');
        }

        return Preview::apply($connection, array_column($call->items('families'), 'hash', 'family'));
    }
}

<?php

declare(strict_types=1);

namespace Dongbo\Rest;

use Dongbo\Linking\LinkImport;
use Dongbo\Report\LinksExport;

/** `/links`: the pairing as a file, out and in (product.md B4). */
final class LinksResource
{
    /** Bytes of a file that is brought in. */
    private const LONGEST = 2000000;

    public static function register(): void
    {
        Route::add('GET', '/links/export', static function (Call $call): \WP_REST_Response {
            return Csv::response('dongbo-links.csv', LinksExport::COLUMNS, LinksExport::rows($call->connection()['id']));
        });
        Route::add('POST', '/links/import', static function (Call $call): array {
            $dry = $call->flag('dry');
            $import = new LinkImport($dry ? $call->connection() : $call->writable(), $call->flag('move'));

            return $import->run($call->raw('csv'), $call->number('from'), $dry);
        }, [
            'csv' => ['type' => 'string', 'maxLength' => self::LONGEST, 'required' => true],
            'dry' => ['type' => 'boolean', 'default' => false],
            'move' => ['type' => 'boolean', 'default' => false],
            'from' => ['type' => 'integer', 'minimum' => 0, 'default' => 0],
        ]);
    }
}

<?php

declare(strict_types=1);

namespace Dongbo\Tables\Versions;

/** What was put off while many products were written, until it is made up for. */
final class Owed
{
    /** @return array<string, string> Columns and keys by table. */
    public static function tables(): array
    {
        return [
            'owed' => 'connection_id bigint unsigned NOT NULL,
kind varchar(60) NOT NULL,
object_id bigint unsigned NOT NULL,
PRIMARY KEY (connection_id, kind, object_id)',
        ];
    }
}

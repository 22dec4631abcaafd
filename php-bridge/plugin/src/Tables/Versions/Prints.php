<?php

declare(strict_types=1);

namespace Dongbo\Tables\Versions;

/** Short prints of what each family was last planned from, to know without loading that nothing has changed. */
final class Prints
{
    /** @return array<string, string> Columns and keys by table. */
    public static function tables(): array
    {
        return [
            'print' => "connection_id bigint unsigned NOT NULL,
family_key varchar(40) NOT NULL,
print char(32) NOT NULL,
identity char(32) NOT NULL DEFAULT '',
products text NOT NULL,
PRIMARY KEY (connection_id, family_key)",
        ];
    }
}

<?php

declare(strict_types=1);

namespace Dongbo\Tables\Versions;

/** What pages of the POS's lists held when they were last read, to know them again without reading them. */
final class KnownPages
{
    /** @return array<string, string> Columns and keys by table. */
    public static function tables(): array
    {
        return [
            'known_page' => "connection_id bigint unsigned NOT NULL,
request char(32) NOT NULL,
body char(32) NOT NULL,
mirror varchar(40) NOT NULL,
reading mediumtext NOT NULL,
PRIMARY KEY (connection_id, request)",
        ];
    }
}

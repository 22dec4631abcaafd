<?php

declare(strict_types=1);

namespace Dongbo\Tables\Versions;

/** Images by source address and content, and which product still waits for one (product.md B11). */
final class Images
{
    /** @return array<string, string> Columns and keys by table. */
    public static function tables(): array
    {
        $serial = 'bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY';
        $connection = 'connection_id bigint unsigned NOT NULL';
        $time = 'bigint NOT NULL DEFAULT 0';

        return [
            'image' => "id $serial,
$connection,
source char(32) NOT NULL,
url text NOT NULL,
content char(32) NOT NULL DEFAULT '',
attachment_id bigint unsigned NOT NULL DEFAULT 0,
state varchar(10) NOT NULL DEFAULT 'new',
tries int unsigned NOT NULL DEFAULT 0,
next_try $time,
UNIQUE KEY source (connection_id, source),
KEY state (connection_id, state, next_try)",
        ];
    }
}

<?php

declare(strict_types=1);

namespace Dongbo\Tables\Versions;

/** Fields that an undo keeps as they are until the POS value changes (product.md H6). */
final class Holds
{
    /** @return array<string, string> Columns and keys by table. */
    public static function tables(): array
    {
        $serial = 'bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY';
        $connection = 'connection_id bigint unsigned NOT NULL';
        $time = 'bigint NOT NULL DEFAULT 0';

        return [
            'hold' => "id $serial,
$connection,
remote_id varchar(80) NOT NULL,
field varchar(30) NOT NULL,
pos_value text,
since $time,
actor bigint unsigned NOT NULL DEFAULT 0,
UNIQUE KEY field (connection_id, remote_id, field)",
        ];
    }
}

<?php

declare(strict_types=1);

namespace Dongbo\Tables\Versions;

/** What the POS's orders and invoices were when they were last listed, and how far the site's orders have followed them (product.md F). */
final class Following
{
    /** @return array<string, string> Columns and keys by table. */
    public static function tables(): array
    {
        $connection = 'connection_id bigint unsigned NOT NULL';
        $time = 'bigint NOT NULL DEFAULT 0';
        $id = "varchar(40) NOT NULL DEFAULT ''";

        return [
            'sale' => "$connection,
list varchar(20) NOT NULL,
remote_id $id,
digest char(32) NOT NULL,
`row` mediumtext NOT NULL,
as_of $time,
PRIMARY KEY (connection_id, list, remote_id),
KEY as_of (connection_id, list, as_of)",
            'followed' => "$connection,
order_id bigint unsigned NOT NULL,
origin varchar(60) NOT NULL,
memory text,
over_at bigint NULL,
changed $time,
PRIMARY KEY (connection_id, order_id),
UNIQUE KEY origin (connection_id, origin)",
        ];
    }
}

<?php

declare(strict_types=1);

namespace Dongbo\Tables\Versions;

/** Customers of the POS and the site's users they belong to (product.md G2). */
final class Customers
{
    /** @return array<string, string> Columns and keys by table. */
    public static function tables(): array
    {
        $serial = 'bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY';
        $connection = 'connection_id bigint unsigned NOT NULL';
        $time = 'bigint NOT NULL DEFAULT 0';
        $id = 'varchar(40) NOT NULL';

        return [
            'customer_link' => "id $serial,
$connection,
remote_id $id,
user_id bigint unsigned NOT NULL DEFAULT 0,
fields text,
created_here tinyint NOT NULL DEFAULT 0,
created $time,
changed $time,
UNIQUE KEY remote (connection_id, remote_id),
KEY user (connection_id, user_id)",
        ];
    }
}

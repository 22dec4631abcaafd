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
            'customer' => "$connection,
remote_id $id,
phone_key varchar(40) NOT NULL DEFAULT '',
second_key varchar(40) NOT NULL DEFAULT '',
email_key varchar(191) NOT NULL DEFAULT '',
`row` mediumtext NOT NULL,
as_of $time,
PRIMARY KEY (connection_id, remote_id),
KEY phone (connection_id, phone_key),
KEY second (connection_id, second_key),
KEY email (connection_id, email_key)",
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

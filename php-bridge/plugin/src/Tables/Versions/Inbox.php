<?php

declare(strict_types=1);

namespace Dongbo\Tables\Versions;

/** Notifications as they came in, where each list of changes goes on, and the API budget (product.md D3, I2, I3). */
final class Inbox
{
    /** @return array<string, string> Columns and keys by table. */
    public static function tables(): array
    {
        $serial = 'bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY';
        $connection = 'connection_id bigint unsigned NOT NULL';
        $time = 'bigint NOT NULL DEFAULT 0';

        return [
            'inbox' => "id $serial,
$connection,
delivery char(32) NOT NULL,
type varchar(60) NOT NULL,
body mediumtext NOT NULL,
received $time,
state varchar(10) NOT NULL DEFAULT 'new',
tries int unsigned NOT NULL DEFAULT 0,
UNIQUE KEY delivery (connection_id, delivery),
KEY state (connection_id, state, id)",
            'checkpoint' => "$connection,
list varchar(20) NOT NULL,
scope varchar(40) NOT NULL DEFAULT '',
at $time,
PRIMARY KEY (connection_id, list, scope)",
            'api_call' => "$connection,
minute bigint NOT NULL,
calls int unsigned NOT NULL DEFAULT 0,
failures int unsigned NOT NULL DEFAULT 0,
PRIMARY KEY (connection_id, minute)",
        ];
    }
}

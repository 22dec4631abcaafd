<?php

declare(strict_types=1);

namespace Dongbo\Tables\Versions;

/**
 * Staying in step: notifications as they came in, what is to be read or planned again, where each
 * list of changes goes on, the site's own webhooks, and the API budget (product.md D3, I2, I3).
 */
final class Inbox
{
    /** @return array<string, string> Columns and keys by table. */
    public static function tables(): array
    {
        $serial = 'bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY';
        $connection = 'connection_id bigint unsigned NOT NULL';
        $time = 'bigint NOT NULL DEFAULT 0';
        $id = 'varchar(40) NOT NULL';

        return [
            'inbox' => "id $serial,
$connection,
delivery char(32) NOT NULL,
type varchar(60) NOT NULL,
signature varchar(255) NOT NULL DEFAULT '',
body mediumtext NOT NULL,
received $time,
state varchar(10) NOT NULL DEFAULT 'new',
tries int unsigned NOT NULL DEFAULT 0,
UNIQUE KEY delivery (connection_id, delivery),
KEY state (connection_id, state, id),
KEY received (connection_id, received)",
            'marked' => "$connection,
list varchar(20) NOT NULL,
remote_id $id,
at $time,
PRIMARY KEY (connection_id, list, remote_id),
KEY at (connection_id, list, at)",
            'touched' => "$connection,
family_key $id,
at $time,
ready tinyint NOT NULL DEFAULT 0,
PRIMARY KEY (connection_id, family_key),
KEY at (connection_id, ready, at)",
            'checkpoint' => "$connection,
list varchar(20) NOT NULL,
scope varchar(40) NOT NULL DEFAULT '',
at $time,
PRIMARY KEY (connection_id, list, scope)",
            'list_read' => "$connection,
list varchar(20) NOT NULL,
scope varchar(40) NOT NULL DEFAULT '',
at $time,
changed $time,
PRIMARY KEY (connection_id, list, scope)",
            'hearing' => "connection_id bigint unsigned NOT NULL PRIMARY KEY,
path_key char(32) NOT NULL,
secret text NOT NULL,
beside tinyint NULL,
checked $time,
unverified $time",
            'webhook' => "$connection,
type varchar(60) NOT NULL,
state varchar(20) NOT NULL DEFAULT 'new',
registered $time,
received $time,
PRIMARY KEY (connection_id, type)",
            'api_call' => "$connection,
minute bigint NOT NULL,
calls int unsigned NOT NULL DEFAULT 0,
failures int unsigned NOT NULL DEFAULT 0,
PRIMARY KEY (connection_id, minute)",
            'breaker' => "connection_id bigint unsigned NOT NULL PRIMARY KEY,
streak int unsigned NOT NULL DEFAULT 0,
failed_at $time,
tried_at $time,
limited_until $time",
        ];
    }
}

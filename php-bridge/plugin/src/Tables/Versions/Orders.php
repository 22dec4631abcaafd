<?php

declare(strict_types=1);

namespace Dongbo\Tables\Versions;

/** Orders that are to be sent, what was sent, and which POS order each became (product.md E, F). */
final class Orders
{
    /** @return array<string, string> Columns and keys by table. */
    public static function tables(): array
    {
        $serial = 'bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY';
        $connection = 'connection_id bigint unsigned NOT NULL';
        $time = 'bigint NOT NULL DEFAULT 0';
        $id = "varchar(40) NOT NULL DEFAULT ''";

        return [
            'outbox' => "id $serial,
$connection,
order_id bigint unsigned NOT NULL,
intent varchar(20) NOT NULL,
state varchar(20) NOT NULL DEFAULT 'waiting',
version int unsigned NOT NULL DEFAULT 0,
recorded $time,
next_try $time,
by_hand tinyint NOT NULL DEFAULT 0,
tries int unsigned NOT NULL DEFAULT 0,
cause varchar(20) NOT NULL DEFAULT 'person',
failed_at bigint NULL,
in_doubt tinyint NOT NULL DEFAULT 0,
code varchar(60) NOT NULL DEFAULT '',
params text,
doing varchar(20) NOT NULL DEFAULT '',
sending mediumtext,
label varchar(255) NOT NULL DEFAULT '',
changed $time,
UNIQUE KEY intent (connection_id, order_id, intent),
KEY state (connection_id, state, next_try),
KEY changed (connection_id, changed)",
            'order_link' => "id $serial,
$connection,
order_id bigint unsigned NOT NULL,
remote_id $id,
code $id,
branch_id $id,
customer_id $id,
total $time,
merged tinyint NOT NULL DEFAULT 0,
sent mediumtext,
accepted $time,
changed $time,
UNIQUE KEY shop (connection_id, order_id),
KEY remote (connection_id, remote_id),
KEY code (connection_id, code)",
            'order_lane' => "$connection PRIMARY KEY,
site varchar(12) NOT NULL,
swept bigint NULL,
next_sweep $time,
settings_revision int unsigned NOT NULL DEFAULT 0,
settings_changed $time",
        ];
    }
}

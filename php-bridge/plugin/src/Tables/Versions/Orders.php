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

        return [
            'outbox' => "id $serial,
$connection,
order_id bigint unsigned NOT NULL,
intent varchar(20) NOT NULL,
state varchar(20) NOT NULL DEFAULT 'waiting',
recorded $time,
tries int unsigned NOT NULL DEFAULT 0,
next_try $time,
code varchar(60) NOT NULL DEFAULT '',
params text,
sent mediumtext,
changed $time,
UNIQUE KEY intent (connection_id, order_id, intent),
KEY state (connection_id, state, next_try)",
        ];
    }
}

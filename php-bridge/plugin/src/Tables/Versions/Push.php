<?php

declare(strict_types=1);

namespace Dongbo\Tables\Versions;

/** Products that are to go to the POS (product.md G1, B5): one row a product, its variations included. */
final class Push
{
    /** @return array<string, string> Columns and keys by table. */
    public static function tables(): array
    {
        $time = 'bigint NOT NULL DEFAULT 0';

        return [
            'push' => "id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
connection_id bigint unsigned NOT NULL,
shop_id bigint unsigned NOT NULL,
state varchar(20) NOT NULL DEFAULT 'waiting',
version int unsigned NOT NULL DEFAULT 0,
recorded $time,
next_try $time,
by_hand tinyint NOT NULL DEFAULT 0,
tries int unsigned NOT NULL DEFAULT 0,
code varchar(60) NOT NULL DEFAULT '',
params text,
results mediumtext,
pushing mediumtext,
label varchar(255) NOT NULL DEFAULT '',
changed $time,
UNIQUE KEY shop (connection_id, shop_id),
KEY state (connection_id, state, next_try),
KEY changed (connection_id, changed)",
        ];
    }
}

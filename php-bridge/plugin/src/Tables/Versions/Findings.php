<?php

declare(strict_types=1);

namespace Dongbo\Tables\Versions;

/** What the last pre-flight found (product.md G3); replaced by the next one. */
final class Findings
{
    /** @return array<string, string> Columns and keys by table. */
    public static function tables(): array
    {
        $serial = 'bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY';

        return [
            'finding' => "id $serial,
connection_id bigint unsigned NOT NULL,
run_id bigint unsigned NOT NULL,
severity varchar(10) NOT NULL,
code varchar(60) NOT NULL,
item_kind varchar(20) NOT NULL,
item_id varchar(80) NOT NULL DEFAULT '',
label varchar(255) NOT NULL DEFAULT '',
shop_id bigint unsigned NOT NULL DEFAULT 0,
params text,
KEY code (connection_id, code, id)",
        ];
    }
}

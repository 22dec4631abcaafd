<?php

declare(strict_types=1);

namespace Dongbo\Tables\Versions;

/** Images by source address and content, and what each product was last given (product.md B11). */
final class Images
{
    /** @return array<string, string> Columns and keys by table. */
    public static function tables(): array
    {
        $serial = 'bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY';
        $connection = 'connection_id bigint unsigned NOT NULL';
        $time = 'bigint NOT NULL DEFAULT 0';

        return [
            'image' => "id $serial,
$connection,
source char(32) NOT NULL,
url text NOT NULL,
content char(32) NOT NULL DEFAULT '',
attachment_id bigint unsigned NOT NULL DEFAULT 0,
etag varchar(255) NOT NULL DEFAULT '',
last_modified varchar(60) NOT NULL DEFAULT '',
checked $time,
tries int unsigned NOT NULL DEFAULT 0,
refusal varchar(20) NOT NULL DEFAULT '',
UNIQUE KEY source (connection_id, source)",
            'picture' => "id $serial,
$connection,
kind varchar(10) NOT NULL,
remote_id varchar(80) NOT NULL,
shop_id bigint unsigned NOT NULL,
seen char(32) NOT NULL DEFAULT '',
last text,
next bigint NULL,
UNIQUE KEY remote (connection_id, kind, remote_id)",
        ];
    }
}

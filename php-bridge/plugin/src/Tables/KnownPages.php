<?php

declare(strict_types=1);

namespace Dongbo\Tables;

/** Pages by their request ({@see \Dongbo\Lanes\KnownPage}). */
final class KnownPages
{
    private function __construct()
    {
    }

    /** @return array{body: string, mirror: string, reading: string}|null */
    public static function of(int $connection, string $request): ?array
    {
        global $wpdb;
        $sql = $wpdb->prepare('SELECT body, mirror, reading FROM %i WHERE connection_id = %d AND request = %s', Schema::table('known_page'), $connection, $request);

        return $wpdb->get_row($sql, ARRAY_A);
    }

    /** @throws \Dongbo\Lanes\TransactionLost */
    public static function put(int $connection, string $request, string $body, string $mirror, string $reading): void
    {
        global $wpdb;
        Query::write($wpdb->prepare(
            'REPLACE INTO %i (connection_id, request, body, mirror, reading) VALUES (%d, %s, %s, %s, %s)',
            Schema::table('known_page'),
            $connection,
            $request,
            $body,
            $mirror,
            $reading
        ));
    }
}

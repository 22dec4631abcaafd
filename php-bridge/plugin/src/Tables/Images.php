<?php

declare(strict_types=1);

namespace Dongbo\Tables;

/** What is known of image addresses (src/images/known.rs), kept so that none is fetched twice. */
final class Images
{
    private function __construct()
    {
    }

    /**
     * Records of the rules, an attachment that is no more as none.
     *
     * @param string[] $urls
     *
     * @return array<int, array<string, mixed>>
     */
    public static function known(int $connection, array $urls): array
    {
        global $wpdb;
        $known = [];
        foreach (array_chunk(array_values(array_unique($urls)), 200) as $part) {
            $sql = 'SELECT i.url, i.checked, i.tries, i.refusal, p.ID AS attachment FROM %i i'
                . " LEFT JOIN {$wpdb->posts} p ON p.ID = i.attachment_id AND p.post_type = 'attachment' AND p.post_status <> 'trash'"
                . ' WHERE i.connection_id = %d AND i.source IN (' . Query::places(count($part)) . ')';
            foreach ($wpdb->get_results($wpdb->prepare($sql, Schema::table('image'), $connection, ...array_map('md5', $part))) as $row) {
                $record = ['url' => (string) $row->url, 'attachment' => (int) $row->attachment, 'checked' => (int) $row->checked, 'tries' => (int) $row->tries];
                $known[] = $row->refusal === '' ? $record : $record + ['refusal' => (string) $row->refusal];
            }
        }

        return $known;
    }

    /** @return array{etag: string, last_modified: string} What the server said to ask with again. */
    public static function validators(int $connection, string $url): array
    {
        global $wpdb;
        $row = (array) $wpdb->get_row($wpdb->prepare(
            'SELECT etag, last_modified FROM %i WHERE connection_id = %d AND source = %s',
            Schema::table('image'),
            $connection,
            md5($url)
        ), ARRAY_A);

        return ['etag' => (string) ($row['etag'] ?? ''), 'last_modified' => (string) ($row['last_modified'] ?? '')];
    }

    /**
     * An address was fetched and its image is kept.
     *
     * @param array{etag: string, last_modified: string} $validators
     *
     * @throws \Dongbo\Lanes\TransactionLost
     */
    public static function kept(int $connection, string $url, int $checked, string $content, int $attachment, array $validators): void
    {
        self::store($connection, $url, ['checked' => $checked, 'content' => $content, 'attachment_id' => $attachment, 'tries' => 0, 'refusal' => ''] + $validators);
    }

    /**
     * The server said that nothing changed.
     *
     * @throws \Dongbo\Lanes\TransactionLost
     */
    public static function unchanged(int $connection, string $url, int $checked): void
    {
        self::store($connection, $url, ['checked' => $checked, 'tries' => 0, 'refusal' => '']);
    }

    /**
     * An address could not be had; an attachment it had before stays known.
     *
     * @throws \Dongbo\Lanes\TransactionLost
     */
    public static function refused(int $connection, string $url, int $checked, string $refusal): void
    {
        global $wpdb;
        Query::write($wpdb->prepare(
            'INSERT INTO %i (connection_id, source, url, checked, tries, refusal) VALUES (%d, %s, %s, %d, 1, %s)'
            . ' ON DUPLICATE KEY UPDATE checked = VALUES(checked), tries = tries + 1, refusal = VALUES(refusal)',
            Schema::table('image'),
            $connection,
            md5($url),
            $url,
            $checked,
            $refusal
        ));
    }

    /** @param array<string, string|int> $values */
    private static function store(int $connection, string $url, array $values): void
    {
        global $wpdb;
        $names = array_keys($values);
        $sql = 'INSERT INTO %i (connection_id, source, url, ' . implode(', ', $names) . ') VALUES (%d, %s, %s, ' . Query::places(count($names)) . ')'
            . ' ON DUPLICATE KEY UPDATE ' . implode(', ', array_map(static function (string $name): string {
                return "$name = VALUES($name)";
            }, $names));
        Query::write($wpdb->prepare($sql, Schema::table('image'), $connection, md5($url), $url, ...array_values($values)));
    }
}

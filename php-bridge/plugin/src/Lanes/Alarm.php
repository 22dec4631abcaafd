<?php

declare(strict_types=1);

namespace Dongbo\Lanes;

use Dongbo\Sync\SyncContext;
use Dongbo\Tables\Connections;
use Dongbo\Tables\Issues;
use Dongbo\Tables\OpenIssues;
use Dongbo\Texts;

/**
 * What stands in the way of the whole, outside any run: named among the issues, and by e-mail where
 * everything stands still until somebody acts (A2, A3).
 */
final class Alarm
{
    /** What the host lets us do: time, memory, cron. */
    public const HOST = 'host';

    /** How this site's webhooks stand at the POS. */
    public const WEBHOOKS = 'webhooks';

    /** What notifications came in that could not be worked on. */
    public const INBOX = 'inbox';

    /**
     * Names these, and closes what was named from the same source and is over.
     *
     * @param array<int, array<string, mixed>> $issues Issue records.
     */
    public static function set(int $connection, string $source, array $issues): void
    {
        self::raise($connection, $source, $issues);
        OpenIssues::closeOthers($connection, $source, array_map([OpenIssues::class, 'mark'], $issues));
    }

    /** @param array<int, array<string, mixed>> $issues Issue records. */
    public static function raise(int $connection, string $source, array $issues): void
    {
        if ($issues !== []) {
            Issues::report(new SyncContext($connection, [], 0, 0, null), $issues, $source);
        }
    }

    /**
     * An issue about the connection itself.
     *
     * @param array<string, string> $params
     * @return array<string, mixed>
     */
    public static function issue(string $code, string $severity, array $params = [], string $label = 'host'): array
    {
        $values = [];
        foreach ($params as $name => $value) {
            $values[] = ['name' => $name, 'value' => $value];
        }

        return ['code' => $code, 'params' => $values, 'severity' => $severity, 'item' => ['kind' => 'connection', 'label' => $label]];
    }

    /** Everything stands still from here on: the connection says why, and the administrator gets an e-mail. */
    public static function stop(int $connection, string $state, string $code): void
    {
        $row = Connections::find($connection);
        if ($row === null || ($row['state'] === $state && $row['state_code'] === $code)) {
            return;
        }
        Connections::setState($connection, $state, $code);
        /* translators: 1: the site's name, 2: the shop's name at the POS. */
        self::mail($row, __('[%1$s] Dongbo has stopped: %2$s', 'dongbo'), Texts::both($code));
    }

    /** What had stopped goes on: whoever was told of the one is told of the other. */
    public static function over(int $connection): void
    {
        $row = Connections::find($connection);
        if ($row !== null && $row['state'] === 'active') {
            /* translators: 1: the site's name, 2: the shop's name at the POS. */
            self::mail($row, __('[%1$s] Dongbo goes on: %2$s', 'dongbo'), __('The connection works again. What has changed meanwhile is brought into step by itself; orders that waited are sent.', 'dongbo'));
        }
    }

    /** @param array<string, mixed> $connection */
    private static function mail(array $connection, string $subject, string $words): void
    {
        $shell = $connection['settings']['shell'] ?? [];
        if (!($shell['mail'] ?? true)) {
            return;
        }
        $to = trim((string) ($shell['email'] ?? ''));
        $site = wp_specialchars_decode((string) get_option('blogname'), ENT_QUOTES);
        wp_mail($to !== '' ? $to : (string) get_option('admin_email'), sprintf($subject, $site, $connection['shop']), $words . "\n\n" . admin_url('admin.php?page=dongbo'));
    }
}

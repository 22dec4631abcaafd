<?php

declare(strict_types=1);

namespace Dongbo\Lanes;

use Dongbo\Sync\SyncContext;
use Dongbo\Tables\Checkpoints;
use Dongbo\Tables\Goods;
use Dongbo\Tables\Inbox;
use Dongbo\Tables\Issues;
use Dongbo\Tables\ListReads;
use Dongbo\Tables\Marks;
use Dongbo\Tables\Rows;
use Dongbo\Tables\Touched;

/**
 * What one notification says (an Event record, src/pos/event.rs), into the mirror: rows, what is
 * gone, what is to be read again, and the notification's own end, in one commit. Nothing that the
 * mirror holds from a later reading is touched (D3).
 */
final class Arrival
{
    private const TRIES = 3;

    /** Lists of an event's rows, by the mirror's names, that have no scope. */
    private const LISTS = ['books', 'categories', 'branches'];

    /** @param array<string, mixed> $event */
    public static function take(int $connection, int $delivery, int $received, array $event): void
    {
        global $wpdb;
        for ($try = 1;; $try++) {
            $wpdb->query('START TRANSACTION');
            try {
                // Another worker that took the lane over has done it already.
                if (Inbox::settle($delivery, 'done')) {
                    self::write($connection, $received, $event);
                }
                if ($wpdb->query('COMMIT') === false) {
                    throw new TransactionLost('the database refused the commit: ' . $wpdb->last_error);
                }

                return;
            } catch (\Throwable $trouble) {
                $wpdb->query('ROLLBACK');
                if (!$trouble instanceof TransactionLost || $try === self::TRIES) {
                    throw $trouble;
                }
                usleep(random_int(20000, 100000) * $try);
            }
        }
    }

    /** @param array<string, mixed> $event */
    private static function write(int $connection, int $received, array $event): void
    {
        foreach ($event['removed'] ?? [] as $rows) {
            if ($received > ListReads::at($connection, $rows['list'], $rows['scope'] ?? '')) {
                MirrorLists::drop($connection, $rows['list'], $rows['scope'] ?? '', $rows['ids'], true);
            }
        }
        $reread = array_merge($event['reread'] ?? [], self::stocks($connection, $received, $event['stocks'] ?? []));
        self::prices($connection, $received, $event['prices'] ?? []);
        foreach (self::LISTS as $list) {
            self::rows($connection, $list, '', $received, $event[$list] ?? []);
        }
        foreach ($event['due'] ?? [] as $list) {
            Checkpoints::forget($connection, $list['list'], $list['scope'] ?? '');
            Marks::add($connection, Marks::LISTS, [trim($list['list'] . ' ' . ($list['scope'] ?? ''))], $received);
        }
        Marks::add($connection, 'goods', $reread, $received);
        foreach ($event['touched'] ?? [] as $rows) {
            Marks::add($connection, $rows['list'], $rows['ids'], $received);
        }
        Issues::report(new SyncContext($connection, [], 0, 0, null), $event['issues'] ?? []);
    }

    /**
     * @param array<int, array{id: string, stocks: array}> $rows
     * @return string[] Goods that the mirror does not know yet.
     */
    private static function stocks(int $connection, int $received, array $rows): array
    {
        if ($rows === []) {
            return [];
        }
        $ids = array_map('strval', array_column($rows, 'id'));
        $known = Goods::stockRead($connection, $ids);
        $read = max(ListReads::at($connection, 'goods'), ListReads::at($connection, 'stocks'));
        $fresh = array_filter($rows, static function (array $row) use ($known, $received, $read): bool {
            return isset($known[$row['id']]) && $received > max($known[$row['id']], $read);
        });
        $texts = Goods::differingStocks($connection, array_values($fresh));
        Goods::writeStocks($connection, $texts, $received);
        Touched::goods($connection, array_keys($texts), true);

        return array_values(array_diff($ids, array_map('strval', array_keys($known))));
    }

    /** @param array<int, array<string, mixed>> $prices */
    private static function prices(int $connection, int $received, array $prices): void
    {
        $books = [];
        foreach ($prices as $price) {
            $books[(string) $price['book_id']][] = $price;
        }
        foreach ($books as $book => $rows) {
            self::rows($connection, 'prices', (string) $book, $received, $rows);
        }
    }

    /** @param array<int, array<string, mixed>> $rows */
    private static function rows(int $connection, string $list, string $scope, int $received, array $rows): void
    {
        if ($rows === [] || $received <= ListReads::at($connection, $list, $scope)) {
            return;
        }
        $texts = Rows::differing($connection, $list, $scope, $rows);
        if ($texts !== []) {
            MirrorLists::write($connection, $list, $scope, $texts, $received, true);
        }
    }
}

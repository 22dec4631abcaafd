<?php

declare(strict_types=1);

namespace Dongbo\Lanes;

use Dongbo\Tables\CustomerLinks;
use Dongbo\Tables\Customers;
use Dongbo\Tables\Rows;
use Dongbo\Tables\Touched;

/** Changes of the mirror's lists other than goods, and which families each of them touches. */
final class MirrorLists
{
    /**
     * @param array<int|string, string> $texts Row texts by remote id.
     * @param bool                      $ready The families may be planned at once.
     */
    public static function write(int $connection, string $list, string $scope, array $texts, int $asOf, bool $ready): void
    {
        Rows::write($connection, $list, $scope, $texts, $asOf);
        self::touch($connection, $list, array_keys($texts), $ready);
    }

    /** @param string[] $ids */
    public static function drop(int $connection, string $list, string $scope, array $ids, bool $ready): void
    {
        if ($list === Customers::LIST) {
            Customers::drop($connection, $ids);
            CustomerLinks::gone($connection, $ids);

            return;
        }
        self::touch($connection, $list, $ids, $ready);
        Rows::drop($connection, $list, $scope, $ids);
    }

    /** @param array<int|string> $ids */
    private static function touch(int $connection, string $list, array $ids, bool $ready): void
    {
        $ids = array_map('strval', $ids);
        if ($list === 'prices') {
            Touched::goods($connection, $ids, $ready);
        } elseif ($list === 'branches') {
            Touched::everything($connection, $ready);
        } elseif ($list === 'books') {
            foreach ($ids as $book) {
                Touched::book($connection, $book, $ready);
            }
        }
    }
}

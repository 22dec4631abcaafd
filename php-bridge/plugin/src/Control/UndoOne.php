<?php

declare(strict_types=1);

namespace Dongbo\Control;

use Dongbo\Shop\Refused;
use Dongbo\Sync\SyncContext;
use Dongbo\Sync\Undo;

/** Undoes one entry of the history (product.md H6); whether it can be is the rules' to say. */
final class UndoOne
{
    /** Fields whose entries an undo is offered for; the rules refuse what cannot be. */
    public const FIELDS = ['regular_price', 'sale_price', 'sale_from', 'sale_to', 'stock'];

    /**
     * @param array<string, mixed> $connection
     * @return array{code: string, params: array<int, array{name: string, value: string}>}|null Why not.
     */
    public static function entry(array $connection, int $entry): ?array
    {
        return ByHand::run($connection, 'undo', static function (SyncContext $context) use ($entry): ?array {
            try {
                return Undo::apply($context, $entry);
            } catch (Refused $refused) {
                $params = [];
                foreach ($refused->values() as $name => $value) {
                    $params[] = ['name' => (string) $name, 'value' => (string) $value];
                }

                return ['code' => $refused->issue(), 'params' => $params];
            }
        });
    }
}

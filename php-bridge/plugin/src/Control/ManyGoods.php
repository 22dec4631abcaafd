<?php

declare(strict_types=1);

namespace Dongbo\Control;

use Dongbo\Report\Said;
use Dongbo\Sync\SyncContext;

/** One action on many goods, in a run of its own; who is refused is named. */
final class ManyGoods
{
    /**
     * @param array<string, mixed> $connection
     * @param string[]             $ids
     * @return array{done: int, refused: array<int, array<string, mixed>>, run: int|null}
     * @throws \Dongbo\Lanes\FenceLost When somebody else works by hand at this very moment.
     */
    public static function act(array $connection, string $action, array $ids): array
    {
        return ByHand::run($connection, 'goods', static function (SyncContext $context) use ($connection, $action, $ids): array {
            $actions = new GoodActions($connection, $context);
            $done = 0;
            $refused = [];
            foreach ($ids as $id) {
                $why = $actions->act($action, (string) $id);
                if ($why === null) {
                    $done++;
                } else {
                    $refused[] = ['id' => (string) $id, 'label' => (string) $id, 'cause' => Said::because($why['code'], $why['params'])];
                }
            }

            return ['done' => $done, 'refused' => $refused, 'run' => $actions->finish()];
        });
    }
}

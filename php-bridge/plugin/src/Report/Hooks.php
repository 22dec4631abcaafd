<?php

declare(strict_types=1);

namespace Dongbo\Report;

use Dongbo\Tables\Clock;
use Dongbo\Tables\Hearing;
use Dongbo\Tables\Inbox;

/** How the POS's notifications come in (product.md I3). */
final class Hooks
{
    /** No notification for so long is worth a word. */
    private const SILENT = 86400000;

    /** States of a type that are worth a word (src/webhooks.rs), and how the screens call them. */
    private const TOLD = ['refused' => 'refused', 'displaced' => 'displaced', 'held' => 'displaced'];

    /**
     * @param array<string, mixed>|null $connection
     * @return array{state: string, registered: int, last_received: int|null, waiting: int, cause: array<string, mixed>|null}
     */
    public static function state(?array $connection): array
    {
        $id = $connection['id'] ?? 0;
        $types = Hearing::types($id);
        $states = array_column($types, 'state');
        $last = $types === [] ? 0 : max(array_column($types, 'received'));
        $told = array_intersect($states, array_keys(self::TOLD));
        $type = array_search(reset($told), array_column($types, 'state', 'type'), true);
        $held = $told === [] ? '' : self::TOLD[reset($told)];
        $silent = $last > 0 && $last < Clock::now() - self::SILENT;

        return [
            'state' => $types === [] ? 'off' : ($held !== '' ? $held : ($silent ? 'silent' : 'on')),
            'registered' => count(array_keys($states, 'on', true)),
            'last_received' => $last > 0 ? $last : null,
            'waiting' => Inbox::count($id),
            'cause' => $held === '' ? null : Said::of('webhook-' . reset($told), [['name' => 'value', 'value' => (string) $type]]),
        ];
    }
}

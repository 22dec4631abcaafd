<?php

declare(strict_types=1);

namespace Dongbo\PluginTests;

use Dongbo\Control\Retention;
use Dongbo\Tables\Clock;
use Dongbo\Tables\Schema;

return [
    'history older than 180 days or beyond the number kept goes, and so do notifications worked on 7 days ago (H6)' => static function (): void {
        global $wpdb;
        $connection = Shop::connected(['branches' => ['7'], 'shell' => ['history_rows' => 1000]]);
        $day = 86400000;
        $values = [];
        foreach (array_merge(array_fill(0, 5, 181), array_fill(0, 1100, 3)) as $age) {
            $values[] = $wpdb->prepare("(%d, %d, 'good', '1', 'A', 'stock', 'x')", $connection['id'], Clock::now() - $age * $day);
        }
        $wpdb->query('INSERT INTO ' . Schema::table('history') . ' (connection_id, at, remote_kind, remote_id, label, field, reason) VALUES ' . implode(', ', $values));
        foreach ([['a', 'done', 8], ['b', 'done', 6], ['c', 'new', 8]] as [$delivery, $state, $age]) {
            $wpdb->insert(Schema::table('inbox'), ['connection_id' => $connection['id'], 'delivery' => $delivery, 'type' => 'stock.update', 'body' => '{}', 'received' => Clock::now() - $age * $day, 'state' => $state]);
        }
        Expect::same(['history' => 105, 'inbox' => 1], Retention::prune($connection));
        Expect::same('1000', $wpdb->get_var('SELECT COUNT(*) FROM ' . Schema::table('history')));
        Expect::same(['history' => 0, 'inbox' => 0], Retention::prune($connection), 'and nothing more');
    },
];

<?php

declare(strict_types=1);

namespace Dongbo\PluginTests;

use Dongbo\Control\Steer;
use Dongbo\Tables\Connections;
use Dongbo\Tables\Runs;

return [
    'a newcomer is told what to do by every command before anything is connected (I4)' => static function (): void {
        foreach (['why SP1', 'drift', 'preflight', 'issues', 'history', 'undo 1', 'settings', 'accept', 'pause', 'resume', 'cancel', 'export settings'] as $words) {
            $child = Child::wp(...explode(' ', $words));
            Expect::same(1, $child['code'], $words . $child['out']);
            Expect::that(strpos($child['err'], 'wp dongbo connect --shop') !== false, "$words: {$child['err']}");
        }
        $doctor = Child::wp('doctor');
        Expect::same(1, $doctor['code'], $doctor['out']);
        Expect::that(strpos($doctor['out'], 'connection') !== false && strpos($doctor['out'], 'bad') !== false, $doctor['out']);
        $child = Child::wp('why');
        Expect::that($child['code'] === 1 && strpos($child['err'], '<good>') !== false, $child['err']);
        Expect::that(strpos(Child::wp('drift', '--help')['out'], '--repair') !== false, 'help');
    },
    'why, drift and its repair, pre-flight: as tables, JSON and CSV, with exit codes (H4, H5, G3, I4)' => static function (): void {
        $connection = Shop::connected();
        $ids = Shop::synced($connection, [Shop::good('1'), Shop::good('2')]);
        update_post_meta($ids['1'], '_regular_price', '90000');
        $why = Child::wp('why', 'r1');
        Expect::same(0, $why['code'], $why['err']);
        Expect::that(strpos($why['out'], '90000') !== false && strpos($why['out'], 'Will be written') !== false, $why['out']);
        Expect::same('update', json_decode(Child::wp('why', '1', '--format=json')['out'], true)['operation']);
        Expect::same(1, Child::wp('why', 'nothing-like-it')['code']);
        Expect::same(2, Child::wp('drift', '--check')['code']);
        $rows = json_decode(Child::wp('drift', '--format=json')['out'], true);
        Expect::same([['1', '100000', '90000']], array_map(static function (array $row): array {
            return [$row['id'], $row['pos'], $row['website']];
        }, $rows));
        Expect::that(strpos(Child::wp('drift', '--format=csv')['out'], 'item,field,pos,website,cause') === 0, 'csv');
        Expect::same(0, Child::wp('drift', '--repair', '--good=R1')['code']);
        Expect::that(strpos(Child::wp('drift', '--check')['out'], 'In step') !== false, 'after the repair');
        $preflight = Child::wp('preflight', '--format=json', '--check');
        Expect::same([0, []], [$preflight['code'], json_decode($preflight['out'], true)], $preflight['out']);
    },
    'issues, history and undo (H6)' => static function (): void {
        $connection = Shop::connected();
        Shop::synced($connection, [Shop::good('1'), Shop::good('2', ['code' => 'R1', 'sku_key' => 'r1'])]);
        Shop::synced($connection, [Shop::good('3')]);
        Shop::synced($connection, [Shop::good('3', ['price' => 12000000])]);
        $issues = json_decode(Child::wp('issues', '--format=json')['out'], true);
        Expect::that($issues !== [] && $issues[0]['remedy'] !== '', json_encode($issues));
        Expect::same(0, Child::wp('issues', '--dismiss=' . $issues[0]['id'])['code']);
        Expect::same(1, Child::wp('issues', '--retry=' . $issues[0]['id'])['code'], 'it was put aside');
        $history = json_decode(Child::wp('history', '--field=regular_price', '--format=json')['out'], true);
        Expect::same(['100000', '120000'], [$history[0]['before'], $history[0]['after']]);
        $undo = Child::wp('undo', (string) $history[0]['id']);
        Expect::same(0, $undo['code'], $undo['err']);
        Expect::same('100000', json_decode(Child::wp('history', '--field=regular_price', '--format=json')['out'], true)[0]['after']);
    },
    'settings are shown, changed, refused, exported and taken over (H7)' => static function (): void {
        $connection = Shop::connected();
        Expect::same(0, Child::wp('settings', 'policies.stock', 'never')['code']);
        Expect::same('never', Connections::find($connection['id'])['settings']['policies']['stock']);
        $refused = Child::wp('settings', 'stopper_percent', '300');
        Expect::that($refused['code'] === 1 && strpos($refused['err'], '0') !== false && strpos($refused['err'], '100') !== false, $refused['err']);
        Expect::same(['branches', 'policies.stock'], array_column(json_decode(Child::wp('settings', '--changed', '--format=json')['out'], true), 'name'));
        $file = get_temp_dir() . 'dongbo-settings-test.json';
        Expect::same(0, Child::wp('export', 'settings', "--file=$file")['code']);
        Expect::same(0, Child::wp('settings', 'policies.stock', 'default')['code']);
        Expect::same(0, Child::wp('settings', "--import=$file")['code']);
        Expect::same('never', Connections::find($connection['id'])['settings']['policies']['stock']);
        $support = Child::wp('export', 'support');
        Expect::that($support['code'] === 0 && strpos($support['out'], 'very-secret') === false && strpos($support['out'], '"checks"') !== false, substr($support['out'] . $support['err'], 0, 400));
        unlink($file);
        Expect::same(1, Child::wp('export', 'everything')['code']);
    },
    'the open run is paused, let go on, accepted and cancelled (H2, D4)' => static function (): void {
        $connection = Shop::connected();
        Expect::that(strpos(Child::wp('pause')['err'], 'No run is open') !== false, 'nothing to pause');
        $run = Runs::start($connection['id'], 'catalogue', 'full');
        Expect::same(0, Child::wp('pause')['code']);
        Expect::that(Steer::isPaused((array) Runs::find($run)), 'paused');
        Expect::same(0, Child::wp('resume')['code']);
        Expect::same(1, Child::wp('accept')['code'], 'it asks nothing');
        Runs::update($run, ['wait_until' => Runs::FOR_A_PERSON, 'summary' => ['asked' => 'stop-zeros', 'code' => 'stop-zeros', 'params' => []]]);
        Expect::same(0, Child::wp('accept')['code']);
        Expect::same([true, null], [Runs::find($run)['summary']['accepted'], Runs::find($run)['wait_until']]);
        Expect::same(0, Child::wp('cancel')['code']);
        Expect::same('cancelled', Runs::find($run)['outcome']);
    },
];

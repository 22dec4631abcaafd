<?php

declare(strict_types=1);

namespace Dongbo\PluginTests;

use Dongbo\Connection\Home;
use Dongbo\Connection\Secret;
use Dongbo\Tables\Connections;
use Dongbo\Tables\Leases;
use Dongbo\Tables\Rows;
use Dongbo\Tables\Runs;

$connection = static function (string $state, string $code = ''): int {
    $id = Connections::create(['pos' => 'kiotviet', 'shop' => 'myshop', 'state' => $state, 'state_code' => $code]);
    Rows::write($id, 'branches', '', ['7' => '{"id":"7","name":"Chính","active":true}', '8' => '{"id":"8","name":"Kho","active":true}'], 1);
    Rows::write($id, 'books', '', ['5' => '{"id":"5","name":"Giá sỉ","active":true}'], 1);

    return $id;
};

return [
    'before anything: status says what to do and succeeds, sync and plan fail' => static function (): void {
        $status = Child::wp('status');
        Expect::same(0, $status['code'], $status['err']);
        Expect::that(strpos($status['out'], 'wp dongbo connect') !== false, $status['out']);
        foreach (['sync', 'plan'] as $command) {
            $child = Child::wp($command);
            Expect::same(1, $child['code'], $command);
            Expect::that(strpos($child['err'], 'wp dongbo connect --shop') !== false, $child['err']);
        }
    },
    'options that do not exist, or may not have that value, are refused' => static function (): void {
        foreach ([['sync', '--wiat'], ['plan', '--format=xml'], ['connect']] as $words) {
            $child = Child::wp(...$words);
            Expect::same(1, $child['code'], implode(' ', $words));
            Expect::that(strpos($child['err'], 'Parameter errors') !== false, $child['err']);
        }
        $child = Child::wp('connect', '--shop=my shop!', '--client-id=a', '--client-secret=b');
        Expect::same(1, $child['code']);
        Expect::that(stripos($child['err'], 'address') !== false, $child['err']);
    },
    'status as JSON says what is running and how the last run ended' => static function () use ($connection): void {
        $id = $connection('active');
        $run = Runs::start($id, 'catalogue', 'full');
        Runs::update($run, ['phase' => 'reading-goods', 'done' => 200, 'total' => 500]);
        $status = json_decode(Child::wp('status', '--format=json')['out'], true);
        Expect::same(['myshop', 'active', 200, 500], [$status['shop'], $status['state'], $status['running']['done'], $status['running']['total']]);
        Expect::that(strpos($status['progress_text'], '200') !== false, $status['progress_text']);
        Runs::update($run, ['ended' => 1000, 'outcome' => 'failed', 'summary' => ['code' => 'credentials-wrong', 'params' => []]]);
        $status = json_decode(Child::wp('status', '--format=json')['out'], true);
        Expect::same([null, 'failed'], [$status['running'], $status['outcome']]);
        Expect::that(strpos($status['summary_text'], 'Client ID') !== false, $status['summary_text']);
    },
    'sync on a connection the POS refused says why and how to mend it' => static function () use ($connection): void {
        $id = $connection('reconnect', 'credentials-wrong');
        $child = Child::wp('sync');
        Expect::same(1, $child['code']);
        Expect::that(strpos($child['err'], 'Client ID') !== false && strpos($child['err'], 'wp dongbo connect --shop=myshop') !== false, $child['err']);
        Expect::same(null, Runs::open($id, 'catalogue'));
    },
    'A7, I4: on a copied site sync says so at once and begins nothing, and status names the cause' => static function () use ($connection): void {
        $id = $connection('active');
        Connections::update($id, ['secret' => Secret::seal('s'), 'home_mark' => str_repeat('0', 64)]);
        foreach ([['sync'], ['sync', '--wait']] as $words) {
            $child = Child::wp(...$words);
            Expect::same(1, $child['code']);
            Expect::that(strpos($child['err'], 'copy of the site') !== false, $child['err']);
        }
        Expect::same(null, Runs::open($id, 'catalogue'));
        Expect::that(strpos(Child::wp('status')['out'], 'copy of the site') !== false, 'status');
    },
    'sync without --wait starts one run and returns' => static function () use ($connection): void {
        $id = $connection('active');
        Connections::update($id, ['secret' => Secret::seal('s'), 'home_mark' => Home::mark()]);
        // The background would take it up at once.
        Leases::acquire($id, 'catalogue', 60);
        foreach ([1, 2] as $time) {
            $child = Child::wp('sync');
            Expect::same(0, $child['code'], $child['err']);
        }
        Expect::same(1, Runs::open($id, 'catalogue')['id']);
    },
    'choices are taken by name or id, in any case, and refused with what there is' => static function () use ($connection): void {
        $id = $connection('active');
        $choices = new \Dongbo\Connection\Choices((array) Connections::current());
        Expect::same(null, $choices->set('branches', 'chính, 8'));
        Expect::same(['7', '8'], $choices->branches());
        $why = (string) $choices->set('branches', 'Chinh');
        Expect::that(strpos($why, 'Chính, Kho') !== false, $why);
        Expect::same(null, $choices->set('branches', 'ALL'));
        Expect::same(null, $choices->set('sale_book', 'giá SỈ'));
        Expect::same('5', $choices->stored('sale_book'));
        Expect::same(null, $choices->set('sale_book', 'none'));
        Expect::that($choices->set('regular_book', 'Không có') !== null && $choices->set('match_key', 'name') !== null, 'refused');
        $choices->set('match_key', 'pos-id');
        $choices->save();
        $stored = Connections::current();
        Expect::same([['branches' => ['7', '8'], 'match_key' => 'pos-id'], 1], [$stored['settings'], $stored['settings_revision']]);
        $choices->save();
        Expect::same(1, Connections::current()['settings_revision'], 'saving the same is no change');
    },
];

<?php

declare(strict_types=1);

namespace Dongbo\PluginTests;

use Dongbo\Lanes\Fence;
use Dongbo\Lanes\FenceLost;
use Dongbo\Tables\Connections;
use Dongbo\Tables\Runs;
use Dongbo\Tables\Schema;

$connection = static function (): int {
    Ask::as('administrator');

    return Connections::create([
        'pos' => 'kiotviet', 'shop' => 'myshop', 'state' => 'active', 'client_id' => 'abc',
        'secret' => \Dongbo\Connection\Secret::seal('very-secret'), 'home_mark' => \Dongbo\Connection\Home::confirmed(),
        'settings' => '{"branches":["7"]}',
    ]);
};
$issue = static function (int $connection, string $id, string $severity, string $code = 'price-missing', string $label = 'SP1 · Áo thun'): void {
    global $wpdb;
    $wpdb->insert(Schema::table('issue'), ['connection_id' => $connection, 'item_kind' => 'good', 'item_id' => $id, 'code' => $code, 'label' => $label,
        'params' => '[]', 'severity' => $severity, 'source' => 'plan', 'first_seen' => \Dongbo\Tables\Clock::now(), 'last_seen' => (int) $id]);
};
$change = static function (int $connection, string $field, int $at, string $label = 'SP1 · Áo thun'): int {
    global $wpdb;
    $wpdb->insert(Schema::table('history'), ['connection_id' => $connection, 'at' => $at, 'actor' => get_current_user_id(), 'remote_kind' => 'good', 'remote_id' => '1', 'shop_id' => 5,
        'label' => $label, 'field' => $field, 'before_value' => '1', 'after_value' => '2', 'reason' => 'price-general', 'params' => '[]']);

    return (int) $wpdb->insert_id;
};

return [
    'status of a site that is not connected' => static function (): void {
        Ask::as('administrator');
        $status = Ask::declaredRoute('GET', '/status');
        Expect::same(null, $status->connection);
        Expect::same('not-connected', $status->guards[0]->code);
        Expect::same(30, count($status->days));
    },
    'status of a connected one, with a run, and never a secret (H2)' => static function () use ($connection, $issue, $change): void {
        $id = $connection();
        $issue($id, '1', 'review');
        $issue($id, '2', 'notice', 'stock-drift');
        $change($id, 'regular_price', \Dongbo\Tables\Clock::now());
        $change($id, 'created', \Dongbo\Tables\Clock::now());
        $run = Runs::start($id, 'catalogue', 'full');
        Runs::update($run, ['phase' => 'reading-goods', 'done' => 200, 'total' => 500]);
        $status = Ask::declaredRoute('GET', '/status');
        Expect::that(Ask::$statements <= 32, 'statements: ' . Ask::$statements);
        Expect::same(['myshop', true, []], [$status->connection->shop, $status->connection->has_secret, $status->guards]);
        Expect::same([200, 500, 'running'], [$status->runs[0]->done, $status->runs[0]->total, $status->runs[0]->state]);
        Expect::same([1, 1, 1], [$status->counts->issues->review, $status->counts->issues->notice, $status->counts->drift]);
        Expect::same([2, 1], [end($status->days)->writes, end($status->days)->created]);
        $text = (string) json_encode($status);
        Expect::that(strpos($text, 'very-secret') === false && strpos($text, '"token"') === false, 'a secret in the answer');
    },
    'what comes next: nothing before a person has started the first run, then goods and the orders beside them (H2, I7)' => static function () use ($connection): void {
        $id = $connection();
        Expect::same([], Ask::declaredRoute('GET', '/status')->next);
        $ran = static function (string $lane, string $kind, int $ago) use ($id): void {
            $at = \Dongbo\Tables\Clock::now() - $ago;
            Runs::update(Runs::start($id, $lane, $kind), ['started' => $at, 'ended' => $at, 'outcome' => 'done']);
        };
        $ran('catalogue', 'full', 60000);
        Connections::saveSettings($id, ['branches' => ['7'], 'orders' => ['to_pos' => true]]);
        $next = Ask::declaredRoute('GET', '/status')->next;
        Expect::same(['orders', ''], array_column($next, 'kind'));
        $ran('sales', 'orders', 60000);
        $next = Ask::declaredRoute('GET', '/status')->next;
        Expect::same([[''], true], [array_column($next, 'kind'), $next[0]->at > \Dongbo\Tables\Clock::now()]);
    },
    'a run is started once, paused, let go on and cancelled; its worker notices (H2)' => static function () use ($connection): void {
        $id = $connection();
        $run = Ask::declaredRoute('POST', '/runs', ['kind' => 'full']);
        Expect::same($run->id, Ask::declaredRoute('POST', '/runs', ['kind' => 'stock'])->id, 'the open run goes on');
        $worker = Fence::take($run->id);
        Expect::same('paused', Ask::declaredRoute('POST', "/runs/{$run->id}/pause", [], '/runs/{id}/pause')->state);
        Expect::throws(FenceLost::class, [$worker, 'begin'], 'the worker of a paused run');
        Expect::same('running', Ask::declaredRoute('POST', "/runs/{$run->id}/resume", [], '/runs/{id}/resume')->state);
        Expect::same('cancelled', Ask::declaredRoute('POST', "/runs/{$run->id}/cancel", [], '/runs/{id}/cancel')->state);
        Expect::same(null, Runs::open($id, 'catalogue'));
        $answer = Ask::route('POST', "/runs/{$run->id}/pause");
        Expect::same([409, 'run-ended'], [$answer['status'], $answer['body']->code]);
        Expect::same('cancelled', Ask::declaredRoute('GET', "/runs/{$run->id}", [], '/runs/{id}')->state);
        Expect::same([$run->id], array_column(Ask::declaredRoute('GET', '/runs'), 'id'));
    },
    'issues: the gravest first, filtered, counted, put aside, tried again (H6)' => static function () use ($connection, $issue): void {
        $id = $connection();
        $issue($id, '1', 'notice');
        $issue($id, '2', 'review', 'sku-twice-pos', 'SP2 · Áo khoác');
        $issue($id, '3', 'stop');
        $list = Ask::declaredRoute('GET', '/issues');
        Expect::same(['stop', 'review', 'notice'], array_column($list, 'severity'));
        Expect::same(['2'], array_column(Ask::declaredRoute('GET', '/issues', ['search' => 'áo KHOÁC']), 'item_id'));
        Expect::same(['3'], array_column(Ask::declaredRoute('GET', '/issues', ['severity' => 'stop']), 'item_id'));
        $page = Ask::route('GET', '/issues', ['per_page' => 2, 'page' => 2]);
        Expect::same(['3', '2', 1], [(string) $page['headers']['X-WP-Total'], (string) $page['headers']['X-WP-TotalPages'], count($page['body'])]);
        Expect::same(2, Ask::declaredRoute('GET', '/issues/counts')[0]->count + Ask::declaredRoute('GET', '/issues/counts')[1]->count);
        $run = Ask::declaredRoute('POST', "/issues/{$list[1]->id}/retry", [], '/issues/{id}/retry')->run;
        Expect::same('named', Runs::find((int) $run)['kind']);
        Ask::declaredRoute('POST', "/issues/{$list[0]->id}/dismiss", [], '/issues/{id}/dismiss');
        Expect::same(2, count(Ask::declaredRoute('GET', '/issues')));
        Expect::same(404, Ask::route('POST', '/issues/999999/dismiss')['status']);
    },
    'history: the latest first, by field, time and name (H6)' => static function () use ($connection, $change): void {
        $id = $connection();
        $change($id, 'regular_price', 1000);
        $change($id, 'stock', 2000, 'SP2 · Mũ');
        $list = Ask::declaredRoute('GET', '/history');
        Expect::same(['stock', 'regular_price'], array_column($list, 'field'));
        Expect::that($list[0]->actor !== '' && $list[0]->said->sentence !== '', 'who and why');
        Expect::same(['stock'], array_column(Ask::declaredRoute('GET', '/history', ['from' => 1500]), 'field'));
        Expect::same(['stock'], array_column(Ask::declaredRoute('GET', '/history', ['search' => 'mũ']), 'field'));
        Expect::same(['regular_price'], array_column(Ask::declaredRoute('GET', '/history', ['field' => 'regular_price']), 'field'));
    },
];

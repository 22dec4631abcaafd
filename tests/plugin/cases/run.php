<?php

declare(strict_types=1);

namespace Dongbo\PluginTests;

use Dongbo\Connection\Choices;
use Dongbo\Connection\Connect;
use Dongbo\Connection\Secret;
use Dongbo\Connection\Token;
use Dongbo\Engine\Engine;
use Dongbo\Lanes\Alarm;
use Dongbo\Lanes\Budget;
use Dongbo\Lanes\Lane;
use Dongbo\Lanes\Slice;
use Dongbo\ListNames;
use Dongbo\Pos\Http;
use Dongbo\Pos\KiotViet;
use Dongbo\Report\IssueList;
use Dongbo\Tables\Clock;
use Dongbo\Tables\Connections;
use Dongbo\Tables\Goods;
use Dongbo\Tables\Leases;
use Dongbo\Tables\OpenIssues;
use Dongbo\Tables\Rows;
use Dongbo\Tables\Runs;
use Dongbo\Tables\Schema;

/** Connected to a shop of the answers; gives the connection. */
$connected = static function (array $answers): array {
    Answers::prepare($answers);
    Expect::same(null, Connect::to('myshop', 'client', 'secret', 0));
    $choices = new Choices((array) Connections::current());
    $choices->onlyBranch();
    $choices->save();

    return (array) Connections::current();
};
$slice = static function (float $seconds = 20.0): string {
    return Lane::slice(Lane::CATALOGUE, new Budget($seconds, memory_get_usage() + 200000000))->outcome;
};
/** Removes the products a run has made. */
$clear = static function (): void {
    foreach (wc_get_products(['limit' => -1, 'status' => 'any', 'return' => 'ids']) as $id) {
        wp_delete_post($id, true);
    }
};
$forgetful = static function (): void {
    // What a process that starts anew does not have.
    wp_cache_flush();
};

return [
    'a try that fails leaves the connection of use as it was' => static function () use ($connected): void {
        $before = $connected(Answers::shop(1));
        Expect::same('active', $before['state']);
        $refused = ['/connect/token' => Answers::json(['error' => 'invalid_client'], 400)];
        remove_all_filters('pre_http_request');
        Answers::prepare($refused);
        $why = Connect::to('myshop', 'client', 'wrong', 0);
        Expect::same('credentials-wrong', $why['code'] ?? '');
        Expect::same($before, (array) Connections::current(), 'same shop');
        Expect::same('credentials-wrong', Connect::to('othershop', 'client', 'wrong', 0)['code'] ?? '');
        Expect::same('myshop', Connections::current()['shop'], 'another shop');
        Expect::same('shop-address-odd', Connect::to('my shop!', 'client', 'x', 0)['code'] ?? '');
        Expect::same(0, OpenIssues::count($before['id']), 'the cause is said to who tried, not listed for a decision');
    },
    'what had stopped a run is over when a later one gets past it (H2, H6)' => static function () use ($connected): void {
        global $wpdb;
        $connection = $connected(Answers::shop(1));
        Alarm::raise($connection['id'], 'read', [
            Alarm::issue('pos-fault', 'stop', ['status' => '502', 'list' => 'connecting'], 'connecting'),
            Alarm::issue('permission-missing', 'stop', ['message' => 'no', 'list' => 'branches'], 'branches'),
            Alarm::issue('pos-fault', 'stop', ['status' => '502', 'list' => 'invoices'], 'invoices'),
            Alarm::issue('row-without-id', 'review', ['value' => '1'], 'branches'),
        ]);
        Expect::same(null, Connect::to('myshop', 'client', 'secret', 0));
        $left = $wpdb->get_col('SELECT code FROM ' . Schema::table('issue') . ' ORDER BY id');
        Expect::same(['pos-fault', 'row-without-id'], $left, 'only what this run did not get past, and what does not stop, is open');
    },
    'what is listed about the work itself is named in people\'s words (H6)' => static function () use ($connected): void {
        $connection = $connected(Answers::shop(1));
        Alarm::raise($connection['id'], 'read', [Alarm::issue('permission-missing', 'stop', ['message' => 'no', 'list' => 'branches'], 'branches')]);
        $issue = IssueList::page($connection['id'], [], 0, 1)['rows'][0];
        Expect::same('Branches', $issue['label']);
        Expect::that(strpos($issue['said']['sentence'], '“Branches”') !== false, $issue['said']['sentence']);
        Expect::same(['Sellers', 'Writing goods', 'SP000101'], array_map([ListNames::class, 'of'], ['sellers', 'writing-goods', 'SP000101']));
    },
    'only a list that was not believed can be confirmed by a person (B8, H6)' => static function () use ($connected): void {
        $connection = $connected(Answers::shop(1));
        Alarm::raise($connection['id'], 'read', [
            Alarm::issue('list-shrunk', 'review', ['seen' => '3', 'known' => '60'], 'goods'),
            Alarm::issue('pos-fault', 'stop', ['status' => '502', 'list' => 'goods'], 'goods'),
        ]);
        $rows = IssueList::page($connection['id'], [], 0, 5)['rows'];
        Expect::same(['pos-fault' => false, 'list-shrunk' => true], array_column(array_map(static function (array $row): array {
            return ['code' => $row['said']['code'], 'doubted' => $row['doubted']];
        }, $rows), 'doubted', 'code'));
    },
    'connecting to another shop starts clean, coming back continues' => static function () use ($connected): void {
        $first = $connected(Answers::shop(1));
        Expect::same(null, Connect::to('othershop', 'client', 'secret', 0));
        $second = Connections::current();
        Expect::that($second['id'] !== $first['id'] && ($second['settings']['branches'] ?? []) === [], 'a connection of its own, without choices');
        Expect::same(null, Connect::to('myshop', 'client', 'secret', 0));
        Expect::same([$first['id'], ['7']], [Connections::current()['id'], Connections::current()['settings']['branches']]);
    },
    'no answer at all is said, and the test does not wait for ever' => static function (): void {
        Answers::prepare(['/connect/token' => new \WP_Error('http_request_failed', 'cURL error 6: Could not resolve host')]);
        $start = microtime(true);
        $why = Connect::to('myshop', 'client', 'secret', 0);
        Expect::that(is_array($why) && $why['code'] !== '', 'a cause');
        Expect::that(microtime(true) - $start < 25, 'in time');
        Expect::same(null, Runs::open(Connections::current()['id'], Lane::CONNECT), 'no test is left open');
    },
    'a token is asked for once by two workers, and taken from the one that was faster' => static function () use ($connected): void {
        global $wpdb;
        $id = $connected(Answers::shop(1))['id'];
        Answers::$asked = [];
        $token = new Token(new KiotViet(new Http()), [Engine::class, 'call']);
        Expect::same('test-token', $token->usable($id)['token'] ?? '');
        Expect::same([], Answers::$asked, 'a token that is not due is not renewed');
        $wpdb->query('UPDATE ' . Schema::table('connection') . ' SET token_expires = token_obtained + 10000, token_obtained = token_obtained - 9000000');
        $token->usable($id);
        Expect::same(1, count(Answers::$asked), 'due: renewed');
        // Another worker holds the lease and stores a newer token while this one waits.
        $holder = Leases::acquire($id, 'token', 60);
        $stale = Connections::find($id)['token'];
        $sealed = Secret::seal('from-the-other');
        $waits = 0;
        $watch = static function (string $query) use ($wpdb, &$waits, $sealed, $id): string {
            if (strpos($query, 'dongbo_lease') !== false && strpos($query, 'UPDATE') === 0 && ++$waits === 2) {
                mysqli_query($wpdb->dbh, $wpdb->prepare('UPDATE %i SET token = %s WHERE id = %d', Schema::table('connection'), $sealed, $id));
            }

            return $query;
        };
        add_filter('query', $watch);
        $renewed = $token->renew($id, $stale);
        remove_filter('query', $watch);
        Expect::same('from-the-other', $renewed['token'] ?? '');
        Expect::same(1, count(Answers::$asked), 'no second request');
        Leases::release($id, 'token', (string) $holder);
    },
    'a lost key pauses with its cause, and connecting again mends it' => static function () use ($connected, $slice): void {
        $id = $connected(Answers::shop(1))['id'];
        Connections::update($id, ['secret' => 'v1:' . base64_encode(random_bytes(60))]);
        Runs::start($id, Lane::CATALOGUE, 'full');
        Expect::same(Slice::DONE, $slice());
        Expect::same(['paused', 'secret-lost'], [Connections::current()['state'], Connections::current()['state_code']]);
        Expect::same(null, Connect::to('myshop', 'client', 'secret', 0));
        Expect::same('active', Connections::current()['state']);
    },
    'goods, lists and state are saved together: after a fault at any page the run goes on and the mirror is whole' => static function () use ($connected, $slice, $forgetful, $clear): void {
        global $wpdb;
        $shop = Answers::shop(450);
        $pages = 0;
        $products = $shop['/products'];
        $dies = 0;
        $shop['/products'] = static function (string $url) use ($products, &$pages, &$dies) {
            if (++$pages === $dies) {
                throw new \Error('killed');
            }

            return $products($url);
        };
        $id = $connected($shop)['id'];
        $run = Runs::start($id, Lane::CATALOGUE, 'full');
        foreach ([1, 3, 5] as $dies) {
            $pages = 0;
            Expect::same(Slice::WAITING, $slice(), "a fault at page $dies");
            $wpdb->query('UPDATE ' . Schema::table('run') . ' SET wait_until = NULL');
            $forgetful();
            Expect::same(0, Goods::count($id) % 100, 'whole pages only');
        }
        $dies = 0;
        for ($i = 0; $i < 60 && Runs::find($run)['ended'] === null; $i++) {
            $slice(6.0);
        }
        Expect::same('done', Runs::find($run)['outcome'], json_encode(Runs::find($run)));
        Expect::same(450, Goods::count($id));
        Expect::same('0', $wpdb->get_var('SELECT COUNT(*) FROM ' . Schema::table('run_seen')), 'nothing is kept of an ended run');
        $clear();
    },
    'a fault that stays ends the run and is told, with what it was' => static function () use ($connected, $slice): void {
        global $wpdb;
        $shop = Answers::shop(1);
        $shop['/categories'] = static function (): array {
            throw new \Error('a plugin of this site broke');
        };
        $id = $connected($shop)['id'];
        $run = Runs::start($id, Lane::CATALOGUE, 'full');
        for ($i = 0; $i < 20 && Runs::find($run)['ended'] === null; $i++) {
            $slice();
            $wpdb->query('UPDATE ' . Schema::table('run') . ' SET wait_until = NULL');
        }
        $ended = Runs::find($run);
        Expect::same(['failed', 'plugin-fault', 5], [$ended['outcome'], $ended['summary']['code'], $i]);
        Expect::that(strpos(\Dongbo\Report::outcome($ended), 'a plugin of this site broke') !== false, \Dongbo\Report::outcome($ended));
    },
    'a run in which nothing changed writes its own few rows only' => static function () use ($connected, $slice, $clear): void {
        global $wpdb;
        $id = $connected(Answers::shop(120))['id'];
        $run = Runs::start($id, Lane::CATALOGUE, 'full');
        for ($i = 0; $i < 40 && Runs::find($run)['ended'] === null; $i++) {
            $slice();
        }
        Expect::same('done', Runs::find($run)['outcome']);
        $written = [];
        $watch = static function (string $query) use (&$written): string {
            if (preg_match('/^\s*(?:INSERT(?: IGNORE)? INTO|UPDATE|DELETE FROM|REPLACE INTO)\s+`?(\w+)/i', $query, $found) === 1) {
                $written[] = $found[1];
            }

            return $query;
        };
        Runs::start($id, Lane::CATALOGUE, 'full');
        add_filter('query', $watch);
        $outcome = $slice();
        remove_filter('query', $watch);
        Expect::same(Slice::DONE, $outcome);
        $own = array_map([Schema::class, 'table'], ['run', 'run_seen', 'lease', 'connection', 'api_call', 'list_read', 'touched', 'marked']);
        Expect::same([], array_values(array_diff($written, $own)), 'written');
        // One a call, for the budget all workers share; one a list, for when it was read.
        Expect::that(count($written) <= 26, count($written) . ' writes of its own: ' . implode(' ', $written));
        $clear();
    },
    'a category gone from the POS leaves the mirror, a good does not' => static function () use ($connected, $slice, $clear): void {
        $shop = Answers::shop(3);
        $id = $connected($shop)['id'];
        $sync = static function () use ($id, $slice): void {
            $run = Runs::start($id, Lane::CATALOGUE, 'full');
            for ($i = 0; $i < 40 && Runs::find($run)['ended'] === null; $i++) {
                $slice();
            }
            Expect::same('done', Runs::find($run)['outcome'], json_encode(Runs::find($run)['summary']));
        };
        $sync();
        Expect::same(['3'], array_column(Rows::all($id, 'categories'), 'id'));
        remove_all_filters('pre_http_request');
        Answers::prepare(['/categories' => ['total' => 1, 'pageSize' => 100, 'data' => [['categoryId' => 4, 'categoryName' => 'Mới']]], '/products' => Answers::shop(2)['/products']] + $shop);
        $sync();
        Expect::same(['4'], array_column(Rows::all($id, 'categories'), 'id'));
        Expect::same(3, Goods::count($id));
        $clear();
    },
    'what a reader found is listed, and off the list when a complete run finds it no more' => static function () use ($connected, $slice, $clear): void {
        $bad = Answers::shop(2);
        $bad['/products'] = ['total' => 2, 'pageSize' => 100, 'data' => [Answers::good(0), ['id' => null, 'code' => 'X', 'name' => 'Không id']]];
        $id = $connected($bad)['id'];
        $sync = static function () use ($id, $slice): void {
            $run = Runs::start($id, Lane::CATALOGUE, 'full');
            for ($i = 0; $i < 40 && Runs::find($run)['ended'] === null; $i++) {
                $slice();
            }
            Expect::same('done', Runs::find($run)['outcome']);
        };
        $sync();
        $open = OpenIssues::latest($id, 10);
        Expect::same(['row-without-id'], array_column($open, 'code'), (string) json_encode($open, JSON_UNESCAPED_UNICODE));
        $sync();
        Expect::same(1, OpenIssues::count($id), 'found again, listed once');
        remove_all_filters('pre_http_request');
        Answers::prepare(Answers::shop(2));
        $sync();
        Expect::same([], OpenIssues::latest($id, 10));
        $clear();
    },
    'wait_until is kept: nothing is asked before' => static function () use ($connected, $slice): void {
        $shop = Answers::shop(1);
        $id = $connected($shop)['id'];
        remove_all_filters('pre_http_request');
        Answers::prepare(['/branches' => Answers::json([], 429, ['retry-after' => '30'])] + $shop);
        $run = Runs::start($id, Lane::CATALOGUE, 'full');
        Expect::same(Slice::WAITING, $slice());
        $until = Runs::find($run)['wait_until'];
        Expect::that($until > Clock::now() + 20000 && $until < Clock::now() + 60000, 'about 30 s: ' . ($until - Clock::now()));
        Answers::$asked = [];
        Expect::same(Slice::WAITING, $slice());
        Expect::same([], Answers::$asked);
    },
    'a slice that another worker holds does nothing' => static function () use ($connected, $slice): void {
        $id = $connected(Answers::shop(1))['id'];
        Runs::start($id, Lane::CATALOGUE, 'full');
        Leases::acquire($id, Lane::CATALOGUE, 60);
        Answers::$asked = [];
        Expect::same(Slice::BUSY, $slice());
        Expect::same([], Answers::$asked);
    },
];

<?php

declare(strict_types=1);

namespace Dongbo\PluginTests;

use Dongbo\Engine\Engine;
use Dongbo\Lanes\Budget;
use Dongbo\Lanes\Calls;
use Dongbo\Lanes\Lane;
use Dongbo\Lanes\Marked;
use Dongbo\Lanes\Punctuality;
use Dongbo\Lanes\Slice;
use Dongbo\Lanes\Wake;
use Dongbo\Lanes\Webhooks;
use Dongbo\Tables\ApiCalls;
use Dongbo\Tables\Clock;
use Dongbo\Tables\Connections;
use Dongbo\Tables\Hearing;
use Dongbo\Tables\OpenIssues;
use Dongbo\Tables\Runs;
use Dongbo\Tables\Schema;

const MINUTE_MS = 60000;

$clear = [InStep::class, 'clear'];
$regular = static function (int $good): string {
    return (string) get_post_meta((int) wc_get_product_id_by_sku('T' . $good), '_regular_price', true);
};
/** A POS that keeps a list of webhooks; `$second` says what a second one of a type does: beside, replaces, refused. */
$hooks = static function (array &$list, string $second = 'beside'): array {
    return [
        '/webhooks' => static function (string $url, array $arguments) use (&$list, $second) {
            if ($arguments['method'] === 'GET') {
                return ['total' => count($list), 'pageSize' => 100, 'data' => array_values($list)];
            }
            $wanted = json_decode((string) $arguments['body'], true)['Webhook'];
            foreach ($list as $key => $row) {
                if ($row['type'] === $wanted['Type'] && $second === 'refused') {
                    return Answers::json(['responseStatus' => ['errorCode' => 'KvValidateException', 'message' => 'Webhook đã tồn tại']], 420);
                }
                if ($row['type'] === $wanted['Type'] && $second === 'replaces') {
                    unset($list[$key]);
                }
            }
            $id = 100 + count($list) + random_int(1000, 999999);
            $list[$id] = ['id' => $id, 'type' => $wanted['Type'], 'url' => $wanted['Url'], 'isActive' => true];

            return $list[$id];
        },
    ];
};
$deleting = static function (array &$list): void {
    add_filter('pre_http_request', static function ($given, array $arguments, string $url) use (&$list) {
        if ($arguments['method'] === 'DELETE' && preg_match('~/webhooks/(\d+)$~', $url, $found) === 1) {
            unset($list[(int) $found[1]]);

            return Answers::json(['message' => 'Hủy đăng ký webhook thành công']);
        }

        return $given;
    }, 20, 3);
};
$foreign = ['id' => 7, 'type' => 'stock.update', 'url' => 'https://other.example/hook', 'isActive' => true];
$own = static function (array $list): array {
    $types = array_column(array_filter($list, static function (array $row): bool {
        return strpos($row['url'], '/dongbo/v1/webhook/') !== false;
    }), 'type');
    sort($types);

    return $types;
};
$codes = static function (int $id): array {
    return array_column(OpenIssues::latest($id, 50), 'code');
};

return [
    'changes with nothing new: one call a list, and nothing is written to the shop (D3, I7)' => static function () use ($clear): void {
        global $wpdb;
        $id = InStep::shop();
        InStep::later(16 * MINUTE_MS, static function () use ($id): void {
            Hearing::update($id, ['checked' => Clock::now()]);
            Runs::start($id, Lane::CATALOGUE, 'delta');
            Lane::slice(Lane::CATALOGUE, InStep::budget());
        });
        Answers::$asked = [];
        $asked = InStep::asked(static function () use ($id): void {
            InStep::later(32 * MINUTE_MS, static function () use ($id): void {
                Runs::start($id, Lane::CATALOGUE, 'delta');
                Expect::same(Slice::DONE, Lane::slice(Lane::CATALOGUE, InStep::budget())->outcome);
            });
        });
        $lists = array_map(static function (string $path): string {
            return explode('?', $path)[0];
        }, $asked);
        Expect::same($lists, array_values(array_unique($lists)), 'each list once');
        Expect::that(count($lists) <= 3, implode(' ', $asked));
        $clear();
    },
    'what is due starts by itself at every wake-up: changes after 15 minutes, stock too, a full run after 12 hours (I7)' => static function () use ($clear): void {
        $id = InStep::shop();
        Expect::same([], InStep::asked([InStep::class, 'wake']), 'nothing is due');
        $asked = InStep::asked(static function () use ($id): void {
            InStep::later(16 * MINUTE_MS, static function () use ($id): void {
                Hearing::update($id, ['checked' => Clock::now()]);
                InStep::wake();
            });
        });
        Expect::that((bool) preg_grep('~^/products\?~', $asked) && (bool) preg_grep('~^/productOnHands~', $asked), implode(' ', $asked));
        InStep::later(13 * 60 * MINUTE_MS, static function () use ($id): void {
            $before = Runs::last($id, Lane::CATALOGUE, 'full')['id'];
            InStep::wake();
            Expect::that(Runs::last($id, Lane::CATALOGUE, 'full')['id'] > $before, 'a full run');
        });
        $clear();
    },
    'by hand: nothing starts by itself (I7)' => static function () use ($clear): void {
        $id = InStep::shop(1, null, ['automatic' => false]);
        InStep::later(48 * 60 * MINUTE_MS, static function (): void {
            Expect::same([], InStep::asked([InStep::class, 'wake']));
        });
        $clear();
    },
    'marked goods are read at once, each by one call (D3)' => static function () use ($clear, $regular): void {
        $id = InStep::shop();
        remove_all_filters('pre_http_request');
        Answers::prepare(['/products/1001' => ['basePrice' => 4321] + Answers::good(1)] + Answers::shop(3));
        Marked::add($id, ['1001']);
        InStep::wake();
        Expect::same(['/products/1001'], array_map(static function (string $path): string {
            return explode('?', $path)[0];
        }, Answers::$asked));
        Expect::same('4321', $regular(1001));
        $clear();
    },
    'a price book that starts is in the shop at the first wake-up after that instant, without a call to the POS (C4)' => static function () use ($clear, $regular): void {
        $starts = (new \DateTimeImmutable('+2 hours', new \DateTimeZone('Asia/Ho_Chi_Minh')));
        $answers = Answers::shop(2);
        $answers['/pricebooks'] = ['total' => 1, 'pageSize' => 100, 'data' => [['id' => 11, 'name' => 'Tết', 'isActive' => true, 'isGlobal' => true,
            'forAllCusGroup' => true, 'forAllUser' => true, 'startDate' => $starts->format('Y-m-d\TH:i:s'), 'endDate' => $starts->modify('+1 day')->format('Y-m-d\TH:i:s')]]];
        $answers['/pricebooks/11'] = ['total' => 1, 'pageSize' => 100, 'data' => [['productId' => 1001, 'price' => 777]]];
        $id = InStep::shop(2, $answers, ['regular_book' => '11', 'order_branch' => '7']);
        Wake::heal();
        Expect::same('dongbo_minute', wp_get_schedule(Wake::HOOK, ['guard']), 'a wake-up every minute, though nobody visits');
        Expect::same('2000', $regular(1001), 'not in force yet');
        $until = $starts->getTimestamp() * 1000 - Clock::now();
        InStep::later($until + 1000, static function () use ($id, $regular): void {
            foreach (['delta', 'stock'] as $kind) {
                Runs::update(Runs::start($id, Lane::CATALOGUE, $kind), ['ended' => Clock::now(), 'outcome' => 'done']);
            }
            Hearing::update($id, ['checked' => Clock::now()]);
            $asked = InStep::asked([InStep::class, 'wake']);
            Expect::same(['777', []], [$regular(1001), $asked]);
        });
        $clear();
    },
    '429: every lane waits as long as the POS says, and it counts as no failure (I2)' => static function () use ($clear): void {
        $id = InStep::shop(1);
        $answers = Answers::shop(1);
        $answers['/productOnHands'] = Answers::json(['responseStatus' => ['message' => 'x']], 429, ['retry-after' => '120']);
        remove_all_filters('pre_http_request');
        Answers::prepare($answers);
        Runs::start($id, Lane::CATALOGUE, 'stock');
        $slice = Lane::slice(Lane::CATALOGUE, InStep::budget());
        Expect::same(Slice::WAITING, $slice->outcome);
        Expect::that(abs($slice->until - Clock::now() - 120000) < 4000, 'two minutes');
        Expect::same(0, ApiCalls::facts($id, Clock::now())['streak']);
        $calls = new Calls($id, Lane::ORDERS, [Engine::class, 'call']);
        Expect::same(429, $calls->before()['status'], 'orders wait too');
        Expect::same(null, InStep::later(125000, static function () use ($calls): ?array {
            return $calls->before();
        }));
        $clear();
    },
    'the breaker: after five failures in a row nobody calls, then one tries, and a success closes it (I2)' => static function (): void {
        $calls = new Calls(1, Lane::CATALOGUE, [Engine::class, 'call']);
        $other = new Calls(1, Lane::ORDERS, [Engine::class, 'call']);
        for ($i = 0; $i < 5; $i++) {
            Expect::same(null, $calls->before());
            $calls->learn(['kind' => 'passing', 'code' => 'pos-fault']);
        }
        Expect::same(429, $other->before()['status'] ?? 0, 'open for every lane');
        $other->learn(['kind' => 'rate-limited', 'wait' => 1000]);
        Expect::same(0, ApiCalls::facts(1, Clock::now())['limited_until'], 'an answer of our own teaches nothing');
        InStep::later(31000, static function () use ($calls, $other): void {
            Expect::same(null, $calls->before(), 'one tries');
            Expect::same(429, $other->before()['status'] ?? 0, 'one only');
            $calls->learn(null);
            Expect::same(null, $other->before(), 'closed');
        });
    },
    'the hour’s calls: everything else stops in time, so that orders may still be sent (I2)' => static function (): void {
        global $wpdb;
        $wpdb->query($wpdb->prepare('INSERT INTO %i (connection_id, minute, calls) VALUES (1, %d, 4300)', Schema::table('api_call'), intdiv(Clock::now(), 60000) - 30));
        Expect::same(429, (new Calls(1, Lane::CATALOGUE, [Engine::class, 'call']))->before()['status'] ?? 0);
        Expect::same(null, (new Calls(1, Lane::ORDERS, [Engine::class, 'call']))->before());
        InStep::later(31 * MINUTE_MS, static function (): void {
            Expect::same(null, (new Calls(1, Lane::CATALOGUE, [Engine::class, 'call']))->before(), 'an hour later');
        });
    },
    'webhooks: one address a type is registered, other applications’ are kept, ours go and nobody else’s (I3, A6)' => static function () use ($clear, $hooks, $deleting, $foreign, $own): void {
        $id = InStep::shop(1);
        $list = [7 => $foreign, 8 => ['id' => 8, 'type' => 'order.update', 'url' => 'https://other.example/o', 'isActive' => true]];
        remove_all_filters('pre_http_request');
        Answers::prepare($hooks($list) + Answers::shop(1));
        $deleting($list);
        Webhooks::check((array) Connections::current());
        Expect::same(11, count($own($list)), implode(' ', $own($list)));
        Expect::same($own($list), array_values(array_unique($own($list))), 'one a type, the try taken away again');
        Expect::that(isset($list[7], $list[8]), 'others are kept');
        $before = $list;
        Webhooks::check((array) Connections::current());
        Expect::same($before, $list, 'all as it should be: nothing is done');
        // Stopped after an answer KiotViet did not like: made anew.
        foreach ($list as $key => $row) {
            $list[$key]['isActive'] = $row['type'] !== 'product.update';
        }
        Webhooks::check((array) Connections::current());
        Expect::same(11, count($own(array_filter($list, static function (array $row): bool {
            return $row['isActive'];
        }))));
        Webhooks::unregister((array) Connections::current());
        Expect::same([7, 8], array_keys($list));
        $clear();
    },
    'webhooks: a site that is disconnected while a worker registers them has none in the end, and other applications keep theirs (A6, I3)' => static function () use ($clear, $hooks, $deleting, $foreign, $own): void {
        foreach ([1, 4] as $at) {
            fresh();
            $id = InStep::shop(1);
            $list = [7 => $foreign];
            remove_all_filters('pre_http_request');
            Answers::prepare($hooks($list) + Answers::shop(1));
            $deleting($list);
            $posts = 0;
            add_filter('pre_http_request', static function ($given, array $arguments, string $url) use (&$posts, $at, $id) {
                if ($arguments['method'] === 'POST' && substr($url, -9) === '/webhooks' && ++$posts === $at) {
                    // The other request is over before this one's call has arrived.
                    (new \Dongbo\Control\Disconnect((array) Connections::find($id)))->carryOut(['forget_links' => false, 'trash_products' => false, 'remove_categories' => false]);
                }

                return $given;
            }, 1, 3);
            Webhooks::check((array) Connections::current());
            Expect::that($posts >= $at, "$posts were registered");
            Expect::same([[], [7]], [$own($list), array_keys($list)]);
            Expect::same(['closed', 0], [Connections::find($id)['state'], Hearing::of($id)['checked']]);
            $clear();
        }
    },
    'webhooks: where a second one replaces the first or is refused, nobody is evicted, it is said, and polls come sooner (I3)' => static function () use ($clear, $hooks, $deleting, $foreign, $own, $codes): void {
        foreach (['replaces', 'refused'] as $second) {
            fresh();
            $id = InStep::shop(1);
            $list = [7 => $foreign];
            remove_all_filters('pre_http_request');
            Answers::prepare($hooks($list, $second) + Answers::shop(1));
            $deleting($list);
            Webhooks::check((array) Connections::current());
            Expect::that(isset($list[7]), "$second: the other application keeps its own");
            Expect::same(10, count($own($list)), "$second: " . implode(' ', $own($list)));
            Expect::that(in_array('webhook-held', $codes($id), true), implode(' ', $codes($id)));
            $asked = InStep::asked(static function () use ($id): void {
                InStep::later(6 * MINUTE_MS, static function (): void {
                    InStep::wake();
                });
            });
            Expect::that((bool) preg_grep('~^/productOnHands~', $asked), 'after six minutes: ' . implode(' ', $asked));
            $clear();
        }
    },
    'nothing is registered and nothing asked on a copied site (A7)' => static function () use ($clear): void {
        $id = InStep::shop(1);
        Connections::update($id, ['home_mark' => str_repeat('0', 64)]);
        Runs::start($id, Lane::CATALOGUE, 'full');
        Expect::same([], InStep::asked([InStep::class, 'wake']));
        Expect::same(Slice::IDLE, Lane::slice(Lane::CATALOGUE, InStep::budget())->outcome);
        $clear();
    },
    'a refused token stops everything, says so and sends an e-mail (A3)' => static function () use ($clear): void {
        $id = InStep::shop(1);
        $mails = [];
        $catch = static function ($given, array $mail) use (&$mails) {
            $mails[] = $mail;

            return true;
        };
        add_filter('pre_wp_mail', $catch, 10, 2);
        remove_all_filters('pre_http_request');
        Answers::prepare(['/connect/token' => Answers::json(['error' => 'invalid_client'], 400)]);
        Runs::start($id, Lane::CATALOGUE, 'full');
        Lane::slice(Lane::CATALOGUE, InStep::budget());
        remove_filter('pre_wp_mail', $catch);
        Expect::same(['reconnect', 1], [Connections::current()['state'], count($mails)]);
        Expect::same([], InStep::asked([InStep::class, 'wake']));
        $clear();
    },
    'where a request holds more than 80 % of its memory from the start, that is said and tried again later, not for ever at once (I1)' => static function () use ($clear, $codes): void {
        $id = InStep::shop(1);
        Runs::start($id, Lane::CATALOGUE, 'full');
        $slice = Lane::slice(Lane::CATALOGUE, new Budget(20.0, memory_get_usage() - 1));
        Expect::same(Slice::WAITING, $slice->outcome);
        Expect::that($slice->until > Clock::now() + MINUTE_MS && in_array('memory-short', $codes($id), true), implode(' ', $codes($id)));
        Expect::same(Slice::MORE, Lane::slice(Lane::CATALOGUE, new Budget(2.0, memory_get_usage() + 100000000))->outcome, 'too little time is only for now');
        $clear();
    },
    'a run that is cut again and again at the same place for 15 minutes ends, says so, and a new one starts clean (I1)' => static function () use ($clear): void {
        $id = InStep::shop(1);
        $run = Runs::start($id, Lane::CATALOGUE, 'full');
        Runs::update($run, ['summary' => ['slices' => 5]]);
        InStep::later(16 * MINUTE_MS, static function () use ($run): void {
            Lane::slice(Lane::CATALOGUE, InStep::budget());
            Expect::same(['failed', 'run-stuck'], [Runs::find($run)['outcome'], Runs::find($run)['summary']['code']]);
        });
        $clear();
    },
    'how late this host rings is measured (I1, E7)' => static function (): void {
        Punctuality::forget();
        Punctuality::ring();
        InStep::later(16 * MINUTE_MS, static function (): void {
            Punctuality::ring();
            Expect::that(abs(Punctuality::seen()['delay'] - 15 * MINUTE_MS) < 3000, 'a quarter of an hour late');
            Expect::same('cron-late', Punctuality::issues()[0]['code']);
        });
        InStep::later(17 * MINUTE_MS, static function (): void {
            Punctuality::ring();
            Expect::same([], Punctuality::issues());
            Expect::that(Punctuality::worst() > 14 * MINUTE_MS, 'the worst of a day stays');
        });
        Punctuality::forget();
    },
];

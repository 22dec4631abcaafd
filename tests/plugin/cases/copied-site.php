<?php

declare(strict_types=1);

namespace Dongbo\PluginTests;

use Dongbo\Connection\Home;
use Dongbo\Connection\Secret;
use Dongbo\Lanes\Guard;
use Dongbo\Tables\Connections;

/** What happens while the site's address is another one. */
$at = static function (string $address, callable $work): void {
    $moved = static function (array $options) use ($address): array {
        return ['home' => $address] + $options;
    };
    add_filter('alloptions', $moved);
    try {
        $work();
    } finally {
        remove_filter('alloptions', $moved);
    }
};
$connected = static function (): int {
    $id = Connections::create(['pos' => 'kiotviet', 'shop' => 'myshop', 'secret' => Secret::seal('s'), 'home_mark' => Home::mark()]);
    Connections::activate($id);

    return $id;
};
$refusal = static function (int $id): ?string {
    return Guard::refusal((array) Connections::find($id));
};

return [
    'a copied database has another home mark, and a search-replace of the address does not hide it (A7)' => static function () use ($at): void {
        $mark = Home::mark();
        $home = preg_replace('~^https?://~', '', (string) get_option('home'));
        $at('https://staging.example.test', static function () use ($mark): void {
            Expect::that($mark !== Home::mark(), 'the mark of another address');
        });
        $at('https://www.' . $home . '/', static function () use ($mark): void {
            Expect::same($mark, Home::mark(), 'scheme, www and a slash do not count');
        });
        Expect::that(strpos($mark, 'http') === false && strlen($mark) === 64, 'no address in the mark');
    },
    'on a copied site everything pauses until an administrator says that this is the site now (A7)' => static function () use ($at, $connected, $refusal): void {
        $id = $connected();
        Expect::same(null, $refusal($id));
        $at('https://staging.example.test', static function () use ($id, $refusal): void {
            Expect::same('site-copied', $refusal($id));
            Guard::confirmSite($id);
            Expect::same(null, $refusal($id), 'confirmed');
        });
        Expect::same('site-copied', $refusal($id), 'now the old one is the copy');
    },
    'a key that was lost is told as such, not as a copied site (A2)' => static function () use ($connected, $refusal): void {
        $id = $connected();
        Connections::update($id, ['home_mark' => str_repeat('0', 64), 'secret' => 'v1:' . base64_encode(random_bytes(60))]);
        Expect::same('secret-lost', $refusal($id));
    },
    'a site that is not in production is paused until it is confirmed (A7)' => static function () use ($connected): void {
        $id = $connected();
        $code = 'echo json_encode([wp_get_environment_type(), Dongbo\Lanes\Guard::refusal(Dongbo\Tables\Connections::find(' . $id . '))]);';
        $staging = static function (string $code): array {
            return (array) json_decode(Child::wordpress($code, 'define("WP_ENVIRONMENT_TYPE", "staging");')['out'], true);
        };
        Expect::same(['staging', 'site-not-production'], $staging($code));
        Expect::same(['staging', null], $staging("Dongbo\\Lanes\\Guard::confirmSite($id); $code"), 'confirmed');
        Expect::same(null, Guard::refusal((array) Connections::find($id)), 'the same address in production is the same site');
    },
];

<?php

declare(strict_types=1);

namespace Dongbo\PluginTests;

use Dongbo\Connection\Connect;
use Dongbo\Connection\Secret;
use Dongbo\Connection\SecretLost;
use Dongbo\Tables\Connections;

return [
    'what was sealed can be opened, and looks different each time' => static function (): void {
        $sealed = Secret::seal('Mã bảo mật');
        Expect::same('Mã bảo mật', Secret::open($sealed));
        Expect::that($sealed !== Secret::seal('Mã bảo mật') && strpos($sealed, 'bảo') === false, 'the same twice, or readable');
    },
    'a changed byte, another form and an empty text are a lost secret, never garbage' => static function (): void {
        $sealed = Secret::seal('abc');
        $bytes = base64_decode(substr($sealed, 3));
        $bytes[-1] = chr(ord($bytes[-1]) ^ 1);
        foreach (['v1:' . base64_encode($bytes), 'v2:' . substr($sealed, 3), '', 'v1:', 'v1:***'] as $text) {
            Expect::throws(SecretLost::class, static function () use ($text): void {
                Secret::open($text);
            }, $text);
        }
    },
    'with another key in wp-config.php the secret is lost' => static function (): void {
        $child = Child::wordpress('echo Dongbo\Connection\Secret::seal("abc");', 'define("DONGBO_KEY", "one of its own");');
        Expect::same('v1:', substr($child['out'], 0, 3), $child['err']);
        Expect::throws(SecretLost::class, static function () use ($child): void {
            Secret::open($child['out']);
        });
    },
    'neither secret nor token stands readable in the database, nor in what the page shows' => static function (): void {
        global $wpdb;
        Answers::prepare(Answers::shop(1));
        Expect::same(null, Connect::to('https://MyShop.kiotviet.vn/man', 'my-client', 'my-very-own-secret', 1));
        $dump = json_encode($wpdb->get_results("SELECT * FROM {$wpdb->prefix}dongbo_connection"))
            . json_encode($wpdb->get_results("SELECT * FROM {$wpdb->prefix}dongbo_run"))
            . json_encode($wpdb->get_results("SELECT * FROM {$wpdb->prefix}dongbo_issue"))
            . json_encode($wpdb->get_results("SELECT * FROM {$wpdb->options} WHERE option_name LIKE '%dongbo%'"));
        Expect::that(strpos($dump, 'my-client') !== false, 'the client id is there');
        Expect::that(strpos($dump, 'my-very-own-secret') === false, 'the secret is readable in the database');
        Expect::that(strpos($dump, 'test-token') === false, 'the token is readable in the database');
        wp_set_current_user((int) get_users(['role' => 'administrator', 'number' => 1, 'fields' => 'ID'])[0]);
        $shown = (string) wp_json_encode(rest_do_request(new \WP_REST_Request('GET', '/dongbo/v1/status'))->get_data());
        wp_set_current_user(0);
        Expect::that(strpos($shown, 'my-client') !== false && strpos($shown, 'my-very-own-secret') === false, 'the screens are told the secret');
        Expect::same('myshop', (string) Connections::current()['shop']);
    },
];

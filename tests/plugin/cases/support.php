<?php

declare(strict_types=1);

namespace Dongbo\PluginTests;

use Dongbo\Admin\SiteHealth;
use Dongbo\Lanes\Alarm;
use Dongbo\Lanes\Log;
use Dongbo\Report\Checkup;
use Dongbo\Report\Scrubbed;
use Dongbo\Report\SupportBundle;
use Dongbo\Tables\Connections;

/** What nobody who helps may read. */
const PLANTED = ['very-secret', 'tok-3f9a8c77d1', 'lan.nguyen@example.com', '0912 345 678', '+84912345678', '84912345678', 'Nguyễn Thị Lan', 'Áo số 1'];

$planted = static function (): array {
    $connection = Shop::connected(['branches' => ['7'], 'shell' => ['email' => 'lan.nguyen@example.com']]);
    Connections::update($connection['id'], ['token' => 'tok-3f9a8c77d1']);
    Shop::synced($connection, [Shop::good('1')]);
    Alarm::raise($connection['id'], 'planted', [
        Alarm::issue('cron-late', 'notice', ['minutes' => '0912 345 678 lan.nguyen@example.com very-secret'], 'Nguyễn Thị Lan +84912345678'),
    ]);

    return (array) Connections::find($connection['id']);
};

$tests = static function (): array {
    // Each request looks once.
    $once = new \ReflectionProperty(Checkup::class, 'once');
    if (PHP_VERSION_ID < 80100) {
        $once->setAccessible(true);
    }
    $once->setValue(null, null);
    $found = [];
    foreach (SiteHealth::tests(['direct' => [], 'async' => []])['direct'] as $name => $test) {
        $found[substr($name, 7)] = $test['test']();
    }

    return $found;
};

return [
    'the support bundle holds what helps and neither a secret nor a person (I4)' => static function () use ($planted): void {
        $connection = $planted();
        $bundle = Ask::declaredRoute('GET', '/support');
        Expect::same('support', $bundle->dongbo);
        Expect::that($bundle->versions->rules !== '' && $bundle->tables->good >= 0 && count($bundle->checks) > 5, 'what helps');
        Expect::that(in_array('cron-late', array_column($bundle->issues, 'code'), true), 'what is open');
        $text = (string) wp_json_encode($bundle, JSON_UNESCAPED_UNICODE);
        foreach (array_merge(PLANTED, [$connection['client_id'] . '"', (string) $connection['secret'], 'myshop']) as $mark) {
            Expect::that(strpos($text, $mark) === false, "“{$mark}” stands in the bundle");
        }
        Expect::same([], array_values(array_filter(PLANTED, static function (string $mark): bool {
            return strpos(Child::wp('export', 'support')['out'], $mark) !== false;
        })), 'wp dongbo export support');
    },
    'what is logged is scrubbed and follows the chosen level (I4)' => static function () use ($planted): void {
        $planted();
        Expect::same('call [phone], write to [e-mail], token: [secret], Bearer [secret], code [secret]', Scrubbed::text('call 0912.345.678, write to a.b@example.co.uk, token: abcdefgh123, Bearer eyJhbGciOi.x-y, code very-secret'));
        Expect::same('SP000123 costs 1290000, id 2147483647, 2026-11-22', Scrubbed::text('SP000123 costs 1290000, id 2147483647, 2026-11-22'));
        $said = [];
        $listen = static function ($handlers) use (&$said): array {
            return [new class($said) implements \WC_Log_Handler_Interface {
                /** @var array<int, string> */
                private array $said;

                /** @param array<int, string> $said */
                public function __construct(array &$said)
                {
                    $this->said = &$said;
                }

                public function handle($timestamp, $level, $message, $context)
                {
                    $this->said[] = $level . ': ' . $message;

                    return true;
                }
            }];
        };
        if (!interface_exists('WC_Log_Handler_Interface')) {
            Log::error('the stand-in has no handlers: nothing may break');
            Log::info('nor here');
            Expect::that(true, 'reached');

            return;
        }
        add_filter('woocommerce_register_log_handlers', $listen);
        $logger = static function (): \WC_Logger {
            return new \WC_Logger();
        };
        add_filter('woocommerce_logging_class', $logger);
        Log::error('lost: very-secret of 0912345678');
        Log::info('not wanted by default');
        Connections::saveSettings(Connections::current()['id'], ['shell' => ['log_level' => 'info']]);
        Log::info('wanted');
        remove_filter('woocommerce_register_log_handlers', $listen);
        remove_filter('woocommerce_logging_class', $logger);
        Expect::same(['error: lost: [secret] of [phone]', 'info: wanted'], $said);
    },
    'Site Health tells each trouble with its remedy, and nothing of the shop (I4, A2, A7, E7)' => static function () use ($tests): void {
        $connection = Shop::connected();
        $good = $tests();
        Expect::same(['requirements', 'tables', 'rules', 'engine', 'connection', 'key', 'site', 'webhooks', 'jobs'], array_keys($good));
        Expect::same([], array_keys(array_filter($good, static function (array $test): bool {
            return $test['status'] !== 'good';
        })));
        Connections::update($connection['id'], ['home_mark' => 'of another address']);
        Expect::same(['critical', 'good'], [$tests()['site']['status'], $tests()['connection']['status']], 'a copied site');
        Connections::update($connection['id'], ['home_mark' => \Dongbo\Connection\Home::confirmed()]);
        Connections::setState($connection['id'], 'reconnect', 'token-refused');
        $lost = $tests()['connection'];
        Expect::that($lost['status'] === 'critical' && substr_count($lost['description'], '<p>') === 2, $lost['description']);
        Connections::setState($connection['id'], 'paused', 'secret-lost');
        Expect::same('critical', $tests()['key']['status']);
        Connections::setState($connection['id'], 'closed');
        Expect::same('recommended', $tests()['connection']['status'], 'nothing is broken before connecting');
    },
    'the debug section of Site Health names no shop and no secret (I4)' => static function () use ($planted): void {
        $planted();
        $section = SiteHealth::information([])['dongbo'];
        Expect::that(isset($section['fields']['plugin'], $section['fields']['rules'], $section['fields']['goods']), 'what helps');
        $text = (string) wp_json_encode($section, JSON_UNESCAPED_UNICODE);
        foreach (array_merge(PLANTED, ['myshop']) as $mark) {
            Expect::that(strpos($text, $mark) === false, $mark);
        }
    },
    'who was told that everything stopped is told that it goes on (A2)' => static function (): void {
        $mails = [];
        $catch = static function ($given, array $mail) use (&$mails) {
            $mails[] = [$mail['to'], strpos($mail['subject'], 'myshop') !== false];

            return true;
        };
        add_filter('pre_wp_mail', $catch, 10, 2);
        $connection = Shop::connected();
        Alarm::stop($connection['id'], 'reconnect', 'token-refused');
        Alarm::stop($connection['id'], 'reconnect', 'token-refused');
        Alarm::over($connection['id']);
        Connections::setState($connection['id'], 'active');
        Connections::saveSettings($connection['id'], ['shell' => ['email' => 'lan@example.com']]);
        Alarm::over($connection['id']);
        Connections::saveSettings($connection['id'], ['shell' => ['email' => 'lan@example.com', 'mail' => false]]);
        Alarm::over($connection['id']);
        remove_filter('pre_wp_mail', $catch);
        Expect::same([[get_option('admin_email'), true], ['lan@example.com', true]], $mails, 'once each, to the address of the settings, else to the administrator; none where mails are switched off');
    },
];

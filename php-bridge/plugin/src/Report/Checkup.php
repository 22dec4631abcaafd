<?php

declare(strict_types=1);

namespace Dongbo\Report;

use Dongbo\Activation\Requirements;
use Dongbo\Engine\Engine;
use Dongbo\Engine\RulesError;
use Dongbo\Lanes\Guard;
use Dongbo\Tables\Connections;
use Dongbo\Tables\Schema;
use Dongbo\Texts;

/** What can be wrong with this installation, each looked at (product.md I4): for `doctor`, Site Health and support. */
final class Checkup
{
    /** What a refusal of the connection is about, where it is not the connection itself. */
    private const ABOUT = ['secret-lost' => 'key', 'site-copied' => 'site', 'site-not-production' => 'site'];

    /** @var array<int, array{name: string, state: string, said: string, remedy: string}>|null */
    private static ?array $once = null;

    /** @return array<string, string> The questions, in the order in which they are asked. */
    public static function names(): array
    {
        return [
            'requirements' => __('PHP, WordPress and WooCommerce', 'dongbo'),
            'tables' => __('Tables', 'dongbo'),
            'rules' => __('Rules', 'dongbo'),
            'engine' => __('Transactions', 'dongbo'),
            'connection' => __('Connection', 'dongbo'),
            'key' => __('Key of the secret code', 'dongbo'),
            'site' => __('This site', 'dongbo'),
            'webhooks' => __('Notifications', 'dongbo'),
            'jobs' => __('Background jobs', 'dongbo'),
        ];
    }

    /** Whether there are tables to read. */
    public static function usable(): bool
    {
        return Requirements::unmet() === [] && Schema::ready();
    }

    /** @return array<int, array{name: string, state: string, said: string, remedy: string}> As {@see all}, looked at once a request. */
    public static function once(): array
    {
        return self::$once ?? self::$once = self::all();
    }

    /** @return array<int, array{name: string, state: string, said: string, remedy: string}> State: `good`, `warn`, `bad`. */
    public static function all(): array
    {
        $missing = Requirements::unmet();
        $checks = [self::check('requirements', $missing === [], __('PHP, WordPress and WooCommerce are new enough.', 'dongbo'), 'requirements-unmet', ['missing' => implode(' ', $missing)])];
        if ($missing !== []) {
            return $checks;
        }
        $checks[] = self::check('tables', Schema::ready(), __('The tables are of this version.', 'dongbo'), Schema::newer() ? 'schema-newer' : 'tables-unprepared', ['detail' => '']);
        if (!Schema::ready()) {
            return $checks;
        }
        $checks[] = self::rules();
        $checks[] = self::check('engine', self::innodb(), __('Dongbo’s tables keep transactions (InnoDB).', 'dongbo'), 'tables-not-innodb', [], 'warn');
        $connection = Connections::current();
        $checks = array_merge($checks, self::connection($connection));
        $late = Lateness::of();
        $checks[] = self::check('jobs', $late['cause'] === null, __('WordPress’s jobs run in time.', 'dongbo'), 'cron-late', ['minutes' => (string) intdiv($late['late_seconds'], 60)], 'warn');
        foreach ($connection === null ? [] : RunList::open($connection['id']) as $run) {
            $view = RunView::of($run);
            $state = in_array($view['state'], ['asked', 'stuck', 'paused'], true) ? 'warn' : 'good';
            $cause = $view['cause'] ?? ['sentence' => $view['words'], 'remedy' => ''];
            $checks[] = ['name' => 'run', 'state' => $state, 'said' => $view['state'] . ': ' . $cause['sentence'], 'remedy' => $cause['remedy']];
        }

        return $checks;
    }

    /**
     * @param array<string, mixed>|null $connection
     * @return array<int, array{name: string, state: string, said: string, remedy: string}>
     */
    private static function connection(?array $connection): array
    {
        $why = $connection === null ? 'not-connected' : Guard::refusal($connection);
        $about = self::ABOUT[(string) $why] ?? 'connection';
        $fine = [
            'connection' => __('The shop’s account in the POS takes this site’s questions.', 'dongbo'),
            'key' => __('The secret code can be read with this site’s key.', 'dongbo'),
            'site' => __('This is the site that was connected.', 'dongbo'),
        ];
        $checks = [];
        foreach ($fine as $name => $said) {
            $checks[] = self::check($name, $why === null || $name !== $about, $said, (string) $why);
        }
        $hooks = Hooks::state($connection);
        $checks[] = $hooks['cause'] === null
            ? ['name' => 'webhooks', 'state' => 'good', 'said' => __('Nothing stands in the way of the POS’s notifications; without them changes are asked for.', 'dongbo'), 'remedy' => '']
            : ['name' => 'webhooks', 'state' => 'warn', 'said' => $hooks['cause']['sentence'], 'remedy' => $hooks['cause']['remedy']];

        return $checks;
    }

    /** @return array{name: string, state: string, said: string, remedy: string} */
    private static function rules(): array
    {
        try {
            $version = (string) (Engine::call('version', [])['rules'] ?? '');

            /* translators: %s: a version. */
            return ['name' => 'rules', 'state' => 'good', 'said' => sprintf(__('The rules are version %s.', 'dongbo'), $version), 'remedy' => ''];
        } catch (RulesError $error) {
            return ['name' => 'rules', 'state' => 'bad', 'said' => Texts::sentence($error->code(), $error->params()), 'remedy' => Texts::remedy($error->code(), $error->params())];
        }
    }

    private static function innodb(): bool
    {
        global $wpdb;
        $engine = $wpdb->get_var($wpdb->prepare('SELECT ENGINE FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = %s', Schema::table('run')));

        return strtolower((string) $engine) === 'innodb';
    }

    /**
     * @param array<string, string> $params
     * @return array{name: string, state: string, said: string, remedy: string}
     */
    private static function check(string $name, bool $good, string $said, string $code, array $params = [], string $bad = 'bad'): array
    {
        if ($good) {
            return ['name' => $name, 'state' => 'good', 'said' => $said, 'remedy' => ''];
        }
        $list = [];
        foreach ($params as $param => $value) {
            $list[] = ['name' => $param, 'value' => $value];
        }

        return ['name' => $name, 'state' => $bad, 'said' => Texts::sentence($code, $list), 'remedy' => Texts::remedy($code, $list)];
    }
}

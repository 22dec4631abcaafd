<?php

declare(strict_types=1);

namespace Dongbo\PluginTests;

/** @return array<string, string> Every route of the server, `METHOD /path` by its own pattern. */
$registered = static function (): array {
    $routes = [];
    foreach (rest_get_server()->get_routes('dongbo/v1') as $pattern => $handlers) {
        foreach ($handlers as $handler) {
            foreach (array_keys(array_filter($handler['methods'])) as $method) {
                $path = (string) preg_replace('~\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)~', '{$1}', substr($pattern, strlen('/dongbo/v1')));
                $routes["$method $path"] = $pattern;
            }
        }
    }
    unset($routes['GET ']);

    return $routes;
};

/** What a route needs to get past its own schema. */
$given = [
    'POST /runs' => ['kind' => 'full'],
    'POST /goods/bulk' => ['action' => 'sync', 'ids' => ['1']],
    'POST /orders/bulk' => ['action' => 'retry', 'ids' => [1]],
    'POST /goods/{id}/link' => ['shop_id' => 1],
    'POST /links/import' => ['csv' => ''],
    'GET /moving/proposal' => ['part' => 'goods'],
    'POST /moving/accept' => ['part' => 'goods'],
    'POST /orders/bulk' => ['action' => 'send', 'ids' => [1]],
    'POST /customers/send' => ['ids' => [1]],
    'POST /customers/link' => ['user' => 1, 'customer' => '1'],
    'PUT /settings' => ['values' => ['automatic' => true]],
    'POST /settings/check' => ['values' => ['automatic' => true]],
    'POST /settings/import' => ['file' => ['dongbo' => 'settings', 'version' => 1, 'settings' => ['automatic' => true]]],
    'POST /connection/test' => ['address' => 'no shop!'],
    'POST /connection/connect' => ['address' => 'no shop!'],
    'POST /preview/apply' => ['rules_version' => '0', 'made' => 0, 'families' => [['family' => '1', 'hash' => '1']]],
];

$path = static function (string $route): array {
    [$method, $path] = explode(' ', $route, 2);

    return [$method, str_replace('{id}', '1', $path)];
};

return [
    'every route is declared in rest.d.ts, and what is declared exists (I4)' => static function () use ($registered): void {
        $declared = array_keys(Ask::declared()->routes());
        $real = array_filter(array_keys($registered()), static function (string $route): bool {
            return strpos($route, '/webhook/') === false;
        });
        Expect::same([], array_values(array_diff($real, $declared)), 'not declared');
    },
    'a visitor and a customer get nothing from any route, a shop manager nothing that changes the connection (I4)' => static function () use ($registered, $given, $path): void {
        foreach (array_keys($registered()) as $route) {
            if (strpos($route, '/webhook/') !== false) {
                continue;
            }
            [$method, $place] = $path($route);
            $owner = strpos($route, '/connection/') !== false;
            foreach (['' => 401, 'customer' => 403, 'shop_manager' => $owner ? 403 : 0] as $role => $status) {
                Ask::as((string) $role);
                $answer = Ask::route($method, $place, $given[$route] ?? []);
                if ($status !== 0) {
                    Expect::same($status, $answer['status'], "$route as '$role'");
                    Expect::that(($answer['body']->message ?? '') !== '' && ($answer['body']->data->remedy ?? '') !== '', "$route as '$role' says neither why nor what to do");
                } else {
                    Expect::that(!in_array($answer['status'], [401, 403], true), "$route as a shop manager: {$answer['status']}");
                }
            }
        }
    },
    'before anything is connected every refusal has a sentence and a remedy (Q4)' => static function () use ($registered, $given, $path): void {
        Ask::as('administrator');
        foreach (array_keys($registered()) as $route) {
            if (strpos($route, '/webhook/') !== false) {
                continue;
            }
            [$method, $place] = $path($route);
            $answer = Ask::route($method, $place, $given[$route] ?? []);
            if ($answer['status'] >= 400) {
                $message = (string) ($answer['body']->message ?? '');
                Expect::that($message !== '' && $message !== ($answer['body']->code ?? ''), "$route: no sentence in " . json_encode($answer['body']));
                Expect::that(($answer['body']->data->remedy ?? '') !== '', "$route: no remedy in " . json_encode($answer['body']));
            } else {
                Expect::same(200, $answer['status'], $route);
            }
        }
    },
    'what is not of the form is refused by name, with a remedy' => static function (): void {
        Ask::as('shop_manager');
        foreach ([['GET', '/issues', ['per_page' => 1000]], ['GET', '/issues', ['severity' => 'grave']], ['POST', '/runs', ['kind' => 'everything']], ['GET', '/history', ['from' => 'yesterday']]] as [$method, $place, $odd]) {
            $answer = Ask::route($method, $place, $odd);
            Expect::same(400, $answer['status'], $place . json_encode($odd));
            Expect::that(($answer['body']->data->remedy ?? '') !== '', $place);
        }
    },
    'nothing but REST takes orders: no ajax, no admin-post, no action by address is registered (I4)' => static function (): void {
        global $wp_filter;
        $found = [];
        foreach ($wp_filter as $hook => $callbacks) {
            if (preg_match('/^(wp_ajax_|admin_post_|admin_action_|wc_ajax_|woocommerce_api_)/', (string) $hook) !== 1) {
                continue;
            }
            foreach ($callbacks->callbacks as $level) {
                foreach ($level as $callback) {
                    $function = $callback['function'];
                    $class = is_array($function) ? (is_object($function[0]) ? get_class($function[0]) : (string) $function[0]) : (is_string($function) ? $function : '');
                    if (strpos($class, 'Dongbo\\') === 0) {
                        $found[] = "$hook: $class";
                    }
                }
            }
        }
        Expect::same([], $found);
    },
];

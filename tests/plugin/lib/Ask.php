<?php

declare(strict_types=1);

namespace Dongbo\PluginTests;

/** Asks routes as WordPress does for a request from outside, without a socket in between. */
final class Ask
{
    private static ?Declared $declared = null;

    /** Every statement of the last answer. */
    public static int $statements = 0;

    public static function declared(): Declared
    {
        if (self::$declared === null) {
            self::$declared = new Declared((string) file_get_contents(dirname(__DIR__, 3) . '/js/admin/rest.d.ts'));
        }

        return self::$declared;
    }

    /**
     * @param array<string, mixed> $given
     * @return array{status: int, body: mixed, headers: array<string, string>}
     */
    public static function route(string $method, string $path, array $given = []): array
    {
        global $wpdb;
        $request = new \WP_REST_Request($method, '/dongbo/v1' . $path);
        if ($method === 'GET') {
            $request->set_query_params(array_map(static function ($value) {
                return is_bool($value) ? ($value ? 'true' : 'false') : (is_int($value) ? (string) $value : $value);
            }, $given));
        } else {
            $request->set_header('Content-Type', 'application/json');
            $request->set_body((string) json_encode((object) $given, JSON_UNESCAPED_UNICODE));
        }
        $server = rest_get_server();
        $before = $wpdb->num_queries;
        $response = $server->dispatch($request);
        self::$statements = $wpdb->num_queries - $before;

        return [
            'status' => $response->get_status(),
            'body' => json_decode((string) wp_json_encode($server->response_to_data($response, false))),
            'headers' => $response->get_headers(),
        ];
    }

    /**
     * An answer that must be as `rest.d.ts` says.
     *
     * @param array<string, mixed> $given
     * @return mixed The body.
     */
    public static function declaredRoute(string $method, string $path, array $given = [], string $declared = '')
    {
        $answer = self::route($method, $path, $given);
        $name = $method . ' ' . ($declared === '' ? $path : $declared);
        Expect::same(200, $answer['status'], $name . ' ' . json_encode($answer['body'], JSON_UNESCAPED_UNICODE));
        $type = self::declared()->routes()[$name]['answer'] ?? null;
        Expect::that($type !== null, "$name is not declared in rest.d.ts");
        Expect::same([], self::declared()->faults($answer['body'], (array) $type), $name);

        return $answer['body'];
    }

    /** Makes somebody with this role the current user; '' for a visitor. */
    public static function as(string $role): int
    {
        if ($role === '') {
            wp_set_current_user(0);

            return 0;
        }
        $user = get_user_by('login', 'dongbo-' . $role);
        $id = $user instanceof \WP_User ? $user->ID : wp_insert_user(['user_login' => 'dongbo-' . $role, 'user_pass' => wp_generate_password(), 'role' => $role, 'user_email' => "$role@example.test"]);
        if (is_wp_error($id)) {
            throw new \RuntimeException($id->get_error_message());
        }
        wp_set_current_user((int) $id);

        return (int) $id;
    }
}

<?php

declare(strict_types=1);

namespace Dongbo\Rest;

use Dongbo\Lanes\Wake;
use Dongbo\Tables\Clock;
use Dongbo\Tables\Hearing;
use Dongbo\Tables\Inbox;
use Dongbo\Tables\Schema;

/**
 * Where the POS's notifications come in (I3): stored byte by byte first, answered at once, worked
 * on in the background. Always 200: a 4xx would end delivery for good (kiotviet-api.md §9.6); only
 * when the body could not be stored a 500 asks for another delivery. Neither the rules nor
 * WooCommerce are asked anything here.
 */
final class WebhookRoute
{
    private const PATH = '/webhook/(?P<connection>\d+)/(?P<type>[a-z.]+)/(?P<key>[0-9a-f]{32})(?:/probe)?';

    /** Larger than any batch KiotViet sends; more is not kept. */
    private const LARGEST = 8388608;

    public static function register(): void
    {
        register_rest_route('dongbo/v1', self::PATH, [
            'methods' => 'POST',
            'callback' => [self::class, 'take'],
            // Who may deliver is told by the address's secret part and the signature.
            'permission_callback' => '__return_true',
        ]);
        add_filter('rest_pre_dispatch', [self::class, 'unread'], 10, 3);
    }

    /**
     * WordPress answers 400 to JSON that PHP cannot read (half an emoji is enough), before anything of
     * this class runs. The rules read more kinds of JSON than PHP does, so it is kept from trying.
     *
     * @param mixed $answer Passed on.
     * @return mixed
     */
    public static function unread($answer, \WP_REST_Server $server, \WP_REST_Request $request)
    {
        if (strpos($request->get_route(), '/dongbo/v1/webhook/') === 0) {
            $request->set_header('Content-Type', 'application/octet-stream');
        }

        return $answer;
    }

    /** Where this connection's notifications are delivered to; type and key follow. */
    public static function address(int $connection): string
    {
        return self::base() . $connection . '/';
    }

    /** What every address of this site's webhooks begins with. */
    public static function base(): string
    {
        return rest_url('dongbo/v1/webhook/');
    }

    public static function take(\WP_REST_Request $request): \WP_REST_Response
    {
        $received = Clock::now();
        $connection = (int) $request['connection'];
        $body = (string) $request->get_body();
        $hearing = Schema::ready() ? Hearing::of($connection) : null;
        if ($hearing === null || !hash_equals($hearing['path_key'], (string) $request['key']) || strlen($body) > self::LARGEST) {
            return new \WP_REST_Response(['ok' => true]);
        }
        $type = (string) $request['type'];
        $signature = (string) $request->get_header('X-Hub-Signature');
        try {
            $new = Inbox::store($connection, self::delivery($type, $body), $type, $signature, $body, $received);
        } catch (\Throwable $refused) {
            return new \WP_REST_Response(['ok' => false], 500);
        }
        if ($new) {
            Wake::soonAfterAnswer();
        }

        return new \WP_REST_Response(['ok' => true]);
    }

    /**
     * What tells a delivery from others: the POS's id. Bodies without one (what was deleted) may come
     * twice; working on them twice does no harm.
     */
    private static function delivery(string $type, string $body): string
    {
        $decoded = json_decode($body, true, 64, JSON_INVALID_UTF8_SUBSTITUTE);
        $id = is_array($decoded) ? array_change_key_case($decoded, CASE_LOWER)['id'] ?? null : null;

        return md5($type . '|' . (is_scalar($id) && $id !== '' ? 'id ' . $id : 'no id ' . bin2hex(random_bytes(16))));
    }
}

<?php

declare(strict_types=1);

namespace Dongbo\Rest;

use Dongbo\Activation\Requirements;
use Dongbo\Engine\RulesError;
use Dongbo\Lanes\FenceLost;
use Dongbo\Lanes\TransactionLost;
use Dongbo\Tables\Schema;
use Dongbo\Texts;

/**
 * What every route of `dongbo/v1` has in common (product.md I4): who may ask, the form of what is
 * given (a REST args schema, checked by WordPress), and errors with a sentence and a remedy.
 */
final class Route
{
    public const SPACE = 'dongbo/v1';

    /** The daily work. */
    public const DAILY = 'manage_woocommerce';

    /** What touches credentials and the connection itself. */
    public const OWNER = 'manage_options';

    /** A POS id or `shop-<id>`, as it stands in a path. */
    public const ID = '(?P<id>[A-Za-z0-9_.|-]{1,80})';

    /** A row's number. */
    public const NUMBER = '(?P<id>\d{1,18})';

    /**
     * @param callable                             $work Given the Call; what it gives is the answer.
     * @param array<string, array<string, mixed>> $args
     */
    public static function add(string $method, string $path, callable $work, array $args = [], string $capability = self::DAILY): void
    {
        register_rest_route(self::SPACE, $path, [
            'methods' => $method,
            'args' => $args,
            'permission_callback' => static function () use ($capability) {
                return self::allowed($capability);
            },
            'callback' => static function (\WP_REST_Request $request) use ($work) {
                return self::answer($work, $request);
            },
        ]);
    }

    /**
     * The arguments of a list.
     *
     * @param array<string, array<string, mixed>> $more
     * @return array<string, array<string, mixed>>
     */
    public static function listArgs(array $more = []): array
    {
        return [
            'page' => ['type' => 'integer', 'minimum' => 1, 'maximum' => 100000, 'default' => 1],
            'per_page' => ['type' => 'integer', 'minimum' => 1, 'maximum' => 100, 'default' => 20],
            'search' => ['type' => 'string', 'maxLength' => 200, 'default' => ''],
        ] + $more;
    }

    /**
     * WordPress's own refusals (an unknown value, no permission) get a remedy too.
     *
     * @param mixed            $answer
     * @param array<mixed>     $handler
     * @param \WP_REST_Request $request
     * @return mixed
     */
    public static function withRemedy($answer, $handler, $request)
    {
        if (!is_wp_error($answer) || strpos((string) $request->get_route(), '/' . self::SPACE . '/') !== 0) {
            return $answer;
        }
        $data = (array) $answer->get_error_data();
        if (!isset($data['remedy'])) {
            $known = (string) $answer->get_error_code() === 'rest_cookie_invalid_nonce' ? 'page-outdated' : 'request-odd';
            $answer->add_data(['remedy' => Texts::remedy($known)] + $data);
        }

        return $answer;
    }

    /** @return true|\WP_Error */
    private static function allowed(string $capability)
    {
        if (current_user_can($capability)) {
            return true;
        }
        $code = is_user_logged_in() ? ($capability === self::OWNER ? 'administrators-only' : 'not-allowed') : 'not-logged-in';

        return (new Refusal($code, rest_authorization_required_code()))->asError();
    }

    /** @return \WP_REST_Response|\WP_Error */
    private static function answer(callable $work, \WP_REST_Request $request)
    {
        try {
            self::prepare();
            $answer = $work(new Call($request));
        } catch (Refusal $refusal) {
            return $refusal->asError();
        } catch (RulesError $error) {
            return (new Refusal($error->code(), 500, array_column($error->params(), 'value', 'name')))->asError();
        } catch (TransactionLost $lost) {
            return (new Refusal('database-busy', 503))->asError();
        } catch (FenceLost $lost) {
            return (new Refusal('run-busy', 503))->asError();
        }

        return $answer instanceof Page ? $answer->response() : rest_ensure_response($answer);
    }

    /** @throws Refusal When Dongbo cannot work here at all (A11). */
    private static function prepare(): void
    {
        $missing = Requirements::unmet();
        if ($missing !== []) {
            throw new Refusal('requirements-unmet', 503, ['missing' => implode(' ', $missing)]);
        }
        if (Schema::newer()) {
            throw new Refusal('schema-newer', 503);
        }
        $trouble = Schema::ready() ? '' : Schema::migrate();
        if ($trouble !== '') {
            throw new Refusal('tables-unprepared', 503, ['detail' => $trouble]);
        }
    }
}

<?php

declare(strict_types=1);

namespace Dongbo\Rest;

use Dongbo\Connection\Connect;
use Dongbo\Control\Disconnect;
use Dongbo\Control\SettingChoices;
use Dongbo\Lanes\Guard;
use Dongbo\Lanes\Wake;
use Dongbo\Report\Overview;
use Dongbo\Report\Said;

/** `/connection`: test, connect, disconnect, "this is the site now" (product.md A2, A6, A7). Administrators only. */
final class ConnectionResource
{
    /** Beside which field a cause belongs. */
    private const FIELDS = [
        'shop-address-empty' => 'address', 'shop-address-odd' => 'address', 'shop-mismatch' => 'address', 'shop-name-invalid' => 'address', 'shop-fnb' => 'address',
        'client-id-missing' => 'client_id', 'credentials-wrong' => 'client_id',
        'secret-missing' => 'secret', 'secret-lost' => 'secret',
    ];

    public static function register(): void
    {
        $given = [
            'address' => ['type' => 'string', 'maxLength' => 300, 'required' => true],
            'client_id' => ['type' => 'string', 'maxLength' => 191, 'default' => ''],
            'client_secret' => ['type' => 'string', 'maxLength' => 500, 'default' => ''],
        ];
        foreach (['test', 'connect'] as $action) {
            Route::add('POST', '/connection/' . $action, static function (Call $call): array {
                return self::connect($call);
            }, $given, Route::OWNER);
        }
        $flag = ['type' => 'boolean', 'default' => false];
        Route::add('POST', '/connection/disconnect', static function (Call $call): array {
            $disconnect = new Disconnect($call->connection());
            $wanted = ['forget_links' => $call->flag('forget_links'), 'trash_products' => $call->flag('trash_products'), 'remove_categories' => $call->flag('remove_categories')];

            return $call->flag('dry') ? $disconnect->plan($wanted) : $disconnect->carryOut($wanted);
        }, ['dry' => $flag, 'forget_links' => $flag, 'trash_products' => $flag, 'remove_categories' => $flag], Route::OWNER);
        Route::add('POST', '/connection/confirm-site', static function (Call $call): array {
            Guard::confirmSite($call->connection()['id']);
            Wake::heal();

            return Overview::now();
        }, [], Route::OWNER);
    }

    /**
     * A test that succeeds is a connection: what was typed is kept when it works, and an older one stays
     * as it was when it does not ({@see Connect}).
     *
     * @return array<string, mixed> `Tested` of js/admin/rest.d.ts.
     */
    private static function connect(Call $call): array
    {
        $why = Connect::to($call->text('address'), $call->text('client_id'), $call->text('client_secret'), get_current_user_id());
        if ($why !== null) {
            return ['connected' => false, 'field' => self::FIELDS[$why['code']] ?? '', 'cause' => Said::of($why['code'], $why['params']), 'shop' => '', 'branches' => []];
        }
        $connection = $call->connection();
        Wake::heal();

        return ['connected' => true, 'field' => '', 'cause' => null, 'shop' => (string) $connection['shop'], 'branches' => SettingChoices::all($connection['id'])['branches']];
    }
}

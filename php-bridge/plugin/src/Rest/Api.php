<?php

declare(strict_types=1);

namespace Dongbo\Rest;

/** Every resource of `dongbo/v1`. Loaded on `rest_api_init` only. */
final class Api
{
    private const RESOURCES = [
        StatusResource::class,
        RunsResource::class,
        GoodsResource::class,
        LinksResource::class,
        MovingResource::class,
        DriftResource::class,
        SettingsResource::class,
        PreviewResource::class,
        PreflightResource::class,
        ConnectionResource::class,
        OrdersResource::class,
        CustomersResource::class,
        PushResource::class,
        IssuesResource::class,
        HistoryResource::class,
        SupportResource::class,
        WebhookRoute::class,
    ];

    public static function register(): void
    {
        foreach (self::RESOURCES as $resource) {
            $resource::register();
        }
        add_filter('rest_request_after_callbacks', [Route::class, 'withRemedy'], 10, 3);
    }
}

<?php

declare(strict_types=1);

namespace Dongbo;

/** Names for people of what is asked of the POS: the rules name lists by code (src/run/steps.rs). */
final class ListNames
{
    /** A part of a run that is no list is named as its phase; anything else as it is: a good's code, a branch's number. */
    public static function of(string $list): string
    {
        return self::names()[$list] ?? Texts::sentence($list);
    }

    /** @return array<string, string> */
    private static function names(): array
    {
        return [
            'connecting' => __('Connection', 'dongbo'),
            'branches' => __('Branches', 'dongbo'),
            'settings' => __('KiotViet’s settings', 'dongbo'),
            'categories' => __('Categories', 'dongbo'),
            'books' => __('Price books', 'dongbo'),
            'prices' => __('Prices', 'dongbo'),
            'goods' => __('Goods', 'dongbo'),
            'stocks' => __('Stock', 'dongbo'),
            'orders' => __('Orders', 'dongbo'),
            'invoices' => __('Invoices', 'dongbo'),
            'channels' => __('Sale channels', 'dongbo'),
            'sellers' => __('Sellers', 'dongbo'),
            'accounts' => __('Bank accounts', 'dongbo'),
            'groups' => __('Customer groups', 'dongbo'),
            'customers' => __('Customers', 'dongbo'),
            'webhook' => __('Messages from KiotViet', 'dongbo'),
            'clock' => __('The website’s clock', 'dongbo'),
            'cron' => __('Background jobs', 'dongbo'),
            'memory' => __('Memory', 'dongbo'),
            'time' => __('Time for one request', 'dongbo'),
            'host' => __('The website’s host', 'dongbo'),
        ];
    }
}

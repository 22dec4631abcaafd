<?php

declare(strict_types=1);

namespace Dongbo\Privacy;

use Dongbo\Tables\Query;
use Dongbo\Tables\Schema;

/**
 * What Dongbo keeps of a person (product.md I5): by the orders with their e-mail address, by their
 * account, and by customers of the POS that are linked with it or have the same address.
 */
final class Person
{
    /** Orders looked at by one request of WordPress's tools. */
    public const ORDERS = 50;

    private string $email;
    private int $user;

    public function __construct(string $email)
    {
        $this->email = trim($email);
        $user = $this->email === '' ? false : get_user_by('email', $this->email);
        $this->user = $user instanceof \WP_User ? $user->ID : 0;
    }

    /** @return array<int, \WC_Order> Their orders by id, a page of them. */
    public function orders(int $page): array
    {
        $orders = [];
        if ($this->email === '') {
            return [];
        }
        // Written by this address, or by the account that has it.
        $found = wc_get_orders(['customer' => array_merge([$this->email], $this->user > 0 ? [$this->user] : []), 'limit' => self::ORDERS, 'page' => $page, 'orderby' => 'ID', 'order' => 'ASC']);
        foreach (is_array($found) ? $found : [] as $order) {
            if ($order instanceof \WC_Order) {
                $orders[$order->get_id()] = $order;
            }
        }

        return $orders;
    }

    /** @return array<int, \stdClass> Customers of the POS: `connection_id`, `remote_id`, `row`. */
    public function customers(): array
    {
        global $wpdb;
        if ($this->email === '' || !in_array('customer', Schema::tables(), true)) {
            return [];
        }
        $sql = 'SELECT DISTINCT c.connection_id, c.remote_id, c.`row` FROM %i c
            LEFT JOIN %i l ON l.connection_id = c.connection_id AND l.remote_id = c.remote_id
            WHERE c.email_key = %s OR (l.user_id = %d AND l.user_id > 0)';

        return (array) $wpdb->get_results($wpdb->prepare($sql, Schema::table('customer'), Schema::table('customer_link'), mb_strtolower($this->email), $this->user));
    }

    /** @return array<int, \stdClass> Links of their account: `id`, `connection_id`, `remote_id`, `fields`. */
    public function links(): array
    {
        global $wpdb;

        return $this->user === 0 ? [] : (array) $wpdb->get_results($wpdb->prepare('SELECT id, connection_id, remote_id, fields FROM %i WHERE user_id = %d', Schema::table('customer_link'), $this->user));
    }

    /**
     * Rows about these orders.
     *
     * @param int[] $orders
     * @return array<int, \stdClass>
     */
    public static function rows(string $table, string $columns, array $orders): array
    {
        global $wpdb;
        if ($orders === []) {
            return [];
        }

        // phpcs:ignore WordPress.DB.PreparedSQL -- columns of the callers' own.
        return (array) $wpdb->get_results($wpdb->prepare("SELECT $columns FROM %i WHERE order_id IN (" . Query::places(count($orders), '%d') . ')', Schema::table($table), ...$orders));
    }

    /**
     * What stands for this person in texts: long enough not to be met by chance.
     *
     * @param array<int, \WC_Order> $orders
     * @return string[]
     */
    public function words(array $orders): array
    {
        $words = [$this->email];
        foreach ($orders as $order) {
            array_push($words, $order->get_formatted_billing_full_name(), $order->get_formatted_shipping_full_name(), $order->get_billing_phone(), $order->get_billing_email(), $order->get_billing_address_1(), $order->get_shipping_address_1());
        }
        foreach ($this->customers() as $customer) {
            $row = (array) json_decode((string) $customer->row, true);
            array_push($words, $row['name'] ?? '', $row['phone'] ?? '', $row['second_phone'] ?? '', $row['email'] ?? '', $row['address'] ?? '');
        }
        $words = array_unique(array_filter(array_map(static function ($word): string {
            return trim((string) $word);
        }, $words), static function (string $word): bool {
            return mb_strlen($word) >= 3;
        }));
        usort($words, static function (string $a, string $b): int {
            return strlen($b) <=> strlen($a);
        });

        return $words;
    }
}

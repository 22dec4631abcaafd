<?php

declare(strict_types=1);

namespace Dongbo\Privacy;

/** Tells a person what Dongbo keeps of them (product.md I5), through WordPress's own tool. */
final class Exporter
{
    /**
     * @param mixed $exporters
     * @return array<string, mixed>
     */
    public static function add($exporters): array
    {
        return (array) $exporters + ['dongbo' => ['exporter_friendly_name' => __('Dongbo: what was sent to the POS', 'dongbo'), 'callback' => [self::class, 'export']]];
    }

    /**
     * @param mixed $email
     * @param mixed $page
     * @return array{data: array<int, array<string, mixed>>, done: bool}
     */
    public static function export($email, $page = 1): array
    {
        $person = new Person((string) $email);
        $orders = $person->orders((int) $page);
        $data = array_merge(self::orders(array_keys($orders)), (int) $page === 1 ? self::customers($person) : []);

        return ['data' => $data, 'done' => count($orders) < Person::ORDERS];
    }

    /**
     * @param int[] $orders
     * @return array<int, array<string, mixed>>
     */
    private static function orders(array $orders): array
    {
        $told = [];
        foreach (Person::rows('outbox', 'order_id, label, state', $orders) as $row) {
            $told[(int) $row->order_id][] = ['name' => __('Listed as', 'dongbo'), 'value' => (string) $row->label];
        }
        foreach (Person::rows('order_link', 'order_id, code, customer_id, sent', $orders) as $row) {
            $told[(int) $row->order_id][] = ['name' => __('Order in the POS', 'dongbo'), 'value' => (string) $row->code];
            $told[(int) $row->order_id][] = ['name' => __('Customer in the POS', 'dongbo'), 'value' => (string) $row->customer_id];
            $told[(int) $row->order_id][] = ['name' => __('What was sent', 'dongbo'), 'value' => (string) $row->sent];
        }
        $items = [];
        foreach ($told as $order => $data) {
            $items[] = [
                'group_id' => 'dongbo-orders',
                'group_label' => __('Orders sent to the point-of-sale system', 'dongbo'),
                'item_id' => "dongbo-order-$order",
                'data' => array_merge([['name' => __('Order', 'dongbo'), 'value' => (string) $order]], array_values(array_filter($data, static function (array $one): bool {
                    return $one['value'] !== '';
                }))),
            ];
        }

        return $items;
    }

    /** @return array<int, array<string, mixed>> */
    private static function customers(Person $person): array
    {
        $names = ['name' => __('Name', 'dongbo'), 'phone' => __('Phone', 'dongbo'), 'second_phone' => __('Second phone', 'dongbo'), 'email' => __('E-mail', 'dongbo'), 'address' => __('Address', 'dongbo'), 'ward' => __('Ward', 'dongbo'), 'location' => __('District and province', 'dongbo'), 'company' => __('Company', 'dongbo'), 'tax_code' => __('Tax code', 'dongbo')];
        $items = [];
        foreach ($person->customers() as $customer) {
            $data = [['name' => __('Customer in the POS', 'dongbo'), 'value' => (string) $customer->remote_id]];
            $row = (array) json_decode((string) $customer->row, true);
            foreach (array_intersect_key($names, array_filter($row)) as $field => $name) {
                $data[] = ['name' => $name, 'value' => (string) $row[$field]];
            }
            $items[] = ['group_id' => 'dongbo-customers', 'group_label' => __('Customer of the point-of-sale system', 'dongbo'), 'item_id' => 'dongbo-customer-' . $customer->remote_id, 'data' => $data];
        }

        return $items;
    }
}

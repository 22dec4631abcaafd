<?php

declare(strict_types=1);

namespace Dongbo\Control;

use Dongbo\Tables\Rows;

/** What there is to choose from: lists of the POS's mirror and of the shop. */
final class SettingChoices
{
    /** @return array<string, array<int, array<string, mixed>>> Choices by list. */
    public static function all(int $connection): array
    {
        return [
            'branches' => self::mirrored($connection, 'branches'),
            'books' => self::mirrored($connection, 'books'),
            'categories' => self::mirrored($connection, 'categories'),
            'channels' => self::mirrored($connection, 'channels'),
            'sellers' => self::mirrored($connection, 'sellers'),
            'accounts' => self::mirrored($connection, 'accounts'),
            'groups' => self::mirrored($connection, 'groups'),
            'places' => self::named(self::places()),
            'terms' => self::terms(),
            'tax_classes' => self::named(class_exists('WC_Tax') ? array_combine(\WC_Tax::get_tax_class_slugs(), \WC_Tax::get_tax_classes()) ?: [] : []),
            'roles' => self::named(array_map('translate_user_role', wp_roles()->get_names())),
            'order_statuses' => self::named(self::statuses()),
            'payment_methods' => self::named(self::payments()),
        ];
    }

    /** @return array<int, array<string, mixed>> */
    private static function mirrored(int $connection, string $list): array
    {
        $choices = [];
        foreach (Rows::all($connection, $list) as $row) {
            $choice = ['id' => (string) $row['id'], 'name' => (string) ($row['name'] ?? $row['id']), 'active' => (bool) ($row['active'] ?? true)];
            if (isset($row['parent_id'])) {
                $choice['parent'] = (string) $row['parent_id'];
            }
            if ($list === 'books') {
                $choice += ['start' => $row['start'] ?? null, 'end' => $row['end'] ?? null, 'groups' => !empty($row['limited_to_groups']), 'sellers' => !empty($row['limited_to_sellers'])];
            }
            $choices[] = $choice;
        }

        return $choices;
    }

    /** @return array<int, array<string, mixed>> */
    private static function terms(): array
    {
        $terms = get_terms(['taxonomy' => 'product_cat', 'hide_empty' => false, 'number' => 2000, 'orderby' => 'name']);
        $choices = [];
        foreach (is_array($terms) ? $terms : [] as $term) {
            $choices[] = ['id' => (string) $term->term_id, 'name' => (string) $term->name, 'parent' => (string) $term->parent];
        }

        return $choices;
    }

    /** @return array<string, string> Without `wc-`. */
    private static function statuses(): array
    {
        $statuses = [];
        foreach (function_exists('wc_get_order_statuses') ? wc_get_order_statuses() : [] as $status => $name) {
            $statuses[(string) preg_replace('/^wc-/', '', (string) $status)] = (string) $name;
        }
        // What a block checkout keeps while the shopper types is no order yet (E1).
        unset($statuses['checkout-draft']);

        return $statuses;
    }

    /**
     * Places where shoppers fetch their orders: those of the block checkout by name, and the ways of
     * shipping of that kind (A4).
     *
     * @return array<string, string>
     */
    private static function places(): array
    {
        $names = [];
        foreach ((array) get_option('pickup_location_pickup_locations', []) as $place) {
            $name = trim((string) ($place['name'] ?? ''));
            if ($name !== '') {
                $names[$name] = $name;
            }
        }
        foreach (class_exists('WC_Shipping_Zones') ? \WC_Shipping_Zones::get_zones() : [] as $zone) {
            foreach ($zone['shipping_methods'] ?? [] as $method) {
                if ($method->id === 'local_pickup') {
                    $names[$method->id . ':' . $method->get_instance_id()] = $zone['zone_name'] . ': ' . $method->title;
                }
            }
        }

        return $names;
    }

    /** @return array<string, string> */
    private static function payments(): array
    {
        return class_exists('WC_Payment_Gateways') ? self::titles(\WC_Payment_Gateways::instance()) : [];
    }

    /** @return array<string, string> */
    private static function titles(\WC_Payment_Gateways $gateways): array
    {
        $names = [];
        foreach ($gateways->payment_gateways() as $gateway) {
            $names[(string) $gateway->id] = (string) $gateway->get_method_title();
        }

        return $names;
    }

    /** @param array<string, string> $names @return array<int, array{id: string, name: string}> */
    private static function named(array $names): array
    {
        $choices = [];
        foreach ($names as $id => $name) {
            $choices[] = ['id' => (string) $id, 'name' => (string) $name];
        }

        return $choices;
    }
}

<?php

declare(strict_types=1);

namespace Dongbo\Shop;

/**
 * The site's customers: users, read and written by WordPress's and WooCommerce's own calls. Nobody who
 * runs the site is ever touched, and no role that could run it is ever given.
 */
final class Users
{
    /** Where a user came from, so that a second look finds one that was just made. */
    private const ORIGIN = '_dongbo_customer';

    /** The names of the POS's groups, for themes and plugins. */
    public const GROUPS = '_dongbo_customer_groups';

    /** Whoever may do one of these is no mere customer. */
    private const POWERS = ['manage_options', 'manage_woocommerce', 'edit_posts', 'edit_users'];

    /** Digits from the end that make two spellings of one phone alike; the rules decide. */
    private const DIGITS = 9;

    /**
     * @param int[] $ids
     * @return array<int, array<string, mixed>> SiteCustomer records (src/customers/plan.rs) by user; those who run the site are left out.
     */
    public static function of(array $ids): array
    {
        $records = [];
        foreach ($ids === [] ? [] : get_users(['include' => $ids, 'number' => count($ids)]) as $user) {
            if (!self::runsTheSite($user)) {
                $records[$user->ID] = self::record($user);
            }
        }

        return $records;
    }

    /**
     * Users who may be one of these people.
     *
     * @param string[] $phones Keys of the rules.
     * @param string[] $emails
     * @return int[]
     */
    public static function like(array $phones, array $emails): array
    {
        global $wpdb;
        $ids = [];
        $ends = array_values(array_unique(array_map(static function (string $phone): string {
            return substr((string) preg_replace('/\D+/', '', $phone), -self::DIGITS);
        }, array_filter($phones, 'strlen'))));
        if ($ends !== []) {
            $bare = "REPLACE(REPLACE(REPLACE(REPLACE(meta_value, ' ', ''), '.', ''), '-', ''), ')', '')";
            $sql = "SELECT user_id FROM {$wpdb->usermeta} WHERE meta_key = 'billing_phone' AND RIGHT($bare, " . self::DIGITS . ') IN (' . \Dongbo\Tables\Query::places(count($ends)) . ') LIMIT 1000';
            // phpcs:ignore WordPress.DB.PreparedSQL -- built from constants.
            $ids = $wpdb->get_col($wpdb->prepare($sql, ...$ends));
        }
        $emails = array_values(array_unique(array_filter($emails, 'strlen')));
        if ($emails !== []) {
            $sql = "SELECT ID FROM {$wpdb->users} WHERE user_email IN (" . \Dongbo\Tables\Query::places(count($emails)) . ') LIMIT 1000';
            $ids = array_merge($ids, $wpdb->get_col($wpdb->prepare($sql, ...$emails)));
        }

        return array_values(array_unique(array_map('intval', $ids)));
    }

    /**
     * Users who registered or changed since; WooCommerce writes down when.
     *
     * @param int $since Milliseconds UTC.
     * @return int[]
     */
    public static function changedSince(int $since): array
    {
        global $wpdb;
        $seconds = intdiv($since, 1000);
        $sql = "SELECT user_id FROM {$wpdb->usermeta} WHERE meta_key = 'last_update' AND CAST(meta_value AS UNSIGNED) >= %d
            UNION SELECT ID FROM {$wpdb->users} WHERE user_registered >= %s";

        return array_map('intval', $wpdb->get_col($wpdb->prepare($sql, $seconds, gmdate('Y-m-d H:i:s', $seconds))));
    }

    /**
     * @param array<int, array{name: string, value: string}> $fields `name`, `phone`, `email`, `company`, `address`, `role`.
     * @return \WP_Error|int The user.
     */
    public static function make(string $customer, array $fields)
    {
        $made = get_users(['meta_key' => self::ORIGIN, 'meta_value' => $customer, 'number' => 1, 'fields' => 'ID']);
        if ($made !== []) {
            return (int) $made[0];
        }
        $values = array_column($fields, 'value', 'name');
        $email = (string) ($values['email'] ?? '');
        $id = wp_insert_user([
            'user_login' => wc_create_new_customer_username($email),
            'user_pass' => wp_generate_password(24),
            'user_email' => $email,
            'display_name' => (string) ($values['name'] ?? $email),
            'role' => 'customer',
            'meta_input' => [self::ORIGIN => $customer],
        ]);
        if (is_wp_error($id)) {
            return $id;
        }
        unset($values['email']);
        $trouble = self::write((int) $id, $values);

        return $trouble ?? (int) $id;
    }

    /**
     * @param array<string, string> $values By field.
     */
    public static function write(int $user, array $values): ?\WP_Error
    {
        if (isset($values['email'])) {
            $done = wp_update_user(['ID' => $user, 'user_email' => $values['email']]);
            if (is_wp_error($done)) {
                return $done;
            }
        }
        $customer = new \WC_Customer($user);
        foreach ($values as $field => $value) {
            self::set($customer, (string) $field, (string) $value);
        }
        $customer->save();

        return isset($values['role']) ? self::role($user, $values['role']) : null;
    }

    private static function set(\WC_Customer $customer, string $field, string $value): void
    {
        switch ($field) {
            case 'name':
                // One name there, two here: the whole of it, so that it reads the same on both sides.
                $customer->set_billing_first_name($value);
                $customer->set_billing_last_name('');
                break;
            case 'phone':
                $customer->set_billing_phone($value);
                break;
            case 'email':
                $customer->set_email($value);
                $customer->set_billing_email($value);
                break;
            case 'company':
                $customer->set_billing_company($value);
                break;
            case 'address':
                $customer->set_billing_address_1($value);
                break;
            default:
        }
    }

    private static function role(int $id, string $name): ?\WP_Error
    {
        $role = get_role($name);
        $user = get_userdata($id);
        if ($role === null || $user === false || array_filter(array_intersect_key($role->capabilities, array_flip(self::POWERS))) !== []) {
            return new \WP_Error('role', $name);
        }
        $user->add_role($name);

        return null;
    }

    private static function runsTheSite(\WP_User $user): bool
    {
        foreach (self::POWERS as $power) {
            if ($user->has_cap($power)) {
                return true;
            }
        }

        return false;
    }

    /** @return array<string, mixed> */
    private static function record(\WP_User $user): array
    {
        $text = static function (string $key) use ($user): string {
            return Texts::plain(trim((string) get_user_meta($user->ID, $key, true)));
        };
        $name = trim($text('billing_first_name') . ' ' . $text('billing_last_name'));
        if ($name === '') {
            $name = trim($text('first_name') . ' ' . $text('last_name'));
        }
        $changed = (int) get_user_meta($user->ID, 'last_update', true);

        return [
            'user_id' => $user->ID,
            'name' => $name === '' ? Texts::plain((string) $user->display_name) : $name,
            'phone' => $text('billing_phone'),
            'email' => (string) $user->user_email,
            'address' => ['company' => $text('billing_company'), 'address_1' => $text('billing_address_1')],
            'roles' => array_values($user->roles),
            'created' => 1000 * (int) strtotime($user->user_registered . ' UTC'),
        ] + ($changed > 0 ? ['modified' => 1000 * $changed] : []);
    }
}

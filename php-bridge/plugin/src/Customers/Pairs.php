<?php

declare(strict_types=1);

namespace Dongbo\Customers;

use Dongbo\Shop\Users;
use Dongbo\Sync\SyncContext;
use Dongbo\Tables\CustomerLinks;
use Dongbo\Tables\Customers;

/**
 * Who of one side is who of the other (product.md G2): by stored link, else as the rules match them
 * (`match_customers`), over everybody who has one of their phones or e-mail addresses.
 *
 * @phpstan-type Pair array{user?: array<string, mixed>, customer?: array<string, mixed>, fields?: array<int, array<string, string>>, asked?: bool}
 */
final class Pairs
{
    private SyncContext $context;

    public function __construct(SyncContext $context)
    {
        $this->context = $context;
    }

    /**
     * @param string[] $customers Ids of the mirror.
     * @return array{pairs: Pair[], ambiguous: array<string, array<string, mixed>>} `ambiguous`: PosCustomer records that fit more than one.
     */
    public function ofCustomers(array $customers): array
    {
        $connection = $this->context->connectionId();
        $rows = Customers::find($connection, $customers);
        $links = CustomerLinks::by($connection, 'remote_id', array_keys($rows));
        $free = array_diff_key($rows, $links);
        $matched = $free === [] ? [] : $this->match(Users::of(Users::like($this->keys($free, ['phone_key', 'second_key']), $this->keys($free, ['email_key']))), []);
        $users = Users::of(array_merge(array_column($links, 'user_id'), array_column($matched, 'user_id')));
        $pairs = [];
        $ambiguous = [];
        foreach ($rows as $id => $row) {
            $user = $links[$id]['user_id'] ?? $matched[$id]['user_id'] ?? 0;
            if ($user === 0 && $this->isAmbiguous($row, $matched)) {
                $ambiguous[$id] = $row;
                continue;
            }
            $pairs[] = self::pair($users[$user] ?? null, $row, $links[$id]['fields'] ?? []);
        }

        return ['pairs' => $pairs, 'ambiguous' => $ambiguous];
    }

    /**
     * @param int[]                            $users
     * @param array<int, array<string, mixed>> $more PosCustomer records beyond the mirror's.
     * @param array<int, true>                 $asked Users a person asked for.
     * @return array{pairs: Pair[], ambiguous: array<int, array<string, mixed>>} `ambiguous`: SiteCustomer records.
     */
    public function ofUsers(array $users, array $more = [], array $asked = []): array
    {
        $connection = $this->context->connectionId();
        $records = Users::of($users);
        $links = CustomerLinks::by($connection, 'user_id', array_map('strval', array_keys($records)));
        $matched = $this->match(array_diff_key($records, $links), $more);
        $found = array_column($matched, 'remote_id', 'user_id');
        $rows = Customers::find($connection, array_merge(array_column($links, 'remote_id'), array_filter($found, 'strlen'))) + array_column($more, null, 'id');
        $pairs = [];
        $ambiguous = [];
        foreach ($records as $id => $user) {
            $remote = $links[$id]['remote_id'] ?? $found[$id] ?? '';
            if (in_array($id, $matched['ambiguous']['users'] ?? [], true)) {
                $ambiguous[$id] = $user;
                continue;
            }
            $pairs[] = self::pair($user, $rows[$remote] ?? null, $links[$id]['fields'] ?? []) + (isset($asked[$id]) ? ['asked' => true] : []);
        }

        return ['pairs' => $pairs, 'ambiguous' => $ambiguous];
    }

    /**
     * The user a customer of the POS is, 0 for none.
     *
     * @param array<string, mixed> $customer A PosCustomer record.
     */
    public function userOf(array $customer): int
    {
        $rows = [$customer['id'] => $customer];
        $users = Users::of(Users::like($this->keys($rows, ['phone_key', 'second_key']), $this->keys($rows, ['email_key'])));

        return $this->match($users, [$customer])[$customer['id']]['user_id'] ?? 0;
    }

    /**
     * @param array<int, array<string, mixed>> $users SiteCustomer records without a link; others are left out.
     * @param array<int, array<string, mixed>> $more
     * @return array<string, array<string, mixed>> By customer: `user_id`, `remote_id`; under `ambiguous` whom and by which keys.
     */
    private function match(array $users, array $more): array
    {
        $connection = $this->context->connectionId();
        $users = array_diff_key($users, CustomerLinks::by($connection, 'user_id', array_map('strval', array_keys($users))));
        if ($users === []) {
            return [];
        }
        $keys = $this->context->rules('contact_keys', ['people' => array_values(array_map(static function (array $user): array {
            return ['phone' => $user['phone'], 'email' => $user['email']];
        }, $users))])['keys'];
        $rows = Customers::byKeys($connection, array_merge(array_column($keys, 'phone'), array_column($keys, 'email'))) + array_column($more, null, 'id');
        $rows = array_diff_key($rows, CustomerLinks::by($connection, 'remote_id', array_map('strval', array_keys($rows))));
        $found = $this->context->rules('match_customers', ['users' => array_values($users), 'customers' => array_values($rows)])['matches'];
        $matched = ['ambiguous' => ['users' => [], 'keys' => []]];
        foreach ($found as $place => $match) {
            if (($match['remote_id'] ?? '') !== '') {
                $matched[$match['remote_id']] = ['user_id' => $match['user_id'], 'remote_id' => $match['remote_id']];
            } elseif ($match['reason'] === 'customer-ambiguous') {
                $matched['ambiguous']['users'][] = $match['user_id'];
                array_push($matched['ambiguous']['keys'], ...array_filter([$keys[$place]['phone'] ?? '', $keys[$place]['email'] ?? ''], 'strlen'));
            }
        }

        return $matched;
    }

    /**
     * @param array<string, mixed>                $row
     * @param array<string, array<string, mixed>> $matched
     */
    private function isAmbiguous(array $row, array $matched): bool
    {
        return array_intersect(array_filter([$row['phone_key'] ?? '', $row['second_key'] ?? '', $row['email_key'] ?? ''], 'strlen'), $matched['ambiguous']['keys'] ?? []) !== [];
    }

    /**
     * @param array<string, array<string, mixed>> $rows
     * @param string[]                            $columns
     * @return string[]
     */
    private function keys(array $rows, array $columns): array
    {
        $keys = [];
        foreach ($columns as $column) {
            array_push($keys, ...array_values(array_filter(array_column($rows, $column), 'strlen')));
        }

        return $keys;
    }

    /**
     * @param array<string, mixed>|null        $user
     * @param array<string, mixed>|null        $customer
     * @param array<int, array<string, string>> $fields
     * @return Pair
     */
    private static function pair(?array $user, ?array $customer, array $fields): array
    {
        return array_filter(['user' => $user, 'customer' => $customer, 'fields' => $fields]);
    }
}

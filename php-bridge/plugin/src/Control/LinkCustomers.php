<?php

declare(strict_types=1);

namespace Dongbo\Control;

use Dongbo\Customers\FollowCustomers;
use Dongbo\Lanes\Lane;
use Dongbo\Lanes\Wake;
use Dongbo\Shop\Users;
use Dongbo\Tables\Clock;
use Dongbo\Tables\CustomerLinks;
use Dongbo\Tables\Customers;
use Dongbo\Tables\Marks;
use Dongbo\Tables\OpenIssues;

/** Who is who by hand, where the rules find several or none (product.md G2). */
final class LinkCustomers
{
    /**
     * An account and a customer of the POS are one person from now on; what they differ in is brought
     * into step in the background. An account that was linked with another customer leaves that one.
     *
     * @return array{code: string, params: array<int, array{name: string, value: string}>}|null What stands against it.
     */
    public static function link(int $connection, int $user, string $customer): ?array
    {
        if (Users::of([$user]) === []) {
            return ['code' => 'customer-account-unknown', 'params' => [['name' => 'user', 'value' => (string) $user]]];
        }
        $rows = Customers::find($connection, [$customer]);
        if ($rows === []) {
            return ['code' => 'customer-unknown', 'params' => [['name' => 'customer', 'value' => $customer]]];
        }
        $other = CustomerLinks::ofCustomer($connection, $customer);
        if ($other !== 0 && $other !== $user) {
            $name = get_userdata($other);

            return ['code' => 'customer-linked', 'params' => [['name' => 'user', 'value' => $name === false ? (string) $other : $name->display_name]]];
        }
        CustomerLinks::keep($connection, $user, $customer, [], false, Clock::now());
        // With one of them told apart, the others that could not be may be plain too.
        $others = array_keys(Customers::find($connection, OpenIssues::items($connection, 'customer-ambiguous')));
        Marks::add($connection, FollowCustomers::CHANGED, array_map('strval', array_merge([$customer], $others)), Clock::now());
        Wake::start($connection, 'marked-customers', true, [], Lane::SALES);

        return null;
    }
}

<?php

declare(strict_types=1);

namespace Dongbo\Control;

use Dongbo\Customers\FollowCustomers;
use Dongbo\Lanes\Lane;
use Dongbo\Lanes\Wake;
use Dongbo\Shop\Users;
use Dongbo\Tables\Clock;
use Dongbo\Tables\Marks;

/** Customers of the site by hand: whom a person names is sent whatever the start date and the switch say (product.md G2). */
final class SendCustomers
{
    /**
     * @param int[] $users
     * @return int How many are to be sent; those who run the site are none of them.
     */
    public static function send(int $connection, array $users): int
    {
        $customers = array_map('strval', array_keys(Users::of($users)));
        Marks::add($connection, FollowCustomers::ASKED, $customers, Clock::now());
        if ($customers !== []) {
            Wake::start($connection, 'marked-customers', true, [], Lane::SALES);
        }

        return count($customers);
    }
}

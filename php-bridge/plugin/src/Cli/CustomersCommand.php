<?php

declare(strict_types=1);

namespace Dongbo\Cli;

use Dongbo\Control\LinkCustomers;
use Dongbo\Control\SendCustomers;
use Dongbo\Report\CustomerList;
use Dongbo\Texts;
use WP_CLI;

/** Customers of both sides: `customers`. */
final class CustomersCommand
{
    /**
     * Lists customers: who is linked, and who is only in KiotViet or only on the website.
     *
     * ## OPTIONS
     *
     * [--state=<state>]
     * : Which: `linked`, `pos` for only in KiotViet, `site` for only on the website.
     * ---
     * default: linked
     * ---
     *
     * [--search=<text>]
     * : Only customers with this in their name, e-mail address, phone or code.
     *
     * [--limit=<number>]
     * : At most so many.
     * ---
     * default: 50
     * ---
     *
     * [--send=<users>]
     * : Send these accounts to KiotViet, separated by commas, whatever the settings say.
     *
     * [--link=<user:customer>]
     * : This account and this customer of KiotViet (its id, column `pos`) are one person.
     *
     * [--format=<format>]
     * : How it is printed.
     * ---
     * default: table
     * options:
     *   - table
     *   - json
     *   - csv
     * ---
     *
     * ## EXAMPLES
     *
     *     $ wp dongbo customers --state=site
     *     $ wp dongbo customers --send=12,15
     *     $ wp dongbo customers --link=12:9876543
     *
     * @param string[]              $args
     * @param array<string, string> $options
     */
    public static function customers(array $args, array $options): void
    {
        if (isset($options['link'])) {
            self::link($options['link']);

            return;
        }
        if (isset($options['send'])) {
            $count = SendCustomers::send(Ready::writable()['id'], array_values(array_filter(array_map('intval', explode(',', $options['send'])))));
            $count === 0 ? WP_CLI::error('None of these is a customer’s account.') : WP_CLI::success("$count are sent in the background. How they stand: wp dongbo customers");

            return;
        }
        $state = (string) ($options['state'] ?? CustomerList::LINKED);
        if (!in_array($state, CustomerList::STATES, true)) {
            WP_CLI::error('--state is one of ' . implode(', ', CustomerList::STATES) . '.');
        }
        $page = CustomerList::page(Ready::connection()['id'], $state, (string) ($options['search'] ?? ''), 0, max(1, (int) ($options['limit'] ?? 50)));
        $rows = array_map(static function (array $row): array {
            return ['user' => $row['user'] === 0 ? '' : $row['user'], 'name' => $row['name'], 'email' => $row['email'], 'pos' => $row['pos_id'], 'code' => $row['pos_code'],
                'pos_name' => $row['pos_name'], 'phone' => $row['phone'], 'cause' => $row['cause']['sentence'] ?? ''];
        }, $page['rows']);
        $format = $options['format'] ?? 'table';
        Out::items($format, $rows, ['user', 'name', 'email', 'pos', 'code', 'pos_name', 'phone', 'cause'], 'No customers.');
        if ($format === 'table' && $page['total'] > count($rows)) {
            WP_CLI::log(sprintf('%d of %d. More with --limit.', count($rows), $page['total']));
        }
    }

    private static function link(string $pair): void
    {
        if (!preg_match('/^(\d+):(\d+)$/', trim($pair), $parts)) {
            WP_CLI::error('--link takes an account and a customer of KiotViet, like 12:9876543.');
        }
        $why = LinkCustomers::link(Ready::writable()['id'], (int) $parts[1], $parts[2]);
        if ($why !== null) {
            WP_CLI::error(Texts::both($why['code'], $why['params']));
        }
        WP_CLI::success('They are one person now; what they differ in is brought into step in the background.');
    }
}

<?php

declare(strict_types=1);

namespace Dongbo\Cli;

/**
 * Keeps this shop and its point-of-sale system in step.
 *
 * ## EXAMPLES
 *
 *     # Connect to KiotViet and choose the branch whose stock counts.
 *     $ wp dongbo connect --shop=myshop --client-id=1234 --client-secret=abcd --branch="Main store"
 *
 *     # See what a sync would do, then do it.
 *     $ wp dongbo plan --limit=20
 *     $ wp dongbo sync --wait
 */
final class Command
{
    /**
     * Connects to the POS: stores the credentials, tries them out and chooses branches.
     *
     * Where the credentials are found in KiotViet: Thiết lập cửa hàng → Thiết lập kết nối API → Tạo mã → Lưu.
     * The secret is stored encrypted and never shown again. Instead of being typed here, both can be
     * the constants DONGBO_CLIENT_ID and DONGBO_CLIENT_SECRET of wp-config.php.
     *
     * ## OPTIONS
     *
     * --shop=<address>
     * : The shop's address or its first part: `https://myshop.kiotviet.vn/`, `myshop.kiotviet.vn` or `myshop`.
     *
     * [--client-id=<id>]
     * : The Client ID.
     *
     * [--client-secret=<secret>]
     * : The secret. Without it the stored one is tried again.
     *
     * [--branch=<names>]
     * : The branches whose stock counts: names or ids, separated by commas, or `all`. Without it the
     * choice stays as it was; a shop with a single branch needs none.
     *
     * [--match=<key>]
     * : How a good finds the product it belongs to: `sku` (goods on both sides) or `pos-id` (goods only in the POS).
     *
     * [--regular-book=<book>]
     * : The price book of the regular price: name or id, or `none` for the general price list.
     *
     * [--sale-book=<book>]
     * : The price book of the sale price: name or id, or `none`.
     *
     * ## EXAMPLES
     *
     *     $ wp dongbo connect --shop=myshop --client-id=1234 --client-secret=abcd --branch=all
     *     Success: Connected to myshop. Next: wp dongbo sync
     *
     * @param string[]              $args
     * @param array<string, string> $options
     */
    public function connect(array $args, array $options): void
    {
        Ready::tables();
        ConnectCommand::run($options);
    }

    /**
     * Shows the connection, the run that is open and how the last one ended.
     *
     * ## OPTIONS
     *
     * [--format=<format>]
     * : `text` or `json`.
     * ---
     * default: text
     * options:
     *   - text
     *   - json
     * ---
     *
     * @param string[]              $args
     * @param array<string, string> $options
     */
    public function status(array $args, array $options): void
    {
        Ready::tables();
        StatusCommand::run($options);
    }

    /**
     * Starts a full sync, or goes on with the one that is open.
     *
     * Without --wait the work is done in the background (Action Scheduler and WP-Cron) and this
     * command returns at once.
     *
     * ## OPTIONS
     *
     * [--wait]
     * : Do the work here, show progress, and end when it has ended. The exit code says whether it succeeded.
     *
     * [--format=<format>]
     * : With --wait: how the summary is printed.
     * ---
     * default: text
     * options:
     *   - text
     *   - json
     * ---
     *
     * ## EXAMPLES
     *
     *     $ wp dongbo sync --wait
     *     Success: Done: 500 created, 0 updated, 0 linked, 0 skipped, 0 for review, 0 failed.
     *
     * @param string[]              $args
     * @param array<string, string> $options
     */
    public function sync(array $args, array $options): void
    {
        SyncCommand::run(Ready::connection(), $options);
    }

    /**
     * Shows what a sync would change, from what was last read from the POS. Writes nothing.
     *
     * ## OPTIONS
     *
     * [--limit=<number>]
     * : At most this many families of goods.
     * ---
     * default: 50
     * ---
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
     * @param string[]              $args
     * @param array<string, string> $options
     */
    public function plan(array $args, array $options): void
    {
        PlanCommand::run(Ready::connection(), $options);
    }
}

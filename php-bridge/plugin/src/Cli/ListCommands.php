<?php

declare(strict_types=1);

namespace Dongbo\Cli;

use Dongbo\Control\Again;
use Dongbo\Control\UndoOne;
use Dongbo\Report\HistoryExport;
use Dongbo\Report\HistoryList;
use Dongbo\Report\IssueList;
use Dongbo\Texts;
use WP_CLI;

/** Lists and what is done with their entries: `issues`, `history`, `undo`. */
final class ListCommands
{
    /**
     * Lists what is not in step, each with its cause and its remedy; tries again or puts aside.
     *
     * ## OPTIONS
     *
     * [--severity=<severity>]
     * : Only `stop`, `review` or `notice`.
     *
     * [--search=<text>]
     * : Only items with this text in their name or code.
     *
     * [--limit=<number>]
     * : At most so many.
     * ---
     * default: 50
     * ---
     *
     * [--retry=<id>]
     * : Try this one again.
     *
     * [--dismiss=<id>]
     * : Put this one aside. It comes back when it is found again.
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
     *     $ wp dongbo issues --severity=review
     *     $ wp dongbo issues --retry=17
     *
     * @param string[]              $args
     * @param array<string, string> $options
     */
    public static function issues(array $args, array $options): void
    {
        $connection = isset($options['retry']) ? Ready::writable() : Ready::connection();
        foreach (['retry', 'dismiss'] as $action) {
            if (isset($options[$action])) {
                self::act($connection['id'], $action, (int) $options[$action]);

                return;
            }
        }
        $filter = ['severity' => (string) ($options['severity'] ?? ''), 'search' => (string) ($options['search'] ?? '')];
        if (!in_array($filter['severity'], ['', 'stop', 'review', 'notice'], true)) {
            WP_CLI::error('--severity is one of stop, review, notice.');
        }
        $page = IssueList::page($connection['id'], $filter, 0, max(1, (int) ($options['limit'] ?? 50)));
        $rows = [];
        foreach ($page['rows'] as $issue) {
            $rows[] = ['id' => $issue['id'], 'severity' => $issue['severity'], 'item' => $issue['label'], 'cause' => $issue['said']['sentence'], 'remedy' => $issue['said']['remedy']];
        }
        $format = $options['format'] ?? 'table';
        Out::items($format, $rows, ['id', 'severity', 'item', 'cause', 'remedy'], 'No open issue.');
        if ($format === 'table' && $page['total'] > count($rows)) {
            WP_CLI::log(sprintf('%d of %d are shown.', count($rows), $page['total']));
        }
    }

    /**
     * Lists every change that was made: who, what, when, from what to what, and why.
     *
     * ## OPTIONS
     *
     * [--good=<id>]
     * : Only of this good, by its POS id.
     *
     * [--product=<id>]
     * : Only of this product.
     *
     * [--field=<field>]
     * : Only this field: `regular_price`, `stock`, `name` …
     *
     * [--search=<text>]
     * : Only items with this text in their name or code.
     *
     * [--limit=<number>]
     * : At most so many, the latest first.
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
    public static function history(array $args, array $options): void
    {
        $connection = Ready::connection();
        $filter = [
            'good' => (string) ($options['good'] ?? ''),
            'shop_id' => (int) ($options['product'] ?? 0),
            'field' => (string) ($options['field'] ?? ''),
            'search' => (string) ($options['search'] ?? ''),
        ];
        $page = HistoryList::page($connection['id'], $filter, 0, max(1, (int) ($options['limit'] ?? 50)));
        $rows = [];
        foreach ($page['rows'] as $entry) {
            $rows[] = ['id' => $entry['id']] + HistoryExport::row($entry);
        }
        Out::items($options['format'] ?? 'table', $rows, ['id', 'time', 'who', 'item', 'field', 'before', 'after', 'reason'], 'Nothing was changed yet.');
    }

    /**
     * Undoes one change of a price or stock, and holds the field until KiotViet changes it.
     *
     * ## OPTIONS
     *
     * <id>
     * : The entry's number, as `wp dongbo history` shows it.
     *
     * @param string[]              $args
     * @param array<string, string> $options
     */
    public static function undo(array $args, array $options): void
    {
        $connection = Ready::writable();
        $id = (int) ($args[0] ?? 0);
        $entry = HistoryList::page($connection['id'], ['id' => $id], 0, 1)['rows'][0] ?? null;
        if ($entry === null) {
            WP_CLI::error(Texts::both('entry-unknown'));
        }
        $why = UndoOne::entry($connection, $id);
        if ($why !== null) {
            WP_CLI::error(Texts::both($why['code'], $why['params']));
        }
        WP_CLI::success("Undone: {$entry['label']}, {$entry['field_label']}. It is held until KiotViet changes it.");
    }

    private static function act(int $connection, string $action, int $id): void
    {
        $issue = IssueList::find($connection, $id);
        if ($issue === null) {
            WP_CLI::error(Texts::both('issue-unknown'));
        }
        if ($action === 'dismiss') {
            Again::dismiss($connection, $id);
            WP_CLI::success('Put aside.');

            return;
        }
        Again::issue($connection, (array) $issue);
        WP_CLI::success('It is tried again. See how far it is: wp dongbo status');
    }
}

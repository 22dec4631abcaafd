<?php

declare(strict_types=1);

namespace Dongbo\Privacy;

use Dongbo\Tables\Query;
use Dongbo\Tables\Schema;

/**
 * Forgets a person (product.md I5). What keeps an order from being sent twice stays, without the person:
 * ids, codes, states. An order that is on its way just now is kept until it has arrived, and that is said.
 */
final class Eraser
{
    /** What a customer's row says of a person. */
    private const FIELDS = ['name', 'phone', 'second_phone', 'phone_key', 'second_key', 'email', 'email_key', 'address', 'location', 'ward', 'company', 'tax_code', 'comments'];

    private const MASK = '[…]';

    /**
     * Before WooCommerce's own: afterwards the orders no longer tell whose they were.
     *
     * @param mixed $erasers
     * @return array<string, mixed>
     */
    public static function add($erasers): array
    {
        return ['dongbo' => ['eraser_friendly_name' => __('Dongbo: what was sent to the POS', 'dongbo'), 'callback' => [self::class, 'erase']]] + (array) $erasers;
    }

    /**
     * @param mixed $email
     * @param mixed $page
     * @return array{items_removed: bool, items_retained: bool, messages: string[], done: bool}
     */
    public static function erase($email, $page = 1): array
    {
        $person = new Person((string) $email);
        $orders = $person->orders((int) $page);
        $words = $person->words($orders);
        $ids = array_keys($orders);
        $busy = self::outbox($ids);
        $removed = self::sent(array_values(array_diff($ids, $busy))) + self::texts($ids, $words) + self::inbox($words);
        $messages = [];
        if ($busy !== []) {
            /* translators: %s: numbers of orders. */
            $messages[] = sprintf(__('Orders on their way to the POS keep their data until they have arrived: %s. Erase again afterwards.', 'dongbo'), implode(', ', $busy));
        }
        if ((int) $page === 1) {
            $known = self::customers($person);
            $removed += $known;
            if ($known > 0 || $ids !== []) {
                $messages[] = __('The POS itself keeps the orders and the customer that it was sent. Erase them there too.', 'dongbo');
            }
        }

        return ['items_removed' => $removed > 0 || count($busy) < count($ids), 'items_retained' => $busy !== [], 'messages' => $messages, 'done' => count($orders) < Person::ORDERS];
    }

    /**
     * @param int[] $orders
     * @return int[] Those that are on their way.
     */
    private static function outbox(array $orders): array
    {
        global $wpdb;
        $busy = [];
        foreach (Person::rows('outbox', 'id, order_id, state, in_doubt', $orders) as $row) {
            if ($row->state === 'sending' || (int) $row->in_doubt === 1) {
                $busy[] = (int) $row->order_id;
                continue;
            }
            Query::write($wpdb->prepare('UPDATE %i SET label = %s, params = NULL, sending = NULL WHERE id = %d', Schema::table('outbox'), '#' . $row->order_id, $row->id));
        }

        return array_values(array_unique($busy));
    }

    /**
     * With nothing known of what was sent, the order as it is then counts as sent: erasing sends nothing.
     *
     * @param int[] $orders
     */
    private static function sent(array $orders): int
    {
        global $wpdb;

        return $orders === [] ? 0 : Query::write($wpdb->prepare("UPDATE %i SET sent = '' WHERE sent <> '' AND order_id IN (" . Query::places(count($orders), '%d') . ')', Schema::table('order_link'), ...$orders));
    }

    /**
     * Issues and history that name the person; what happened to which order stays.
     *
     * @param int[]    $orders
     * @param string[] $words
     */
    private static function texts(array $orders, array $words): int
    {
        $done = 0;
        $columns = ['issue' => ['label', 'params'], 'history' => ['label', 'before_value', 'after_value', 'params']];
        foreach ($columns as $table => $texts) {
            foreach (self::naming($table, $texts, $orders, $words) as $row) {
                $done += self::mask($table, $row, $texts, $words);
            }
        }

        return $done;
    }

    /**
     * @param string[] $texts
     * @param int[]    $orders
     * @param string[] $words
     * @return array<int, array<string, mixed>>
     */
    private static function naming(string $table, array $texts, array $orders, array $words): array
    {
        global $wpdb;
        $kind = $table === 'issue' ? 'item_kind' : 'remote_kind';
        $likes = [];
        $args = [Schema::table($table)];
        foreach ($words as $word) {
            foreach ($texts as $column) {
                $likes[] = "$column LIKE %s";
                $args[] = '%' . $wpdb->esc_like($column === 'params' ? substr((string) wp_json_encode($word, JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES), 1, -1) : $word) . '%';
            }
        }
        if ($likes === []) {
            return [];
        }
        // Goods may be called like a person; only what is about orders and customers is touched.
        $sql = 'SELECT id, ' . implode(', ', $texts) . " FROM %i WHERE $kind IN ('order', 'customer') AND (" . implode(' OR ', $likes) . ')';

        // phpcs:ignore WordPress.DB.PreparedSQL -- columns of this class.
        return (array) $wpdb->get_results($wpdb->prepare($sql, ...$args), ARRAY_A);
    }

    /**
     * @param array<string, mixed> $row
     * @param string[]             $texts
     * @param string[]             $words
     */
    private static function mask(string $table, array $row, array $texts, array $words): int
    {
        global $wpdb;
        $sets = [];
        foreach ($texts as $column) {
            if ($row[$column] !== null) {
                $masked = (string) $row[$column];
                foreach ($words as $word) {
                    $word = $column === 'params' ? substr((string) wp_json_encode($word, JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES), 1, -1) : $word;
                    $masked = str_ireplace($word, self::MASK, $masked);
                }
                $sets[] = $wpdb->prepare("$column = %s", $masked);
            }
        }

        // phpcs:ignore WordPress.DB.PreparedSQL -- prepared above.
        return Query::write($wpdb->prepare('UPDATE %i SET ', Schema::table($table)) . implode(', ', $sets) . $wpdb->prepare(' WHERE id = %d', $row['id']));
    }

    /**
     * Notifications that are done with; they would go after seven days.
     *
     * @param string[] $words
     */
    private static function inbox(array $words): int
    {
        global $wpdb;
        $done = 0;
        foreach ($words as $word) {
            $done += Query::write($wpdb->prepare("UPDATE %i SET body = '' WHERE state <> 'new' AND (type LIKE 'order%%' OR type LIKE 'invoice%%' OR type LIKE 'customer%%') AND body LIKE %s", Schema::table('inbox'), '%' . $wpdb->esc_like($word) . '%'));
        }

        return $done;
    }

    /** The copy of the POS's customers, and what a link remembers; the link itself keeps the two from being doubled. */
    private static function customers(Person $person): int
    {
        global $wpdb;
        $done = 0;
        foreach ($person->customers() as $customer) {
            $row = (array) json_decode((string) $customer->row, true);
            foreach (array_intersect(self::FIELDS, array_keys($row)) as $field) {
                $row[$field] = '';
            }
            $done += Query::write($wpdb->prepare("UPDATE %i SET `row` = %s, phone_key = '', second_key = '', email_key = '' WHERE connection_id = %d AND remote_id = %s", Schema::table('customer'), Query::json($row), $customer->connection_id, $customer->remote_id));
        }
        foreach ($person->links() as $link) {
            $done += Query::write($wpdb->prepare('UPDATE %i SET fields = NULL WHERE id = %d AND fields IS NOT NULL', Schema::table('customer_link'), $link->id));
        }

        return $done;
    }
}

<?php

declare(strict_types=1);

namespace Dongbo\Admin;

use Dongbo\Activation\Lifecycle;
use Dongbo\Connection\Credentials;
use Dongbo\Lanes\Lane;
use Dongbo\Report;
use Dongbo\Tables\Clock;
use Dongbo\Tables\OpenIssues;
use Dongbo\Tables\Rows;
use Dongbo\Tables\Runs;
use Dongbo\Texts;

/** Draws WooCommerce → Dongbo with wp-admin's own forms and tables. The secret is never sent to the browser. */
final class SettingsView
{
    private const ISSUES = 100;

    /** @param array<string, mixed>|null $connection */
    public static function draw(?array $connection): void
    {
        self::connectForm($connection);
        if ($connection === null || $connection['state'] === 'new') {
            return;
        }
        self::settingsForm($connection);
        self::runs($connection);
        self::issues((int) $connection['id']);
    }

    /** @param array<string, mixed>|null $connection */
    private static function connectForm(?array $connection): void
    {
        echo '<h2>' . esc_html__('Connection to KiotViet', 'dongbo') . '</h2>';
        if ($connection !== null) {
            self::state($connection);
        }
        echo '<p>' . esc_html__(
            'Where to find these in KiotViet: Thiết lập cửa hàng → Thiết lập kết nối API → Tạo mã → Lưu. Allow access to customers, invoices and orders.',
            'dongbo'
        ) . '</p>';
        self::open('connect');
        self::field('shop', __('Shop address', 'dongbo'), 'text', (string) ($connection['shop'] ?? ''), 'shop.kiotviet.vn');
        if (Credentials::fixed('DONGBO_CLIENT_ID')) {
            self::fixed(__('Client ID', 'dongbo'), 'DONGBO_CLIENT_ID');
        } else {
            self::field('client_id', __('Client ID', 'dongbo'), 'text', (string) ($connection['client_id'] ?? ''), '');
        }
        if (Credentials::fixed('DONGBO_CLIENT_SECRET')) {
            self::fixed(__('Secret (Mã bảo mật)', 'dongbo'), 'DONGBO_CLIENT_SECRET');
        } else {
            $stored = (string) ($connection['secret'] ?? '') !== '';
            $hint = $stored ? __('stored; leave empty to keep it', 'dongbo') : '';
            self::field('secret', __('Secret (Mã bảo mật)', 'dongbo'), 'password', '', $hint);
        }
        self::close(__('Connect and test', 'dongbo'));
    }

    /** @param array<string, mixed> $connection */
    private static function state(array $connection): void
    {
        $states = [
            'active' => __('Connected.', 'dongbo'),
            'new' => __('Not tested yet.', 'dongbo'),
            'reconnect' => __('KiotViet refused; connect again.', 'dongbo'),
            'paused' => __('Paused.', 'dongbo'),
        ];
        $words = $states[$connection['state']] ?? $connection['state'];
        $cause = $connection['state_code'] === '' ? '' : ' ' . Texts::both((string) $connection['state_code']);
        printf('<p><strong>%s</strong> %s</p>', esc_html((string) $connection['shop']), esc_html($words . $cause));
    }

    /** @param array<string, mixed> $connection */
    private static function settingsForm(array $connection): void
    {
        $id = (int) $connection['id'];
        $settings = $connection['settings'];
        echo '<h2>' . esc_html__('What is kept in step', 'dongbo') . '</h2>';
        self::open('settings');
        self::branches($id, array_map('strval', $settings['branches'] ?? []));
        $branches = ['' => __('— choose —', 'dongbo')] + array_column(Rows::all($id, 'branches'), 'name', 'id');
        self::select('order_branch', __('Branch of web orders', 'dongbo'), $branches, (string) ($settings['order_branch'] ?? ''));
        $regular = (string) ($settings['regular_book'] ?? '');
        $sale = (string) ($settings['sale_book'] ?? '');
        self::select('regular_book', __('Regular price', 'dongbo'), self::books($id, $regular, __('General price list', 'dongbo')), $regular);
        self::select('sale_book', __('Sale price', 'dongbo'), self::books($id, $sale, __('None', 'dongbo')), $sale);
        self::select('match_key', __('How a good finds its product', 'dongbo'), [
            'sku' => __('by SKU (goods on both sides)', 'dongbo'),
            'pos-id' => __('never: every good becomes a new product (goods only in KiotViet)', 'dongbo'),
        ], (string) ($settings['match_key'] ?? 'sku'));
        $options = (array) get_option(Lifecycle::OPTIONS, []);
        printf(
            '<tr><th scope="row">%s</th><td><label><input type="checkbox" name="keep_data" value="1" %s> %s</label></td></tr>',
            esc_html__('When the plugin is deleted', 'dongbo'),
            checked(!empty($options['keep_data']), true, false),
            esc_html__('keep Dongbo’s tables and links', 'dongbo')
        );
        self::close(__('Save', 'dongbo'));
    }

    /** @param string[] $chosen */
    private static function branches(int $connection, array $chosen): void
    {
        echo '<tr><th scope="row">' . esc_html__('Branches whose stock counts', 'dongbo') . '</th><td><fieldset><legend class="screen-reader-text">'
            . esc_html__('Branches whose stock counts', 'dongbo') . '</legend>';
        foreach (Rows::all($connection, 'branches') as $branch) {
            printf(
                '<label><input type="checkbox" name="branches[]" value="%s" %s> %s</label><br>',
                esc_attr((string) $branch['id']),
                checked(in_array((string) $branch['id'], $chosen, true), true, false),
                esc_html($branch['name'] . (($branch['active'] ?? true) ? '' : ' ' . __('(closed)', 'dongbo')))
            );
        }
        if ($chosen === []) {
            echo '<p class="description">' . esc_html__('None is chosen: no stock is written.', 'dongbo') . '</p>';
        }
        echo '</fieldset></td></tr>';
    }

    /** @return array<string, string> Books that can be chosen, by id (C1). */
    private static function books(int $connection, string $chosen, string $none): array
    {
        $books = ['' => $none];
        foreach (Rows::all($connection, 'books') as $book) {
            $id = (string) $book['id'];
            $over = !$book['active'] || (isset($book['end']) && $book['end'] < Clock::now());
            if ($over && $id !== $chosen) {
                continue;
            }
            $marks = [];
            if ($over) {
                $marks[] = __('no longer in force', 'dongbo');
            }
            if (isset($book['start']) && $book['start'] > Clock::now()) {
                /* translators: %s: a date. */
                $marks[] = sprintf(__('from %s', 'dongbo'), wp_date((string) get_option('date_format'), intdiv((int) $book['start'], 1000)));
            }
            if (!empty($book['limited_to_groups'])) {
                $marks[] = __('for customer groups', 'dongbo');
            }
            if (!empty($book['limited_to_sellers'])) {
                $marks[] = __('for sellers', 'dongbo');
            }
            $books[$id] = $book['name'] . ($marks === [] ? '' : ' (' . implode(', ', $marks) . ')');
        }
        if ($chosen !== '' && !isset($books[$chosen])) {
            /* translators: %s: a price book's id. */
            $books[$chosen] = sprintf(__('book %s (read with the next sync)', 'dongbo'), $chosen);
        }

        return $books;
    }

    /** @param array<string, mixed> $connection */
    private static function runs(array $connection): void
    {
        echo '<h2>' . esc_html__('Sync', 'dongbo') . '</h2>';
        $open = Runs::open((int) $connection['id'], Lane::CATALOGUE);
        if ($open !== null) {
            echo '<p role="status">' . esc_html(Report::progress($open)) . '</p>';
        }
        $last = Runs::last((int) $connection['id'], Lane::CATALOGUE, 'full');
        if ($last !== null) {
            $when = wp_date(get_option('date_format') . ' ' . get_option('time_format'), intdiv((int) $last['ended'], 1000));
            /* translators: 1: date and time, 2: how the run ended. */
            echo '<p>' . esc_html(sprintf(__('Last run, %1$s: %2$s', 'dongbo'), $when, Report::outcome($last))) . '<br>'
                . esc_html(Report::cost($last)) . '</p>';
        }
        printf('<form method="post" action="%s">', esc_url(admin_url('admin-post.php')));
        echo '<input type="hidden" name="action" value="dongbo_sync">';
        wp_nonce_field('dongbo_sync');
        submit_button($open === null ? __('Sync now', 'dongbo') : __('Go on now', 'dongbo'), 'secondary', 'submit', false);
        echo '</form>';
    }

    private static function issues(int $connection): void
    {
        $count = OpenIssues::count($connection);
        /* translators: %d: how many. */
        echo '<h2>' . esc_html(sprintf(__('Not in step (%d)', 'dongbo'), $count)) . '</h2>';
        if ($count === 0) {
            echo '<p>' . esc_html__('Nothing.', 'dongbo') . '</p>';

            return;
        }
        echo '<table class="widefat striped"><thead><tr><th scope="col">' . esc_html__('Item', 'dongbo') . '</th><th scope="col">'
            . esc_html__('Cause and remedy', 'dongbo') . '</th></tr></thead><tbody>';
        foreach (OpenIssues::latest($connection, self::ISSUES) as $issue) {
            printf(
                '<tr><td style="overflow-wrap:anywhere">%s</td><td>%s<br><span class="description">%s</span></td></tr>',
                esc_html($issue['label'] === '' ? __('This shop', 'dongbo') : (string) $issue['label']),
                esc_html(Texts::sentence((string) $issue['code'], $issue['params'])),
                esc_html(Texts::remedy((string) $issue['code'], $issue['params']))
            );
        }
        echo '</tbody></table>';
        if ($count > self::ISSUES) {
            /* translators: %d: how many are shown. */
            echo '<p>' . esc_html(sprintf(__('The latest %d are shown.', 'dongbo'), self::ISSUES)) . '</p>';
        }
    }

    private static function open(string $action): void
    {
        printf('<form method="post" action="%s">', esc_url(admin_url('admin-post.php')));
        printf('<input type="hidden" name="action" value="%s">', esc_attr('dongbo_' . $action));
        wp_nonce_field('dongbo_' . $action);
        echo '<table class="form-table" role="presentation"><tbody>';
    }

    private static function close(string $button): void
    {
        echo '</tbody></table>';
        submit_button($button);
        echo '</form>';
    }

    private static function field(string $name, string $label, string $type, string $value, string $hint): void
    {
        printf(
            '<tr><th scope="row"><label for="dongbo-%1$s">%2$s</label></th><td><input class="regular-text" type="%3$s" id="dongbo-%1$s" name="%1$s" value="%4$s" placeholder="%5$s" autocomplete="%6$s"></td></tr>',
            esc_attr($name),
            esc_html($label),
            esc_attr($type),
            esc_attr($value),
            esc_attr($hint),
            $type === 'password' ? 'new-password' : 'off'
        );
    }

    private static function fixed(string $label, string $constant): void
    {
        /* translators: %s: a constant's name. */
        $words = sprintf(__('set by the constant %s in wp-config.php', 'dongbo'), $constant);
        printf('<tr><th scope="row">%s</th><td>%s</td></tr>', esc_html($label), esc_html($words));
    }

    /** @param array<int|string, string> $options */
    private static function select(string $name, string $label, array $options, string $chosen): void
    {
        printf('<tr><th scope="row"><label for="dongbo-%1$s">%2$s</label></th><td><select id="dongbo-%1$s" name="%1$s">', esc_attr($name), esc_html($label));
        foreach ($options as $value => $text) {
            printf('<option value="%s" %s>%s</option>', esc_attr((string) $value), selected((string) $value, $chosen, false), esc_html($text));
        }
        echo '</select></td></tr>';
    }
}

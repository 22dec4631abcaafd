<?php

declare(strict_types=1);

namespace Dongbo\PluginTests;

use Dongbo\Tables\Connections;
use Dongbo\Tables\Leases;
use Dongbo\Tables\Rows;
use Dongbo\Tables\Runs;
use Dongbo\Tables\Schema;

/** Posts a form of the page in a process of its own; gives the notice it left. */
$submit = static function (string $action, array $fields, int $user, bool $nonce = true): array {
    $code = 'require_once ABSPATH . "wp-admin/includes/admin.php"; wp_set_current_user(' . $user . ');'
        . '$_POST = wp_slash(' . var_export($fields, true) . ');'
        . ($nonce ? '$_REQUEST["_wpnonce"] = wp_create_nonce("dongbo_' . $action . '");' : '')
        . 'add_filter("wp_die_handler", function () { return function ($m) { echo "DIED: " . (is_string($m) ? $m : ""); exit; }; });'
        . 'add_filter("wp_redirect", function ($to) { echo "TO: $to\n"; return false; });'
        . 'register_shutdown_function(function () { echo json_encode(get_transient("dongbo_notice_' . $user . '")); delete_transient("dongbo_notice_' . $user . '"); });'
        . 'do_action("admin_post_dongbo_' . $action . '");';
    $child = Child::wordpress($code, 'define("WP_ADMIN", true);');
    $lines = explode("\n", trim($child['out']));

    return ['out' => $child['out'] . $child['err'], 'notice' => json_decode((string) end($lines), true)];
};
$admin = static function (): int {
    return (int) get_users(['role' => 'administrator', 'number' => 1, 'fields' => 'ID'])[0];
};
$reader = static function (): int {
    $known = get_user_by('login', 'dongbo-reader');

    return $known ? $known->ID : (int) wp_insert_user(['user_login' => 'dongbo-reader', 'user_pass' => wp_generate_password(), 'role' => 'subscriber']);
};
$connection = static function (): int {
    $id = Connections::create(['pos' => 'kiotviet', 'shop' => 'myshop', 'state' => 'active']);
    Rows::write($id, 'branches', '', ['7' => '{"id":"7","name":"Chính","active":true}', '8' => '{"id":"8","name":"<b>Kho</b>","active":false}'], 1);
    Rows::write($id, 'books', '', [
        '5' => '{"id":"5","name":"Giá sỉ","active":true,"limited_to_groups":true}',
        '6' => '{"id":"6","name":"Đã hết","active":true,"end":1000}',
        '9' => '{"id":"9","name":"Tắt","active":false}',
    ], 1);

    return $id;
};
$drawn = static function (): string {
    require_once ABSPATH . 'wp-admin/includes/template.php';
    ob_start();
    \Dongbo\Admin\SettingsView::draw(Connections::current());

    return (string) ob_get_clean();
};

return [
    'who may not manage the shop changes nothing, neither does who has no nonce' => static function () use ($submit, $admin, $reader, $connection): void {
        $id = $connection();
        // The background would take it up at once.
        Leases::acquire($id, 'catalogue', 60);
        Expect::that(strpos($submit('sync', [], $reader())['out'], 'DIED') !== false, 'a subscriber');
        Expect::that(strpos($submit('sync', [], 0)['out'], 'DIED') !== false, 'nobody');
        Expect::that(strpos($submit('sync', [], $admin(), false)['out'], 'DIED') !== false, 'without nonce');
        Expect::same(null, Runs::open($id, 'catalogue'));
        $done = $submit('sync', [], $admin());
        Expect::same(true, $done['notice']['good'] ?? null, $done['out']);
        Expect::that(Runs::open($id, 'catalogue') !== null, 'an administrator');
    },
    'choices are stored, only what was changed, and what the POS does not have is refused' => static function () use ($submit, $admin, $connection): void {
        $connection();
        $fields = ['branches' => ['7', '999'], 'order_branch' => '7', 'regular_book' => '', 'sale_book' => '5', 'match_key' => 'sku', 'keep_data' => '1'];
        $done = $submit('settings', $fields, $admin());
        Expect::same(true, $done['notice']['good'] ?? null, $done['out']);
        Expect::same(
            ['branches' => ['7'], 'match_key' => 'sku', 'order_branch' => '7', 'sale_book' => '5'],
            Connections::current()['settings']
        );
        wp_cache_delete('dongbo_options', 'options');
        Expect::same(true, get_option('dongbo_options')['keep_data']);
        $done = $submit('settings', ['match_key' => 'name'] + $fields, $admin());
        Expect::same(false, $done['notice']['good'] ?? null, $done['out']);
        delete_option('dongbo_options');
    },
    'a wrong address is answered with its cause' => static function () use ($submit, $admin): void {
        $done = $submit('connect', ['shop' => 'my shop!', 'client_id' => 'a', 'secret' => 'b'], $admin());
        Expect::same(false, $done['notice']['good'] ?? null, $done['out']);
        Expect::that(strpos($done['notice']['message'], 'address') !== false, $done['out']);
    },
    'names of the POS are shown as text, books only while they can be chosen' => static function () use ($connection, $drawn): void {
        $connection();
        $html = $drawn();
        Expect::that(strpos($html, '&lt;b&gt;Kho&lt;/b&gt; (closed)') !== false && strpos($html, '<b>Kho') === false, 'escaped');
        Expect::that(strpos($html, 'Giá sỉ (for customer groups)') !== false, 'a limited book is marked');
        Expect::that(strpos($html, 'Đã hết') === false && strpos($html, 'Tắt') === false, 'books that are over');
    },
    'every field has a label' => static function () use ($connection, $drawn): void {
        $connection();
        $document = new \DOMDocument();
        @$document->loadHTML('<?xml encoding="utf-8"?><html><body>' . $drawn() . '</body></html>');
        $paths = new \DOMXPath($document);
        $fields = 0;
        foreach ($paths->query('//input[not(@type="hidden") and not(@type="submit")] | //select') as $field) {
            $fields++;
            $id = $field->getAttribute('id');
            $labelled = $paths->query('ancestor::label', $field)->length + ($id === '' ? 0 : $paths->query("//label[@for='$id']")->length);
            Expect::that($labelled > 0, 'no label: ' . $field->getAttribute('name'));
        }
        Expect::that($fields >= 9, "$fields fields");
    },
    'an open issue shows item, cause and remedy' => static function () use ($connection, $drawn): void {
        global $wpdb;
        $id = $connection();
        $wpdb->insert(Schema::table('issue'), ['connection_id' => $id, 'item_kind' => 'good', 'item_id' => '1', 'code' => 'row-without-id',
            'label' => 'Áo <i>', 'params' => '[]', 'severity' => 'review', 'source' => 'read']);
        $html = $drawn();
        Expect::that(strpos($html, 'Áo &lt;i&gt;') !== false, 'the item');
        Expect::that(strpos($html, esc_html(\Dongbo\Texts::sentence('row-without-id'))) !== false, 'the cause');
    },
];

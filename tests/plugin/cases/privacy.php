<?php

declare(strict_types=1);

namespace Dongbo\PluginTests;

use Dongbo\Privacy\Eraser;
use Dongbo\Privacy\Exporter;
use Dongbo\Tables\OrderLinks;
use Dongbo\Tables\Outbox;
use Dongbo\Tables\Schema;

$order = static function (string $email, string $name, string $phone): int {
    $order = wc_create_order(['status' => 'processing']);
    $order->set_billing_first_name($name);
    $order->set_billing_email($email);
    $order->set_billing_phone($phone);
    $order->set_billing_address_1('12 Lê Lợi');
    $order->save();

    return $order->get_id();
};
/** Every table of Dongbo's as one text. */
$everything = static function (): string {
    global $wpdb;
    $all = [];
    foreach (Schema::tables() as $table) {
        $all[$table] = $wpdb->get_results($wpdb->prepare('SELECT * FROM %i', Schema::table($table)), ARRAY_A);
    }

    return (string) json_encode($all, JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES);
};
/** A person whose order was sent, failed once and is in the history; and a second one. */
$kept = static function (array $connection, int $order, string $name, string $phone, string $email): void {
    global $wpdb;
    $id = $connection['id'];
    Outbox::record($order, "$order $name", 1, 1);
    $sent = (string) wp_json_encode(['customer' => ['name' => $name, 'contactNumber' => $phone, 'email' => $email], 'orderDelivery' => ['receiver' => $name, 'address' => '12 Lê Lợi']], JSON_UNESCAPED_UNICODE);
    OrderLinks::put($id, ['order_id' => $order, 'remote_id' => '9' . $order, 'code' => 'DH' . $order, 'branch_id' => '7', 'customer_id' => '31', 'total' => 100, 'sent' => $sent, 'accepted' => 5], 5);
    $params = (string) wp_json_encode([['name' => 'customer', 'value' => $name]], JSON_UNESCAPED_UNICODE);
    $wpdb->insert(Schema::table('issue'), ['connection_id' => $id, 'item_kind' => 'order', 'item_id' => (string) $order, 'code' => 'order-total-other', 'label' => "$order $name", 'params' => $params, 'severity' => 'review']);
    $wpdb->insert(Schema::table('history'), ['connection_id' => $id, 'at' => 5, 'remote_kind' => 'order', 'remote_id' => (string) $order, 'shop_id' => $order, 'label' => "$order $name", 'field' => 'sent', 'before_value' => '', 'after_value' => "$name $phone", 'reason' => 'by-hand', 'params' => $params]);
    $wpdb->insert(Schema::table('inbox'), ['connection_id' => $id, 'delivery' => md5($email), 'type' => 'customer.update', 'body' => "{\"Name\":\"$name\",\"ContactNumber\":\"$phone\"}", 'received' => 5, 'state' => 'done']);
    if (in_array('customer', Schema::tables(), true)) {
        $wpdb->insert(Schema::table('customer'), ['connection_id' => $id, 'remote_id' => 'c' . $order, 'phone_key' => $phone, 'email_key' => $email, 'row' => (string) wp_json_encode(['id' => 'c' . $order, 'name' => $name, 'phone' => $phone, 'email' => $email], JSON_UNESCAPED_UNICODE), 'as_of' => 5]);
    }
};

if (!class_exists('WC_Order')) {
    echo "skipped privacy: the stand-in has no orders\n";

    return [];
}

return [
    'WordPress’s tools know Dongbo, and its eraser goes before WooCommerce’s (I5)' => static function (): void {
        $exporters = apply_filters('wp_privacy_personal_data_exporters', []);
        $erasers = apply_filters('wp_privacy_personal_data_erasers', []);
        Expect::that(is_callable($exporters['dongbo']['callback']) && is_callable($erasers['dongbo']['callback']), 'registered');
        $names = array_keys($erasers);
        Expect::that(array_search('dongbo', $names, true) < array_search('woocommerce-customer-orders', $names, true), implode(', ', $names));
    },
    'a person gets all that is kept of them, and nobody else’s (I5)' => static function () use ($order, $kept): void {
        $connection = Shop::connected();
        $mine = $order('hoa@example.test', 'Nguyễn Thị Hoa', '0912345678');
        $other = $order('nam@example.test', 'Trần Văn Nam', '0987654321');
        $kept($connection, $mine, 'Nguyễn Thị Hoa', '0912345678', 'hoa@example.test');
        $kept($connection, $other, 'Trần Văn Nam', '0987654321', 'nam@example.test');
        $export = Exporter::export('hoa@example.test', 1);
        $text = (string) json_encode($export['data'], JSON_UNESCAPED_UNICODE);
        Expect::same(true, $export['done']);
        Expect::that(strpos($text, 'DH' . $mine) !== false && strpos($text, '0912345678') !== false && strpos($text, '12 Lê Lợi') !== false, $text);
        Expect::that(strpos($text, 'Trần Văn Nam') === false && strpos($text, 'DH' . $other) === false, $text);
        Expect::same(['data' => [], 'done' => true], Exporter::export('nobody@example.test', 1));
        Expect::same(['data' => [], 'done' => true], Exporter::export('', 1));
    },
    'an erased person stands nowhere any more, and no order can be sent twice for it (I5, E5)' => static function () use ($order, $kept, $everything): void {
        $connection = Shop::connected();
        $mine = $order('hoa@example.test', 'Nguyễn Thị Hoa', '0912345678');
        $other = $order('nam@example.test', 'Trần Văn Nam', '0987654321');
        $kept($connection, $mine, 'Nguyễn Thị Hoa', '0912345678', 'hoa@example.test');
        $kept($connection, $other, 'Trần Văn Nam', '0987654321', 'nam@example.test');
        $erased = Eraser::erase('hoa@example.test', 1);
        Expect::same([true, false, true], [$erased['items_removed'], $erased['items_retained'], $erased['done']]);
        Expect::that(count($erased['messages']) === 1, 'that the POS keeps its own is said');
        $text = $everything();
        foreach (['Nguyễn Thị Hoa', '0912345678', 'hoa@example.test'] as $word) {
            Expect::that(stripos($text, $word) === false, "$word: " . substr((string) stristr($text, $word), 0, 200));
        }
        foreach (['Trần Văn Nam', '0987654321', 'nam@example.test'] as $word) {
            Expect::that(strpos($text, $word) !== false, "$word of somebody else is gone");
        }
        $link = OrderLinks::of($connection['id'], [$mine])[$mine];
        Expect::same(['9' . $mine, 'DH' . $mine, ''], [$link['remote_id'], $link['code'], $link['sent']], 'what keeps it from being sent again stays');
        Expect::same([], Exporter::export('hoa@example.test', 1)['data'] === [] ? [] : array_filter(array_column(Exporter::export('hoa@example.test', 1)['data'][0]['data'], 'value'), static function (string $value): bool {
            return strpos($value, 'Hoa') !== false;
        }));
    },
    'an order on its way keeps its data until it has arrived, and that is said (I5, E5)' => static function () use ($order, $kept): void {
        global $wpdb;
        $connection = Shop::connected();
        $mine = $order('hoa@example.test', 'Nguyễn Thị Hoa', '0912345678');
        $kept($connection, $mine, 'Nguyễn Thị Hoa', '0912345678', 'hoa@example.test');
        $wpdb->update(Schema::table('outbox'), ['state' => 'sending', 'sending' => '{"out":1}'], ['order_id' => $mine]);
        $erased = Eraser::erase('hoa@example.test', 1);
        Expect::same(true, $erased['items_retained']);
        Expect::that(strpos($erased['messages'][0], (string) $mine) !== false, $erased['messages'][0]);
        Expect::same('{"out":1}', $wpdb->get_var($wpdb->prepare('SELECT sending FROM %i WHERE order_id = %d', Schema::table('outbox'), $mine)));
        Expect::that(OrderLinks::of($connection['id'], [$mine])[$mine]['sent'] !== '', 'what was sent');
    },
    'a text for the privacy policy is suggested, and orders’ tables and the block checkout are declared (I5)' => static function (): void {
        $code = 'define("WP_ADMIN", true);';
        $words = 'require_once ABSPATH . "wp-admin/includes/admin.php"; wp_set_current_user(1); do_action("admin_init"); foreach (WP_Privacy_Policy_Content::get_suggested_policy_text() as $one) { if ($one["plugin_name"] === "Dongbo") { echo $one["policy_text"]; } }';
        $text = Child::wordpress($words, $code)['out'];
        Expect::that(strpos($text, 'KiotViet') !== false && strpos($text, '<p>') !== false, $text);
        $features = \Automattic\WooCommerce\Utilities\FeaturesUtil::get_compatible_features_for_plugin('dongbo/dongbo.php');
        Expect::same([], array_diff(['custom_order_tables', 'cart_checkout_blocks'], $features['compatible']));
    },
];

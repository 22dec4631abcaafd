<?php

declare(strict_types=1);

namespace Dongbo\PluginTests;

use Dongbo\Customers\FollowCustomers;
use Dongbo\Lanes\Budget;
use Dongbo\Lanes\Lane;
use Dongbo\Tables\Checkpoints;
use Dongbo\Tables\CustomerLinks;
use Dongbo\Tables\Customers;
use Dongbo\Tables\Marks;
use Dongbo\Tables\Runs;
use Dongbo\Tables\Schema;

if (!class_exists('WC_Customer')) {
    echo "skipped customers: the stand-in has no customers\n";

    return [];
}

/** A connected shop that keeps customers in step; nobody but its administrator is there. */
$shop = static function (array $customers): array {
    require_once ABSPATH . 'wp-admin/includes/user.php';
    foreach (get_users(['role__not_in' => ['administrator'], 'fields' => 'ID']) as $id) {
        wp_delete_user((int) $id);
    }

    return Shop::connected(['branches' => ['7'], 'order_branch' => '7', 'orders' => ['to_pos' => false], 'customers' => $customers]);
};

$user = static function (string $email, string $phone, string $name = 'Nguyễn Văn An'): int {
    $id = (int) wp_insert_user(['user_login' => $email, 'user_pass' => 'x', 'user_email' => $email, 'role' => 'customer', 'display_name' => $name]);
    $customer = new \WC_Customer($id);
    $customer->set_billing_first_name($name);
    $customer->set_billing_phone($phone);
    $customer->set_billing_address_1('12 Lê Lợi');
    $customer->save();

    return $id;
};

$row = static function (int $id, array $more = []): array {
    return $more + ['id' => $id, 'code' => "KH$id", 'name' => 'Nguyễn Văn An', 'contactNumber' => '0912345678', 'address' => '12 Lê Lợi', 'createdDate' => '2026-08-12T10:00:00', 'modifiedDate' => '2026-08-12T10:00:00'];
};

/** A POS with these customers; what is written to it is kept. */
$pos = static function (array &$rows, array &$written): void {
    remove_all_filters('pre_http_request');
    Answers::prepare([
        '/connect/token' => ['access_token' => 'test-token', 'expires_in' => 86400, 'token_type' => 'Bearer'],
        '/customers/group' => ['total' => 1, 'data' => [['id' => 9, 'name' => 'VIP']]],
        '/customers' => static function (string $url, array $arguments) use (&$rows, &$written): array {
            if ($arguments['method'] === 'POST') {
                $body = json_decode((string) $arguments['body'], true);
                $written[] = ['POST', $body];
                $rows[500 + count($rows)] = ['id' => 500 + count($rows), 'code' => 'KHN', 'modifiedDate' => '2026-08-13T10:00:00'] + $body;

                return ['message' => 'ok', 'data' => end($rows)];
            }
            parse_str((string) parse_url($url, PHP_URL_QUERY), $query);
            $found = array_values(array_filter($rows, static function (array $row) use ($query): bool {
                return !isset($query['contactNumber']) || ($row['contactNumber'] ?? '') === $query['contactNumber'];
            }));

            return ['total' => count($found), 'pageSize' => 100, 'data' => $found, 'timestamp' => '2026-08-12T12:00:00.0000000+07:00'];
        },
    ]);
    add_filter('pre_http_request', static function ($given, array $arguments, string $url) use (&$rows, &$written) {
        if (!preg_match('~/customers/(\d+)$~', (string) parse_url($url, PHP_URL_PATH), $found)) {
            return $given;
        }
        $id = (int) $found[1];
        if (!isset($rows[$id])) {
            return Answers::json(['responseStatus' => ['errorCode' => 'KvValidateCustomerException', 'message' => 'Khách hàng không tồn tại']], 420);
        }
        if ($arguments['method'] === 'PUT') {
            $body = json_decode((string) $arguments['body'], true);
            $written[] = ["PUT $id", $body];
            $rows[$id] = $body + $rows[$id];
        }

        return Answers::json($rows[$id]);
    }, 20, 3);
};

$run = static function (array $connection, string $kind = 'customers'): array {
    $id = Runs::start($connection['id'], Lane::SALES, $kind);
    Lane::slice(Lane::SALES, Budget::ofRequest());
    $run = Runs::find($id);
    Expect::same('done', $run['outcome'], (string) json_encode($run['summary']));

    return $run['summary']['counts'] ?? [];
};

$issues = static function (): array {
    global $wpdb;

    return $wpdb->get_col('SELECT code FROM ' . Schema::table('issue') . ' ORDER BY code');
};

return [
    'a customer of the POS becomes an account once, and is the account that has the phone, however it is written (G2)' => static function () use ($shop, $user, $row, $pos, $run): void {
        $connection = $shop(['to_site' => true]);
        $known = $user('an@example.vn', '+84 912.345.678');
        $rows = [60 => $row(60), 61 => $row(61, ['name' => 'Trần Bình', 'contactNumber' => '0909000111', 'email' => 'Binh@Example.vn']), 62 => $row(62, ['name' => 'Không thư', 'contactNumber' => '0909000222'])];
        $written = [];
        $pos($rows, $written);
        $counts = $run($connection);
        $run($connection);
        Expect::same(1, $counts['created']);
        Expect::same($known, CustomerLinks::ofCustomer($connection['id'], '60'));
        $made = get_user_by('email', 'binh@example.vn');
        Expect::same([true, ['customer'], 'Trần Bình', '0909000111'], [$made !== false, $made->roles, get_user_meta($made->ID, 'billing_first_name', true), get_user_meta($made->ID, 'billing_phone', true)]);
        Expect::same($made->ID, CustomerLinks::ofCustomer($connection['id'], '61'));
        Expect::same(2, count(get_users(['role' => 'customer'])), 'and nobody more: whoever has no address stays in the POS');
        Expect::same([], $written);
    },
    'a customer of the site is looked for by phone and made in the POS once, from the start date on or when asked (G2)' => static function () use ($shop, $user, $row, $pos, $run): void {
        global $wpdb;
        $connection = $shop(['to_pos' => true, 'start' => 1000 * (time() - 3600)]);
        $old = $user('old@example.vn', '0911111111', 'Cũ');
        $wpdb->update($wpdb->users, ['user_registered' => '2020-01-01 00:00:00'], ['ID' => $old]);
        $new = $user('an@example.vn', '0912 345 678');
        $there = $user('there@example.vn', '0913 000 000', 'Đã có');
        $nobody = $user('nophone@example.vn', '', 'Không số');
        clean_user_cache($old);
        $rows = [70 => $row(70, ['name' => 'Đã có', 'contactNumber' => '+84913000000'])];
        $written = [];
        $pos($rows, $written);
        // The mirror does not know of 70 yet: only the POS itself does.
        Checkpoints::put($connection['id'], [['list' => 'customers', 'at' => 1000 * time()]]);
        $rows[70]['hidden'] = true;
        $run($connection);
        Expect::same([['POST', ['name' => 'Nguyễn Văn An', 'contactNumber' => '0912345678', 'email' => 'an@example.vn', 'address' => '12 Lê Lợi']]], array_values(array_filter($written, static function (array $call): bool {
            return $call[0] === 'POST';
        })));
        Expect::same('70', CustomerLinks::ofUser($connection['id'], $there));
        Expect::same([null, null], [CustomerLinks::ofUser($connection['id'], $old), CustomerLinks::ofUser($connection['id'], $nobody)]);
        $run($connection);
        Expect::same(1, count(preg_grep('/^POST/', array_column($written, 0))), 'once');
        Marks::add($connection['id'], FollowCustomers::ASKED, [(string) $old], 1);
        $run($connection, 'marked-customers');
        Expect::same('0911111111', end($written)[1]['contactNumber'], 'a person asked for it');
        Expect::that($new !== $old, 'two people');
    },
    'each side’s change goes to the other, both changed is a person’s, and a masked customer takes nothing away (G2)' => static function () use ($shop, $user, $row, $pos, $run, $issues): void {
        $connection = $shop(['to_site' => true, 'to_pos' => true, 'start' => 1]);
        $id = $user('an@example.vn', '0912345678');
        $rows = [60 => $row(60)];
        $written = [];
        $pos($rows, $written);
        $run($connection);
        Expect::same(['PUT 60'], array_column($written, 0), 'the address the POS did not have');
        $written = [];
        $rows[60] = ['address' => '5 Hàng Bông', 'modifiedDate' => '2026-08-13T10:00:00'] + $rows[60];
        $run($connection);
        Expect::same(['5 Hàng Bông', []], [get_user_meta($id, 'billing_address_1', true), $written]);
        $change = static function (string $address) use ($id): void {
            $customer = new \WC_Customer($id);
            $customer->set_billing_address_1($address);
            $customer->save();
        };
        $change('9 Trần Phú');
        $run($connection);
        Expect::same([['PUT 60', ['address' => '9 Trần Phú']]], $written);
        $written = [];
        $run($connection);
        Expect::same([], $written, 'its own echo is no change');
        $change('1 Một');
        delete_user_meta($id, 'last_update');
        $rows[60] = ['address' => '2 Hai', 'modifiedDate' => '2026-08-14T10:00:00'] + $rows[60];
        $run($connection);
        Expect::same(['1 Một', [], ['customer-both-changed']], [get_user_meta($id, 'billing_address_1', true), $written, $issues()]);
        $rows[60] = ['name' => 'N******n', 'address' => 'x', 'modifiedDate' => '2026-08-15T10:00:00'] + $rows[60];
        unset($rows[60]['contactNumber']);
        $run($connection);
        Expect::same(['Nguyễn Văn An', '0912345678'], [get_user_meta($id, 'billing_first_name', true), get_user_meta($id, 'billing_phone', true)]);
    },
    'two customers with one phone are nobody’s; groups become roles, never one that runs the site (G2)' => static function () use ($shop, $user, $row, $pos, $run, $issues): void {
        add_role('wholesale', 'Khách sỉ', ['read' => true]);
        $connection = $shop(['to_site' => true, 'groups_to_site' => true, 'group_roles' => [['group' => '9', 'role' => 'wholesale'], ['group' => '10', 'role' => 'administrator']]]);
        $twin = $user('twin@example.vn', '0912345678');
        $vip = $user('vip@example.vn', '0909000111', 'Vip');
        $bad = $user('bad@example.vn', '0909000222', 'Quyền');
        $rows = [60 => $row(60), 61 => $row(61), 62 => $row(62, ['name' => 'Vip', 'contactNumber' => '0909000111', 'customerGroupDetails' => [['id' => 1, 'customerId' => 62, 'groupId' => 9]]]),
            63 => $row(63, ['name' => 'Quyền', 'contactNumber' => '0909000222', 'customerGroupDetails' => [['id' => 2, 'customerId' => 63, 'groupId' => 10]]])];
        $written = [];
        $pos($rows, $written);
        $run($connection);
        Expect::same([null, '62'], [CustomerLinks::ofUser($connection['id'], $twin), CustomerLinks::ofUser($connection['id'], $vip)]);
        Expect::same(['customer', 'wholesale'], array_values(get_userdata($vip)->roles));
        Expect::same(['customer'], array_values(get_userdata($bad)->roles));
        Expect::same(['customer-ambiguous', 'customer-not-written'], array_values(array_unique($issues())));
        remove_role('wholesale');
    },
    'what a webhook tells is read again; who is deleted there keeps the account here; nobody reads what nobody wants (A5, G2, Q1)' => static function () use ($shop, $user, $row, $pos, $run): void {
        $connection = $shop(['to_site' => true]);
        $id = $user('an@example.vn', '0912345678');
        $rows = [60 => $row(60)];
        $written = [];
        $pos($rows, $written);
        $run($connection);
        $rows[60] = ['address' => '7 Bảy', 'modifiedDate' => '2026-08-13T10:00:00'] + $rows[60];
        Marks::add($connection['id'], 'customers', ['60', '999'], 5);
        Answers::$asked = [];
        $run($connection, 'marked-customers');
        Expect::same(['/customers/60', '/customers/999'], array_values(preg_grep('~^/customers~', Answers::$asked)));
        Expect::same('7 Bảy', get_user_meta($id, 'billing_address_1', true));
        Marks::add($connection['id'], 'deleted customers', ['60'], 5);
        $run($connection, 'marked-customers');
        Expect::same([[], null, true], [Customers::find($connection['id'], ['60']), CustomerLinks::ofUser($connection['id'], $id), get_userdata($id) !== false]);
        $off = $shop([]);
        $pos($rows, $written);
        $run($off);
        Expect::same([], preg_grep('~^/customers~', Answers::$asked));
    },
    'lists of customers tell who is who and who is on one side only; a person sends whom the date leaves out (G2)' => static function () use ($shop, $user, $row, $pos, $run): void {
        $connection = $shop(['to_site' => true]);
        $known = $user('an@example.vn', '0912345678');
        $alone = $user('le@example.vn', '0913333444', 'Lê Cường');
        $rows = [60 => $row(60), 61 => $row(61, ['name' => 'Chỉ ở POS', 'contactNumber' => '0909000222'])];
        $written = [];
        $pos($rows, $written);
        $run($connection);
        Ask::as('shop_manager');
        $rowsOf = static function (array $given): array {
            return array_map(static function (\stdClass $row): array {
                return [$row->user, $row->pos_id, $row->state];
            }, Ask::declaredRoute('GET', '/customers', $given));
        };
        Expect::same([[$known, '60', 'linked']], $rowsOf([]));
        Expect::same([[0, '61', 'pos']], $rowsOf(['state' => 'pos', 'search' => 'chỉ ở']));
        Expect::same([[$alone, '', 'site']], $rowsOf(['state' => 'site']));
        Expect::same([], $rowsOf(['search' => 'không ai']));
        Expect::same(1, Ask::declaredRoute('POST', '/customers/send', ['ids' => [$alone, get_users(['role' => 'administrator', 'fields' => 'ID'])[0]]])->done);
        Lane::slice(Lane::SALES, Budget::ofRequest());
        Expect::same(['POST'], array_column($written, 0));
        Ask::as('customer');
        Expect::same(403, Ask::route('GET', '/customers')['status']);
    },
    'two customers with one phone: a person says who is who, and the other is told apart by it (G2, Q4)' => static function () use ($shop, $user, $row, $pos, $run, $issues): void {
        $connection = $shop(['to_site' => true]);
        $twin = $user('twin@example.vn', '0912345678');
        $rows = [60 => $row(60, ['address' => '60 Sáu Mươi']), 61 => $row(61, ['name' => 'Em gái', 'email' => 'em@example.vn'])];
        $written = [];
        $pos($rows, $written);
        $run($connection);
        Expect::that(in_array('customer-ambiguous', $issues(), true), 'named first');
        Ask::as('shop_manager');
        Expect::same([404, 'customer-unknown'], [($no = Ask::route('POST', '/customers/link', ['user' => $twin, 'customer' => '999']))['status'], $no['body']->code]);
        Expect::same([404, 'customer-account-unknown'], [($no = Ask::route('POST', '/customers/link', ['user' => 999999, 'customer' => '60']))['status'], $no['body']->code]);
        Ask::declaredRoute('POST', '/customers/link', ['user' => $twin, 'customer' => '60']);
        Lane::slice(Lane::SALES, Budget::ofRequest());
        Expect::same(['60', []], [CustomerLinks::ofUser($connection['id'], $twin), $issues()]);
        $sister = get_user_by('email', 'em@example.vn');
        Expect::same([true, $sister->ID ?? 0], [$sister !== false, CustomerLinks::ofCustomer($connection['id'], '61')], 'the other becomes an account of her own');
        Expect::same([409, 'customer-linked'], [($no = Ask::route('POST', '/customers/link', ['user' => $twin, 'customer' => '61']))['status'], $no['body']->code]);
        Expect::same([], $written);
        $table = Child::wp('customers', '--search=twin', '--format=csv');
        Expect::that($table['code'] === 0 && strpos($table['out'], "$twin,") !== false && strpos($table['out'], 'KH60') !== false, $table['out'] . $table['err']);
        Expect::same(1, ($no = Child::wp('customers', "--link=$twin:61"))['code'], $no['out']);
        Expect::same([0, '60'], [Child::wp('customers', "--link=$twin:60")['code'], CustomerLinks::ofUser($connection['id'], $twin)], 'by command too');
    },
];

<?php
/**
 * Orders of the site and what they are, as JSON:
 *   orders.php COUNT [FIRST]   places orders of many shapes as a shop's own code would
 *   orders.php of ID…          orders that are there
 *
 * The shape hangs on the place in the row alone: lines, percentage and fixed coupons, shipping, fees above and below 0,
 * paid by transfer or on delivery.
 */

declare(strict_types=1);

/** What the POS has to hold for an order, in đồng. */
$dongbo_told = static function (WC_Order $order): array {
    $lines = [];
    foreach ($order->get_items() as $item) {
        $sku = $item->get_product()->get_sku();
        $lines[$sku] = ($lines[$sku] ?? 0) + $item->get_quantity();
    }
    ksort($lines);
    $fees = array_map(static function (WC_Order_Item_Fee $fee): int {
        return (int) $fee->get_total();
    }, $order->get_fees());
    $total = (int) $order->get_total();

    return [
        'id' => $order->get_id(),
        'total' => $total,
        'paid' => $order->get_payment_method() === 'bacs' && $order->get_date_paid() !== null ? $total : 0,
        'shipping' => (int) $order->get_shipping_total(),
        'fees' => (int) array_sum(array_filter($fees, static function (int $fee): bool {
            return $fee > 0;
        })),
        'off' => -(int) array_sum(array_filter($fees, static function (int $fee): bool {
            return $fee < 0;
        })),
        'phone' => $order->get_billing_phone(),
        'lines' => $lines,
    ];
};

if (($argv[1] ?? '') === 'of') {
    echo "\n", json_encode(array_map($dongbo_told, array_map('wc_get_order', array_slice($argv, 2)))), "\n";

    return;
}

$dongbo_count = (int) ($argv[1] ?? 1);
$dongbo_first = (int) ($argv[2] ?? 0);
$dongbo_skus = ['BEER', 'TEA', 'CAKE'];
foreach (['PCT' => ['percent', '15'], 'FIX' => ['fixed_cart', '7000']] as $dongbo_code => [$dongbo_type, $dongbo_amount]) {
    if (wc_get_coupon_id_by_code($dongbo_code) === 0) {
        $dongbo_coupon = new WC_Coupon();
        $dongbo_coupon->set_code($dongbo_code);
        $dongbo_coupon->set_discount_type($dongbo_type);
        $dongbo_coupon->set_amount($dongbo_amount);
        $dongbo_coupon->save();
    }
}
$dongbo_made = [];
for ($dongbo_i = $dongbo_first; $dongbo_i < $dongbo_first + $dongbo_count; $dongbo_i++) {
    $order = wc_create_order();
    $order->set_currency('VND');
    foreach ($dongbo_skus as $dongbo_place => $dongbo_sku) {
        $dongbo_quantity = ($dongbo_i + $dongbo_place) % 3;
        if ($dongbo_quantity > 0) {
            $order->add_product(wc_get_product(wc_get_product_id_by_sku($dongbo_sku)), $dongbo_quantity);
        }
    }
    $phone = sprintf('09%08d', 10000000 + $dongbo_i);
    $address = ['first_name' => 'Khách', 'last_name' => "số $dongbo_i", 'phone' => $phone, 'email' => "k$dongbo_i@example.vn", 'address_1' => "$dongbo_i Lê Lợi", 'city' => 'Quận 1', 'country' => 'VN'];
    $order->set_address($address, 'billing');
    $order->set_address($address, 'shipping');
    if ($dongbo_i % 2 === 0) {
        $shipping = new WC_Order_Item_Shipping();
        $shipping->set_method_title('Giao hàng');
        $shipping->set_method_id('flat_rate');
        $shipping->set_instance_id(1);
        $shipping->set_total('22000');
        $order->add_item($shipping);
    }
    if ($dongbo_i % 5 === 1) {
        $fee = new WC_Order_Item_Fee();
        $fee->set_name('Gói quà');
        $fee->set_total($dongbo_i % 10 === 1 ? '5500' : '-3500');
        $order->add_item($fee);
    }
    $transfer = $dongbo_i % 4 === 3;
    $order->set_payment_method($transfer ? 'bacs' : 'cod');
    $order->calculate_totals();
    if ($dongbo_i % 3 === 2) {
        $order->apply_coupon($dongbo_i % 2 === 0 ? 'PCT' : 'FIX');
    }
    if ($transfer) {
        $order->payment_complete();
    } else {
        $order->update_status('processing');
    }
    $dongbo_made[] = $dongbo_told($order);
}
echo "\n", json_encode($dongbo_made), "\n";

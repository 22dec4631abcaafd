<?php

declare(strict_types=1);

namespace Dongbo\Shop;

/** A whole order in the form the rules take: a SiteOrder record (src/model/site_order.rs). Amounts stay the texts WooCommerce keeps. */
final class OrderRecord
{
    /**
     * Where plugins for Vietnam keep ward and district apart; `%s` is `billing` or `shipping`.
     */
    private const WARD = ['_%s_ward', '%s_ward', '_%s_wards', '_%s_commune'];
    private const DISTRICT = ['_%s_district', '%s_district', '_%s_districts'];

    private \WC_Order $order;

    /** Thousandths of the store's unit times thousandths of pieces. */
    private int $weight = 0;

    private function __construct(\WC_Order $order)
    {
        $this->order = $order;
    }

    /** @return array<string, mixed> */
    public static function of(\WC_Order $order): array
    {
        return (new self($order))->record();
    }

    /** @return array<string, mixed> */
    private function record(): array
    {
        $order = $this->order;
        $lines = $this->lines();

        return [
            'id' => $order->get_id(),
            'number' => (string) $order->get_order_number(),
            'status' => $order->get_status(),
            'currency' => $order->get_currency(),
            'created' => Orders::instant($order->get_date_created()),
            'modified' => Orders::instant($order->get_date_modified()),
            'origin' => (string) $order->get_meta(Orders::ORIGIN),
            'user_id' => $order->get_customer_id(),
            'billing' => $this->address('billing'),
            'shipping' => $this->address('shipping'),
            'note' => (string) $order->get_customer_note(),
            'payment' => (string) $order->get_payment_method(),
            'payment_title' => (string) $order->get_payment_method_title(),
            'paid' => $order->get_date_paid() !== null,
            'total' => (string) $order->get_total(),
            'refunded' => (string) $order->get_total_refunded(),
            'weight' => Texts::decimal(intdiv($this->weight, 1000)),
            'lines' => $lines,
            'shippings' => $this->shippings(),
            'fees' => $this->fees(),
            'coupons' => $this->coupons(),
        ];
    }

    /** @return array<int, array<string, mixed>> */
    private function lines(): array
    {
        $lines = [];
        foreach ($this->order->get_items() as $item) {
            if (!$item instanceof \WC_Order_Item_Product) {
                continue;
            }
            $product = $item->get_product();
            $there = $product instanceof \WC_Product;
            $quantity = (string) $item->get_quantity();
            if ($there) {
                $this->weight += (int) Texts::thousandths((string) $product->get_weight()) * (int) Texts::thousandths($quantity);
            }
            $lines[] = [
                'id' => $item->get_id(),
                'name' => Texts::plain($item->get_name()),
                'product_id' => $there ? $item->get_product_id() : 0,
                'variation_id' => $there ? $item->get_variation_id() : 0,
                'sku' => $there ? (string) $product->get_sku() : '',
                'quantity' => $quantity,
                'total' => (string) $item->get_total(),
                'tax' => (string) $item->get_total_tax(),
                'taxes' => self::shares($item),
                'note' => self::lineNote($item, $there ? $product : null),
            ];
        }

        return $lines;
    }

    /** @return array<int, array{rate: string, amount: string}> */
    private static function shares(\WC_Order_Item_Product $item): array
    {
        $shares = [];
        foreach ((array) ($item->get_taxes()['total'] ?? []) as $rate => $amount) {
            if ((string) $amount !== '') {
                $shares[] = ['rate' => (string) $rate, 'amount' => (string) $amount];
            }
        }

        return $shares;
    }

    /**
     * What the shopper chose or wrote; not what the variation itself says.
     *
     * @param \WC_Product|null $product
     */
    private static function lineNote(\WC_Order_Item_Product $item, $product): string
    {
        $own = $product instanceof \WC_Product_Variation ? array_keys($product->get_attributes()) : [];
        $parts = [];
        foreach ($item->get_formatted_meta_data('_', true) as $meta) {
            if (!in_array($meta->key, $own, true)) {
                $parts[] = Texts::plain(wp_strip_all_tags($meta->display_key . ': ' . $meta->display_value, true));
            }
        }

        return implode('; ', $parts);
    }

    /** @return array<int, array<string, mixed>> */
    private function shippings(): array
    {
        $shippings = [];
        foreach ($this->order->get_items('shipping') as $item) {
            if ($item instanceof \WC_Order_Item_Shipping) {
                $shippings[] = self::charge($item) + [
                    'method' => $item->get_method_id() . ':' . $item->get_instance_id(),
                    // WooCommerce's own pick-up places; older plugins for them keep the same name.
                    'place' => (string) $item->get_meta('pickup_location'),
                ];
            }
        }

        return $shippings;
    }

    /** @return array<int, array<string, mixed>> */
    private function fees(): array
    {
        $fees = [];
        foreach ($this->order->get_items('fee') as $item) {
            if ($item instanceof \WC_Order_Item_Fee) {
                $fees[] = self::charge($item);
            }
        }

        return $fees;
    }

    /**
     * @param \WC_Order_Item_Shipping|\WC_Order_Item_Fee $item
     * @return array{name: string, total: string, tax: string}
     */
    private static function charge($item): array
    {
        return ['name' => Texts::plain($item->get_name()), 'total' => (string) $item->get_total(), 'tax' => (string) $item->get_total_tax()];
    }

    /** @return array<int, array{code: string, discount: string}> */
    private function coupons(): array
    {
        $coupons = [];
        foreach ($this->order->get_items('coupon') as $item) {
            if ($item instanceof \WC_Order_Item_Coupon) {
                $coupons[] = ['code' => (string) $item->get_code(), 'discount' => (string) $item->get_discount()];
            }
        }

        return $coupons;
    }

    /**
     * @param string $kind `billing` or `shipping`.
     * @return array<string, string> A PostalAddress record.
     */
    private function address(string $kind): array
    {
        // As it is shown: plugins that keep codes in it put names in their place here.
        $address = (array) apply_filters("woocommerce_order_formatted_{$kind}_address", $this->order->get_address($kind), $this->order);
        $text = static function (string $field) use ($address): string {
            return Texts::plain(trim((string) ($address[$field] ?? '')));
        };
        $name = $kind === 'billing' ? $this->order->get_formatted_billing_full_name() : $this->order->get_formatted_shipping_full_name();

        return [
            'name' => Texts::plain(trim($name)),
            'company' => $text('company'),
            'phone' => $text('phone'),
            'email' => $text('email'),
            'address_1' => $text('address_1'),
            'address_2' => $text('address_2'),
            'ward' => $this->apart(self::WARD, $kind),
            'district' => $this->apart(self::DISTRICT, $kind),
            'city' => $text('city'),
            'province' => self::province($text('country'), $text('state')),
            'country' => $text('country'),
        ];
    }

    /** @param string[] $keys */
    private function apart(array $keys, string $kind): string
    {
        foreach ($keys as $key) {
            $value = $this->order->get_meta(sprintf($key, $kind));
            if (is_string($value) && trim($value) !== '') {
                return Texts::plain(trim($value));
            }
        }

        return '';
    }

    private static function province(string $country, string $state): string
    {
        $countries = new \WC_Countries();
        $states = $country === '' ? [] : (array) $countries->get_states($country);

        return Texts::plain((string) ($states[$state] ?? $state));
    }
}

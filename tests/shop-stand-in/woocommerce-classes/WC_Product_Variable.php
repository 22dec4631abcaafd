<?php

declare(strict_types=1);

use Dongbo\StandIn\Lookup;
use Dongbo\StandIn\ProductStore;

/** A product that is sold as its variations. */
class WC_Product_Variable extends WC_Product
{
    /** @var array{all: int[], visible: int[]}|null */
    private ?array $children = null;

    public function get_type()
    {
        return 'variable';
    }

    public function get_children($visible_only = '')
    {
        return $this->children()['all'];
    }

    public function get_visible_children()
    {
        return $this->children()['visible'];
    }

    public function get_variation_price($min_or_max = 'min', $for_display = false)
    {
        $prices = array_map(static fn (int $child): float => (float) get_post_meta($child, '_price', true), $this->get_visible_children());

        return $prices ? wc_format_decimal($min_or_max === 'max' ? max($prices) : min($prices), wc_get_price_decimals()) : '';
    }

    /** What the product page is told of a variation. */
    public function get_available_variation($variation)
    {
        $variation = $variation instanceof WC_Product ? $variation : wc_get_product($variation);
        $data = ['variation_id' => $variation->get_id(), 'display_price' => (float) $variation->get_price(), 'sku' => $variation->get_sku(), 'availability_html' => ''];

        return apply_filters('woocommerce_available_variation', $data, $this, $variation);
    }

    /** Prices of all visible variations by kind, remembered by their hash. */
    public function get_variation_prices($for_display = false)
    {
        $hash = md5((string) wp_json_encode(apply_filters('woocommerce_get_variation_prices_hash', [$this->get_visible_children()], $this, $for_display)));
        $known = (array) json_decode((string) get_transient('wc_var_prices_' . $this->id), true);
        if (!isset($known[$hash])) {
            foreach ($this->get_visible_children() as $child) {
                $variation = wc_get_product($child);
                foreach (['price', 'regular_price', 'sale_price'] as $kind) {
                    $known[$hash][$kind][$child] = apply_filters("woocommerce_variation_prices_$kind", $variation->{"get_$kind"}('edit'), $variation, $this);
                }
            }
            set_transient('wc_var_prices_' . $this->id, (string) wp_json_encode($known), DAY_IN_SECONDS * 30);
        }

        return $known[$hash] ?? ['price' => [], 'regular_price' => [], 'sale_price' => []];
    }

    /** Price range and stock status from the variations. */
    public static function sync($product, $save = true)
    {
        $product = $product instanceof WC_Product ? $product : wc_get_product($product);
        if (!$product instanceof self) {
            return $product;
        }
        array_map('wc_get_product', $product->get_children());
        $product->sync_price();
        $product->sync_stock_status();
        do_action('woocommerce_variable_product_sync_data', $product);
        if ($save) {
            $product->save();
        }

        return $product;
    }

    protected function validate_props()
    {
        parent::validate_props();
        if (!$this->get_manage_stock()) {
            $this->sync_stock_status();
        }
    }

    protected function after_save()
    {
        parent::after_save();
        // Variations that leave their stock to this product follow its status.
        if ($this->get_manage_stock()) {
            foreach ($this->get_children() as $child) {
                if (get_post_meta($child, '_manage_stock', true) !== 'yes' && get_post_meta($child, '_stock_status', true) !== $this->get_stock_status()) {
                    $variation = wc_get_product($child);
                    $variation->set_stock_status($this->get_stock_status());
                    $variation->save();
                }
            }
        }
    }

    private function sync_price(): void
    {
        $prices = [];
        foreach ($this->get_visible_children() as $child) {
            $price = get_post_meta($child, '_price', true);
            if ($price !== '') {
                $prices[] = $price;
            }
        }
        foreach (['_price', '_sale_price', '_regular_price'] as $key) {
            delete_post_meta($this->id, $key);
        }
        $prices = array_unique($prices);
        sort($prices, SORT_NUMERIC);
        foreach ($prices as $price) {
            add_post_meta($this->id, '_price', $price, false);
        }
        Lookup::write($this->id);
        do_action('woocommerce_updated_product_price', $this->id);
        $this->adopt(['price' => $prices ? (string) $prices[0] : '', 'regular_price' => '', 'sale_price' => '']);
    }

    private function sync_stock_status(): void
    {
        if ($this->get_manage_stock()) {
            return;
        }
        $found = [];
        foreach ($this->get_children() as $child) {
            $found[(string) get_post_meta($child, '_stock_status', true)] = true;
        }
        $this->set_stock_status(isset($found['instock']) ? 'instock' : (isset($found['onbackorder']) ? 'onbackorder' : 'outofstock'));
    }

    /** @return array{all: int[], visible: int[]} */
    private function children(): array
    {
        if ($this->children === null) {
            $known = get_transient('wc_product_children_' . $this->id);
            if (!is_array($known)) {
                $known = ProductStore::children($this->id);
                set_transient('wc_product_children_' . $this->id, $known, DAY_IN_SECONDS * 30);
            }
            $this->children = $known;
        }

        return $this->children;
    }
}

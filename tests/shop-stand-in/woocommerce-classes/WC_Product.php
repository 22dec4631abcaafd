<?php

declare(strict_types=1);

use Dongbo\StandIn\Lookup;
use Dongbo\StandIn\ProductStore;

/** A product's properties, with WooCommerce's checks of them. */
class WC_Product extends WC_Data
{
    protected array $data = [
        'name' => '', 'slug' => '', 'date_created' => null, 'date_modified' => null, 'status' => false, 'featured' => false,
        'catalog_visibility' => 'visible', 'description' => '', 'short_description' => '', 'sku' => '', 'global_unique_id' => '',
        'price' => '', 'regular_price' => '', 'sale_price' => '', 'date_on_sale_from' => null, 'date_on_sale_to' => null,
        'total_sales' => '0', 'tax_status' => 'taxable', 'tax_class' => '', 'manage_stock' => false, 'stock_quantity' => null,
        'stock_status' => 'instock', 'backorders' => 'no', 'sold_individually' => false, 'weight' => '', 'parent_id' => 0,
        'reviews_allowed' => true, 'attributes' => [], 'menu_order' => 0, 'virtual' => false, 'downloadable' => false,
        'category_ids' => [], 'tag_ids' => [], 'shipping_class_id' => 0, 'image_id' => '', 'gallery_image_ids' => [], 'download_limit' => -1,
        'download_expiry' => -1, 'average_rating' => 0, 'review_count' => 0,
    ];

    public function __construct($product = 0)
    {
        $this->id = $product instanceof self ? $product->get_id() : (is_numeric($product) ? absint($product) : absint($product->ID ?? 0));
        if ($this->id) {
            ProductStore::read($this);
        }
        $this->object_read = true;
    }

    public function get_type()
    {
        return 'simple';
    }

    public function is_type($type)
    {
        return in_array($this->get_type(), (array) $type, true);
    }

    public function get_name($context = 'view')
    {
        return $this->get_prop('name', $context);
    }

    public function get_slug($context = 'view')
    {
        return $this->get_prop('slug', $context);
    }

    public function get_date_created($context = 'view')
    {
        return $this->get_prop('date_created', $context);
    }

    public function get_date_modified($context = 'view')
    {
        return $this->get_prop('date_modified', $context);
    }

    public function get_status($context = 'view')
    {
        return $this->get_prop('status', $context);
    }

    public function get_catalog_visibility($context = 'view')
    {
        return $this->get_prop('catalog_visibility', $context);
    }

    public function get_description($context = 'view')
    {
        return $this->get_prop('description', $context);
    }

    public function get_short_description($context = 'view')
    {
        return $this->get_prop('short_description', $context);
    }

    public function get_sku($context = 'view')
    {
        return $this->get_prop('sku', $context);
    }

    public function get_global_unique_id($context = 'view')
    {
        return $this->get_prop('global_unique_id', $context);
    }

    public function get_price($context = 'view')
    {
        return $this->get_prop('price', $context);
    }

    public function get_regular_price($context = 'view')
    {
        return $this->get_prop('regular_price', $context);
    }

    public function get_sale_price($context = 'view')
    {
        return $this->get_prop('sale_price', $context);
    }

    public function get_date_on_sale_from($context = 'view')
    {
        return $this->get_prop('date_on_sale_from', $context);
    }

    public function get_date_on_sale_to($context = 'view')
    {
        return $this->get_prop('date_on_sale_to', $context);
    }

    public function get_tax_status($context = 'view')
    {
        return $this->get_prop('tax_status', $context);
    }

    public function get_tax_class($context = 'view')
    {
        return $this->get_prop('tax_class', $context);
    }

    public function get_manage_stock($context = 'view')
    {
        return $this->get_prop('manage_stock', $context);
    }

    public function get_stock_quantity($context = 'view')
    {
        return $this->get_prop('stock_quantity', $context);
    }

    public function get_stock_status($context = 'view')
    {
        return $this->get_prop('stock_status', $context);
    }

    public function get_backorders($context = 'view')
    {
        return $this->get_prop('backorders', $context);
    }

    public function get_weight($context = 'view')
    {
        return $this->get_prop('weight', $context);
    }

    public function get_parent_id($context = 'view')
    {
        return $this->get_prop('parent_id', $context);
    }

    public function get_attributes($context = 'view')
    {
        return $this->get_prop('attributes', $context);
    }

    public function get_category_ids($context = 'view')
    {
        return $this->get_prop('category_ids', $context);
    }

    public function get_image_id($context = 'view')
    {
        return $this->get_prop('image_id', $context);
    }

    public function get_menu_order($context = 'view')
    {
        return $this->get_prop('menu_order', $context);
    }

    public function get_children()
    {
        return [];
    }

    public function get_stock_managed_by_id()
    {
        return $this->get_id();
    }

    public function managing_stock()
    {
        return get_option('woocommerce_manage_stock') === 'yes' && (bool) $this->get_manage_stock();
    }

    public function is_in_stock()
    {
        return apply_filters('woocommerce_product_is_in_stock', $this->get_stock_status() !== 'outofstock', $this);
    }

    public function is_on_sale($context = 'view')
    {
        $sale = (string) $this->get_sale_price($context);
        if ($sale === '' || (float) $this->get_regular_price($context) <= (float) $sale) {
            return false;
        }
        $from = $this->get_date_on_sale_from($context);
        $to = $this->get_date_on_sale_to($context);

        return !($from && $from->getTimestamp() > time()) && !($to && $to->getTimestamp() < time());
    }

    public function set_name($name)
    {
        $this->set_prop('name', $name);
    }

    public function set_slug($slug)
    {
        $this->set_prop('slug', $slug);
    }

    public function set_date_created($date = null)
    {
        $this->set_date_prop('date_created', $date);
    }

    public function set_date_modified($date = null)
    {
        $this->set_date_prop('date_modified', $date);
    }

    public function set_status($status)
    {
        $this->set_prop('status', $status);
    }

    public function set_catalog_visibility($visibility)
    {
        if (!in_array($visibility, ['visible', 'catalog', 'search', 'hidden'], true)) {
            $this->error('product_invalid_catalog_visibility', 'Invalid catalog visibility option.');
        }
        $this->set_prop('catalog_visibility', $visibility);
    }

    public function set_description($description)
    {
        $this->set_prop('description', $description);
    }

    public function set_short_description($short_description)
    {
        $this->set_prop('short_description', $short_description);
    }

    public function set_sku($sku)
    {
        $sku = (string) $sku;
        if ($this->object_read && $sku !== '' && Lookup::find('sku', $sku, $this->id)) {
            $this->error('product_invalid_sku', 'Invalid or duplicated SKU.', 400, ['resource_id' => wc_get_product_id_by_sku($sku)]);
        }
        $this->set_prop('sku', $sku);
    }

    public function set_global_unique_id($global_unique_id)
    {
        $global_unique_id = preg_replace('/[^0-9\-]/', '', (string) $global_unique_id);
        if ($this->object_read && $global_unique_id !== '' && Lookup::find('global_unique_id', $global_unique_id, $this->id)) {
            $this->error('product_invalid_global_unique_id', 'Invalid or duplicated GTIN, UPC, EAN or ISBN.');
        }
        $this->set_prop('global_unique_id', $global_unique_id);
    }

    public function set_price($price)
    {
        $this->set_prop('price', wc_format_decimal($price));
    }

    public function set_regular_price($price)
    {
        $this->set_prop('regular_price', wc_format_decimal($price));
    }

    public function set_sale_price($price)
    {
        $this->set_prop('sale_price', wc_format_decimal($price));
    }

    public function set_date_on_sale_from($date = null)
    {
        $this->set_date_prop('date_on_sale_from', $date);
    }

    public function set_date_on_sale_to($date = null)
    {
        $this->set_date_prop('date_on_sale_to', $date);
    }

    public function set_tax_status($status)
    {
        if (!in_array($status ?: 'taxable', ['taxable', 'shipping', 'none'], true)) {
            $this->error('product_invalid_tax_status', 'Invalid product tax status.');
        }
        $this->set_prop('tax_status', $status ?: 'taxable');
    }

    public function set_tax_class($class)
    {
        $class = sanitize_title($class) === 'standard' ? '' : sanitize_title($class);
        $this->set_prop('tax_class', in_array($class, $this->tax_classes(), true) ? $class : '');
    }

    protected function tax_classes()
    {
        return ['', 'reduced-rate', 'zero-rate'];
    }

    public function set_manage_stock($manage_stock)
    {
        $this->set_prop('manage_stock', is_bool($manage_stock) ? $manage_stock : in_array($manage_stock, ['yes', 'true', 1, '1'], true));
    }

    public function set_stock_quantity($quantity)
    {
        $this->set_prop('stock_quantity', $quantity === '' || $quantity === null ? null : wc_stock_amount($quantity));
    }

    public function set_stock_status($status = 'instock')
    {
        $this->set_prop('stock_status', in_array($status, ['instock', 'outofstock', 'onbackorder'], true) ? $status : 'instock');
    }

    public function set_backorders($backorders)
    {
        $this->set_prop('backorders', $backorders);
    }

    public function set_weight($weight)
    {
        $this->set_prop('weight', $weight === '' ? '' : wc_format_decimal($weight));
    }

    public function set_parent_id($parent_id)
    {
        $this->set_prop('parent_id', absint($parent_id));
    }

    public function set_menu_order($menu_order)
    {
        $this->set_prop('menu_order', (int) $menu_order);
    }

    /** Under each attribute's key; one the product had and has no more stays as null until it is saved. */
    public function set_attributes($raw_attributes)
    {
        $attributes = array_fill_keys(array_keys($this->get_attributes('edit')), null);
        foreach ($raw_attributes as $attribute) {
            if ($attribute instanceof WC_Product_Attribute) {
                $attributes[sanitize_title($attribute->get_name())] = $attribute;
            }
        }
        uasort($attributes, static fn ($a, $b) => ($a ? $a->get_position() : -1) <=> ($b ? $b->get_position() : -1));
        $this->set_prop('attributes', $attributes);
    }

    public function set_category_ids($term_ids)
    {
        $this->set_prop('category_ids', array_values(array_unique(array_map('intval', (array) $term_ids))));
    }

    public function get_gallery_image_ids($context = 'view')
    {
        return $this->get_prop('gallery_image_ids', $context);
    }

    public function set_gallery_image_ids($image_ids)
    {
        $this->set_prop('gallery_image_ids', wp_parse_id_list($image_ids));
    }

    public function set_image_id($image_id = '')
    {
        $this->set_prop('image_id', $image_id);
    }

    public function save()
    {
        $this->validate_props();
        $store = new WC_Data_Store();
        do_action('woocommerce_before_product_object_save', $this, $store);
        if ($this->id) {
            ProductStore::update($this);
        } else {
            ProductStore::create($this);
        }
        $this->after_save();
        do_action('woocommerce_after_product_object_save', $this, $store);

        return $this->id;
    }

    public function delete($force_delete = false)
    {
        if (!$this->id) {
            return false;
        }
        $variation = $this->is_type('variation') ? '_variation' : '';
        $id = $this->id;
        if ($force_delete) {
            do_action("woocommerce_before_delete_product$variation", $id);
            wp_delete_post($id);
            $this->id = 0;
            do_action("woocommerce_delete_product$variation", $id);
        } else {
            wp_trash_post($id);
            $this->set_status('trash');
            do_action("woocommerce_trash_product$variation", $id);
        }

        return true;
    }

    /** For the stand-in itself: a number that is in the database already. */
    public function adopt_stock_quantity($quantity): void
    {
        $this->data['stock_quantity'] = $quantity;
        unset($this->changes['stock_quantity']);
    }

    /** For the stand-in itself: properties as they were read. */
    public function adopt(array $props): void
    {
        $this->data = array_replace($this->data, $props);
    }

    protected function after_save()
    {
        if ($this->get_parent_id()) {
            wc_deferred_product_sync($this->get_parent_id());
        }
    }

    protected function validate_props()
    {
        if (!$this->get_manage_stock()) {
            $this->set_stock_quantity('');
            $this->set_backorders('no');

            return;
        }
        if ((int) $this->get_stock_quantity() > (int) get_option('woocommerce_notify_no_stock_amount', 0)) {
            $this->set_stock_status('instock');
        } else {
            $this->set_stock_status($this->get_backorders() === 'no' ? 'outofstock' : 'onbackorder');
        }
    }

    public function get_data_store()
    {
        return new WC_Data_Store();
    }

    protected function own_meta_keys()
    {
        return ProductStore::own_meta_keys();
    }
}

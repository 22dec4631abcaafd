<?php

declare(strict_types=1);

/** One choice of a variable product; what it does not say itself it takes from there. */
class WC_Product_Variation extends WC_Product_Simple
{
    private ?WC_Product $parent = null;

    public function __construct($product = 0)
    {
        $this->data['tax_class'] = 'parent';
        $this->data['reviews_allowed'] = false;
        parent::__construct($product);
    }

    public function get_type()
    {
        return 'variation';
    }

    public function get_attributes($context = 'view')
    {
        return $this->get_prop('attributes', $context);
    }

    public function set_attributes($raw_attributes)
    {
        $attributes = [];
        foreach ((array) $raw_attributes as $key => $value) {
            if (strpos((string) $key, 'attribute_') === 0) {
                $key = substr($key, 10);
            }
            $attributes[$key] = $value;
        }
        $this->set_prop('attributes', $attributes);
    }

    public function get_manage_stock($context = 'view')
    {
        $own = parent::get_manage_stock($context);
        if ($context === 'view' && $own === false && $this->parent() && $this->parent()->get_manage_stock('edit')) {
            return 'parent';
        }

        return $own;
    }

    public function get_stock_quantity($context = 'view')
    {
        return $context === 'view' && $this->get_manage_stock() === 'parent'
            ? $this->parent()->get_stock_quantity('edit') : parent::get_stock_quantity($context);
    }

    public function get_backorders($context = 'view')
    {
        return $context === 'view' && $this->get_manage_stock() === 'parent'
            ? $this->parent()->get_backorders('edit') : parent::get_backorders($context);
    }

    public function get_stock_managed_by_id()
    {
        return $this->get_manage_stock() === 'parent' ? $this->get_parent_id() : $this->get_id();
    }

    public function get_sku($context = 'view')
    {
        return $this->own_or_parents('sku', $context);
    }

    public function get_weight($context = 'view')
    {
        return $this->own_or_parents('weight', $context);
    }

    public function get_image_id($context = 'view')
    {
        return $this->own_or_parents('image_id', $context);
    }

    public function get_tax_class($context = 'view')
    {
        $own = parent::get_tax_class($context);

        return $context === 'view' && $own === 'parent' && $this->parent() ? $this->parent()->get_tax_class('edit') : $own;
    }

    protected function tax_classes()
    {
        return ['', 'parent', 'reduced-rate', 'zero-rate'];
    }

    protected function hook_prefix()
    {
        return 'woocommerce_product_variation_get_';
    }

    protected function validate_props()
    {
        if ($this->get_manage_stock() === 'parent') {
            $this->set_stock_quantity('');
            $this->set_backorders('no');

            return;
        }
        parent::validate_props();
    }

    private function own_or_parents(string $name, $context)
    {
        $own = $this->get_prop($name, $context);

        return $context === 'view' && !$own && $this->parent() ? $this->parent()->{"get_$name"}('edit') : $own;
    }

    private function parent(): ?WC_Product
    {
        if ($this->parent === null && $this->get_parent_id()) {
            $this->parent = wc_get_product($this->get_parent_id()) ?: null;
        }

        return $this->parent;
    }
}

<?php

declare(strict_types=1);

/** An attribute of one product: site-wide (id > 0, options are term ids) or its own (options are texts). */
class WC_Product_Attribute implements ArrayAccess
{
    private array $data = ['id' => 0, 'name' => '', 'options' => [], 'position' => 0, 'visible' => false, 'variation' => false];

    public function set_id($value)
    {
        $this->data['id'] = absint($value);
    }

    public function set_name($value)
    {
        $this->data['name'] = $value;
    }

    public function set_options($value)
    {
        $this->data['options'] = $value;
    }

    public function set_position($value)
    {
        $this->data['position'] = absint($value);
    }

    public function set_visible($value)
    {
        $this->data['visible'] = (bool) $value;
    }

    public function set_variation($value)
    {
        $this->data['variation'] = (bool) $value;
    }

    public function get_id()
    {
        return $this->data['id'];
    }

    public function get_name()
    {
        return $this->data['name'];
    }

    public function get_options()
    {
        return $this->data['options'];
    }

    public function get_position()
    {
        return $this->data['position'];
    }

    public function get_visible()
    {
        return $this->data['visible'];
    }

    public function get_variation()
    {
        return $this->data['variation'];
    }

    public function is_taxonomy()
    {
        return $this->data['id'] > 0;
    }

    public function get_taxonomy()
    {
        return $this->is_taxonomy() ? $this->data['name'] : '';
    }

    public function get_terms()
    {
        if (!$this->is_taxonomy() || !taxonomy_exists($this->data['name'])) {
            return null;
        }

        return array_values(array_filter(array_map(fn ($id) => get_term((int) $id, $this->data['name']), $this->data['options'])));
    }

    public function get_slugs()
    {
        return array_map(static fn ($term) => $term->slug, (array) $this->get_terms());
    }

    #[ReturnTypeWillChange]
    public function offsetGet($offset)
    {
        return $this->data[$offset] ?? '';
    }

    #[ReturnTypeWillChange]
    public function offsetSet($offset, $value)
    {
        $this->data[$offset] = $value;
    }

    #[ReturnTypeWillChange]
    public function offsetUnset($offset)
    {
    }

    #[ReturnTypeWillChange]
    public function offsetExists($offset)
    {
        return isset($this->data[$offset]);
    }
}

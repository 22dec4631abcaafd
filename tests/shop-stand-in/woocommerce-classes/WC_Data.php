<?php

declare(strict_types=1);

/** An object with properties that know what has changed since it was read, and with metas. */
abstract class WC_Data
{
    protected int $id = 0;
    protected array $data = [];
    protected array $changes = [];
    protected bool $object_read = false;

    /** @var WC_Meta_Data[]|null */
    protected ?array $metas = null;

    abstract public function save();

    public function get_id()
    {
        return $this->id;
    }

    public function set_id($id)
    {
        $this->id = absint($id);
    }

    public function get_changes()
    {
        return $this->changes;
    }

    public function get_data()
    {
        return ['id' => $this->id] + array_replace($this->data, $this->changes) + ['meta_data' => $this->get_meta_data()];
    }

    public function apply_changes()
    {
        $this->data = array_replace($this->data, $this->changes);
        $this->changes = [];
    }

    public function get_object_read()
    {
        return $this->object_read;
    }

    public function set_object_read($read = true)
    {
        $this->object_read = (bool) $read;
    }

    /** Sets many; goes on after one that is refused and gives the refusals. */
    public function set_props($props, $context = 'set')
    {
        $errors = null;
        foreach ($props as $name => $value) {
            $setter = "set_$name";
            if ($value === null || in_array($name, ['prop', 'date_prop', 'meta_data'], true) || !is_callable([$this, $setter])) {
                continue;
            }
            try {
                $this->$setter($value);
            } catch (WC_Data_Exception $refused) {
                $errors = $errors ?? new WP_Error();
                $errors->add($refused->getErrorCode(), $refused->getMessage(), ['property_name' => $name]);
            }
        }

        return $errors ?? true;
    }

    protected function set_prop($name, $value)
    {
        if (!array_key_exists($name, $this->data)) {
            return;
        }
        if (!$this->object_read) {
            $this->data[$name] = $value;
        } elseif ($value !== $this->data[$name] || array_key_exists($name, $this->changes)) {
            $this->changes[$name] = $value;
        }
    }

    protected function get_prop($name, $context = 'view')
    {
        $value = array_key_exists($name, $this->changes) ? $this->changes[$name] : ($this->data[$name] ?? null);

        return $context === 'view' ? apply_filters($this->hook_prefix() . $name, $value, $this) : $value;
    }

    protected function set_date_prop($name, $value)
    {
        $this->set_prop($name, WC_DateTime::from($value));
    }

    protected function error($code, $message, $http_status_code = 400, $data = array())
    {
        throw new WC_Data_Exception($code, $message, $http_status_code, $data);
    }

    protected function hook_prefix()
    {
        return 'woocommerce_product_get_';
    }

    public function get_meta_data()
    {
        return array_values(array_filter($this->metas(), static fn (WC_Meta_Data $meta): bool => $meta->value !== null));
    }

    public function get_meta($key = '', $single = true, $context = 'view')
    {
        $found = array_values(array_filter($this->get_meta_data(), static fn (WC_Meta_Data $meta): bool => $meta->key === $key));
        if (!$single) {
            return $found;
        }

        return $found ? $found[0]->value : '';
    }

    private static function meta_cache_key(int $id): string
    {
        return 'object_meta_' . $id;
    }

    /** A row of meta was written: what was kept of it is forgotten. */
    public static function forget_meta($meta_ids, $id)
    {
        wp_cache_delete(self::meta_cache_key((int) $id), 'products');
    }

    public function get_meta_cache_key()
    {
        return self::meta_cache_key($this->id);
    }

    public function meta_exists($key = '')
    {
        return in_array($key, array_column(array_map('get_object_vars', $this->get_meta_data()), 'key'), true);
    }

    public function add_meta_data($key, $value, $unique = false)
    {
        if ($unique) {
            $this->delete_meta_data($key);
        }
        $this->metas();
        $this->metas[] = new WC_Meta_Data(['key' => $key, 'value' => $value]);
    }

    public function update_meta_data($key, $value, $meta_id = 0)
    {
        $matches = array_values(array_filter($this->metas(), static fn (WC_Meta_Data $meta): bool => $meta_id ? $meta->id === (int) $meta_id : $meta->key === $key));
        if (!$matches) {
            $this->add_meta_data($key, $value, true);

            return;
        }
        foreach (array_slice($matches, 1) as $surplus) {
            $surplus->value = null;
        }
        $matches[0]->key = $key;
        $matches[0]->value = $value;
    }

    public function delete_meta_data($key)
    {
        foreach ($this->metas() as $meta) {
            if ($meta->key === $key) {
                $meta->value = null;
            }
        }
    }

    public function save_meta_data()
    {
        if ($this->metas === null) {
            return;
        }
        foreach ($this->metas as $place => $meta) {
            if ($meta->value === null) {
                if ($meta->id) {
                    delete_metadata_by_mid('post', $meta->id);
                }
                unset($this->metas[$place]);
            } elseif (!$meta->id) {
                $meta->id = (int) add_metadata('post', $this->id, $meta->key, is_string($meta->value) ? wp_slash($meta->value) : $meta->value);
                $meta->before = $meta->value;
            } elseif ($meta->value !== $meta->before) {
                update_metadata_by_mid('post', $meta->id, $meta->value, $meta->key);
                $meta->before = $meta->value;
            }
        }
    }

    /** @return WC_Meta_Data[] Those that are not properties under another name. */
    private function metas(): array
    {
        if ($this->metas === null) {
            $this->metas = [];
            global $wpdb;
            $rows = $this->id ? wp_cache_get($this->get_meta_cache_key(), 'products') : [];
            if (!is_array($rows)) {
                $rows = $wpdb->get_results($wpdb->prepare("SELECT meta_id, meta_key, meta_value FROM {$wpdb->postmeta} WHERE post_id = %d ORDER BY meta_id", $this->id));
            }
            foreach ($rows as $row) {
                if (!in_array($row->meta_key, $this->own_meta_keys(), true) && strpos($row->meta_key, 'attribute_') !== 0) {
                    $value = maybe_unserialize($row->meta_value);
                    $this->metas[] = new WC_Meta_Data(['id' => $row->meta_id, 'key' => $row->meta_key, 'value' => $value, 'before' => $value]);
                }
            }
        }

        return $this->metas;
    }

    /** @return string[] */
    protected function own_meta_keys()
    {
        return [];
    }
}

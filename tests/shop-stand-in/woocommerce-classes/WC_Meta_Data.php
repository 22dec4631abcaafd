<?php

declare(strict_types=1);

/** One meta of an object: id (0 for a new one), key, value, and the value as it was read. */
class WC_Meta_Data
{
    public $id;
    public $key;
    public $value;
    public $before;

    public function __construct($meta = array())
    {
        $this->id = (int) ($meta['id'] ?? 0);
        $this->key = $meta['key'];
        $this->value = $meta['value'];
        $this->before = $meta['before'] ?? null;
    }
}

<?php

declare(strict_types=1);

/** What the hooks around a save are given beside the product. */
class WC_Data_Store
{
    public function get_current_class_name()
    {
        return WC_Product_Data_Store_CPT::class;
    }

    /** The stand-in's stores keep nothing in the object cache. */
    public function has_callable(string $method): bool
    {
        return false;
    }
}

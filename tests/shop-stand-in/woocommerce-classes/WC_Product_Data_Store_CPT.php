<?php

declare(strict_types=1);

/** Where products are kept: as posts and their metas. */
class WC_Product_Data_Store_CPT
{
    /** @return string[] Keys of metas that are properties under another name. */
    public function get_internal_meta_keys()
    {
        return \Dongbo\StandIn\ProductStore::own_meta_keys();
    }
}

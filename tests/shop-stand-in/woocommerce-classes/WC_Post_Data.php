<?php

declare(strict_types=1);

/** Variable products whose variations were saved in this request, brought into step at its end. */
class WC_Post_Data
{
    public static function do_deferred_product_sync()
    {
        $waiting = array_unique((array) ($GLOBALS['wc_deferred_product_sync'] ?? []));
        $GLOBALS['wc_deferred_product_sync'] = [];
        foreach ($waiting as $id) {
            $product = wc_get_product($id);
            if ($product instanceof WC_Product_Variable) {
                WC_Product_Variable::sync($product);
            }
        }
    }
}

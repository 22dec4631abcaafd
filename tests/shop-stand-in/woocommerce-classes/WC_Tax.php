<?php

declare(strict_types=1);

/** The tax classes a fresh shop has beside the standard one. */
class WC_Tax
{
    public static function get_tax_classes()
    {
        return ['Reduced rate', 'Zero rate'];
    }

    public static function get_tax_class_slugs()
    {
        return array_map('sanitize_title', self::get_tax_classes());
    }
}

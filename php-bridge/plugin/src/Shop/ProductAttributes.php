<?php

declare(strict_types=1);

namespace Dongbo\Shop;

/** What a variable product offers, and which of it a variation is. */
final class ProductAttributes
{
    private Attributes $attributes;

    public function __construct(Attributes $attributes)
    {
        $this->attributes = $attributes;
    }

    /**
     * @param array<string, mixed> $operation
     * @param int                  $parent    The variable product, for a variation.
     *
     * @throws Refused When an attribute of the site could not be made.
     */
    public function fill(\WC_Product $product, array $operation, int $parent): void
    {
        if ($product instanceof \WC_Product_Variation) {
            if (!empty($operation['values']) || !empty($operation['dropped'])) {
                $kept = array_diff_key($product->get_attributes('edit'), self::keys($operation['dropped'] ?? []));
                $product->set_attributes($this->choice($operation['values'] ?? [], $parent) + $kept);
            }
        } elseif (!empty($operation['attributes']) || !empty($operation['dropped'])) {
            $product->set_attributes($this->offer($product, $operation['attributes'] ?? [], $operation['dropped'] ?? []));
        }
    }

    /**
     * The keys a variation may hold attributes with these labels under.
     *
     * @param string[] $labels
     *
     * @return array<string, int>
     */
    private static function keys(array $labels): array
    {
        $keys = [];
        foreach ($labels as $label) {
            $keys[] = sanitize_title(Clean::stored($label));
            $keys[] = sanitize_title((string) Attributes::taxonomy($label));
        }

        return array_flip(array_filter($keys, 'strlen'));
    }

    /**
     * A variable product's attributes: those of the plan, then what else the owner shows there.
     *
     * @param array<int, array<string, mixed>> $wanted  ShopAttribute records.
     * @param string[]                         $dropped Labels of attributes to take off.
     *
     * @return \WC_Product_Attribute[]
     */
    private function offer(\WC_Product $product, array $wanted, array $dropped): array
    {
        $existing = self::byLabel($product->get_attributes('edit'));
        foreach ($dropped as $label) {
            unset($existing[Texts::loose($label)]);
        }
        $offer = [];
        foreach (array_values($wanted) as $place => $attribute) {
            $label = Texts::loose($attribute['name']);
            $old = $existing[$label] ?? null;
            unset($existing[$label]);
            $offer[] = $this->attribute($attribute, $place, $old);
        }
        foreach ($existing as $other) {
            $other->set_position(count($offer));
            $offer[] = $other;
        }

        return $offer;
    }

    /** @param array<string, mixed> $wanted A ShopAttribute record. */
    private function attribute(array $wanted, int $place, ?\WC_Product_Attribute $old): \WC_Product_Attribute
    {
        $attribute = new \WC_Product_Attribute();
        if ($old !== null && !$old->is_taxonomy()) {
            // The owner's own attribute of this product stays one: its variations' keys hang on it.
            $attribute->set_id(0);
            $attribute->set_name($old->get_name());
            $attribute->set_options(array_map([Clean::class, 'stored'], array_map('strval', $wanted['values'])));
        } else {
            $taxonomy = Attributes::taxonomy($wanted['name']);
            if ($taxonomy === null) {
                throw new Refused('attribute-refused', ['attribute' => $wanted['name'], 'value' => '', 'cause' => '-']);
            }
            $attribute->set_id(wc_attribute_taxonomy_id_by_name($taxonomy));
            $attribute->set_name($taxonomy);
            $attribute->set_options(array_map(function ($value) use ($taxonomy): int {
                return $this->attributes->term($taxonomy, (string) $value)['id'];
            }, $wanted['values']));
        }
        $attribute->set_position($place);
        $attribute->set_visible($old === null || $old->get_visible());
        $attribute->set_variation(true);

        return $attribute;
    }

    /**
     * A variation's values, under the keys its parent uses.
     *
     * @param array<int, array{name: string, value: string}> $values
     *
     * @return array<string, string>
     */
    private function choice(array $values, int $parent): array
    {
        $product = wc_get_product($parent);
        $offered = $product instanceof \WC_Product ? self::byLabel($product->get_attributes('edit')) : [];
        $choice = [];
        foreach ($values as $value) {
            $attribute = $offered[Texts::loose($value['name'])] ?? null;
            if ($attribute !== null && !$attribute->is_taxonomy()) {
                $choice[sanitize_title($attribute->get_name())] = Clean::stored((string) $value['value']);
                continue;
            }
            $taxonomy = $attribute === null ? Attributes::taxonomy($value['name']) : $attribute->get_name();
            if ($taxonomy === null) {
                throw new Refused('attribute-refused', ['attribute' => $value['name'], 'value' => (string) $value['value'], 'cause' => '-']);
            }
            $choice[sanitize_title($taxonomy)] = $this->attributes->term($taxonomy, (string) $value['value'])['slug'];
        }

        return $choice;
    }

    /**
     * @param array<string, mixed> $attributes
     *
     * @return array<string, \WC_Product_Attribute>
     */
    private static function byLabel(array $attributes): array
    {
        $labels = Attributes::labels();
        $found = [];
        foreach ($attributes as $attribute) {
            if ($attribute instanceof \WC_Product_Attribute) {
                $label = $labels[$attribute->get_name()] ?? Texts::plain($attribute->get_name());
                $found[Texts::loose($label)] = $attribute;
            }
        }

        return $found;
    }
}

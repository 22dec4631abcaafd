<?php

declare(strict_types=1);

namespace Dongbo\Shop;

/**
 * Writes products and variations as the plan's operations say (src/plan/operation.rs), through
 * WooCommerce's own objects and with every hook, as an administrator's save would.
 *
 * A field WooCommerce refuses is left out and named, the rest is written. Stock is the one field
 * that is never set but moved: `wc_update_product_stock` makes it relative SQL, so that what a
 * shopper buys meanwhile is not lost (design.md §1).
 */
final class Products
{
    private Attributes $attributes;

    /** @var callable(string): ?string */
    private $description;

    /**
     * @param Attributes                $attributes
     * @param callable(string): ?string $description The cleaned text with this hash.
     */
    public function __construct(Attributes $attributes, callable $description)
    {
        $this->attributes = $attributes;
        $this->description = $description;
    }

    /**
     * Creates what a `create` operation describes.
     *
     * @param array<string, mixed> $operation
     * @param int                  $parent    The variable product, for a variation.
     * @param string               $mark      {@see Origins::mark}.
     *
     * @throws Refused When it cannot be created at all.
     */
    public function create(array $operation, int $parent, string $mark): Written
    {
        return $this->write($this->blank((string) $operation['product']), $operation, $parent, $mark);
    }

    /**
     * Fills an empty product and saves it.
     *
     * @param array<string, mixed> $operation
     */
    private function write(\WC_Product $product, array $operation, int $parent, string $mark): Written
    {
        if ($product instanceof \WC_Product_Variation) {
            $product->set_parent_id($parent);
        }
        $changes = self::byField($operation);
        $refused = $this->fill($product, $changes, true);
        $this->fillAttributes($product, $operation, $parent);
        if (isset($changes['stock'])) {
            $product->set_stock_quantity($changes['stock']);
        }
        $id = Saving::save($product, $mark, self::exactTexts($product));
        if ($id <= 0) {
            throw new Refused('write-failed', ['cause' => 'WooCommerce saved nothing']);
        }

        return new Written($id, self::brand($id, $changes, $refused));
    }

    /**
     * Changes what an `update` or `link` operation names.
     *
     * @param array<string, mixed> $operation
     * @param array<string, mixed> $current   The product's record, read just now.
     *
     * @throws Refused When the product cannot be written at all.
     */
    public function update(array $operation, array $current): Written
    {
        if ($operation['kind'] === 'link' && $current['origin'] !== '' && Unfinished::is($current)) {
            return $this->complete($operation, $current);
        }
        $product = wc_get_product($current['id']);
        if (!$product instanceof \WC_Product) {
            throw new Refused('write-failed', ['cause' => 'WooCommerce cannot load product ' . $current['id']]);
        }
        $changes = self::byField($operation);
        $refused = $this->fill($product, $changes, false);
        $this->fillAttributes($product, $operation, $product->get_parent_id());
        $first = isset($changes['stock']) && !isset($current['stock']);
        if ($first) {
            $product->set_stock_quantity($changes['stock']);
        }
        if ($product->get_changes() !== [] || isset($changes['branch_stock']) || isset($changes['role_prices'])) {
            Saving::save($product, '', self::exactTexts($product));
        }
        if (isset($changes['stock']) && !$first) {
            try {
                $this->moveStock($product, $operation);
            } catch (Refused $refusal) {
                $refused[] = $refusal;
            }
        }

        return new Written($product->get_id(), self::brand($product->get_id(), $changes, $refused));
    }

    /**
     * Makes a product one of another type under the same id: its address, reviews, pictures and
     * orders stay with it.
     *
     * @param array<string, mixed> $operation
     * @param array<string, mixed> $current   The product's record, read just now.
     */
    public function convert(array $operation, array $current): Written
    {
        $product = $this->blank((string) $operation['product'], (int) $current['id']);
        $changes = self::byField($operation);
        $refused = $this->fill($product, $changes, false);
        $this->fillAttributes($product, $operation, 0);
        Saving::save($product, '', self::exactTexts($product));

        return new Written($product->get_id(), self::brand($product->get_id(), $changes, $refused));
    }

    /**
     * Creates the rest of a product whose creation was cut off where nothing is rolled back.
     *
     * Half of its meta is there, and WooCommerce writes what follows from a value (the price it
     * sells at, the lookup row) only when that value changes. So all of it is written anew.
     *
     * @param array<string, mixed> $operation
     * @param array<string, mixed> $current
     */
    private function complete(array $operation, array $current): Written
    {
        foreach ($operation['changes'] ?? [] as $place => $change) {
            $operation['changes'][$place]['after'] = $change['after'] ?? $change['before'] ?? null;
        }
        if ($current['kind'] === 'variable' && empty($operation['attributes'])) {
            $operation['attributes'] = $current['attributes'];
        }
        if ($current['kind'] === 'variation' && empty($operation['values'])) {
            foreach ($current['attributes'] as $attribute) {
                foreach ($attribute['values'] as $value) {
                    $operation['values'][] = ['name' => $attribute['name'], 'value' => $value];
                }
            }
        }
        foreach (array_keys((array) get_post_meta($current['id'])) as $key) {
            delete_post_meta($current['id'], (string) $key);
        }
        $product = $this->blank($current['kind']);
        $product->set_id($current['id']);
        $default = (int) get_option('default_product_cat', 0);
        if ($default > 0 && !$product instanceof \WC_Product_Variation) {
            // WooCommerce puts a product without categories there, but only when it creates it.
            $product->set_category_ids([$default]);
        }

        return $this->write($product, $operation, (int) $current['parent'], '');
    }

    /**
     * Brings what follows from price and stock into step with them, after a change that was cut off
     * where nothing is rolled back: the values stand, but not what WooCommerce derives from them.
     */
    public function mend(int $id): void
    {
        $product = wc_get_product($id);
        if (!$product instanceof \WC_Product || $product instanceof \WC_Product_Variable) {
            return;
        }
        $price = $product->is_on_sale('edit') ? $product->get_sale_price('edit') : $product->get_regular_price('edit');
        if ((string) $product->get_price('edit') !== (string) $price) {
            $regular = $product->get_regular_price('edit');
            delete_post_meta($id, '_regular_price');
            $product = wc_get_product($id);
            $product->set_regular_price($regular);
            Saving::save($product, '', []);
        }
        if ($product->get_manage_stock('edit') === true) {
            wc_update_product_stock($product, 0, 'increase');
        }
    }

    /**
     * Brings variable products into step with their variations: price range, stock status.
     *
     * WooCommerce puts this off to the end of the request; a worker that is killed would leave it
     * undone, so it is done here, within the transaction.
     *
     * @param int[] $ids
     */
    public static function syncParents(array $ids): void
    {
        foreach (array_unique($ids) as $id) {
            Saving::withoutUserFilters(static function () use ($id): void {
                \WC_Product_Variable::sync($id);
            });
        }
        if (!empty($GLOBALS['wc_deferred_product_sync']) && is_array($GLOBALS['wc_deferred_product_sync'])) {
            $GLOBALS['wc_deferred_product_sync'] = array_diff($GLOBALS['wc_deferred_product_sync'], $ids);
        }
    }

    /** @param int $id A product that is read as one of this type, 0 for a new one. */
    private function blank(string $type, int $id = 0): \WC_Product
    {
        switch ($type) {
            case 'simple':
                return new \WC_Product_Simple($id);
            case 'variable':
                return new \WC_Product_Variable($id);
            case 'variation':
                return new \WC_Product_Variation($id);
            default:
                throw new Refused('write-failed', ['cause' => "products of type $type are not written"]);
        }
    }

    /**
     * @param array<string, string> $changes
     *
     * @return Refused[]
     */
    private function fill(\WC_Product $product, array $changes, bool $new): array
    {
        $refused = [];
        foreach ($changes as $field => $value) {
            try {
                $this->set($product, $field, $value);
            } catch (Refused $refusal) {
                // A twin without its SKU would be worse than none.
                if ($new && $field === 'sku') {
                    throw $refusal;
                }
                $refused[] = $refusal;
            }
        }

        return $refused;
    }

    private function set(\WC_Product $product, string $field, string $value): void
    {
        switch ($field) {
            case 'name':
                $product->set_name(Clean::stored($value));
                break;
            case 'description':
                $product->set_description($this->text($value));
                break;
            case 'sku':
                $this->setSku($product, $value);
                break;
            case 'barcode':
                $this->setBarcode($product, $value);
                break;
            case 'weight':
                $product->set_weight($value);
                break;
            case 'regular_price':
                $product->set_regular_price($value);
                break;
            case 'sale_price':
                $product->set_sale_price($value);
                break;
            case 'sale_from':
                $product->set_date_on_sale_from(self::seconds($value));
                break;
            case 'sale_to':
                $product->set_date_on_sale_to(self::seconds($value));
                break;
            case 'manage_stock':
                $product->set_manage_stock($value === 'yes');
                break;
            case 'stock_status':
                $product->set_stock_status($value);
                break;
            case 'status':
                $product->set_status($value);
                break;
            case 'visibility':
                $product->set_catalog_visibility($value);
                break;
            case 'categories':
                $product->set_category_ids($value === '' ? [] : array_map('intval', explode(',', $value)));
                break;
            case 'tax_class':
                $product->set_tax_class($value === 'standard' ? '' : $value);
                break;
            case 'branch_stock':
                self::setMeta($product, Fields::BRANCH_STOCK, $value);
                break;
            case 'role_prices':
                self::setMeta($product, Fields::ROLE_PRICES, $value);
                break;
            case 'brand':
            case 'stock':
            case 'attributes':
            case 'values':
                break;
            default:
                throw new Refused('write-failed', ['cause' => "unknown field $field"]);
        }
    }

    private static function setMeta(\WC_Product $product, string $key, string $value): void
    {
        if ($value === '') {
            $product->delete_meta_data($key);
        } else {
            $product->update_meta_data($key, $value);
        }
    }

    /**
     * The brand is a term and no part of the product's own record.
     *
     * @param array<string, string> $changes
     * @param Refused[]             $refused What was refused so far.
     *
     * @return Refused[]
     */
    private static function brand(int $id, array $changes, array $refused): array
    {
        if (isset($changes['brand']) && Brands::known()) {
            try {
                Brands::assign($id, $changes['brand']);
            } catch (Refused $refusal) {
                $refused[] = $refusal;
            }
        }

        return $refused;
    }

    private function setSku(\WC_Product $product, string $sku): void
    {
        try {
            $product->set_sku($sku);
        } catch (\WC_Data_Exception $exception) {
            throw new Refused('sku-refused', ['sku' => $sku, 'cause' => $exception->getMessage()], $exception);
        }
    }

    /** WooCommerce drops everything but digits and hyphens in silence: a barcode of letters would become `-`. */
    private function setBarcode(\WC_Product $product, string $barcode): void
    {
        if (preg_match('/[^0-9-]/', $barcode)) {
            throw new Refused('barcode-refused', ['barcode' => $barcode, 'cause' => 'GTIN: 0-9, -']);
        }
        try {
            $product->set_global_unique_id($barcode);
        } catch (\WC_Data_Exception $exception) {
            throw new Refused('barcode-refused', ['barcode' => $barcode, 'cause' => $exception->getMessage()], $exception);
        }
    }

    /** @param array<string, mixed> $operation */
    private function moveStock(\WC_Product $product, array $operation): void
    {
        foreach ($operation['changes'] as $change) {
            if ($change['field'] !== 'stock') {
                continue;
            }
            $after = Texts::thousandths((string) $change['after']);
            $before = Texts::thousandths((string) ($change['before'] ?? ''));
            if ($after === null || $before === null) {
                throw new Refused('stock-refused', ['stock' => (string) $change['after']]);
            }
            if ($after === $before) {
                return;
            }
            // A variation that leaves its stock to the parent would move the parent's.
            if ($product->get_manage_stock('edit') !== true) {
                throw new Refused('stock-refused', ['stock' => (string) $change['after']]);
            }
            wc_update_product_stock(
                $product,
                // WooCommerce takes a number; text keeps it exact until its own filter.
                (float) Texts::decimal(abs($after - $before)),
                $after > $before ? 'increase' : 'decrease'
            );
        }
    }

    /** @param array<string, mixed> $operation */
    private function fillAttributes(\WC_Product $product, array $operation, int $parent): void
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

    private function text(string $hash): string
    {
        if ($hash === '' || $hash === md5('')) {
            return '';
        }
        $text = ($this->description)($hash);
        if ($text === null) {
            throw new Refused('write-failed', ['cause' => 'the description is no longer in the mirror']);
        }

        return $text;
    }

    /** @return array<string, string> Texts that are to stand in the row letter by letter. */
    private static function exactTexts(\WC_Product $product): array
    {
        // A variation's title is WooCommerce's own.
        $written = $product instanceof \WC_Product_Variation ? [] : $product->get_changes();

        return array_filter([
            'post_title' => (string) ($written['name'] ?? ''),
            'post_content' => (string) ($written['description'] ?? ''),
        ], 'strlen');
    }

    /**
     * @param array<string, mixed> $operation
     *
     * @return array<string, string> The values to write; baselines are left out.
     */
    private static function byField(array $operation): array
    {
        $changes = [];
        foreach ($operation['changes'] ?? [] as $change) {
            if (isset($change['after'])) {
                $changes[(string) $change['field']] = (string) $change['after'];
            }
        }

        return $changes;
    }

    private static function seconds(string $milliseconds): ?int
    {
        return $milliseconds === '' ? null : intdiv((int) $milliseconds, 1000);
    }
}

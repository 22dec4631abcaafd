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
    private ProductFields $fields;
    private ProductAttributes $attributes;

    /**
     * @param Attributes                $attributes
     * @param callable(string): ?string $description The cleaned text with this hash.
     */
    public function __construct(Attributes $attributes, callable $description)
    {
        $this->fields = new ProductFields($description);
        $this->attributes = new ProductAttributes($attributes);
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
        $refused = $this->fields->fill($product, $changes, true);
        $this->attributes->fill($product, $operation, $parent);
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
        Caches::distrust([$current['id'], $current['parent']]);
        $product = wc_get_product($current['id']);
        if (!$product instanceof \WC_Product) {
            throw new Refused('write-failed', ['cause' => 'WooCommerce cannot load product ' . $current['id']]);
        }
        $changes = self::byField($operation);
        $refused = $this->fields->fill($product, $changes, false);
        $this->attributes->fill($product, $operation, $product->get_parent_id());
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
        Caches::distrust([$current['id']]);
        $product = $this->blank((string) $operation['product'], (int) $current['id']);
        $changes = self::byField($operation);
        $refused = $this->fields->fill($product, $changes, false);
        $this->attributes->fill($product, $operation, 0);
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
        Caches::distrust([$current['id'], $current['parent']]);
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
        Caches::distrust([$id]);
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
        Caches::distrust(array_unique($ids));
        foreach (array_unique($ids) as $id) {
            Saving::withoutUserFilters(static function () use ($id): void {
                Fast::derive($id, static function () use ($id): void {
                    \WC_Product_Variable::sync($id);
                });
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
            // A variation that leaves its stock to the parent would move the parent's, and a store
            // that keeps no stock would move none and say nothing.
            if ($product->get_manage_stock('edit') !== true || $product->managing_stock() !== true) {
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
}

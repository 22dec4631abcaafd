<?php

declare(strict_types=1);

namespace Dongbo\Shop;

/** Values of a plan put into WooCommerce's object of a product, each through its own setter. */
final class ProductFields
{
    /** @var callable(string): ?string */
    private $description;

    /** @param callable(string): ?string $description The cleaned text with this hash. */
    public function __construct(callable $description)
    {
        $this->description = $description;
    }

    /**
     * @param array<string, string> $changes
     * @param bool                  $new     A product that does not exist yet.
     *
     * @return Refused[] What WooCommerce did not take; the rest is set.
     *
     * @throws Refused When a new product would come without its SKU.
     */
    public function fill(\WC_Product $product, array $changes, bool $new): array
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

    private static function seconds(string $milliseconds): ?int
    {
        return $milliseconds === '' ? null : intdiv((int) $milliseconds, 1000);
    }
}

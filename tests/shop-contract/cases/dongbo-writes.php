<?php
// The same shop written by Dongbo's own door (php-bridge/plugin/src/Shop): a simple product, a family, changes.

declare(strict_types=1);

use Dongbo\Shop\Attributes;
use Dongbo\Shop\Origins;
use Dongbo\Shop\Products;
use Dongbo\Shop\Reader;
use Dongbo\Tests\Contract\Observation;

if (!class_exists('Dongbo\Autoloader')) {
    require_once dirname(__DIR__, 3) . '/php-bridge/plugin/src/Autoloader.php';
    Dongbo\Autoloader::register(dirname(__DIR__, 3) . '/php-bridge/plugin/src');
}

return static function (Observation $see): void {
    wp_set_current_user(0);
    $attributes = new Attributes();
    $products = new Products($attributes, static fn (): ?string => null);
    $origins = new Origins(1);
    $operation = static function (string $product, array $fields, array $more = []): array {
        $changes = [];
        foreach ($fields as $field => $value) {
            $changes[] = ['field' => $field] + (is_array($value) ? $value : ['after' => $value]);
        }

        return ['kind' => 'create', 'product' => $product, 'changes' => $changes] + $more;
    };
    $read = static fn (int $id): array => (new Reader($origins))->byIds([$id])[$id];
    $simple = $see->step('a simple product', static fn () => $products->create($operation('simple', [
        'name' => 'Nước mắm "Phú Quốc" & 40° \\ chai', 'sku' => 'NM-40', 'regular_price' => '85000', 'sale_price' => '79000', 'manage_stock' => 'yes',
        'stock' => '24', 'weight' => '0.65', 'barcode' => '8936017361112', 'status' => 'publish',
    ]), 0, $origins->mark('good', '40'))->id);
    $see->step('its stock and price', static fn () => $products->update($operation('simple', [
        'stock' => ['before' => '24', 'after' => '20'], 'regular_price' => ['before' => '85000', 'after' => '90000'],
    ]), $read($simple))->id);
    $see->step('its stock alone, to none', static fn () => $products->update($operation('simple', ['stock' => ['before' => '20', 'after' => '0']]), $read($simple))->id);
    $see->step('the sale ends', static fn () => $products->update($operation('simple', ['sale_price' => ['before' => '79000', 'after' => '']]), $read($simple))->id);
    $see->step('attributes', static fn () => $attributes->ensure('Màu sắc', ['Đỏ', 'Xanh']));
    $parent = $see->step('a family', static fn () => $products->create($operation('variable', ['name' => 'Dép', 'status' => 'publish', 'attributes' => 'x'], [
        'attributes' => [['name' => 'Màu sắc', 'values' => ['Đỏ', 'Xanh']]],
    ]), 0, $origins->mark('family', '9'))->id);
    foreach (['Đỏ', 'Xanh'] as $place => $colour) {
        $rows[] = $see->step("its row $colour", static fn () => $products->create($operation('variation', [
            'sku' => "DEP-$place", 'regular_price' => (string) (60000 + $place * 5000), 'manage_stock' => 'yes', 'stock' => (string) ($place * 7), 'status' => 'publish', 'values' => 'x',
        ], ['values' => [['name' => 'Màu sắc', 'value' => $colour]]]), $parent, $origins->mark('good', "9$place"))->id);
    }
    $see->step('brought into step', static fn () => Products::syncParents([$parent]));
    $see->step('a row changes', static fn () => $products->update($operation('variation', [
        'stock' => ['before' => '0', 'after' => '3'], 'sale_price' => ['before' => '', 'after' => '50000'],
    ]), $read($rows[0]))->id);
    $see->step('brought into step again', static fn () => Products::syncParents([$parent]));
    $see->step('read back', static fn () => array_map(static function (array $record): array {
        return array_intersect_key($record, array_flip(['kind', 'name', 'sku', 'regular_price', 'sale_price', 'stock', 'stock_status', 'weight', 'barcode', 'status', 'origin', 'attributes']));
    }, array_map($read, [$simple, $parent, $rows[0], $rows[1]])));
};
